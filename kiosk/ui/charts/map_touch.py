"""Fingers on the map: what is a tap, a drag, a pinch. Knows points, no widgets.

Positions are pixels of the view. A finger that stays within `slop_px` of where it came down and
leaves is a tap; one that moves drags; two pinch around their middle.
"""

import math
from collections.abc import Mapping

import msgspec

Position = tuple[float, float]


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shift by (dx, dy) pixels, then scale by `factor` around (x, y)."""

    dx: float
    dy: float
    factor: float
    x: float
    y: float


class Fingers:
    """One touch sequence, from the first finger down to the last one up."""

    def __init__(self, slop_px: float) -> None:
        self._slop_px = slop_px
        self._down: dict[int, Position] = {}
        self._start: Position | None = None
        self._moved = False

    @property
    def moved(self) -> bool:
        """True once the fingers dragged or pinched: what follows is no tap."""
        return self._moved

    def update(self, points: Mapping[int, Position]) -> Move | None:
        """Takes all fingers that are down now; tells how the map follows them, if it does."""
        before, self._down = self._down, dict(points)
        if self._start is None and points:
            self._start = next(iter(points.values()))
        same = [key for key in points if key in before]
        if len(points) > 1:
            self._moved = True
        if not same:
            return None
        if not self._moved and not self._left_start(points[same[0]]):
            return None
        if not self._moved:
            self._moved = True
            return None
        return _move([before[k] for k in same[:2]], [points[k] for k in same[:2]])

    def no_tap(self) -> None:
        """What the finger did was something else."""
        self._moved = self._start is not None

    def release(self) -> Position | None:
        """The last finger left: where the tap was, or None when it was no tap."""
        tapped = self._start if not self._moved else None
        self._down, self._start, self._moved = {}, None, False
        return tapped

    def _left_start(self, now: Position) -> bool:
        if self._start is None:
            return False
        return math.dist(self._start, now) > self._slop_px


def _move(before: list[Position], now: list[Position]) -> Move:
    (ax, ay), (bx, by) = _middle(before), _middle(now)
    factor = 1.0
    if len(now) == 2:
        apart = math.dist(before[0], before[1])
        factor = math.dist(now[0], now[1]) / apart if apart > 1 else 1.0
    return Move(bx - ax, by - ay, factor, bx, by)


def _middle(points: list[Position]) -> Position:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
