"""Work on the screen's thread in slices, so that fingers and clocks are answered in between."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

SLICE_MS = 2.0
"""A slice begins no further step after this; steps take some milliseconds, a frame is 16."""


class Slices(QObject):
    """Does one thing at a time, step by step; a new one takes the place of one not yet done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._slice)

    @property
    def busy(self) -> bool:
        return self._timer.isActive()

    def begin(self, steps: Iterator[None]) -> None:
        """Whatever the steps raise ends them; they handle their own errors."""
        self._steps = steps
        self._timer.start(0)

    def stop(self) -> None:
        self._timer.stop()
        self._steps = iter(())

    def _slice(self) -> None:
        steps, end_s = self._steps, time.perf_counter() + SLICE_MS / 1000
        for _ in steps:
            if time.perf_counter() >= end_s:
                return
        if self._steps is steps:
            self.stop()
