"""Nobody touches: every touch is one that nobody made."""

from typing import Any

from PySide6.QtCore import QPointF, QTimer

from kiosk.tools.calibrate.screen.field import Field
from kiosk.ui.component import MOUSE_POINT
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text

SAY = Text("손을 떼고 기다리십시오. 아무도 닿지 않습니다", "Hands off, and wait: nobody touches it")
TURN_MS = 200
SETTLE_MS = 1500  # the finger that pressed “Start” is still leaving


class GhostField(Field):
    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._began_ms = 0.0
        self._ghosts: list[QPointF] = []
        self._timer = QTimer(self, interval=TURN_MS)
        self._timer.timeout.connect(self.turn)

    def begin(self) -> None:
        self._began_ms = self.clock.monotonic_ms()
        self._timer.start()

    def _gone_ms(self) -> float:
        return self.clock.monotonic_ms() - self._began_ms

    def turn(self) -> None:
        """The time goes on."""
        if self._gone_ms() >= SETTLE_MS + 1000 * self.step.seconds:
            self._timer.stop()
            self.ended.emit({"ghosts": len(self._ghosts), "seconds": self.step.seconds})
        self.update()

    def takes(self, axis: str) -> bool:
        return True

    def finger_down(self, point: int, position: QPointF, t_ms: float) -> bool:
        if point != MOUSE_POINT and self._gone_ms() >= SETTLE_MS:
            self._ghosts.append(position)
            self.update()
        return True

    def paint(self, canvas: Canvas) -> None:
        self.paint_ground(canvas, SAY)
        left = max(0.0, SETTLE_MS / 1000 + self.step.seconds - self._gone_ms() / 1000)
        middle = self.area().center()
        words = f"{left:.0f}"
        canvas.text(words, middle.x(), middle.y() + self.theme.px(40), "figureL", align="center")
        for ghost in self._ghosts:
            at = QPointF(ghost.x() * self.theme.pixel_aspect, ghost.y())
            canvas.ring(at, self.theme.px(24), "severity.critical.word")
