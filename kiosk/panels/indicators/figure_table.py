"""The points of a line in rows, the newest first."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.panels.indicators.model import FigureRow
from kiosk.panels.paging import PagedCells
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

COLUMN_U = 330.0
VALUE_SHARE = 0.72
"""Of a row's width at which figures end; the changes end with the row."""
PROVISIONAL = Text("잠정", "provisional")


class FigureTable(PagedCells):
    """When, how much and the change since the row before; nothing in it is pressed."""

    name = "figures"
    row_u = 40.0
    gutter_u = 40.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[FigureRow, ...] = ()

    def set_rows(self, rows: tuple[FigureRow, ...]) -> None:
        if rows != self._rows:
            self._rows = rows
            self.scroll_to(0)
            self.update()

    def cells(self) -> int:
        return len(self._rows)

    def columns(self) -> int:
        return max(1, int(self.area().width() / self.theme.px(COLUMN_U)))

    def row_px(self) -> float:
        return max(float(self.theme.px(self.row_u)), 1.3 * self.measure().line_px("body"))

    def paint_cell(self, canvas: Canvas, box: QRectF, index: int) -> None:
        theme, row = self.theme, self._rows[index]
        baseline = box.center().y() + theme.metrics("body").capHeight() / 2
        figure = box.left() + box.width() * VALUE_SHARE
        taken = canvas.width(row.value, "body", 600)
        when = theme.say(row.when)
        if row.provisional:
            when = f"{when}, {theme.say(PROVISIONAL)}"
        room = figure - taken - box.left() - theme.px(12)
        canvas.text(when, box.left(), baseline, "body", "text.2", width=max(1.0, room))
        canvas.text(row.value, figure, baseline, "body", weight=600, align="right")
        canvas.text(row.moved, box.right(), baseline, "meta", "text.2", align="right")
        canvas.rule(box.left(), box.right(), box.bottom() - theme.px(1), stroke="rowRule")
