"""The mark of what stands out among things to press."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPolygonF

from kiosk.ui.paint import Canvas

SIDE_U, IN_U = 9.0, 12.0


def draw_standing_out(canvas: Canvas, rect: QRectF) -> None:
    """A filled diamond in the top right corner: a shape, so that it is told without colour."""
    theme = canvas.theme
    half, inward = theme.px(SIDE_U) / 2, theme.px(IN_U)
    x, y = rect.right() - inward, rect.top() + inward
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(theme.color("accent.fill"))
    canvas.painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
