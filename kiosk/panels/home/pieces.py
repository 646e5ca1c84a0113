"""A piece of home alone: the figure of the map."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.districts import Reading, age_of
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme


class ReadingHead(Component):
    """What the map is coloured by: title, period, the city's figure, what it means."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._reading: Reading | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_reading(self, reading: Reading | None) -> None:
        if reading != self._reading:
            self._reading = reading
            self.update()

    def set_now(self, now_ms: int) -> None:
        before = self.now_ms
        super().set_now(now_ms)
        if before is None or before // 60_000 != now_ms // 60_000:
            self.update()

    def paint(self, canvas: Canvas) -> None:
        reading, theme, width = self._reading, self.theme, self.area().width()
        canvas.rule(0, width, theme.px(1))
        if reading is None:
            return
        y = theme.px(8) + canvas.line_px("lead") * 0.8
        canvas.text(reading.title, 0, y, "lead", width=width)
        y += canvas.line_px("meta") * 1.25
        self._paint_age(canvas, reading, y, width)
        y += theme.px(18) + theme.metrics("figure").capHeight()
        if not reading.value:
            canvas.text("—", 0, y, "figure")
            return
        late = reading.quality in ("late", "stale")
        shade = "text.3" if reading.quality == "stale" else "text.1"
        unit = theme.say(reading.unit)
        canvas.figure(0, y, reading.value, unit, "figure", shade, width=width, dotted=late)
        y += canvas.line_px("meta") + theme.px(12 if late else 6)
        if y + theme.metrics("meta").descent() <= self.area().height():
            canvas.text(reading.detail, 0, y, "meta", "text.2", width=width)

    def _paint_age(self, canvas: Canvas, reading: Reading, y: float, width: float) -> None:
        words = age_of(reading, self.now_ms)
        late = reading.quality in ("late", "stale")
        color, weight = ("text.1", 600) if late else ("text.3", None)
        taken = canvas.text(words, 0, y, "meta", color, weight=weight, width=width)
        if reading.simulated:
            canvas.tag(taken + self.theme.px(8) if taken else 0, y)
