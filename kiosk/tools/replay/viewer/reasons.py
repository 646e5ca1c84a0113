"""Why something was said, or nothing: each limit that decided, with what was measured."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from gestures.look import Check
from gestures.trace import Moment
from kiosk.core.invocation import Status
from kiosk.tools.replay.play import Event
from kiosk.tools.replay.words import (
    MEASURES,
    MOVE,
    NOT_A_MOVE,
    PHASES,
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


class Reasons(QWidget):
    """A table of the limits, that of the other version beside; under it what came of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.limits = _table()
        self.told = _table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.limits, 5)
        layout.addWidget(self.told, 2)

    def show_moment(
        self,
        moments: Sequence[Moment],
        checks: Sequence[Sequence[Check]],
        events: Sequence[Event],
        names: Sequence[str],
    ) -> None:
        say = self.theme.say
        titles = [say(TITLES[0])]
        for name in names[: len(checks)] or [""]:
            beside = f" ({name})" if len(checks) > 1 else ""
            titles += [say(TITLES[1]) + beside, say(TITLES[2]), ""]
        first = checks[0] if checks else ()
        rows = []
        for index, check in enumerate(first):
            row = [say(MEASURES[check.name])]
            for version in checks:
                row += _cells(version[index]) if index < len(version) else ["", "", ""]
            rows.append(row)
        _fill(self.limits, titles, rows)
        self._judged(moments)
        _fill(
            self.told,
            [say(Text("때", "At")), say(Text("이 무렵 나온 것", "What came of it around then"))],
            [[f"{e.t_ms / 1000:.2f} s", _event_words(e, self.theme)] for e in events[:MOST_EVENTS]],
        )

    def _judged(self, moments: Sequence[Moment]) -> None:
        """The move that ended here, if one did, above all limits."""
        for index, moment in enumerate(moments):
            if moment.judged is None or self.limits.rowCount() == 0 or index > 0:
                continue
            kind, refused = moment.judged.kind, moment.judged.refused
            words = kind_words(kind.value) if kind is not None else NOT_A_MOVE
            told = self.theme.say(words)
            if refused is not None:
                told += f", {self.theme.say(REFUSAL_WORDS[refused][0])}"
            self.limits.insertRow(0)
            self.limits.setItem(0, 0, _item(f"{self.theme.say(MOVE)}: {told}"))
            self.limits.setSpan(0, 0, 1, self.limits.columnCount())


def _cells(check: Check) -> list[str]:
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


def _table() -> QTableWidget:
    table = QTableWidget()
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    return table


def _fill(table: QTableWidget, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table.clearSpans()
    table.setColumnCount(len(titles))
    table.setRowCount(len(rows))
    table.setHorizontalHeaderLabels(list(titles))
    for y, row in enumerate(rows):
        for x, words in enumerate(row):
            table.setItem(y, x, _item(words))
    header = table.horizontalHeader()
    for x in range(len(titles)):
        header.setSectionResizeMode(x, QHeaderView.ResizeMode.ResizeToContents)
    stretched = 0 if len(titles) > 2 else len(titles) - 1
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)


def _item(words: str) -> QTableWidgetItem:
    return QTableWidgetItem(words)
