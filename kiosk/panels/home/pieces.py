"""Pieces of home alone: the figure of the map, the counts of the cameras."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.cameras import CameraCounts
from kiosk.panels.districts import Reading
from kiosk.ui.ages import aged
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import Glyph
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

LIVE, LATE, LOST = Text("실시간", "Live"), Text("지연", "Late"), Text("끊김", "Lost")
WAITING = Text("대기", "Waiting")


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
        y += canvas.line_px("meta")
        self._paint_age(canvas, reading, y, width)
        y += theme.px(14) + theme.metrics("figure").capHeight() + theme.px(4)
        if not reading.value:
            canvas.text("—", 0, y, "figure")
            return
        canvas.figure(
            0, y, reading.value, theme.say(reading.unit), "figure", width=width, dotted=reading.late
        )
        y += canvas.line_px("meta") + theme.px(4)
        canvas.text(reading.detail, 0, y, "meta", "text.2", width=width)

    def _paint_age(self, canvas: Canvas, reading: Reading, y: float, width: float) -> None:
        words = reading.period
        if reading.t_ms is not None:
            words = aged(reading.t_ms, self.now_ms, "late" if reading.late else "fresh")
        color, weight = ("text.1", 600) if reading.late and reading.t_ms else ("text.3", None)
        taken = canvas.text(words, 0, y, "meta", color, weight=weight, width=width)
        if reading.simulated:
            canvas.tag(taken + self.theme.px(8) if taken else 0, y)


class CameraTally(Component):
    """How many cameras are live, late, lost; what nobody has asked for is counted apart."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._counts, self._waiting = CameraCounts(), 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_counts(self, counts: CameraCounts, unasked: int) -> None:
        if (counts, counts.other + unasked) != (self._counts, self._waiting):
            self._counts, self._waiting = counts, counts.other + unasked
            self.update()

    def paint(self, canvas: Canvas) -> None:
        theme, counts = self.theme, self._counts
        cells: list[tuple[Glyph, Text, int]] = [
            ("dot", LIVE, counts.live),
            ("half", LATE, counts.late),
            ("struck", LOST, counts.lost),
        ]
        if self._waiting:
            cells.append(("dashed", WAITING, self._waiting))
        step = self.area().width() / len(cells)
        for place, (glyph, words, count) in enumerate(cells):
            x = place * step
            baseline = canvas.line_px("meta") * 0.8
            middle = baseline - theme.metrics("meta").capHeight() / 2
            canvas.glyph(glyph, QPointF(x + theme.px(7), middle), theme.px(13), "text.2")
            left = x + theme.px(20)
            canvas.text(words, left, baseline, "meta", "text.2", width=step - theme.px(24))
            baseline += canvas.line_px("lead")
            canvas.text(str(count), x, baseline, "lead", weight=600)
