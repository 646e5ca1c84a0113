"""Items of the map: a district, its name, a numbered issue, a camera point."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from kiosk.ui.charts.map_model import DistrictShape, MapMarker, MapPoint
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

MARKER_U = 30
LEADS_FROM = 0.6  # of its size
POINT_U = 13
NAME_PAD_U = 3
HALO_U = 4.5


def shapes_path(shapes: Iterable[DistrictShape]) -> QPainterPath:
    """All rings of some shapes in metres; holes stay open (even-odd)."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for shape in shapes:
        for ring in shape.rings:
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
            path.closeSubpath()
    return path


def outline(theme: Theme, color: str, stroke: str | float) -> QPen:
    """A pen that keeps its width while the map is zoomed."""
    pen = theme.pen(color, stroke)
    pen.setCosmetic(True)
    return pen


class DistrictItem(QGraphicsPathItem):
    """One district or neighbourhood; recoloured, never rebuilt."""

    def __init__(self, shape: DistrictShape) -> None:
        super().__init__(shapes_path((shape,)))
        self.shape_ = shape

    def paint_as(self, brush: QBrush, pen: QPen) -> None:
        self.setBrush(brush)
        self.setPen(pen)


class NameItem(QGraphicsItem):
    """A district's name, and its value when one is printed; keeps its size under zoom."""

    def __init__(
        self, theme: Theme, code: str, name: str, value: str, role: str, ink: QColor
    ) -> None:
        super().__init__()
        self.code = code
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._theme, self._name, self._value = theme, name, value
        self._role, self._ink = role, ink
        self._ground: QColor | None = None
        self._halo: QColor | None = None
        width, height = name_size(theme, name, value, role)
        self._box = QRectF(-width / 2, -height / 2, width, height)

    def set_halo(self, halo: QColor) -> None:
        """Sets the name off where it is wider than its district."""
        self._halo = halo

    def set_ground(self, ground: QColor) -> None:
        """Sets the name off from hatching."""
        self._ground = ground

    def boundingRect(self) -> QRectF:
        return self._box

    def line_boxes(self, middle: QPointF) -> list[QRectF]:
        """Where its words lie, the name and the value by themselves, around a pixel."""
        rows = [(self._name, 600)] + ([(self._value, 700)] if self._value else [])
        high = self._box.height() / len(rows)
        boxes = []
        for index, (text, weight) in enumerate(rows):
            width = self._theme.metrics(self._role, weight).horizontalAdvance(text)
            top = self._box.top() + index * high
            boxes.append(QRectF(-width / 2, top, width, high).translated(middle))
        return boxes

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        if self._ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ground)
            corner = self._theme.radius("small")
            painter.drawRoundedRect(self._box, corner, corner)
        painter.setPen(self._ink)
        rows = [(self._name, 600)] + ([(self._value, 700)] if self._value else [])
        top, height = self._box.top(), self._box.height() / len(rows)
        for text, weight in rows:
            painter.setFont(self._theme.font(self._role, weight))
            line = QRectF(self._box.left(), top, self._box.width(), height)
            if self._halo is not None:
                self._paint_halo(painter, line, text, weight)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
            top += height

    def _paint_halo(self, painter: QPainter, line: QRectF, text: str, weight: int) -> None:
        assert self._halo is not None
        metrics = self._theme.metrics(self._role, weight)
        left = line.center().x() - metrics.horizontalAdvance(text) / 2
        middle = line.center().y() - metrics.height() / 2
        path = QPainterPath()
        path.addText(left, middle + metrics.ascent(), painter.font(), text)
        pen = QPen(self._halo, self._theme.stroke(HALO_U))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)


def name_size(theme: Theme, name: str, value: str, role: str) -> tuple[float, float]:
    """Width and height in pixels that a name needs, its value included."""
    width = theme.metrics(role, 600).horizontalAdvance(name)
    line = theme.metrics(role, 600).ascent() + theme.metrics(role, 600).descent()
    if value:
        width = max(width, theme.metrics(role, 700).horizontalAdvance(value))
    pad = theme.px(NAME_PAD_U)
    return width + 2 * pad, line * 0.94 * (2 if value else 1)


class MarkerItem(QGraphicsItem):
    """A numbered issue in its severity shape."""

    def __init__(self, theme: Theme, marker: MapMarker) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.marker = marker
        self._theme = theme
        side = theme.px(MARKER_U)
        self._box = QRectF(-side / 2, -side / 2, side, side)
        self.shift = QPointF(0, 0)

    def set_shift(self, shift: QPointF) -> None:
        """How far from its true place it stands (square pixels), beside others of that place."""
        if shift != self.shift:
            self.prepareGeometryChange()
            self.shift = shift

    @property
    def body(self) -> QRectF:
        """What names keep clear of."""
        return self._box.translated(self.shift)

    def boundingRect(self) -> QRectF:
        margin = self._theme.px(6)
        at = QRectF(-margin, -margin, 2 * margin, 2 * margin)
        return self.body.adjusted(-margin, -margin, margin, margin).united(at)

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        marker = self.marker
        side = self._box.width()
        canvas = Canvas(painter, self._theme)
        if math.hypot(self.shift.x(), self.shift.y()) > side * LEADS_FROM:
            self._lead(canvas)
        canvas.severity(marker.severity, self.shift, side, marker.number, "background")

    def _lead(self, canvas: Canvas) -> None:
        """A line to the true place, where the mark does not cover it."""
        for color, width in (("background", 6), ("text.1", 2)):
            canvas.polyline([QPointF(0, 0), self.shift], self._theme.pen(color, width))
        canvas.dot(QPointF(0, 0), 4, "text.1")


class PointItem(QGraphicsItem):
    """A camera: full when live, a ring when it is not; ringed in the accent when looked at."""

    def __init__(self, theme: Theme, point: MapPoint) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.point = point
        self._theme = theme
        side = theme.px(POINT_U)
        self._box = QRectF(-side / 2, -side / 2, side, side)

    def show_point(self, point: MapPoint) -> None:
        """The same camera, which may look otherwise now."""
        if point != self.point:
            self.point = point
            self.update()

    @property
    def body(self) -> QRectF:
        """What names keep clear of."""
        return self._box

    def boundingRect(self) -> QRectF:
        margin = self._theme.px(9)
        return self._box.adjusted(-margin, -margin, margin, margin)

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        live = self.point.state in ("live", "delayed")
        painter.setPen(theme.pen("text.1", 2.4))
        painter.setBrush(theme.color("text.1" if live else "background"))
        painter.drawEllipse(self._box)
        if self.point.focused:
            around = theme.px(6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.pen("accent.fill", 3))
            painter.drawEllipse(self._box.adjusted(-around, -around, around, around))
