"""What stands under and on a camera's picture: who it is, how true the picture is, its clock."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.pack.clock import local_time
from kiosk.ui.charts.camera_model import NOTHING, CameraTileModel, clock_words
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import Glyph
from kiosk.ui.theme import Theme
from kiosk.wire.messages import CameraWord
from kiosk.wire.text import Text

NOTE_U = 28
NUMBER_U = 28
GLYPHS: dict[CameraWord, Glyph] = {
    "live": "dot",
    "delayed": "half",
    "stale": "paused",
    "lost": "struck",
    "connecting": "ring",
    "off": "dashed",
}


class OnPicture(Component):
    """Dark in every theme, because pictures are. It covers what is under it: new pictures beside
    it do not make it draw itself again."""

    counts_seconds = True

    def __init__(self, theme: Theme, model: CameraTileModel, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.set_theme(theme)
        self._model = model
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme if theme.name != "light" else theme.with_name("dark"))

    def set_model(self, model: CameraTileModel) -> None:
        before, self._model = self.words(), model
        if self.words() != before:
            self.update()

    def set_now(self, now_ms: int) -> None:
        before = self.words()
        super().set_now(now_ms)
        if self.words() != before:
            self.update()

    def words(self) -> object:
        """All that is drawn: the same words are not drawn again."""
        raise NotImplementedError


class CameraCaption(OnPicture):
    """Number, name, mark of the demonstration, state and age. A widget of its own, so that it
    stays true when pictures stop."""

    def state(self) -> CameraWord:
        return self._model.state_at(self.now_ms)

    def said(self) -> Text:
        return self._model.said(self.now_ms)

    def words(self) -> object:
        model, note = self._model, self.note() if self.holds_note() else NOTHING
        return model.number, model.name, model.simulated, self.state(), self.said(), note

    def note(self) -> Text:
        """When the picture was taken by the camera's own clock, and what is wrong with that."""
        model, wrong = self._model, clock_words(self._model.clock_ms)
        if model.clock_ms is None or model.frame_t_ms is None:
            return NOTHING
        at = f"{local_time(model.frame_t_ms - model.delay_ms + model.clock_ms):%H:%M:%S}"
        if wrong.ko:
            return Text(f"{at}, {wrong.ko}", f"{at}, {wrong.en.lower()}")
        return Text(f"카메라 시각 {at}", f"Camera time {at}")

    def holds_note(self) -> bool:
        """Whether there is room for it beside all that stands here."""
        model, ruler, theme, note = self._model, self.measure(), self.theme, self.note()
        if note == NOTHING:
            return True
        fixed = ruler.width(self.said(), "meta") + ruler.width(model.name, "body")
        fixed += ruler.ringed_number_px(model.number, theme.px(NUMBER_U))
        fixed += ruler.tag_width() + theme.px(110)
        return fixed + ruler.width(note, "meta") <= self.area().width()

    def paint(self, canvas: Canvas) -> None:
        theme, area, model = self.theme, self.area(), self._model
        canvas.painter.fillRect(area, theme.color("camera.captionBar"))
        pad = theme.px(12)
        baseline = canvas.middle_baseline(area.height() / 2)
        right = area.width() - pad
        color = "camera.captionState"
        if not self._is_brief(canvas, right):
            right -= canvas.text(self.said(), right, baseline, "meta", color, align="right")
            right -= theme.px(4)
        right -= theme.px(16)
        at = QPointF(right + theme.px(8), area.height() / 2)
        canvas.glyph(GLYPHS[self.state()], at, theme.px(14), color)
        right -= theme.px(10)
        left = float(pad)
        if model.number:
            # In a ring, as in lists and on maps: a bare one would join the distance after it.
            size = theme.px(NUMBER_U)
            canvas.ringed_number(model.number, left, area.height() / 2, size)
            left += canvas.ringed_number_px(model.number, size) + theme.px(8)
        needed = left + canvas.width(model.name, "body") + theme.px(10)
        # Where the name has no room beside it, the mark burnt into the picture has to do.
        if model.simulated and needed + canvas.tag_width() <= right:
            right -= canvas.tag(right, baseline - theme.px(1), align="right") + theme.px(12)
        if (note := self.note()).ko and self.holds_note():
            right -= canvas.text(note, right, baseline, "meta", color, align="right")
            right -= theme.px(12)
        canvas.text(
            model.name,
            left,
            baseline,
            "body" if canvas.width(model.name, "body") <= right - left else "meta",
            "camera.captionText",
            width=right - left,
            elide=True,
        )

    def _is_brief(self, canvas: Canvas, right: float) -> bool:
        """Whether the lamp of a live camera has to do without its word, for the name to be read."""
        if self.state() != "live":
            return False
        number = 0.0
        if self._model.number:
            size = self.theme.px(NUMBER_U)
            number = canvas.ringed_number_px(self._model.number, size) + self.theme.px(8)
        lamp = canvas.width(self.said(), "meta") + self.theme.px(42)
        return number + canvas.width(self._model.name, "body") + lamp > right


class CameraNote(OnPicture):
    """What is wrong with the camera's clock, on a picture whose caption has no room for it."""

    def note(self) -> Text:
        return clock_words(self._model.clock_ms)

    def words(self) -> object:
        return self.note()

    def width_px(self) -> float:
        """Square pixels that the note takes, 0 for none."""
        words = self.note()
        return self.measure().width(words, "meta") + 2 * self.theme.px(10) if words.ko else 0.0

    def paint(self, canvas: Canvas) -> None:
        area = self.area()
        canvas.painter.fillRect(area, self.theme.color("camera.captionBar"))
        baseline = canvas.middle_baseline(area.height() / 2, "meta")
        left, width = self.theme.px(10), area.width() - 2 * self.theme.px(10)
        canvas.text(self.note(), left, baseline, "meta", "camera.captionText", width=width)
