"""A camera: its picture, and under it who it is and whether the picture is true now."""

import math
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.pack.clock import local_time
from kiosk.ui.charts.camera_caption import GLYPHS, NOTE_U, CameraCaption, CameraNote
from kiosk.ui.charts.camera_model import NOTHING, SHOWS, CameraTileModel, Picture, Wanted
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.ui.times import clock_words, date_words
from kiosk.wire.messages import WHOLE, CameraWord, Region
from kiosk.wire.text import Text

CAPTION_U = 36
GREY_OPACITY = 0.36
SAME_SIZE = 0.02
KEPT_EDGE_U = 14
LARGE_U = 900
MOST_CUT = 0.25
USUAL = 16 / 9  # shape of a picture before the stream has told its own


class _Frame(NamedTuple):
    """What lies where on a tile of one size: its picture, the strips around it and the corners cut
    off it, in square pixels."""

    made_for: tuple[int, int, Theme]
    picture: QRectF
    strips: tuple[QRectF, ...]
    corners: QPainterPath


class Lying(NamedTuple):
    """Where the camera's whole picture lies (square pixels), and what was given of it (device
    pixels); `bare` is what that leaves of the place for pictures."""

    whole: QRectF
    given: QRectF
    bare: tuple[QRectF, ...] = ()


