"""What stands around the map: what it shows, how long a kilometre is, the selected district."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from kiosk.ui.charts.geometry import scale_bar_m
from kiosk.ui.charts.map_model import MapModel
from kiosk.ui.paint import Align, Canvas, Mark
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

SCALE_U = 90
HALO_U = 7
Style = tuple[str, int, str]  # role, weight, colour
CAPTION: Style = ("meta", 500, "text.2")
CALLOUT: tuple[Style, ...] = (
    ("lead", 700, "text.1"),
    ("body", 600, "text.1"),
    ("meta", 500, "text.2"),
)


def paint_furniture(
    painter: QPainter,
    theme: Theme,
    model: MapModel,
    box: QRectF,
    m_per_px: float,
    marks: list[Mark] | None = None,
) -> None:
    canvas = Canvas(painter, theme, marks)
    _caption(canvas, model, box)
    _callout(canvas, model, box)
    if model.scale_bar:
        _scale_bar(canvas, box, m_per_px)


def _words(
    canvas: Canvas, words: Text, x: float, baseline: float, style: Style, align: Align = "left"
) -> float:
    """A line set off from the shapes that may lie under it; returns its width."""
    role, weight, color = style
    path, width = QPainterPath(), canvas.width(words, role, weight)
    left = x - (width if align == "right" else 0.0)
    path.addText(QPointF(left, baseline), canvas.theme.font(role, weight), canvas.theme.say(words))
    canvas.painter.strokePath(path, _halo(canvas))
    return canvas.text(words, left, baseline, role, color, weight=weight)


def _halo(canvas: Canvas) -> QPen:
    pen = canvas.theme.pen("background", HALO_U)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _caption(canvas: Canvas, model: MapModel, box: QRectF) -> None:
    line = canvas.line_px("meta")
    baseline = box.top() + line * 0.8
    for words in model.caption:
        taken = _words(canvas, words, box.left(), baseline, CAPTION)
        if model.simulated and words is model.caption[0]:
            canvas.tag(box.left() + taken + canvas.theme.px(8), baseline)
        baseline += line


def _callout(canvas: Canvas, model: MapModel, box: QRectF) -> None:
    baseline = box.bottom() - canvas.theme.px(8)
    for words, style in reversed(list(zip(model.callout, CALLOUT, strict=False))):
        _words(canvas, words, box.right(), baseline, style, "right")
        baseline -= canvas.line_px(style[0])


def _scale_bar(canvas: Canvas, box: QRectF, m_per_px: float) -> None:
    theme = canvas.theme
    metres = scale_bar_m(m_per_px, theme.px(SCALE_U))
    length = metres / m_per_px
    left, y, tick = box.left() + theme.px(2), box.bottom() - theme.px(14), theme.px(7)
    words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    ends = [
        QPointF(left, y - tick),
        QPointF(left, y),
        QPointF(left + length, y),
        QPointF(left + length, y - tick),
    ]
    canvas.polyline(ends, _halo(canvas))
    canvas.polyline(ends, theme.pen("text.2", 2))
    _words(canvas, Text(words, words), left + length + theme.px(8), y, CAPTION)
