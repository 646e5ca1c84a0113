"""What a dimmed wall shows: the time, and how to have it back. Nothing else, and nothing moves."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.ui.times import clock_words, date_words, weekday_words


class DimView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`wake` is asked for by a press anywhere; its label is the one line."""

    wake: Action


class DimCover(Component):
    """Covers the whole wall with a dark ground in every theme, and takes the press that wakes it:
    whoever presses a dark screen can't know what lies there."""

    def __init__(
        self, theme: Theme, view: DimView | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._view = view
        # Qt then paints nothing of what lies under it, however often that changes.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    @property
    def view(self) -> DimView | None:
        return self._view

    def show_view(self, view: DimView | None) -> None:
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

    def targets(self) -> tuple[Target, ...]:
        return (self._view.wake.target(self.area()),) if self._view else ()

    def paint(self, canvas: Canvas) -> None:
        area, view = self.area(), self._view
        canvas.painter.fillRect(area, self.theme.color("dimmed.ground"))
        if view is None or self.now_ms is None:
            return
        # The clock stands where that of a locked wall does: waking moves nothing.
        x, y = area.center().x(), area.height() * 0.42
        date = self.theme.say(date_words(self.now_ms))
        day = self.theme.say(weekday_words(self.now_ms))
        above = y - self.theme.font("checkCode").pixelSize()
        canvas.text(f"{date} {day}", x, above, "tab", "dimmed.text", weight=500, align="center")
        canvas.text(clock_words(self.now_ms), x, y, "checkCode", "dimmed.text", align="center")
        y += self.theme.px(36) + canvas.line_px("title")
        canvas.text(
            view.wake.label, x, y, "lead", "dimmed.text", align="center", width=area.width()
        )
