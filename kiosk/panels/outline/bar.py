"""A share as a bar, with a mark where the plan stands."""

from PySide6.QtCore import QRectF

from kiosk.ui.paint import Canvas

OVER_U = 5.0


def paint_bar(
    canvas: Canvas, box: QRectF, share: float, plan: float | None, color: str = "chart.compare"
) -> None:
    """The bar fills the box; the mark of the plan stands out of it above and below. Bars of a list
    are quiet; the accent is for the one that is opened."""
    theme = canvas.theme
    canvas.painter.fillRect(box, theme.color("surface.2"))
    done = QRectF(box.left(), box.top(), box.width() * min(1.0, max(0.0, share)), box.height())
    canvas.painter.fillRect(done, theme.color(color))
    if plan is not None:
        over, wide = theme.px(OVER_U), theme.px(3)
        x = box.left() + box.width() * plan - wide / 2
        mark = QRectF(x, box.top() - over, wide, box.height() + 2 * over)
        canvas.painter.fillRect(mark, theme.color("chart.goal"))