class CameraTile(Component):
    """Shows the picture given last; what it may be believed to be is told by state and words."""

    counts_seconds = True

    def __init__(self, theme: Theme, model: CameraTileModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._model = model
        self._given: Picture | None = None
        self._greys: dict[int, QImage] = {}
        self._framed: _Frame | None = None
        self._lay: tuple[object, Lying] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.caption = CameraCaption(theme, model, self)
        self.note = CameraNote(theme, model, self)
        self._tell_captions()

    @property
    def model(self) -> CameraTileModel:
        return self._model

    @property
    def seen(self) -> int:
        """The sequence of the picture on the tile, 0 without one."""
        return self._given.sequence if self._given is not None else 0

    def set_model(self, model: CameraTileModel) -> None:
        """Who the camera is and how it is; another camera drops the picture of the one before."""
        before = self._looks()
        if model.camera != self._model.camera:
            self._given = None
        elif (self._model.frame_t_ms or 0) > (model.frame_t_ms or 0):
            model = msgspec.structs.replace(model, frame_t_ms=self._model.frame_t_ms)
        if model == self._model:
            return
        self._model = model
        self._tell_captions()
        if self._looks() != before:
            self.update()

    def _looks(self) -> tuple[object, ...]:
        """What decides how picture and outline are drawn; the picture itself aside."""
        model, state = self._model, self.caption.state()
        words = () if state in SHOWS else (model.frame_t_ms, model.attempt, model.note)
        return model.camera, model.selected, model.press, model.kept, state, words

    def set_picture(self, picture: Picture) -> None:
        """A new picture, or a better part of the one that is seen."""
        first, before_ms = self._given is None, self._model.frame_t_ms or 0
        self._given = picture
        self._greys.clear()
        self._model = msgspec.structs.replace(self._model, frame_t_ms=picture.t_ms)
        # The captions of a live camera say nothing else before the next second.
        if first or self._model.state != "live" or picture.t_ms // 1000 != before_ms // 1000:
            self._tell_captions()
        self.repaint_area(self._picture())

    def _tell_captions(self) -> None:
        """Nothing is live that shows no picture yet."""
        model = self._model
        if self._given is None and model.state in SHOWS:
            model = msgspec.structs.replace(model, state="connecting")
        self.caption.set_model(model)
        self.note.set_model(model)
        self._place_note()

    @property
    def frame_t_ms(self) -> int | None:
        """When the picture on the tile came; None without a picture."""
        return self._model.frame_t_ms if self._given is not None else None

    def set_now(self, now_ms: int) -> None:
        before = self.caption.state()
        super().set_now(now_ms)
        self.caption.set_now(now_ms)
        self.note.set_now(now_ms)
        if self.caption.state() != before:
            self.update()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.caption.set_theme(theme)
        self.note.set_theme(theme)
        self._place_captions()

    def targets(self) -> tuple[Target, ...]:
        press = self._model.press
        if press is None:
            return ()
        return (Target(self.area(), press.command, press.args, f"camera.{self._model.camera}"),)

    def wanted(self) -> Wanted:
        """What to ask of the decoder: the seen part of the picture in device pixels."""
        width, height = self.model.stream_px
        seen = self._covering(self._picture(), width / height if width and height else USUAL)
        box = self.device_rect(seen.intersected(self._picture()))
        return Wanted(round(box.width()), round(box.height()))

    # ---- geometry

    def _edge(self) -> float:
        return self.theme.px(3) + self.theme.px(1)

    def _inner(self) -> QRectF:
        edge = self._edge()
        return self.area().adjusted(edge, edge, -edge, -edge)

    def _caption_px(self) -> int:
        return max(self.theme.px(CAPTION_U), round(self.theme.font("body").pixelSize() * 1.9))

    def _picture(self) -> QRectF:
        return self._frame().picture

    def _frame(self) -> _Frame:
        """Made anew for another size or theme only: it is asked for with every picture."""
        made_for = self.width(), self.height(), self.theme
        if self._framed is None or self._framed.made_for != made_for:
            picture = self._inner().adjusted(0, 0, 0, -self._caption_px())
            strips = _around(picture, self.area())
            corners = _corners(picture, math.ceil(self.theme.radius()))
            self._framed = _Frame(made_for, picture, strips, corners)
        return self._framed

    def _is_large(self, picture: QRectF | None = None) -> bool:
        return (picture or self._picture()).width() >= self.theme.px(LARGE_U)

    def _place_captions(self) -> None:
        inner, high = self._inner(), self._caption_px()
        bar = QRectF(inner.left(), inner.bottom() - high, inner.width(), high)
        self.caption.setGeometry(self.device_rect(bar).toRect())
        self._place_note()

    def _place_note(self) -> None:
        picture, wide, theme = self._picture(), self.note.width_px(), self.theme
        needed = not self.caption.holds_note() and self.caption.state() != "off"
        self.note.setVisible(needed and 0 < wide < picture.width())
        high = max(theme.px(NOTE_U), round(theme.font("meta").pixelSize() * 1.7))
        box = QRectF(picture.left(), picture.top(), wide, high)
        self.note.setGeometry(self.device_rect(box).toAlignedRect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_captions()

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        picture, painter = self._picture(), canvas.painter
        state = self.caption.state()
        painter.save()
        painter.setClipRect(picture)
        self._paint_picture(canvas, picture, state)
        painter.restore()
        self._paint_round(canvas, picture)
        if state not in SHOWS or self._given is None:
            self._paint_words(canvas, picture, state)
        trigger = f"camera.{self._model.camera}"
        if self._model.selected or self.is_pressed(trigger):
            canvas.outline(self.area(), "accent.fill", 3)

    def _paint_round(self, canvas: Canvas, picture: QRectF) -> None:
        """What lies around the picture, its upper corners with it. A path to clip by would cost
        more than the picture does."""
        ground, frame = self.theme.color("background"), self._frame()
        if canvas.dirty is None or not picture.contains(canvas.dirty):
            for strip in frame.strips:
                canvas.painter.fillRect(strip, ground)
        canvas.painter.fillPath(frame.corners, ground)

    def _paint_picture(self, canvas: Canvas, picture: QRectF, state: CameraWord) -> None:
        painter = canvas.painter
        if state == "off":
            canvas.hatch(picture, "surface.2", "background")
            return
        if self._given is not None and not self._paint_given(painter, self._given, state):
            self._given = self._given.own()
            if self._given is not None:
                self._paint_given(painter, self._given, state)
        if self._given is None:
            painter.fillRect(picture, self.theme.color("camera.captionBar"))
        if self._model.kept:
            self._paint_kept(canvas, picture)

    def _paint_given(self, painter: QPainter, given: Picture, state: CameraWord) -> bool:
        """Whether it still was the picture that came when all of it was drawn."""
        lying = self._lying(given)
        self._draw(painter, given, lying, state)
        for bare in lying.bare:
            painter.fillRect(bare, self.theme.color("camera.captionBar"))
        return given.is_whole()

    def _lying(self, given: Picture) -> Lying:
        """Found anew for another size of the tile or of what is given only: each picture asks."""
        frame, image = self._frame(), given.image
        asked = frame, image.width(), image.height(), given.region
        if self._lay is None or self._lay[0] != asked:
            lying = self._laid(given, self.place(given, frame.picture))
            aspect, into = self.theme.pixel_aspect, lying.given
            covered = QRectF(into.x() * aspect, into.y(), into.width() * aspect, into.height())
            bare = _around(covered.intersected(frame.picture), frame.picture)
            self._lay = asked, lying._replace(bare=bare)
        return self._lay[1]

    def place(self, given: Picture, picture: QRectF) -> QRectF:
        """Where the whole picture of the camera lies: it covers the tile, its middle is seen."""
        whole = whole_px(given)
        return self._covering(picture, whole[0] / whole[1])

    def _covering(self, picture: QRectF, shape: float) -> QRectF:
        """A large tile shows all of the picture; a wide one may cut its upper and lower rows, at
        most a quarter of them: what the camera writes into its picture stands at the edges."""
        cut = 0.0 if self._is_large(picture) else MOST_CUT
        width = min(picture.width(), picture.height() / (1 - cut) * shape)
        return centred(picture.center(), width, width / shape)

    def _draw(self, painter: QPainter, given: Picture, lying: Lying, state: CameraWord) -> None:
        image, into = given.image, lying.given
        if state not in SHOWS or self._model.kept:
            image = self._grey_of(given)
            # It stands still: there is time to fill its place to the last pixel.
            into = self.device_rect(part_of(lying.whole, given.region))
            painter.fillRect(lying.whole, self.theme.color("camera.captionBar"))
            painter.setOpacity(GREY_OPACITY)
        painter.save()
        painter.scale(self.theme.pixel_aspect, 1.0)
        if into.size() == image.size():  # on whole pixels it is a plain copy
            painter.drawImage(into.topLeft(), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(into, image)
        painter.restore()
        painter.setOpacity(1.0)

    def _laid(self, given: Picture, whole: QRectF) -> Lying:
        """What was given as a part of the whole; as it is where its size nearly fits."""
        into, size = self.device_rect(part_of(whole, given.region)), given.image.size()
        if abs(into.width() / size.width() - 1) <= SAME_SIZE:
            into = QRectF(into.topLeft().toPoint(), size)
        return Lying(whole, into)

    def _grey_of(self, given: Picture) -> QImage:
        """Made once a picture, and of one that is whole."""
        if given.sequence not in self._greys:
            grey = given.image.convertToFormat(QImage.Format.Format_Grayscale8)
            self._greys[given.sequence] = grey
        return self._greys[given.sequence]

    def _paint_kept(self, canvas: Canvas, picture: QRectF) -> None:
        """A hatched frame: no picture of today looks like that."""
        edge = self.theme.px(KEPT_EDGE_U)
        frame, hole = QPainterPath(), QPainterPath()
        frame.addRect(picture)
        hole.addRect(picture.adjusted(edge, edge, -edge, -edge))
        stripes = self.theme.hatch_brush("camera.captionState", "camera.captionBar")
        canvas.painter.fillPath(frame.subtracted(hole), stripes)

    def _paint_words(self, canvas: Canvas, picture: QRectF, state: CameraWord) -> None:
        theme = self.theme
        title, *details = self._overlay(state)
        large = self._is_large()
        first, second = ("tab", "body") if large else ("body", "meta")
        room = picture.width() - 2 * theme.px(12 + KEPT_EDGE_U * self._model.kept)
        middle = picture.center()
        details = [words for words in details if words.ko]
        if len(details) > 1 and canvas.width(details[-1], second) > room:
            details.pop()
        high = canvas.line_px(first) + len(details) * canvas.line_px(second)
        glyph_px = theme.px(44 if large else 28)
        with_glyph = picture.height() > high + glyph_px + theme.px(28)
        top = middle.y() - (high + (glyph_px + theme.px(10) if with_glyph else 0)) / 2
        light = "camera.captionText" if state != "off" else "text.1"
        soft = "camera.captionState" if state != "off" else "text.2"
        if with_glyph:
            at = QPointF(middle.x(), top + glyph_px / 2)
            canvas.glyph(GLYPHS[state], at, glyph_px, light)
            top += glyph_px + theme.px(10)
        line = top + canvas.line_px(first) * 0.76
        canvas.text(title, middle.x(), line, first, light, weight=600, align="center", width=room)
        line = top + canvas.line_px(first) + canvas.line_px(second) * 0.76
        for detail in details:
            canvas.text(detail, middle.x(), line, second, soft, align="center", width=room)
            line += canvas.line_px(second)

    def _overlay(self, state: CameraWord) -> tuple[Text, ...]:
        """What stands over a picture that is not true now: what it is, of when, and why."""
        model, seen = self._model, self._seen_words()
        if state == "off":
            return Text("열지 않았습니다", "Not open"), model.note
        if model.kept:
            return Text("전에 저장된 화면", "Kept from before"), seen
        if state == "lost":
            return Text("영상 끊김", "No picture"), seen, model.note
        if state == "stale":
            return Text("영상 멈춤", "Picture stands still"), seen, model.note
        if model.attempt > 1:
            again = f"다시 연결하는 중, {model.attempt}번째"
            return Text(again, f"Connecting again, try {model.attempt}"), seen
        return Text("연결하는 중", "Connecting"), seen

    def _seen_words(self) -> Text:
        """When the picture was taken, to the second; with its day when that is not today."""
        model = self._model
        if model.frame_t_ms is None:
            return NOTHING
        taken_ms = model.frame_t_ms - model.delay_ms
        if model.kept:
            day, at = date_words(taken_ms), clock_words(taken_ms)
            return Text(f"{day.ko} {at} 화면", f"as it was on {day.en}, {at}")
        at = f"{local_time(taken_ms):%H:%M:%S}"
        return Text(f"마지막 영상 {at}", f"Last picture {at}")


def _around(inner: QRectF, outer: QRectF) -> tuple[QRectF, ...]:
    """The strips of a rectangle that are not the one inside it."""
    left, right = inner.left() - outer.left(), outer.right() - inner.right()
    over, under = inner.top() - outer.top(), outer.bottom() - inner.bottom()
    strips = (
        QRectF(outer.left(), outer.top(), outer.width(), over),
        QRectF(outer.left(), inner.bottom(), outer.width(), under),
        QRectF(outer.left(), inner.top(), left, inner.height()),
        QRectF(inner.right(), inner.top(), right, inner.height()),
    )
    return tuple(strip for strip in strips if not strip.isEmpty())


def _corners(picture: QRectF, radius: float) -> QPainterPath:
    """The upper corners of the picture, outside of their rounding."""
    corners, rounded = QPainterPath(), QPainterPath()
    top = picture.top()
    corners.addRect(QRectF(picture.left(), top, radius, radius))
    corners.addRect(QRectF(picture.right() - radius, top, radius, radius))
    rounded.addRoundedRect(
        QRectF(picture.topLeft(), QSizeF(picture.width(), 4 * radius)), radius, radius
    )
    return corners.subtracted(rounded)


def whole_px(given: Picture) -> tuple[float, float]:
    """Size that the camera's whole picture would have at the scale of the given part."""
    part = given.region
    return given.image.width() / part.width, given.image.height() / part.height


def part_of(box: QRectF, part: Region) -> QRectF:
    """Where a part of the picture lies when the whole of it lies in `box`."""
    if part == WHOLE:
        return box
    return QRectF(
        box.left() + part.x * box.width(),
        box.top() + part.y * box.height(),
        part.width * box.width(),
        part.height * box.height(),
    )


def centred(middle: QPointF, width: float, height: float) -> QRectF:
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
