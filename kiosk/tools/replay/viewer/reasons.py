"""Why something was said, or nothing: each limit that decided, with what was measured."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from kiosk.core.invocation import Status
from kiosk.tools.replay.play import Event
from kiosk.tools.replay.viewer.weighing import SWIPES, Reason
from kiosk.tools.replay.words import (
    MEASURES,
    NOT_A_MOVE,
    PHASES,
    SHAPE,
    SPEECH,
    STATUSES,
    kind_words,
)
from kiosk.ui.components.gesture_hud import REFUSAL_WORDS
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

TITLES = (
    Text("판단 기준", "What decides"),
    Text("측정", "Measured"),
    Text("한계", "Limit"),
    Text("", ""),
)
FITS, NOT = "✓", "✗"
MOST_EVENTS = 6
MOVE = "move"


class Reasons(QWidget):
    """A table of the limits, that of the other version beside; under it what came of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.limits = _table(theme)
        self.told = _table(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.limits, 5)
        layout.addWidget(self.told, 2)

    def show_moment(
        self,
        reasons: Sequence[Sequence[Reason]],
        events: Sequence[Event],
        names: Sequence[str],
    ) -> None:
        """`reasons` of each version; what one of them did not weigh is left empty."""
        say = self.theme.say
        titles = [say(TITLES[0])]
        for name in names[: len(reasons)] or [""]:
            beside = f" ({name})" if len(reasons) > 1 else ""
            titles += [say(TITLES[1]) + beside, say(TITLES[2]), ""]
        rows: list[list[str]] = []
        keys = dict.fromkeys(_key(one) for version in reasons for one in version)
        for key in sorted(keys, key=lambda key: key[0]):  # the shape of the moment last
            of_each = [next((r for r in version if _key(r) == key), None) for version in reasons]
            rows.append([self._heading(of_each)])
            for name in dict.fromkeys(c.name for one in of_each if one for c in one.tried.checks):
                row = [say(MEASURES[name])]
                for one in of_each:
                    row += _cells(one, name)
                rows.append(row)
        _fill(self.limits, titles, rows, self.theme)
        _fill(
            self.told,
            [say(Text("때", "At")), say(Text("이 무렵 나온 것", "What came of it around then"))],
            [[f"{e.t_ms / 1000:.2f} s", _event_words(e, self.theme)] for e in events[:MOST_EVENTS]],
            self.theme,
        )

    def _heading(self, of_each: Sequence[Reason | None]) -> str:
        """What was tried, when, and how much of it held."""
        say = self.theme.say
        known = [one for one in of_each if one is not None]
        kind = next((one.tried.kind for one in known if one.tried.kind is not None), None)
        words = say(kind_words(kind.value) if kind is not None else NOT_A_MOVE)
        if known[0].held:
            return f"{say(SHAPE)}: {words}"
        parts = []
        for one in known:
            broken, refused = one.tried.broken, one.tried.refused
            told = say(Text(f"안 맞는 기준 {broken}개", f"limits not kept: {broken}"))
            if not broken:
                told = say(Text("모든 기준에 맞음", "keeps every limit"))
            if refused is not None:
                told = say(REFUSAL_WORDS[refused][0])
            parts.append(f"{told} ({one.apart_ms / 1000:+.2f} s)" if one.apart_ms else told)
        return f"{words}: {' / '.join(parts)}"


def _key(one: Reason) -> tuple[bool, str]:
    """What stands side by side: a move that is a swipe to one version may be none to the other."""
    kind = one.tried.kind
    return one.held, MOVE if kind is None or kind in SWIPES else kind.value


def _cells(one: Reason | None, name: str) -> list[str]:
    """Measured, limit, and whether it holds."""
    check = next((c for c in one.tried.checks if c.name == name), None) if one else None
    if check is None:
        return ["", "", ""]
    least, most = check.least, check.most
    if least is not None and most is not None:
        limit = f"{_number(least)} – {_number(most)}"
    elif least is not None:
        limit = f"≥ {_number(least)}"
    else:
        limit = f"≤ {_number(most)}" if most is not None else ""
    return [_number(check.value), limit, FITS if check.holds else NOT]


def _number(value: float) -> str:
    """Three figures are enough to see on which side of a limit it lies."""
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{places}f}"


def _event_words(event: Event, theme: Theme) -> str:
    details = event.details
    if event.what == "gesture":
        phase = theme.say(PHASES[details["phase"]])
        return f"{theme.say(kind_words(event.kind))} · {phase} {details['confidence']:.2f}"
    if event.what == "outcome":
        status = theme.say(STATUSES[Status(details["status"])])
        return f"{theme.say(kind_words(event.kind))} · {status} · {details['say'][theme.language]}"
    if event.what == "speech":
        heard = theme.say(kind_words(details["command"])) if "command" in details else ""
        return f"{theme.say(SPEECH[event.kind])} {heard}".strip()
    return f"→ {details['to']}: {event.kind}"


def _table(theme: Theme) -> QTableWidget:
    table = QTableWidget()
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.px(30))
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    return table


def _fill(
    table: QTableWidget, titles: Sequence[str], rows: Sequence[Sequence[str]], theme: Theme
) -> None:
    """A row of one cell is a heading."""
    table.clearSpans()
    table.setColumnCount(len(titles))
    table.setRowCount(len(rows))
    table.setHorizontalHeaderLabels(list(titles))
    for y, row in enumerate(rows):
        heading = len(row) == 1 and len(titles) > 1
        for x, words in enumerate(row):
            item = QTableWidgetItem(words)
            if words == NOT:
                item.setForeground(theme.color("severity.critical.word"))
            if heading:
                item.setBackground(theme.color("surface.3"))
            table.setItem(y, x, item)
        if heading:
            table.setSpan(y, 0, 1, len(titles))
    header = table.horizontalHeader()
    for x in range(len(titles)):
        header.setSectionResizeMode(x, QHeaderView.ResizeMode.ResizeToContents)
    stretched = 0 if len(titles) > 2 else len(titles) - 1
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
