"""The map of districts and neighbourhoods: coloured by one indicator, tapped, dragged, pinched."""

from collections.abc import Iterator
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from kiosk.ui.charts.fingered import Fingered
from kiosk.ui.charts.map_canvas import MapCanvas
from kiosk.ui.charts.map_flight import MapFlight, is_journey
from kiosk.ui.charts.map_items import MarkerItem, PointItem
from kiosk.ui.charts.map_model import MapDot, MapModel, Press
from kiosk.ui.charts.map_names import named_shapes
from kiosk.ui.charts.map_touch import Fingers, Move, Position
from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.theme import Theme

MOST_ZOOM = 8.0
WHEEL_STEP = 1.2
SLOP_U = 12
CORNER_U = (128, 48)
MARK_REACH_U = 26
NEAR = 1e-3  # views nearer to one another than this are one view


class DistrictMap(Fingered, Component):
    """Shows a MapModel; a tap submits what the model says, drag and pinch look around.

    While fingers are on it a picture of the map moves; shapes and names are laid out once when
    they leave. When it is told to look elsewhere, a picture of the wider view flies there.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.canvas = MapCanvas(theme, self)
        self._fingers = Fingers(theme.px(SLOP_U))
        self._still: QPixmap | None = None
        self._moved = QTransform()
        self._flight: MapFlight | None = None
        self._corner: Button | None = None
        self.setMouseTracking(True)

    # ---- what is shown

    @property
    def flight(self) -> MapFlight | None:
        """The way to another view, as long as it lasts."""
        return self._flight

    @property
    def model(self) -> MapModel | None:
        return self.canvas.model

    def set_model(self, model: MapModel) -> None:
        if not self._looks_elsewhere(model):
            self.canvas.set_model(model)
            return
        self._land()
        before, seen = self.canvas.viewportTransform(), self.canvas.picture()
        self.canvas.set_model(model)
        step = before.inverted()[0] * self.canvas.viewportTransform()
        if is_journey(step, self.width()):
            self._fly(seen, step)

    def set_corner(self, action: Action) -> None:
        """A button at the top right; names keep clear of it."""
        self._corner = Button(self.theme, action, parent=self)
        self._corner.submitted.connect(self.submitted)
        self._place_corner()

    def _place_corner(self) -> None:
        if self._corner is None:
            return
        wide, high = (self.theme.px(side) for side in CORNER_U)
        box = QRectF(self.area().width() - wide, 0, wide, high)
        self._corner.setGeometry(self.device_rect(box).toRect())
        self.canvas.keep_clear(box)

    def _looks_elsewhere(self, model: MapModel) -> bool:
        """Whether it is told to look where it does not look by itself already."""
        old = self.model
        if old is None or old.geometry is not model.geometry or not self.isVisible():
            return False
        view = (model.zoom, model.x, model.y)
        if view == (old.zoom, old.x, old.y):
            return False
        here = (self.canvas.zoom, *self.canvas.centre)
        return any(abs(a - b) > NEAR for a, b in zip(view, here, strict=True))

    def _fly(self, seen: QPixmap, step: QTransform) -> None:
        """The wider of the two views is the picture: nothing is missing at its edge."""
        duration_ms = self.theme.motion_ms("mapZoom")
        if duration_ms == 0:
            return
        begin, end = QTransform(), step
        if step.m22() < 1:
            seen, begin, end = self.canvas.picture(), step.inverted()[0], QTransform()
        self._flight = MapFlight(seen, begin, end, duration_ms, self)
        self._flight.valueChanged.connect(lambda _value: self.update())
        self._flight.finished.connect(self._land)
        self.canvas.hide()
        self._flight.start()

    def _land(self) -> None:
        """The map itself again, where it was told to look."""
        if self._flight is None:
            return
        flight, self._flight = self._flight, None
        flight.stop()
        flight.deleteLater()
        self.canvas.show()

    def set_theme(self, theme: Theme) -> None:
        if theme is self.theme:
            return
        super().set_theme(theme)
        self._fingers = Fingers(theme.px(SLOP_U))
        if self._corner is not None:
            self._corner.set_theme(theme)
            self._place_corner()
        self.canvas.set_theme(theme)

    # ---- what can be pressed

    def targets(self) -> tuple[Target, ...]:
        """Marks first, then every neighbourhood that is open and every district by a box around its
        middle."""
        model, aspect = self.model, self.theme.pixel_aspect
        if model is None:
            return ()
        found = [t for mark in reversed(self.canvas.marks) if (t := self._mark_target(mark))]
        if model.district_command:
            side, reach = float(self.theme.touch_min_px()), self.theme.px(MARK_REACH_U)
            codes = [shape.code for shape in named_shapes(model)]
            for code, at in zip(codes, self.canvas.positions_of(codes, reach), strict=True):
                box = QRectF(at.x() * aspect - side / 2, at.y() - side / 2, side, side)
                found.append(self._area_target(model, code, box))
        return tuple(found)

    def target_at(self, position: QPointF) -> Target | None:
        """A mark within a finger's reach, else the district whose shape the point is in."""
        model = self.model
        if model is None:
            return None
        reach = self.theme.px(MARK_REACH_U)
        near = [
            ((self.canvas.mark_position(mark) - position).manhattanLength(), -index)
            for index, mark in enumerate(self.canvas.marks)
        ]
        best = min(near, default=None)
        if best is not None and best[0] <= reach:
            target = self._mark_target(self.canvas.marks[-best[1]])
            if target is not None:
                return target
        dot = self.canvas.dot_at(position, reach)
        if dot is not None:
            return self._dot_target(*dot)
        code = self.canvas.area_at(position)
        if code is None or not model.district_command:
            return None
        return self._area_target(model, code, QRectF(position.x(), position.y(), 1, 1))

    def _area_target(self, model: MapModel, code: str, box: QRectF) -> Target:
        if any(shape.code == code for shape in model.geometry.parts_of(model.opened)):
            return Target(box, model.part_command, {"neighbourhood": code}, f"map.{code}")
        return Target(box, model.district_command, {"district": code}, f"map.{code}")

    def _dot_target(self, dot: MapDot, at: QPointF) -> Target | None:
        if dot.press is None:
            return None
        side = float(self.theme.touch_min_px())
        box = QRectF(at.x() * self.theme.pixel_aspect - side / 2, at.y() - side / 2, side, side)
        return Target(box, dot.press.command, dot.press.args, f"map.dot.{dot.id}")

    def _mark_target(self, mark: MarkerItem | PointItem) -> Target | None:
        press: Press | None
        if isinstance(mark, MarkerItem):
            press, trigger = mark.marker.press, f"map.issue.{mark.marker.number}"
        else:
            press, trigger = mark.point.press, f"map.camera.{mark.point.id}"
        if press is None:
            return None
        side = float(self.theme.touch_min_px())
        at = self.canvas.mark_position(mark)
        x = at.x() * self.theme.pixel_aspect
        box = QRectF(x - side / 2, at.y() - side / 2, side, side)
        return Target(box, press.command, press.args, trigger)

    # ---- fingers, mouse, wheel

    def drop_presses(self) -> None:
        self._fingers.no_tap()

    def takes(self, axis: Literal["x", "y"]) -> bool:
        return True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.canvas.point_at(self.canvas.area_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.canvas.point_at(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = WHEEL_STEP ** (event.angleDelta().y() / 120)
        self.zoom_by(factor, event.position())
        event.accept()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Scales around a pixel (the middle when none is given)."""
        point = at or QPointF(self.rect().center())
        self._follow(Move(0, 0, factor, point.x(), point.y()))
        self._settle()

    @property
    def draggable(self) -> bool:
        return self.model is not None and bool(self.model.view_command)

    def drag_by(self, dx_px: float, dy_px: float) -> None:
        self._follow(Move(dx_px, dy_px, 1.0, 0, 0))

    def fingers_at(self, points: dict[int, Position]) -> None:
        self._land()
        move = self._fingers.update(points)
        if move is not None:
            self._follow(move)
        # What a finger is on is outlined, until it moves the map.
        at = None if self._fingers.moved else QPointF(*next(iter(points.values())))
        self.canvas.point_at(None if at is None else self.canvas.area_at(at))

    def fingers_lost(self) -> None:
        self._fingers.release()
        self.canvas.point_at(None)
        self._settle()

    def fingers_left(self, _t_ms: int) -> None:
        tapped = self._fingers.release()
        self.canvas.point_at(None)
        self._settle()
        target = self.target_at(QPointF(*tapped)) if tapped else None
        if target is not None:
            self.activate(target)

    def _follow(self, move: Move) -> None:
        self._land()
        if self._still is None:
            self._still = self.canvas.picture()
            self._moved = QTransform()
            self.canvas.hide()
        reached = self.canvas.zoom * self._moved.m11()
        factor = min(MOST_ZOOM, max(1.0, reached * move.factor)) / reached
        step = QTransform.fromTranslate(move.dx, move.dy)
        step *= QTransform(factor, 0, 0, factor, move.x * (1 - factor), move.y * (1 - factor))
        self._moved *= step
        self.update()

    def _settle(self) -> None:
        """The fingers left."""
        asked = self.let_go()
        if asked is not None:
            self.activate(asked)

    def let_go(self) -> Target | None:
        """Lays the map out where its picture was moved to."""
        if self._still is None:
            return None
        self._still = None
        middle = self._moved.inverted()[0].map(QPointF(self.rect().center()))
        seen = self.canvas.viewportTransform().inverted()[0].map(middle)
        self.canvas.look_at(seen, min(MOST_ZOOM, max(1.0, self.canvas.zoom * self._moved.m11())))
        self.canvas.show()
        model = self.model
        if model is None or not model.view_command:
            return None
        x, y = (min(1.0, max(0.0, part)) for part in self.canvas.centre)
        args = {"zoom": self.canvas.zoom, "x": x, "y": y}
        return Target(self.area(), model.view_command, args, "map.view")

    # ---- drawing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._still = None
        self._land()
        self.canvas.setGeometry(self.rect())
        self._place_corner()
        self.canvas.show()

    def draw_ahead(self) -> Iterator[None]:
        return self.canvas.draw_ahead()

    def paintEvent(self, _event: QPaintEvent) -> None:
        picture, place = self._still, self._moved
        if self._flight is not None:
            picture, place = self._flight.picture, self._flight.place()
        if picture is None:
            return
        painter = QPainter(self)
        painter.setTransform(place)
        painter.drawPixmap(0, 0, picture)
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        self._land()
        super().hideEvent(event)
