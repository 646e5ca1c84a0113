"""Shapes on a painter, in the theme's colours and strokes, in square pixels."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from kiosk.ui.icons import ICON_BOX, IconName, icon_path
from kiosk.ui.ruler import Ruler
from kiosk.ui.shapes import Glyph, LampKind, glyph_path, half_disc, triangle
from kiosk.ui.theme import Theme

OPAQUE = 255
PIECE = 2  # bends of a line that are drawn at once


class Drawing(Ruler):
    """A painter that knows the theme."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        super().__init__(theme)
        self.painter = painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def rule(
        self, x1: float, x2: float, y: float, color: str = "line.hair", stroke: str | float = "hair"
    ) -> None:
        """A hairline."""
        self.painter.setPen(self.theme.pen(color, stroke, cap=Qt.PenCapStyle.FlatCap))
        self.painter.drawLine(QPointF(x1, y), QPointF(x2, y))

    def surface(self, rect: QRectF, color: str, radius: str = "surface") -> None:
        """A filled surface: press me."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.color(color))
        self.painter.drawRoundedRect(rect, self.theme.radius(radius), self.theme.radius(radius))

    def selected_surface(self, rect: QRectF, edge: str = "top") -> None:
        """The user's place: a raised surface with the accent along its top or bottom edge."""
        self.surface(rect, "surface.3")
        height = self.theme.px(4)
        top = rect.top() if edge == "top" else rect.bottom() - height
        bar = QPainterPath()
        bar.addRoundedRect(rect, self.theme.radius(), self.theme.radius())
        strip = QPainterPath()
        strip.addRect(QRectF(rect.left(), top, rect.width(), height))
        self.painter.fillPath(bar.intersected(strip), self.theme.brush("accent.fill"))

    def outline(
        self, rect: QRectF, color: str, stroke: str | float = "hair", radius: str = "surface"
    ) -> None:
        """A border inside `rect`."""
        pen = self.theme.pen(color, stroke)
        half = pen.widthF() / 2
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = rect.adjusted(half, half, -half, -half)
        self.painter.drawRoundedRect(inner, self.theme.radius(radius), self.theme.radius(radius))

    def hatch(
        self, rect: QRectF, color: str = "chart.hatch", ground: str = "chart.gapFill"
    ) -> None:
        """The area of what is not known."""
        self.painter.fillRect(rect, self.theme.hatch_brush(color, ground))

    def polyline(self, points: Sequence[QPointF], pen: QPen) -> None:
        """A line through points. In pieces where that looks the same, as Qt takes five times as
        long for a long line: an opaque one whose pieces end as round as it bends."""
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        line = list(points)
        alike = (
            pen.style() == Qt.PenStyle.SolidLine
            and pen.capStyle() == Qt.PenCapStyle.RoundCap
            and pen.color().alpha() == OPAQUE
        )
        step = PIECE if alike else max(1, len(line))
        for first in range(0, max(1, len(line) - 1), step):
            self.painter.drawPolyline(line[first : first + step + 1])

    def dot(self, center: QPointF, radius_u: float, color: str, hollow: bool = False) -> None:
        """A point; hollow = late or provisional."""
        radius = self.theme.stroke(radius_u)
        self.painter.setPen(self.theme.pen(color, 2.4) if hollow else QPen(Qt.PenStyle.NoPen))
        self.painter.setBrush(self.theme.color("background" if hollow else color))
        self.painter.drawEllipse(center, radius, radius)

    def ring(
        self,
        center: QPointF,
        radius: float,
        color: str,
        share: float = 1.0,
        stroke: str | float = "ring",
    ) -> None:
        """A ring, or the share 0-1 of it, clockwise from the top."""
        self.painter.setPen(self.theme.pen(color, stroke, cap=Qt.PenCapStyle.FlatCap))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
        if share >= 1.0:
            self.painter.drawEllipse(box)
        elif share > 0.0:
            self.painter.drawArc(box, 90 * 16, round(-share * 360 * 16))

    def dashed_ring(
        self, center: QPointF, radius: float, color: str, stroke: str | float = "ring"
    ) -> None:
        """Searching, resting or stopped."""
        self.painter.setPen(self.theme.dashed_pen(color, stroke, 5, 5))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawEllipse(center, radius, radius)

    def lamp(self, kind: LampKind, center: QPointF, size_px: float) -> None:
        """recording (red dot), in use (accent dot), running (ring and dot), degraded (triangle),
        failed (cross), stopped (dashed ring)."""
        if kind == "degraded":
            self._stroked(triangle(), center, size_px, "text.1")
        elif kind == "recording":
            self.glyph("dot", center, size_px * 1.3, "severity.critical.fill")
        elif kind == "use":
            self.glyph("dot", center, size_px, "accent.fill")
        elif kind == "running":
            self._stroked(glyph_path("ring"), center, size_px, "text.2")
            self.glyph("dot", center, size_px * 0.5, "text.2")
        elif kind == "failed":
            self._stroked(glyph_path("cross"), center, size_px, "text.1", 3)
        else:
            self.glyph("dashed", center, size_px, "text.3")

    def glyph(self, glyph: Glyph, center: QPointF, size_px: float, color: str) -> None:
        """A state glyph: dot, half, struck, dashed, check, cross, ring."""
        if glyph == "dot":
            self._filled(glyph_path("dot"), center, size_px, color)
        elif glyph == "dashed":
            pen = self.theme.pen(color, 2.2, cap=Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([1.1, 1.1])
            self.painter.setPen(pen)
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawEllipse(center, size_px * 0.42, size_px * 0.42)
        else:
            self._stroked(glyph_path(glyph), center, size_px, color, 3 if glyph == "check" else 2.2)
            if glyph == "half":
                self._filled(half_disc(), center, size_px, color)

    def placed(self, path: QPainterPath, center: QPointF, size_px: float) -> QPainterPath:
        return QTransform().translate(center.x(), center.y()).scale(size_px, size_px).map(path)

    def _filled(self, path: QPainterPath, center: QPointF, size_px: float, color: str) -> None:
        self.painter.fillPath(self.placed(path, center, size_px), self.theme.brush(color))

    def _stroked(
        self, path: QPainterPath, center: QPointF, size_px: float, color: str, stroke: float = 2.2
    ) -> None:
        self.painter.strokePath(self.placed(path, center, size_px), self.theme.pen(color, stroke))

    def icon(self, name: IconName, rect: QRectF, color: str = "text.1") -> None:
        """A stroked icon filling a square rectangle."""
        scale = rect.width() / ICON_BOX
        placed = QTransform().translate(rect.x(), rect.y()).scale(scale, scale).map(icon_path(name))
        pen = QPen(self.theme.color(color), self.theme.tokens.strokes_u["icon"] * scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.strokePath(placed, pen)
