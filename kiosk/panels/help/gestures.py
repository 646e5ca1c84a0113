"""Help: the seventeen gestures, each with its hand, its name and what it does."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.help.presenter import GestureLine
from kiosk.panels.lined import Lined
from kiosk.ui.hand_drawing import draw_gesture
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

CELL_WIDE_U = 270.0
CELL_HIGH_U = 200.0
GUTTER_U = 24.0
HAND_SHARE = 0.56


class GestureList(Lined[GestureLine]):
    """Cells in rows, as many columns as leave each one readable from four metres."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paint(self, canvas: Canvas) -> None:
        area, gutter = self.area(), self.theme.px(GUTTER_U)
        columns = max(2, int((area.width() + gutter) / self.theme.px(CELL_WIDE_U + GUTTER_U)))
        rows = max(1, -(-len(self._lines) // columns))
        width = (area.width() - gutter * (columns - 1)) / columns
        height = area.height() / rows
        for index, line in enumerate(self._lines):
            row, column = divmod(index, columns)
            cell = QRectF(column * (width + gutter), row * height, width, height)
            self._paint_cell(canvas, cell, line)

    def _paint_cell(self, canvas: Canvas, cell: QRectF, line: GestureLine) -> None:
        """The hand over what it does here and its names; in a low cell, the hand at their left."""
        theme = self.theme
        edge = [QPointF(cell.left(), cell.top()), QPointF(cell.right(), cell.top())]
        canvas.polyline(edge, theme.pen("line.hair", "rowRule"))
        lead, meta, body = (canvas.line_px(role) for role in ("lead", "meta", "body"))
        words = lead + meta + body
        pad = theme.px(8)
        tall = cell.height() >= theme.px(CELL_HIGH_U)
        side = cell.height() - words - 3 * pad if tall else cell.height() - 2 * pad
        side = min(side, cell.width() * HAND_SHARE)
        hand = QRectF(cell.left(), cell.top() + pad, side, side)
        draw_gesture(canvas, line.kind, hand, "text.1" if line.does.ko else "text.3")
        left = cell.left() if tall else hand.right() + 2 * pad
        y = hand.bottom() + pad if tall else cell.center().y() - words / 2
        width = cell.right() - left
        does, ink = (line.does, "text.1") if line.does.ko else (line.nothing, "text.3")
        canvas.text(does, left, y + lead * 0.78, "lead", ink, width=width)
        y += lead
        canvas.text(line.name, left, y + body * 0.78, "body", "text.2", width=width)
        y += body
        canvas.text(line.other, left, y + meta * 0.76, "meta", "text.3", width=width)
