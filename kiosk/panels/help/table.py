"""Help: all commands in columns, from left to right."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.panels.help.presenter import HelpLine
from kiosk.panels.paging import PagedCells
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

COLUMN_U = 560.0
NEXT = "help.page.next"


class HelpTable(PagedCells):
    """Lines to read; nothing in them is pressed."""

    name = "help"
    row_u = 76.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[HelpLine, ...] = ()

    def set_lines(self, lines: tuple[HelpLine, ...]) -> None:
        if lines != self._lines:
            self._lines = lines
            self.scroll_to(0)

    def cells(self) -> int:
        return len(self._lines)

    def columns(self) -> int:
        return max(1, int(self.area().width() / self.theme.px(COLUMN_U)))

    def row_px(self) -> float:
        least = self.measure().line_px("body") + self.measure().line_px("meta")
        return max(self.theme.px(self.row_u), least * 1.3)

    def paint_cell(self, canvas: Canvas, box: QRectF, index: int) -> None:
        theme, line = self.theme, self._lines[index]
        body, meta = canvas.line_px("body"), canvas.line_px("meta")
        top = box.center().y() - (body + meta) / 2
        canvas.text(line.title, box.left(), top + body * 0.78, weight=600, width=box.width() * 0.58)
        say = Text(line.say, line.say) if line.say else Text("말로는 없음", "not by voice")
        ink = "text.2" if line.say else "text.3"
        canvas.text(
            say, box.left(), top + body + meta * 0.76, "meta", ink, width=box.width() * 0.58
        )
        right, y = box.right(), box.center().y()
        if line.hand.ko:
            words = canvas.text(
                line.hand,
                right,
                y + theme.metrics("meta").capHeight() / 2,
                "meta",
                align="right",
                width=box.width() * 0.36,
            )
            side = theme.px(24)
            at = QRectF(right - words - side - theme.px(8), y - side / 2, side, side)
            canvas.icon("hand", at, "text.2")
        elif line.key:
            baseline = y + theme.metrics("meta").capHeight() / 2
            canvas.text(line.key, right, baseline, "meta", "text.3", align="right")
        canvas.rule(box.left(), box.right(), box.bottom() - theme.px(1), stroke="rowRule")
