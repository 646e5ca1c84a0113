"""The register in columns, page by page."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.core.words import matches
from kiosk.panels.paging import PagedCells
from kiosk.panels.sources.model import Show, SourceLine
from kiosk.ui.ages import aged
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import LampKind
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

COLUMN_U = 760.0
LAMP_U = 18.0
NAME_SHARE = 0.66
OWNER_SHARE = 0.46
PREVIOUS, NEXT = "sources.page.previous", "sources.page.next"
NOTHING_FOUND = Text("찾는 자료 출처가 없습니다.", "No source is found.")
NONE_YET = Text("아직 없음", "none yet")


class SourceBook(PagedCells):
    """Lines that are found and belong to what is shown. Its pages are its own matter."""

    name = "sources"
    row_u = 68.0
    gutter_u = 40.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[SourceLine, ...] = ()
        self._found: tuple[SourceLine, ...] = ()
        self._words = ""
        self._show: Show = "all"

    def set_lines(self, lines: tuple[SourceLine, ...]) -> None:
        if lines != self._lines:
            self._lines = lines
            self._find()

    def look_for(self, words: str, show: Show) -> None:
        if (words, show) != (self._words, self._show):
            self._words, self._show = words, show
            self._find()
            self.scroll_to(0)

    @property
    def found(self) -> tuple[SourceLine, ...]:
        return self._found

    def _find(self) -> None:
        self._found = tuple(
            line
            for line in self._lines
            if line.belongs(self._show) and matches(self._words, line.texts)
        )
        self.update()

    def set_now(self, now_ms: int) -> None:
        super().set_now(now_ms)
        self.update()

    def cells(self) -> int:
        return len(self._found)

    def columns(self) -> int:
        return max(1, int(self.area().width() / self.theme.px(COLUMN_U)))

    def row_px(self) -> float:
        least = self.measure().line_px("body") + self.measure().line_px("meta")
        return max(self.theme.px(self.row_u), least * 1.2)

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        if self._found:
            super().paint(canvas)
        else:
            canvas.text(NOTHING_FOUND, 0, canvas.line_px("lead"), "lead", "text.2")

    def paint_cell(self, canvas: Canvas, box: QRectF, index: int) -> None:
        """The lamp; name and age; below them owner and period, and the kinds or what is wrong."""
        theme, line = self.theme, self._found[index]
        body, meta = canvas.line_px("body"), canvas.line_px("meta")
        top = box.center().y() - (body + meta) / 2
        canvas.lamp(_lamp(line), QPointF(box.left() + theme.px(9), top + body * 0.55), theme.px(15))
        left = box.left() + theme.px(LAMP_U + 12)
        room, baseline = box.right() - left, top + body * 0.78
        canvas.text(line.name, left, baseline, weight=600, width=room * NAME_SHARE)
        canvas.mark_of_age(
            box.right(),
            baseline,
            line.as_of or _age(line, self.now_ms),
            simulated=line.simulated,
            emphasised=line.quality in ("late", "stale"),
            width=room * (1 - NAME_SHARE) - theme.px(12),
        )
        baseline = top + body + meta * 0.76
        owner = _whose(canvas, line, room * OWNER_SHARE)
        canvas.text(owner, left, baseline, "meta", "text.2", width=room * OWNER_SHARE)
        rest, right = room * (1 - OWNER_SHARE) - theme.px(16), box.right()
        if line.trouble is not None:
            words = _brief(canvas, line.trouble, rest)
            canvas.text(words, right, baseline, "meta", align="right", width=rest)
        else:
            words = _as_many(canvas, line.kinds, rest)
            canvas.text(words, right, baseline, "meta", "text.2", align="right", width=rest)
        canvas.rule(box.left(), box.right(), box.bottom() - theme.px(1), stroke="rowRule")


def _age(line: SourceLine, now_ms: int | None) -> Text:
    return NONE_YET if line.last_ms is None else aged(line.last_ms, now_ms, line.quality)


def _whose(canvas: Canvas, line: SourceLine, room: float) -> Text:
    """Who answers for it and how often it tells; in a narrow column the one, or the name alone."""
    full = Text(f"{line.whose.ko}, {line.period.ko}", f"{line.whose.en}, {line.period.en}")
    short = Text(f"{line.owner.ko}, {line.period.ko}", f"{line.owner.en}, {line.period.en}")
    fits = (words for words in (full, line.whose, short) if canvas.width(words, "meta") <= room)
    return next(fits, line.owner)


def _lamp(line: SourceLine) -> LampKind:
    if line.idle or line.quality == "absent":
        return "stopped"
    if line.trouble is not None:
        return "failed"
    return "running" if line.quality == "fresh" else "degraded"


def _brief(canvas: Canvas, words: Text, room: float) -> Text:
    """What is wrong; without what the system said of it where that is too long."""
    if canvas.width(words, "meta") <= room:
        return words
    return Text(words.ko.partition(" (")[0], words.en.partition(" (")[0])


def _as_many(canvas: Canvas, kinds: tuple[Text, ...], room: float) -> Text:
    """As many kinds as there is room for, and how many more there are."""
    for count in range(len(kinds), 0, -1):
        left = len(kinds) - count
        ko, en = ", ".join(k.ko for k in kinds[:count]), ", ".join(k.en for k in kinds[:count])
        words = Text(f"{ko} 외 {left}", f"{en} and {left} more") if left else Text(ko, en)
        if canvas.width(words, "meta") <= room or count == 1:
            return words
    return Text("", "")
