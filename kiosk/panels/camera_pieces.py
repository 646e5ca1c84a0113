"""Pieces of the camera panels: how many are how, and cameras by their number."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.cameras import CameraCounts
from kiosk.ui.charts.camera_model import CameraTileModel
from kiosk.ui.charts.camera_tile import GLYPHS
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import Glyph
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

LIVE, DELAYED, LOST = Text("실시간", "Live"), Text("지연", "Delayed"), Text("끊김", "Lost")
WAITING = Text("대기", "Waiting")
COLUMNS = 4
GAP_U = 8


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


class NumberPad(Component):
    """Every camera by its number, with the glyph of its state; those on the screen are lit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._cameras: tuple[CameraTileModel, ...] = ()
        self._shown: frozenset[str] = frozenset()

    def set_cameras(self, cameras: tuple[CameraTileModel, ...], shown: frozenset[str]) -> None:
        if (cameras, shown) != (self._cameras, self._shown):
            self._cameras, self._shown = cameras, shown
            self.update()

    def _boxes(self) -> list[QRectF]:
        gap, area = self.theme.px(GAP_U), self.area()
        columns = max(COLUMNS, int(area.width() // self.theme.px(76)))
        rows = max(1, -(-len(self._cameras) // columns))
        width = (area.width() + gap) / columns
        height = min(self.theme.px(64), (area.height() + gap) / rows)
        return [
            QRectF(i % columns * width, i // columns * height, width - gap, height - gap)
            for i in range(len(self._cameras))
        ]

    def targets(self) -> tuple[Target, ...]:
        return tuple(
            Target(box, camera.press.command, camera.press.args, f"number.{camera.number}")
            for box, camera in zip(self._boxes(), self._cameras, strict=True)
            if camera.press is not None
        )

    def paint(self, canvas: Canvas) -> None:
        theme = self.theme
        for box, camera in zip(self._boxes(), self._cameras, strict=True):
            shown = camera.camera in self._shown
            pressed = self.is_pressed(f"number.{camera.number}")
            canvas.surface(box, "surface.3" if pressed else "surface.2" if shown else "surface.1")
            if camera.selected:
                canvas.outline(box, "accent.fill", 3)
            baseline = box.center().y() + theme.metrics("action").capHeight() / 2
            ink = "text.1" if shown else "text.2"
            canvas.text(
                str(camera.number),
                box.center().x() - theme.px(9),
                baseline,
                "action",
                ink,
                align="center",
            )
            at = QPointF(box.center().x() + theme.px(15), box.center().y())
            canvas.glyph(GLYPHS[camera.state] if shown else "dashed", at, theme.px(12), "text.2")
