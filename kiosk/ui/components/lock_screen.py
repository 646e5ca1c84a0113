"""Lock screen: the time, and how to come back in. Nothing of the city is on it."""

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.ui.times import clock_words, date_words, weekday_words
from kiosk.wire.text import Text


class LockView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`place` is whose wall this is; pressing anywhere asks for `unlock`, whose label is shown."""

    place: Text
    unlock: Action
    note: Text = Text("", "")


class LockScreen(Component):
    """Covers the whole wall. Shown by `show_view`, hidden by `show_view(None)`."""

    def __init__(
        self, theme: Theme, view: LockView | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._view = view
        self.hide()

    @property
    def view(self) -> LockView | None:
        return self._view

    def show_view(self, view: LockView | None) -> None:
        self._view = view
        self.setVisible(view is not None)
        self.update()

    def set_clock(self, now_ms: int) -> None:
        """Epoch ms; repaints when the words of the clock change."""
        before = self._now_ms
        self._now_ms = now_ms
        if before is None or clock_words(before) != clock_words(now_ms):
            self.update()

    def targets(self) -> tuple[Target, ...]:
        return (self._view.unlock.target(self.area()),) if self._view else ()

    def paint(self, canvas: Canvas) -> None:
        area, view = self.area(), self._view
        canvas.painter.fillRect(area, self.theme.color("background"))
        if view is None:
            return
        x, px = area.center().x(), self.theme.px
        y = area.height() * 0.42
        if self.now_ms is not None:
            date = self.theme.say(date_words(self.now_ms))
            day = self.theme.say(weekday_words(self.now_ms))
            above = y - self.theme.font("checkCode").pixelSize()
            canvas.text(f"{date} {day}", x, above, "tab", "text.2", weight=500, align="center")
            canvas.text(clock_words(self.now_ms), x, y, "checkCode", align="center")
        line = canvas.line_px("title")
        canvas.text(view.place, x, y + px(36) + line, "title", align="center", width=area.width())
        side = px(40)
        top = y + px(36) + line * 2
        canvas.icon("lock", QRectF(x - side / 2, top, side, side), "text.2")
        top += side + canvas.line_px("lead")
        canvas.text(view.unlock.label, x, top + px(4), "lead", align="center", width=area.width())
        if view.note.ko:
            top += canvas.line_px("lead")
            canvas.text(view.note, x, top + px(4), "body", "text.2", align="center")
