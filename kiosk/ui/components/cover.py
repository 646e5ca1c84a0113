"""What covers the whole wall, with the time on it."""

from typing import Generic, TypeVar

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.ui.times import clock_words, date_words, weekday_words

V = TypeVar("V")
CLOCK_AT = 0.42  # of the height; on every cover, so that from one to the next nothing moves


class Cover(Component, Generic[V]):
    """Shown by `show_view`, hidden by `show_view(None)`."""

    def __init__(self, theme: Theme, view: V | None = None, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view
        self.hide()

    @property
    def view(self) -> V | None:
        return self._view

    def show_view(self, view: V | None) -> None:
        """Covers the wall, or uncovers it."""
        if view != self._view:
            self._view = view
            self.setVisible(view is not None)
            self.update()

    def set_clock(self, now_ms: int) -> None:
        """Epoch ms; repaints when the words of the clock change."""
        before = self._now_ms
        self._now_ms = now_ms
        if before is None or clock_words(before) != clock_words(now_ms):
            self.update()

    def paint_clock(self, canvas: Canvas, time: str = "text.1", date: str = "text.2") -> QPointF:
        """In these colours; returns the middle of the time's baseline."""
        area = self.area()
        x, y = area.center().x(), area.height() * CLOCK_AT
        if self.now_ms is not None:
            words = [self.theme.say(said(self.now_ms)) for said in (date_words, weekday_words)]
            above = y - self.theme.font("checkCode").pixelSize()
            canvas.text(" ".join(words), x, above, "tab", date, weight=500, align="center")
            canvas.text(clock_words(self.now_ms), x, y, "checkCode", time, align="center")
        return QPointF(x, y)
