"""What stands around the map: what it shows, how long a kilometre is, the selected district."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from kiosk.ui.charts.geometry import scale_bar_m
from kiosk.ui.charts.map_model import MapModel
from kiosk.ui.paint import Canvas, Mark
from kiosk.ui.theme import Theme

SCALE_U = 90
GROUND = 0.78
CALLOUT_ROLES = (("lead", 700, "text.1"), ("body", 600, "text.1"), ("meta", 500, "text.2"))


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


def _ground(canvas: Canvas, rect: QRectF) -> None:
    """Dims the shapes under words: a map that was enlarged lies there too."""
    edge = canvas.theme.px(6)
    canvas.painter.setOpacity(GROUND)
    canvas.surface(rect.adjusted(-edge, 0, edge, 0), "background")
    canvas.painter.setOpacity(1.0)


def _caption(canvas: Canvas, model: MapModel, box: QRectF) -> None:
    line = canvas.line_px("meta")
    wide = max((canvas.width(words, "meta") for words in model.caption), default=0.0)
    if model.caption:
        wide += (canvas.tag_width() + canvas.theme.px(8)) if model.simulated else 0.0
        _ground(canvas, QRectF(box.left(), box.top(), wide, line * len(model.caption)))
    baseline = box.top() + line * 0.8
    for words in model.caption:
        taken = canvas.text(words, box.left(), baseline, "meta", "text.2")
        if model.simulated and words is model.caption[0]:
            canvas.tag(box.left() + taken + canvas.theme.px(8), baseline)
        baseline += line


def _callout(canvas: Canvas, model: MapModel, box: QRectF) -> None:
    baseline = box.bottom() - canvas.theme.px(8)
    rows = list(zip(model.callout, CALLOUT_ROLES, strict=False))
    wide = max(
        (canvas.width(words, role, weight) for words, (role, weight, _) in rows), default=0.0
    )
    high = sum(canvas.line_px(role) for _, (role, _, _) in rows) + canvas.theme.px(8)
    if rows:
        _ground(canvas, QRectF(box.right() - wide, box.bottom() - high, wide, high))
    for words, (role, weight, color) in reversed(rows):
        canvas.text(words, box.right(), baseline, role, color, weight=weight, align="right")
        baseline -= canvas.line_px(role)


def _scale_bar(canvas: Canvas, box: QRectF, m_per_px: float) -> None:
    theme = canvas.theme
    metres = scale_bar_m(m_per_px, theme.px(SCALE_U))
    length = metres / m_per_px
    left, y, tick = box.left() + theme.px(2), box.bottom() - theme.px(14), theme.px(7)
    words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    wide = length + theme.px(10) + canvas.width(words, "meta")
    _ground(canvas, QRectF(left, y - theme.px(18), wide, theme.px(26)))
    canvas.polyline(
        [
            QPointF(left, y - tick),
            QPointF(left, y),
            QPointF(left + length, y),
            QPointF(left + length, y - tick),
        ],
        theme.pen("text.2", 2),
    )
    canvas.text(words, left + length + theme.px(8), y, "meta", "text.2")
