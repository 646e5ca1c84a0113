"""The whole screen flashes, light and dark, for times of uneven length."""

import random
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor

from kiosk.tools.calibrate.screen.field import Field
from kiosk.ui.paint import Canvas

SHORTEST_MS, LONGEST_MS = 170, 500
"""Photosensitive people: at most three flashes a second are held to be safe (WCAG 2.2, 2.3.1). A
light and a dark time together last 340 to 1,000 ms."""
SEED = 11


class FlashField(Field):
    """`flashes`: (ms of the monotonic clock, whether light from then on)."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.flashes: list[tuple[float, bool]] = []
        self._light = False
        self._random = random.Random(SEED)  # noqa: S311 - nothing secret
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.turn)

    def begin(self) -> None:
        self.turn()

    def turn(self) -> None:
        """The next flash, until the step's time is over."""
        now_ms = self.clock.monotonic_ms()
        if self.flashes and now_ms - self.flashes[0][0] >= 1000 * self.step.seconds:
            self.ended.emit({})
            return
        if self.flashes:
            self._light = not self._light
        self.flashes.append((now_ms, self._light))
        self.repaint()
        self._timer.start(self._random.randint(SHORTEST_MS, LONGEST_MS))

    def paint(self, canvas: Canvas) -> None:
        level = 255 if self._light else 0
        canvas.painter.fillRect(self.area(), QColor(level, level, level))
