"""Pieces of the camera panels: how many cameras are how."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.cameras import CameraCounts
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import Glyph
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

LIVE, DELAYED, LOST = Text("실시간", "Live"), Text("지연", "Delayed"), Text("끊김", "Lost")
WAITING = Text("대기", "Waiting")


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
            ("half", DELAYED, counts.delayed),
            ("struck", LOST, counts.lost),
        ]
        if self._waiting:
            cells.append(("dashed", WAITING, self._waiting))
        step = self.area().width() / len(cells)
        room = self.area().height() - canvas.line_px("meta")
        role = next((r for r in ("lead", "body") if canvas.line_px(r) <= room * 1.1), "meta")
        for place, (glyph, words, count) in enumerate(cells):
            x = place * step
            baseline = canvas.line_px("meta") * 0.8
            middle = baseline - theme.metrics("meta").capHeight() / 2
            canvas.glyph(glyph, QPointF(x + theme.px(7), middle), theme.px(13), "text.2")
            left = x + theme.px(20)
            canvas.text(words, left, baseline, "meta", "text.2", width=step - theme.px(24))
            baseline = min(baseline + canvas.line_px(role), self.area().height() - theme.px(5))
            canvas.text(str(count), x, baseline, role, weight=600)
