"""How a station, a hospital, the police and a camera are marked around an incident."""

from PySide6.QtCore import QPointF, QRectF, Qt

from kiosk.panels.incident.model import MarkKind
from kiosk.ui.paint import Canvas


def paint_mark(
    canvas: Canvas, kind: MarkKind, label: str, at: QPointF, size: float, pressed: bool = False
) -> None:
    """A mark of the map, also as it stands before a row: square, cross in a ring, disc, frame."""
    box = QRectF(at.x() - size / 2, at.y() - size / 2, size, size)
    if kind == "camera":
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(canvas.theme.color("accent.fill"))
        canvas.painter.drawEllipse(box)
        color = "accent.on"
    elif kind == "hospital":
        canvas.painter.setPen(canvas.theme.pen("text.1", 2.4))
        canvas.painter.setBrush(canvas.theme.color("background"))
        canvas.painter.drawEllipse(box)
        arm, pen = size * 0.24, canvas.theme.pen("text.1", 3.2)
        canvas.polyline([QPointF(at.x() - arm, at.y()), QPointF(at.x() + arm, at.y())], pen)
        canvas.polyline([QPointF(at.x(), at.y() - arm), QPointF(at.x(), at.y() + arm)], pen)
        return
    elif kind == "police":
        canvas.surface(box, "background", "small")
        canvas.outline(box, "text.1", 2.4, "small")
        color = "text.1"
    else:
        canvas.surface(box, "text.1", "small")
        color = "background"
    if pressed:
        edge = canvas.theme.px(4)
        canvas.outline(box.adjusted(-edge, -edge, edge, edge), "text.1", 2.4, "small")
    if label:
        role = canvas.number_role(size)
        metrics = canvas.theme.metrics(role, None, False)
        width = metrics.horizontalAdvance(label)
        baseline = at.y() + metrics.capHeight() / 2
        canvas.unscaled_text(label, at.x() - width / 2, baseline, role, color, size)
