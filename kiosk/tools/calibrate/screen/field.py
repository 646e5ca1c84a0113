"""What takes the whole screen while a step is measured on it."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from kiosk.core.clock import Clock
from kiosk.tools.calibrate.step import Facts, Step
from kiosk.ui.component import Component, Target
from kiosk.ui.components.button import draw_button
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

DONE = Text("끝", "Done")
STOP = Text("멈춤", "Stop")


class Field(Component):
    """`ended` gives the figures, or None when the installer stopped."""

    ended = Signal(object)

    def __init__(
        self, theme: Theme, step: Step, facts: Facts, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.step = step
        self.facts = facts
        self.clock = clock
        self.submitted.connect(lambda command, _args, _trigger: self.pressed(command))

    def begin(self) -> None:
        """It is on the screen, in its full size."""

    def pressed(self, command: str) -> None:
        """Something of `targets` was pressed."""
        if command == "stop":
            self.ended.emit(None)

    def corner(self, place: int = 0) -> QRectF:
        """Where a button stands: the first in the right upper corner, more to its left."""
        px = self.theme.px
        width, height = px(200), px(64)
        right = self.area().width() - px(64) - place * (width + px(16))
        return QRectF(right - width, px(64), width, height)

    def target(self, name: str, place: int = 0) -> Target:
        return Target(self.corner(place), name, {}, name)

    def draw_corner(self, canvas: Canvas, name: str, label: Text, place: int = 0) -> None:
        draw_button(canvas, self.corner(place), label, pressed=self.is_pressed(name))

    def paint_ground(self, canvas: Canvas, words: Text) -> None:
        """The ground, and what to do above the middle."""
        area = self.area()
        canvas.painter.fillRect(area, self.theme.color("background"))
        middle, top = area.center().x(), area.height() * 0.3
        canvas.text(words, middle, top, "tab", "text.2", align="center", width=area.width() * 0.6)
