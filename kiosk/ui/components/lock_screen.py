"""Lock screen: the time, and how to come back in. Nothing of the city is on it."""

import msgspec
from PySide6.QtCore import QRectF

from kiosk.ui.component import Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.cover import Cover
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text


class LockView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`place` is whose wall this is; pressing anywhere asks for `unlock`, whose label is shown."""

    place: Text
    unlock: Action
    note: Text = Text("", "")


class LockScreen(Cover[LockView]):
    """Whose wall it is, and that a press unlocks it."""

    def targets(self) -> tuple[Target, ...]:
        return (self._view.unlock.target(self.area()),) if self._view else ()

    def paint(self, canvas: Canvas) -> None:
        area, view = self.area(), self._view
        canvas.painter.fillRect(area, self.theme.color("background"))
        if view is None:
            return
        px, clock = self.theme.px, self.paint_clock(canvas)
        x, y = clock.x(), clock.y()
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
