"""What a dimmed wall shows: the time, and how to have it back. Nothing else, and nothing moves."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.cover import Cover
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme


class DimView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`wake` is asked for by a press anywhere; its label is the one line."""

    wake: Action


class DimCover(Cover[DimView]):
    """A dark ground in every theme, which takes the press that wakes it: whoever presses a dark
    screen can't know what lies there."""

    def __init__(
        self, theme: Theme, view: DimView | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, view, parent)
        # Qt then paints nothing of what lies under it, however often that changes.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def targets(self) -> tuple[Target, ...]:
        return (self._view.wake.target(self.area()),) if self._view else ()

    def paint(self, canvas: Canvas) -> None:
        area, view = self.area(), self._view
        canvas.painter.fillRect(area, self.theme.color("dimmed.ground"))
        if view is None or self.now_ms is None:
            return
        clock = self.paint_clock(canvas, "dimmed.text", "dimmed.text")
        y = clock.y() + self.theme.px(36) + canvas.line_px("title")
        canvas.text(
            *(view.wake.label, clock.x(), y, "lead", "dimmed.text"),
            align="center",
            width=area.width(),
        )
