"""What single fingers do on the wall as a whole: flick across it, or rest where they came down.

Watches the touches on their way to the widgets and takes none. Each finger counts for itself, so
that two people are no obstacle to one another.
"""

from collections import deque
from typing import Literal

import msgspec
from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QEventPoint, QTouchEvent

from kiosk.ui.component import SLOP_U, event_ms

Direction = Literal["left", "right", "up", "down"]
HOLD_MS = 600
FLICK_U = 110.0
FLICK_MS = 600.0
SPEED_U_PER_MS = 0.4
RECENT_MS = 100.0
STRAIGHT = 2.0  # times farther along than across
APART_U = 400.0
"""Fingers nearer to one another than this belong to one hand: together they flick nothing."""


class _Finger:
    """From where it came down, and its last moments."""

    def __init__(self, t_ms: float, at: QPointF) -> None:
        self.began_ms, self.began = t_ms, at
        self.trail = deque([(t_ms, at)])
        self.alone = True

    def moved(self, t_ms: float, at: QPointF) -> None:
        self.trail.append((t_ms, at))
        while len(self.trail) > 2 and t_ms - self.trail[0][0] > RECENT_MS:
            self.trail.popleft()

    @property
    def at(self) -> QPointF:
        return self.trail[-1][1]


class Stroke(msgspec.Struct, frozen=True):
    """A flick and where it began, in pixels of the window."""

    towards: Direction
    x: float
    y: float


class Strokes(QObject):
    """An event filter for the window. Lengths are in u of `unit_px`."""

    flicked = Signal(object)
    """A Stroke."""

    held = Signal(QPointF)
    """A finger has rested on this pixel since it came down."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.unit_px = 1.0
        self._fingers: dict[int, _Finger] = {}
        self._resting: _Finger | None = None
        self.rest = QTimer(parent)
        self.rest.setSingleShot(True)
        self.rest.setInterval(HOLD_MS)
        self.rest.timeout.connect(self._rested)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touched(event)
        return False

    def _touched(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:
            self._fingers.clear()
            self.rest.stop()
            return
        t_ms = event_ms(event)
        for point in event.points():
            state, at = point.state(), point.position()
            if state == QEventPoint.State.Pressed:
                self._down(point.id(), t_ms, at)
            elif state == QEventPoint.State.Updated:
                self._moved(point.id(), t_ms, at)
            elif state == QEventPoint.State.Released:
                self._up(point.id(), t_ms, at)

    def _down(self, point: int, t_ms: float, at: QPointF) -> None:
        finger = _Finger(t_ms, at)
        for other in self._fingers.values():
            if self._apart(other.at, at) < APART_U:
                finger.alone = other.alone = False
        self._fingers[point] = self._resting = finger
        self.rest.start()

    def _moved(self, point: int, t_ms: float, at: QPointF) -> None:
        finger = self._fingers.get(point)
        if finger is None:
            return
        finger.moved(t_ms, at)
        if finger is self._resting and self._apart(finger.began, at) > SLOP_U:
            self.rest.stop()

    def _up(self, point: int, t_ms: float, at: QPointF) -> None:
        finger = self._fingers.pop(point, None)
        if finger is None:
            return
        finger.moved(t_ms, at)
        if finger is self._resting:
            self.rest.stop()
        towards = self._flick(finger, t_ms)
        if towards is not None and finger.alone:
            self.flicked.emit(Stroke(towards, finger.began.x(), finger.began.y()))

    def _rested(self) -> None:
        if self._resting is not None and self._resting.alone:
            self.held.emit(self._resting.began)

    def _apart(self, one: QPointF, other: QPointF) -> float:
        way = other - one
        return float((way.x() ** 2 + way.y() ** 2) ** 0.5 / self.unit_px)

    def _flick(self, finger: _Finger, t_ms: float) -> Direction | None:
        way, (recent_ms, recent) = finger.at - finger.began, finger.trail[0]
        along, across = sorted((abs(way.x()), abs(way.y())), reverse=True)
        took_ms = max(1.0, t_ms - recent_ms)
        fast = self._apart(recent, finger.at) / took_ms >= SPEED_U_PER_MS
        brief = t_ms - finger.began_ms <= FLICK_MS
        far = along >= FLICK_U * self.unit_px and along >= STRAIGHT * across
        if not (fast and brief and far):
            return None
        if abs(way.x()) > abs(way.y()):
            return "right" if way.x() > 0 else "left"
        return "down" if way.y() > 0 else "up"
