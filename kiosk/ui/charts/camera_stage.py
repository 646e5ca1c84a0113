"""One camera in full: seen whole, or a part of it larger, with a small overview of where one is."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.charts.camera_model import CameraTileModel, Picture, Wanted
from kiosk.ui.charts.camera_tile import USUAL, CameraTile, Lying, centred, part_of
from kiosk.ui.charts.fingered import Fingered, TapPair
from kiosk.ui.charts.map_touch import Fingers, Move, Position
from kiosk.ui.component import Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.messages import WHOLE, CameraWord, Region

MOST_ZOOM = 8.0
TAP_ZOOM = 2.5
WHEEL_STEP = 1.2
SLOP_U = 12
OVERVIEW_U = 240

View = tuple[float, float, float]
"""How many times larger, and the centre in 0..1 of the picture."""
WHOLE_VIEW: View = (1.0, 0.5, 0.5)


class CameraStage(Fingered, CameraTile):
    """Fingers zoom (pinch, or two quick taps) and move what is larger than the stage. They move the
    picture at once; what they leave behind is submitted as `cctv.view` when they leave."""

    def __init__(self, theme: Theme, model: CameraTileModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, model, parent)
        self._fingers = Fingers(theme.px(SLOP_U))
        self._view = self._told = WHOLE_VIEW
        self._taps = TapPair()
        self.when_touched = ""
        """What a finger asks for by coming down, before it does anything; empty for nothing."""
        self._whole: Picture | None = None
        self._whole_grey: QImage | None = None

    @property
    def view(self) -> View:
        return self._view

    def set_view(self, zoom: float, x: float, y: float) -> None:
        """Where the wall is told to look; fingers that are at it are not disturbed by old news."""
        told = (zoom, x, y)
        if told != self._told:
            self._told = self._view = told
            self.update()

    def set_model(self, model: CameraTileModel) -> None:
        if model.camera != self.model.camera:
            self._view = self._told = WHOLE_VIEW
            self._whole = self._whole_grey = None
        super().set_model(model)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._fingers = Fingers(theme.px(SLOP_U))

    def targets(self) -> tuple[Target, ...]:
        return ()  # a tap would not know whether it is the first of two

    # ---- where the picture lies

    def _shape(self) -> float:
        """Width over height of the camera's whole picture, as its stream tells it: a part is cut
        on even pixels, and would give a slightly other shape each time."""
        width, height = self.model.stream_px
        if self._whole is not None and not (width and height):
            width, height = self._whole.image.width(), self._whole.image.height()
        return width / height if width and height else USUAL

    def stage(self) -> QRectF:
        """The part of the tile that the whole picture fills, square pixels."""
        picture, shape = self._picture(), self._shape()
        width = min(picture.width(), picture.height() * shape)
        return centred(picture.center(), width, width / shape)

    def _lying(self, given: Picture) -> Lying:
        """All around it is filled before."""
        return self._laid(given, self._placed())

    def _placed(self) -> QRectF:
        """Where the whole picture lies so that the view fills the stage."""
        stage, (zoom, x, y) = self.stage(), self._view
        width, height = stage.width() * zoom, stage.height() * zoom
        left = stage.center().x() - x * width
        return QRectF(left, stage.center().y() - y * height, width, height)

    def wanted(self) -> Wanted:
        """The main stream, of it the part that is looked at, in the pixels of the stage."""
        box, (zoom, x, y) = self.device_rect(self.stage()), self._told
        part = WHOLE
        if zoom > 1.0:
            part = Region(max(0.0, x - 0.5 / zoom), max(0.0, y - 0.5 / zoom), 1 / zoom, 1 / zoom)
        return Wanted(round(box.width()), round(box.height()), "full", part)

    def set_picture(self, picture: Picture) -> None:
        if picture.region == WHOLE:
            self._whole, self._whole_grey = picture.own(), None
            picture = self._whole or picture
        super().set_picture(picture)

    # ---- drawing

    def _paint_picture(self, canvas: Canvas, picture: QRectF, state: CameraWord) -> None:
        canvas.painter.fillRect(picture, self.theme.color("camera.captionBar"))
        stage = self.stage()
        canvas.painter.setClipRect(stage, Qt.ClipOperation.IntersectClip)
        super()._paint_picture(canvas, stage, state)

    def paint(self, canvas: Canvas) -> None:
        super().paint(canvas)
        if self._view[0] > 1.0 and self._whole is not None:
            self._paint_overview(canvas, self.stage(), self._whole)

    def _draw(self, painter: QPainter, given: Picture, lying: Lying, state: CameraWord) -> None:
        """Around the part that came last there is what was seen before, grey: it is older."""
        whole = lying.whole
        if self._whole is not None and not part_of(whole, given.region).contains(self.stage()):
            super()._draw(painter, self._whole, self._laid(self._whole, whole), "stale")
        super()._draw(painter, given, lying, state)

    def _grey_of(self, given: Picture) -> QImage:
        if given is not self._whole:
            return super()._grey_of(given)
        if self._whole_grey is None:
            self._whole_grey = given.image.convertToFormat(QImage.Format.Format_Grayscale8)
        return self._whole_grey

    def overview(self, stage: QRectF) -> QRectF:
        wide = min(self.theme.px(OVERVIEW_U), stage.width() / 3)
        high, gap = wide / self._shape(), self.theme.px(12)
        return QRectF(stage.right() - wide - gap, stage.bottom() - high - gap, wide, high)

    def _paint_overview(self, canvas: Canvas, stage: QRectF, given: Picture) -> None:
        """The whole picture as it was before, small and grey, with a frame around what is seen."""
        box, painter = self.overview(stage), canvas.painter
        super()._draw(painter, given, self._laid(given, box), "stale")
        zoom, x, y = self._view
        middle = QPointF(box.left() + x * box.width(), box.top() + y * box.height())
        canvas.outline(box, "camera.captionState", 2)
        seen = centred(middle, box.width() / zoom, box.height() / zoom)
        canvas.outline(seen, "accent.fill", 3)
        words = f"{zoom:.1f}×"
        left, low = box.left() + self.theme.px(8), box.top() - self.theme.px(10)
        width = canvas.width(words, "meta", 600) + 2 * self.theme.px(8)
        high = canvas.line_px("meta") * 1.2
        label = QRectF(box.left(), low - high, width, high)
        painter.fillRect(label, self.theme.color("camera.captionBar"))
        line = canvas.middle_baseline(label.center().y(), "meta", 600)
        canvas.text(words, left, line, "meta", "camera.captionText", weight=600)

    # ---- fingers, mouse, wheel, a hand in the air

    def takes(self, axis: Literal["x", "y"]) -> bool:
        """What is larger than the stage follows the finger; else a flick is the next camera."""
        return self._view[0] > 1.0

    def drop_presses(self) -> None:
        self._fingers.no_tap()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = WHEEL_STEP ** (event.angleDelta().y() / 120)
        at = event.position()
        self._follow(Move(0, 0, factor, at.x(), at.y()))
        self._submit_view()
        event.accept()

    @property
    def draggable(self) -> bool:
        return self._view[0] > 1.0

    def drag_by(self, dx_px: float, dy_px: float) -> None:
        self._follow(Move(dx_px, dy_px, 1.0, 0, 0))

    def let_go(self) -> Target | None:
        if self._view == self._told:
            return None
        zoom, x, y = self._told = self._view
        return Target(self.area(), "cctv.view", {"zoom": zoom, "x": x, "y": y}, "camera.view")

    def fingers_at(self, points: dict[int, Position]) -> None:
        if self.when_touched:
            command, self.when_touched = self.when_touched, ""
            self.activate(Target(self.area(), command, {}, "camera.touched"))
        move = self._fingers.update(points)
        if move is not None:
            self._follow(move)

    def fingers_left(self, t_ms: int) -> None:
        """The second of two quick taps at one place zooms there, or shows all of it again."""
        at = self._fingers.release()
        if at is not None and self._taps.tap(t_ms, at, self.theme.touch_min_px()):
            if self._view[0] > 1.0:
                self._look(WHOLE_VIEW)
            else:
                self._follow(Move(0, 0, TAP_ZOOM, *at))
        self._submit_view()

    def fingers_lost(self) -> None:
        self._fingers.release()
        self._look(self._told)

    def _submit_view(self) -> None:
        asked = self.let_go()
        if asked is not None:
            self.activate(asked)

    def _follow(self, move: Move) -> None:
        """Shifts, then scales around a point (widget pixels), inside the picture."""
        stage, aspect = self.stage(), self.theme.pixel_aspect
        zoom, x, y = self._view
        x -= move.dx * aspect / (stage.width() * zoom)
        y -= move.dy / (stage.height() * zoom)
        larger = min(MOST_ZOOM, max(1.0, zoom * move.factor))
        off_x = (move.x * aspect - stage.center().x()) / stage.width()
        off_y = (move.y - stage.center().y()) / stage.height()
        if larger != zoom:
            x += off_x * (1 / zoom - 1 / larger)
            y += off_y * (1 / zoom - 1 / larger)
        half = 0.5 / larger
        self._look((larger, min(max(x, half), 1 - half), min(max(y, half), 1 - half)))

    def _look(self, view: View) -> None:
        if view != self._view:
            self._view = view
            self.repaint_area(self._picture())
