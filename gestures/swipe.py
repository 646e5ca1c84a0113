"""Swipes: quick straight moves of the hand between two rests, and no return strokes."""

from __future__ import annotations

import math
from typing import NamedTuple

from gestures.events import GestureKind, Refusal
from gestures.track import Sample
from gestures.tuning import SwipeTuning

_OPPOSITE = {
    GestureKind.SWIPE_LEFT: GestureKind.SWIPE_RIGHT,
    GestureKind.SWIPE_RIGHT: GestureKind.SWIPE_LEFT,
    GestureKind.SWIPE_UP: GestureKind.SWIPE_DOWN,
    GestureKind.SWIPE_DOWN: GestureKind.SWIPE_UP,
}
START_SPEED_MS = 45  # speed is taken over at least this long: a fast camera's noise is no speed
STOP_SPEED_MS = 100  # a blurred hand is seen twice in one place within a move; that is no stop
WIND_UP_MS = 250  # how long before it is fast a move may have begun
GAP_MS = 150  # a longer step between two places means that the hand was not seen


class Swipe(NamedTuple):
    """A finished quick move; refused says why it does not count."""

    kind: GestureKind
    confidence: float
    refused: Refusal | None


class Swipes:
    """Cuts the hand's path into moves and judges each when it ends."""

    def __init__(self, tuning: SwipeTuning) -> None:
        self._tuning = tuning
        self._path: list[Sample] = []  # rest before the move, then the move itself
        self._moving = False
        self._peak = 0.0
        self._last: tuple[GestureKind, int] | None = None

    @property
    def moving(self) -> bool:
        return self._moving

    def reset(self) -> None:
        """The hand is gone; what was last fired is still remembered."""
        self._path.clear()
        self._moving = False

    def update(self, sample: Sample, palm: float, first_ms: int) -> Swipe | None:
        """Takes the next place. palm: heights a palm; first_ms: when this hand was first seen."""
        speed = self._speed(sample, palm, START_SPEED_MS)
        if not self._moving:
            before = [s for s in self._path[:-1] if sample.t_ms - s.t_ms <= WIND_UP_MS]
            self._path = [*before, *self._path[-1:], sample]
            if speed >= self._tuning.start_speed:
                self._start(speed)
            return None
        self._peak = max(self._peak, speed)
        if self._speed(sample, palm, STOP_SPEED_MS) >= self._tuning.stop_speed:
            self._path.append(sample)
            if sample.t_ms - self._path[0].t_ms <= self._tuning.max_ms:
                return None
        return self._end(sample, palm, first_ms)

    def unseen(self, palm: float, first_ms: int, t_ms: int) -> Swipe | None:
        """No hand in this frame. A move that had come to rest ends here; one that had not may
        only be blurred, and is bridged."""
        if not self._moving or len(self._path) < 3 or not self._slowed(palm):
            return None
        swipe = self._judge(self._path[-1], palm, first_ms)
        if swipe is None:
            return None
        self.reset()
        return self._settle(swipe, t_ms)

    def lost(self, palm: float, first_ms: int, t_ms: int) -> Swipe | None:
        """The hand has been gone for bridge_ms. A sideways swipe may leave the picture; a hand
        that leaves it up or down was only raised or lowered."""
        moved = self._moving and len(self._path) > 1
        swipe = self._judge(self._path[-1], palm, first_ms) if moved else None
        self.reset()
        if swipe is None or swipe.kind in (GestureKind.SWIPE_UP, GestureKind.SWIPE_DOWN):
            return None
        return self._settle(swipe, t_ms)

    def _bridged(self) -> bool:
        """Whether the hand was lost within the move: its top speed then was not seen."""
        steps = zip(self._path, self._path[1:], strict=False)
        return any(b.t_ms - a.t_ms > GAP_MS for a, b in steps)

    def _slowed(self, palm: float) -> bool:
        before, last = self._path[-2:]
        dt_s = (last.t_ms - before.t_ms) / 1000
        return math.dist(last.place, before.place) / palm < self._tuning.stop_speed * dt_s

    def _speed(self, sample: Sample, palm: float, over_ms: int) -> float:
        """Palms a second since the latest place that is at least over_ms old."""
        earlier = [s for s in self._path if sample.t_ms - s.t_ms >= over_ms]
        if not earlier:
            return 0.0 if not self._moving else self._tuning.stop_speed
        dt_s = (sample.t_ms - earlier[-1].t_ms) / 1000
        return math.dist(sample.place, earlier[-1].place) / palm / dt_s

    def _start(self, speed: float) -> None:
        self._moving = True
        self._peak = speed

    def _rest(self, sample: Sample) -> None:
        self._moving = False
        self._path = [sample]

    def _end(self, sample: Sample, palm: float, first_ms: int) -> Swipe | None:
        self._path.append(sample)
        swipe = self._judge(sample, palm, first_ms)
        self._rest(sample)
        return None if swipe is None else self._settle(swipe, sample.t_ms)

    def _judge(self, end: Sample, palm: float, first_ms: int) -> Swipe | None:
        start, tuning = self._path[0], self._tuning
        dx = (end.place[0] - start.place[0]) / palm
        dy = (end.place[1] - start.place[1]) / palm
        length = math.hypot(dx, dy)
        steps = zip(self._path, self._path[1:], strict=False)
        walked = sum(math.dist(a.place, b.place) for a, b in steps) / palm
        took_ms = end.t_ms - start.t_ms
        peak_speed = tuning.start_speed if self._bridged() else tuning.peak_speed
        long_side, short_side = max(abs(dx), abs(dy)), min(abs(dx), abs(dy))
        if (
            length < tuning.length
            or self._peak < peak_speed
            or not tuning.min_ms <= took_ms <= tuning.max_ms + tuning.bridge_ms
            or length < tuning.straight * walked
            or long_side < tuning.lean * short_side
        ):
            return None
        kind = _direction(dx, dy)
        confidence = min(1.0, 0.5 + 0.25 * (length / tuning.length - 1) + 0.25 * length / walked)
        return Swipe(kind, round(confidence, 3), self._refusal(kind, start.t_ms, first_ms))

    def _refusal(self, kind: GestureKind, start_ms: int, first_ms: int) -> Refusal | None:
        if start_ms - first_ms < self._tuning.armed_ms:
            return Refusal.TOO_SOON
        if self._last is None:
            return None
        last_kind, last_ms = self._last
        if kind is _OPPOSITE[last_kind] and start_ms - last_ms < self._tuning.return_ms:
            return Refusal.RETURN_STROKE
        if start_ms - last_ms < self._tuning.rest_ms:
            return Refusal.TOO_SOON
        return None

    def _settle(self, swipe: Swipe, t_ms: int) -> Swipe:
        if swipe.refused is None:
            self._last = (swipe.kind, t_ms)
        return swipe


def _direction(dx: float, dy: float) -> GestureKind:
    if abs(dx) > abs(dy):
        return GestureKind.SWIPE_RIGHT if dx > 0 else GestureKind.SWIPE_LEFT
    return GestureKind.SWIPE_DOWN if dy > 0 else GestureKind.SWIPE_UP
