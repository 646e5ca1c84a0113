"""What stands around the map: what it shows, how long a kilometre is, the selected district.

On the whole city few words stand beside the shapes; on a map that was enlarged, which fills all
its room, or where there are many, each block lies on a plate in its corner. Names keep clear.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from kiosk.ui.charts.geometry import scale_bar_m
from kiosk.ui.charts.map_model import MapModel
from kiosk.ui.paint import Align, Canvas, Mark
from kiosk.ui.ruler import Ruler
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

SCALE_U = 90
HALO_U = 7
PLATE_U = 10  # around the words
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
    *,
    enlarged: bool = False,
) -> None:
    """Draws it into the map's box (square pixels); `enlarged`: on plates."""
    canvas, enlarged = Canvas(painter, theme, marks), enlarged or _long(model)
    if enlarged:
        for block in furniture_boxes(theme, model, box, m_per_px, enlarged=True):
            canvas.surface(block, "background", "small")
    inner = _inner(theme, box, enlarged)
    _caption(canvas, model, inner)
    _callout(canvas, model, inner)
    if model.scale_bar:
        _scale_bar(canvas, inner, m_per_px)


def furniture_boxes(
    theme: Theme, model: MapModel, box: QRectF, m_per_px: float, *, enlarged: bool = False
) -> list[QRectF]:
    """Where it stands, with its plates; square pixels."""
    enlarged = enlarged or _long(model)
    ruler, inner = Ruler(theme), _inner(theme, box, enlarged)
    blocks = []
    if model.caption:
        wide = max(ruler.width(words, *CAPTION[:2]) for words in model.caption)
        if model.simulated:
            first = ruler.width(model.caption[0], *CAPTION[:2])
            wide = max(wide, first + theme.px(8) + ruler.tag_width())
        high = ruler.line_px(CAPTION[0]) * len(model.caption)
        blocks.append(QRectF(inner.left(), inner.top(), wide, high))
    if model.callout:
        rows = list(zip(model.callout, CALLOUT, strict=False))
        wide = max(ruler.width(words, role, weight) for words, (role, weight, _) in rows)
        high = sum(ruler.line_px(role) for _, (role, _, _) in rows)
        blocks.append(QRectF(inner.right() - wide, inner.bottom() - high, wide, high))
    if model.scale_bar:
        metres, length = _scale(theme, m_per_px)
        wide = length + theme.px(10) + ruler.width(_distance(metres), *CAPTION[:2])
        high = ruler.line_px(CAPTION[0])
        blocks.append(QRectF(inner.left(), inner.bottom() - high, wide, high))
    edge = theme.px(PLATE_U if enlarged else 2)
    return [block.adjusted(-edge, -edge, edge, edge) for block in blocks]


def _long(model: MapModel) -> bool:
    """More words than fit beside the shapes of a city."""
    return len(model.caption) > 1


def _inner(theme: Theme, box: QRectF, enlarged: bool) -> QRectF:
    edge = theme.px(PLATE_U) if enlarged else 0
    return box.adjusted(edge, edge, -edge, -edge)


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
    line = canvas.line_px(CAPTION[0])
    baseline = box.top() + line * 0.8
    for words in model.caption:
        taken = _words(canvas, words, box.left(), baseline, CAPTION)
        if model.simulated and words is model.caption[0]:
            canvas.tag(box.left() + taken + canvas.theme.px(8), baseline)
        baseline += line


def _callout(canvas: Canvas, model: MapModel, box: QRectF) -> None:
    baseline = box.bottom() - canvas.theme.px(6)
    for words, style in reversed(list(zip(model.callout, CALLOUT, strict=False))):
        _words(canvas, words, box.right(), baseline, style, "right")
        baseline -= canvas.line_px(style[0])


def _scale(theme: Theme, m_per_px: float) -> tuple[int, float]:
    """A round length in metres, and in pixels."""
    metres = scale_bar_m(m_per_px, theme.px(SCALE_U))
    return metres, metres / m_per_px


def _distance(metres: int) -> Text:
    words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    return Text(words, words)


def _scale_bar(canvas: Canvas, box: QRectF, m_per_px: float) -> None:
    theme = canvas.theme
    metres, length = _scale(theme, m_per_px)
    left, y, tick = box.left() + theme.px(2), box.bottom() - theme.px(6), theme.px(7)
    ends = [
        QPointF(left, y - tick),
        QPointF(left, y),
        QPointF(left + length, y),
        QPointF(left + length, y - tick),
    ]
    canvas.polyline(ends, _halo(canvas))
    canvas.polyline(ends, theme.pen("text.2", 2))
    _words(canvas, _distance(metres), left + length + theme.px(8), y, CAPTION)
