"""What lies over the map in numbers: many small dots, and lines such as the routes of buses."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from kiosk.ui.charts.geometry import Projection
from kiosk.ui.charts.map_model import MapDot, MapLine
from kiosk.ui.theme import Theme

DOT_U = 5.5  # radius
SMALL_U = 3.0
MANY = 150  # from here on dots are small, so that they can be told apart
RING_U = 2.0
CHOSEN_U = 6.0  # around the one that is chosen
LINE_U, FAINT_U, CASING_U = 4.5, 3.0, 2.0


class DotsItem(QGraphicsItem):
    """All dots as one item; they keep their size under zoom."""

    def __init__(self, theme: Theme, dots: Sequence[MapDot], projection: Projection) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._theme = theme
        self._dots = [(dot, QPointF(*projection.metres(dot.lon, dot.lat))) for dot in dots]
        self._radius = theme.px(SMALL_U if len(dots) >= MANY else DOT_U)
        points = QPolygonF([at for _, at in self._dots])
        self._box = points.boundingRect().adjusted(-5000, -5000, 5000, 5000)  # metres

    @property
    def dots(self) -> Sequence[tuple[MapDot, QPointF]]:
        """Each dot with its place in metres."""
        return self._dots

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Those in the part that is asked for, in the order given, the chosen one last: it lies
        over the others."""
        look, aspect = painter.worldTransform(), self._theme.pixel_aspect
        across, down = (self._reach() / abs(scale) for scale in (look.m11(), look.m22()))
        exposed: QRectF = option.exposedRect
        asked = exposed.adjusted(-across, -down, across, down)
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for dot, at in sorted(self._dots, key=lambda pair: pair[0].chosen):
            if asked.contains(at):
                self._paint_dot(painter, dot, look.map(at), aspect)
        painter.restore()

    def _reach(self) -> float:
        """How far the largest dot goes from its middle, with its line, px."""
        return self._radius + self._theme.px(CHOSEN_U) + self._theme.stroke(4)

    def _paint_dot(self, painter: QPainter, dot: MapDot, at: QPointF, aspect: float) -> None:
        """Filled, a ring, or a small grey one: told apart without colour."""
        theme, radius = self._theme, float(self._radius)
        ground = theme.color("background")
        painter.setPen(QPen(ground, theme.stroke(1.5)))
        painter.setBrush(theme.color("text.1"))
        if dot.shape == "ring":
            painter.setPen(theme.pen("text.1", RING_U))
            painter.setBrush(ground)
        elif dot.shape == "faint":
            radius *= 0.8
            painter.setBrush(theme.color("text.3"))
        if dot.chosen:
            painter.setPen(theme.pen("accent.fill", 4))
            radius += theme.px(CHOSEN_U)
        painter.drawEllipse(at, radius / aspect, radius)


class LineItem(QGraphicsItem):
    """A line in its colour on a casing of the ground, so that crossings can be followed."""

    def __init__(self, theme: Theme, line: MapLine, projection: Projection) -> None:
        super().__init__()
        self._theme, self._line = theme, line
        self._path = QPainterPath()
        self._path.addPolygon(
            QPolygonF([QPointF(*projection.metres(lon, lat)) for lon, lat in line.points])
        )

    def boundingRect(self) -> QRectF:
        return self._path.boundingRect().adjusted(-500, -500, 500, 500)  # metres

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        theme, faint = self._theme, self._line.faint
        wide = theme.stroke(FAINT_U if faint else LINE_U)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in (
            ("background", wide + 2 * theme.stroke(CASING_U)),
            ("text.3" if faint else self._line.color, wide),
        ):
            pen = QPen(theme.color(color), width)
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(self._path)
