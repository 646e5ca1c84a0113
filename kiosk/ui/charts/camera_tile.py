"""A camera: its picture, and under it who it is and whether the picture is true now."""

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.charts.camera_model import CameraTileModel, shown_state, state_words
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import Glyph
from kiosk.ui.theme import Theme
from kiosk.ui.times import clock_words
from kiosk.wire.messages import CameraWord
from kiosk.wire.text import Text

CAPTION_U = 36
GREY_OPACITY = 0.36
SAME_SIZE = 0.02
GLYPHS: dict[CameraWord, Glyph] = {
    "live": "dot",
    "delayed": "half",
    "stale": "struck",
    "lost": "struck",
    "connecting": "struck",
    "off": "dashed",
}


class CameraCaption(Component):
    """Number, name, state. A widget of its own, so that it stays true when pictures stop."""

    counts_seconds = True

    def __init__(self, theme: Theme, model: CameraTileModel, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.set_theme(theme)
        self._model = model
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_theme(self, theme: Theme) -> None:
        """Captions are dark in every theme, because pictures are."""
        super().set_theme(theme if theme.name != "light" else theme.with_name("dark"))

    def set_model(self, model: CameraTileModel) -> None:
        if model != self._model:
            self._model = model
            self.update()

    def state(self) -> CameraWord:
        return shown_state(self._model.state, self._model.frame_t_ms, self.now_ms)

    def words(self) -> Text:
        return state_words(self.state(), self._model.frame_t_ms, self.now_ms)

    def set_now(self, now_ms: int) -> None:
        before = self.words()
        super().set_now(now_ms)
        if self.words() != before:
            self.update()

    def paint(self, canvas: Canvas) -> None:
        theme, area, model = self.theme, self.area(), self._model
        canvas.painter.fillRect(area, theme.color("camera.captionBar"))
        pad = theme.px(12)
        baseline = area.height() / 2 + theme.metrics("body").capHeight() / 2
        right = area.width() - pad
        words = self.words()
        right -= canvas.text(
            words, right, baseline, "meta", "camera.captionState", align="right"
        ) + theme.px(20)
        middle = QPointF(right + theme.px(8), area.height() / 2)
        canvas.glyph(GLYPHS[self.state()], middle, theme.px(13), "camera.captionState")
        right -= theme.px(10)
        number_px = canvas.width(str(model.number), "body", 600) + theme.px(9)
        needed = pad + number_px + canvas.width(model.name, "body") + theme.px(10)
        # Where the name has no room beside it, the mark in the section's head has to do.
        if model.simulated and needed + canvas.tag_width() <= right:
            right -= canvas.tag(right, baseline - theme.px(1), align="right") + theme.px(10)
        left = float(pad)
        if model.number:
            number = str(model.number)
            left += canvas.text(
                number, left, baseline, "body", "camera.captionState", weight=600
            ) + theme.px(9)
        canvas.text(
            model.name,
            left,
            baseline,
            "body",
            "camera.captionText",
            width=right - left,
            elide=True,
        )


class CameraTile(Component):
    """Shows the picture given last; what it may be believed to be is told by state and words."""

    counts_seconds = True

    def __init__(self, theme: Theme, model: CameraTileModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._model = model
        self._image: QImage | None = None
        self._grey: QImage | None = None
        self.caption = CameraCaption(theme, model, self)
        self._tell_caption()

    @property
    def model(self) -> CameraTileModel:
        return self._model

    def set_model(self, model: CameraTileModel) -> None:
        """Who the camera is and how it is; another camera drops the picture of the one before."""
        before = self._looks()
        if model.camera != self._model.camera:
            self._image = self._grey = None
        elif (self._model.frame_t_ms or 0) > (model.frame_t_ms or 0):
            model = msgspec.structs.replace(model, frame_t_ms=self._model.frame_t_ms)
        if model == self._model:
            return
        self._model = model
        self._tell_caption()
        if self._looks() != before:
            self.update()

    def _looks(self) -> tuple[object, ...]:
        """What decides how picture and outline are drawn; the picture itself aside."""
        model, state = self._model, self.caption.state()
        shows = state in ("live", "delayed")
        words = () if shows else (model.frame_t_ms, model.attempt, model.note)
        return model.camera, model.selected, state, words

    def set_frame(self, image: QImage, t_ms: int, state: CameraWord) -> None:
        """A new picture; `t_ms` is when it was taken."""
        self._image, self._grey = image, None
        self._model = msgspec.structs.replace(self._model, frame_t_ms=t_ms, state=state)
        self._tell_caption()
        self.repaint_area(self._picture())

    def _tell_caption(self) -> None:
        """Nothing is live that shows no picture yet."""
        model = self._model
        if self._image is None and model.state in ("live", "delayed"):
            model = msgspec.structs.replace(model, state="connecting")
        self.caption.set_model(model)

    @property
    def frame_t_ms(self) -> int | None:
        """When the picture on the tile was taken; None without a picture."""
        return self._model.frame_t_ms if self._image is not None else None

    def set_now(self, now_ms: int) -> None:
        before = self.caption.state()
        super().set_now(now_ms)
        self.caption.set_now(now_ms)
        if self.caption.state() != before:
            self.update()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.caption.set_theme(theme)
        self._place_caption()

    def targets(self) -> tuple[Target, ...]:
        press = self._model.press
        if press is None:
            return ()
        return (Target(self.area(), press.command, press.args, f"camera.{self._model.camera}"),)

    def picture_px(self) -> tuple[int, int]:
        """Size of the picture in device pixels, for asking the decoder."""
        box = self.device_rect(self._picture())
        return round(box.width()), round(box.height())

    # ---- geometry

    def _edge(self) -> float:
        return self.theme.px(3) + self.theme.px(1)

    def _inner(self) -> QRectF:
        edge = self._edge()
        return self.area().adjusted(edge, edge, -edge, -edge)

    def _caption_px(self) -> int:
        return max(self.theme.px(CAPTION_U), round(self.theme.font("body").pixelSize() * 1.9))

    def _picture(self) -> QRectF:
        return self._inner().adjusted(0, 0, 0, -self._caption_px())

    def _place_caption(self) -> None:
        inner, high = self._inner(), self._caption_px()
        bar = QRectF(inner.left(), inner.bottom() - high, inner.width(), high)
        self.caption.setGeometry(self.device_rect(bar).toRect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_caption()

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        picture, painter = self._picture(), canvas.painter
        state = self.caption.state()
        painter.save()
        clip = QPainterPath()
        radius = self.theme.radius()
        clip.addRoundedRect(picture.adjusted(0, 0, 0, 2 * radius), radius, radius)
        painter.setClipPath(clip)
        painter.setClipRect(picture, Qt.ClipOperation.IntersectClip)
        painter.fillRect(picture, self.theme.color("camera.captionBar"))
        if state == "off":
            canvas.hatch(picture, "surface.2", "background")
        elif self._image is not None:
            self._draw_image(painter, picture, state)
        painter.restore()
        if state not in ("live", "delayed") or self._image is None:
            self._paint_words(canvas, picture, state)
        trigger = f"camera.{self._model.camera}"
        if self._model.selected or self.is_pressed(trigger):
            canvas.outline(self.area(), "accent.fill", 3)

    def _draw_image(self, painter: QPainter, picture: QRectF, state: CameraWord) -> None:
        assert self._image is not None
        image = self._image
        if state in ("stale", "lost", "connecting"):
            if self._grey is None:
                self._grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
            image = self._grey
            painter.setOpacity(GREY_OPACITY)
        part = covering(image, picture)
        scale = picture.width() * self.width() / max(1.0, self.area().width()) / part.width()
        smooth = abs(scale - 1) > SAME_SIZE
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(picture, image, part)
        painter.setOpacity(1.0)

    def _paint_words(self, canvas: Canvas, picture: QRectF, state: CameraWord) -> None:
        theme = self.theme
        title, detail = self._overlay(state)
        room = picture.width() - 2 * theme.px(12)
        middle = picture.center()
        high = canvas.line_px("body") + (canvas.line_px("meta") if detail.ko else 0)
        glyph_px = theme.px(28)
        with_glyph = state != "off" and picture.height() > high + glyph_px + theme.px(28)
        top = middle.y() - (high + (glyph_px + theme.px(10) if with_glyph else 0)) / 2
        if with_glyph:
            at = QPointF(middle.x(), top + glyph_px / 2)
            glyph: Glyph = "struck" if state in ("stale", "lost") else "dashed"
            canvas.glyph(glyph, at, glyph_px, "camera.captionText")
            top += glyph_px + theme.px(10)
        canvas.text(
            title,
            middle.x(),
            top + canvas.line_px("body") * 0.76,
            "body",
            "camera.captionText" if state != "off" else "text.1",
            weight=600,
            align="center",
            width=room,
        )
        top += canvas.line_px("body")
        canvas.text(
            detail,
            middle.x(),
            top + canvas.line_px("meta") * 0.76,
            "meta",
            "camera.captionState" if state != "off" else "text.2",
            align="center",
            width=room,
        )

    def _overlay(self, state: CameraWord) -> tuple[Text, Text]:
        model = self._model
        seen = Text("", "")
        if model.frame_t_ms is not None:
            at = clock_words(model.frame_t_ms)
            seen = Text(f"마지막 영상 {at}", f"Last picture {at}")
        if state == "off":
            return Text("점검 중", "Under maintenance"), model.note
        if state == "lost":
            return Text("영상 끊김", "No picture"), seen
        if state == "stale":
            return Text("영상 멈춤", "Picture stands still"), seen
        if model.attempt > 1:
            again = f"다시 연결하는 중, {model.attempt}번째"
            return Text(again, f"Connecting again, try {model.attempt}"), seen
        return Text("연결하는 중", "Connecting"), seen


def covering(image: QImage, box: QRectF) -> QRectF:
    """The middle part of the picture that fills a box without bending it."""
    width, height = float(image.width()), float(image.height())
    wanted = box.width() / max(1.0, box.height())
    if width > height * wanted:
        return QRectF((width - height * wanted) / 2, 0, height * wanted, height)
    return QRectF(0, (height - width / wanted) / 2, width, width / wanted)
