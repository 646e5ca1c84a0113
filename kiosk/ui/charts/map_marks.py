"""The numbered issues and the cameras on the map: they keep their size, and stand apart."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsScene

from kiosk.ui.charts.map_items import MARKER_U, MarkerItem, PointItem
from kiosk.ui.charts.map_model import MapModel
from kiosk.ui.charts.map_spread import spread
from kiosk.ui.theme import Theme

APART = 1.25  # of their size: the corners of two squares do not meet
OVER = 4.0  # shapes, rings, dots and names


class MapMarks:
    """`items` are on the scene, the topmost last."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self.items: list[MarkerItem | PointItem] = []

    def forget(self) -> None:
        """The scene was cleared."""
        self.items = []

    def show(self, theme: Theme, model: MapModel, square: QTransform) -> None:
        """All of them anew; `square` makes square pixels those of the wall."""
        for old in self.items:
            self._scene.removeItem(old)
        self.items = []
        for marker in reversed(model.markers):
            self._add(MarkerItem(theme, marker), model, marker.lon, marker.lat, square)
        for point in model.points:
            self._add(PointItem(theme, point), model, point.lon, point.lat, square)

    def _add(
        self,
        item: MarkerItem | PointItem,
        model: MapModel,
        lon: float,
        lat: float,
        square: QTransform,
    ) -> None:
        item.setPos(*model.geometry.projection.metres(lon, lat))
        item.setTransform(square)
        item.setZValue(OVER)
        self._scene.addItem(item)
        self.items.append(item)

    def numbered(self) -> list[MarkerItem]:
        return [item for item in self.items if isinstance(item, MarkerItem)]

    def renew_points(self, model: MapModel) -> bool:
        """Whether all marks stay where they are: cameras that only look otherwise are then drawn
        again on the spot, and nothing else is."""
        points = [item for item in self.items if isinstance(item, PointItem)]
        markers = [item.marker for item in self.numbered()]
        stay = [item.point.place for item in points] == [point.place for point in model.points]
        if not stay or markers != list(reversed(model.markers)):
            return False
        for item, point in zip(points, model.points, strict=True):
            item.show_point(point)
        return True

    def spread(self, theme: Theme, look: QTransform, square: QTransform) -> None:
        """Numbered marks of places too near to one another stand side by side."""
        markers = self.numbered()
        seen = look * square.inverted()[0]
        places = [seen.map(marker.pos()) for marker in markers]
        stand = spread([(place.x(), place.y()) for place in places], theme.px(MARKER_U) * APART)
        for marker, place, (x, y) in zip(markers, places, stand, strict=True):
            marker.set_shift(QPointF(x, y) - place)
