"""Shade: the whole wall less bright, for a dark room. Nothing is pressed on it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme


class Shade(Component):
    """Black that lets through as much as the brightness says; hidden at all that the wall can."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._brightness = 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def brightness(self) -> float:
        return self._brightness

    def set_brightness(self, brightness: float) -> None:
        """1 is all that the wall can, 0 black."""
        if brightness != self._brightness:
            self._brightness = brightness
            self.setVisible(brightness < 1.0)
            self.update()

    def paint(self, canvas: Canvas) -> None:
        canvas.painter.setOpacity(1.0 - self._brightness)
        canvas.painter.fillRect(self.area(), self.theme.color("shade.ground"))
