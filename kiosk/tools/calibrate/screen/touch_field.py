"""Crosses to press, one after the other."""

from typing import Any

from PySide6.QtCore import QPointF, QRectF

from kiosk.tools.calibrate.measuring.touches import Place, crosses, offsets
from kiosk.tools.calibrate.screen.field import STOP, Field
from kiosk.ui.component import MOUSE_POINT, Target
from kiosk.ui.components.button import draw_button
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text

SAY = Text("십자의 한가운데를 누르십시오", "Press the middle of the cross")


class TouchField(Field):
    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._presses: list[tuple[Place, Place]] = []

    def _due(self) -> Place | None:
        places = crosses(self.width(), self.height())
        return places[len(self._presses)] if len(self._presses) < len(places) else None

    def targets(self) -> tuple[Target, ...]:
        return (Target(self._stop(), "stop", {}, "stop"),)

    def _stop(self) -> QRectF:
        """Below the middle cross: no cross is near."""
        px, middle = self.theme.px, self.area().center()
        return QRectF(middle.x() - px(100), middle.y() + px(160), px(200), px(64))

    def finger_down(self, point: int, position: QPointF, t_ms: float) -> bool:
        if super().finger_down(point, position, t_ms):
            return True
        due = self._due()
        if due is None or point == MOUSE_POINT:
            return False  # a mouse says nothing of a touch frame
        self._presses.append((due, (position.x(), position.y())))
        self.update()
        if self._due() is None:
            self.ended.emit(offsets(self._presses, self.facts["width_mm"] / max(1, self.width())))
        return True

    def paint(self, canvas: Canvas) -> None:
        self.paint_ground(canvas, SAY)
        draw_button(canvas, self._stop(), STOP, "secondary", pressed=self.is_pressed("stop"))
        due = self._due()
        if due is None:
            return
        x, y, arm = due[0] * self.theme.pixel_aspect, due[1], self.theme.px(34)
        canvas.painter.setPen(self.theme.pen("accent.fill", 3.0))
        canvas.painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        canvas.painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))
        canvas.ring(QPointF(x, y), self.theme.px(16), "accent.fill", stroke=2.0)
        count = f"{len(self._presses) + 1} / 9"
        area = self.area()
        canvas.text(count, area.center().x(), area.height() * 0.36, "lead", align="center")
