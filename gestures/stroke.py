"""Cuts a hand's path into quick moves between rests or turns."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from gestures.events import Point2
from gestures.track import Sample
from gestures.tuning import StrokeTuning

START_SPEED_MS = 45  # speed is taken over at least this long: a fast camera's noise is no speed
STOP_SPEED_MS = 75  # a blurred hand is seen twice in one place within a move; that is no stop
WIND_UP_MS = 250  # how long before it is fast a move may have begun
GAP_MS = 220  # a longer step between two places means that the hand was not seen


@dataclass(frozen=True, slots=True)
class Stroke:
    """A finished quick move. Distances in palms, speeds in palms a second.

    dx to the person's right, dy down. bend: farthest off the straight line, as a part of its
    length. peak: top speed, that of the bridge when the hand was lost within the move. seen_ms:
    how long it took without the longest gap. turned: it ended in the way back, not in a rest.
    """

    start_ms: int
    end_ms: int
    dx: float
    dy: float
    bend: float
    peak: float
    seen_ms: int
    bridged: bool
    turned: bool

    @property
    def length(self) -> float:
        return math.hypot(self.dx, self.dy)


class Strokes:
    """Takes places, answers each move in the frame in which it has ended."""

    def __init__(self, tuning: StrokeTuning) -> None:
        self._tuning = tuning
        self._path: list[Sample] = []  # rest before the move, then the move itself
        self._ended: Stroke | None = None  # a move that may have come to rest
        self._peak = 0.0
        self._moving = False

    @property
    def moving(self) -> bool:
        return self._moving

    @property
    def start_ms(self) -> int:
        """When the move that is going on began."""
        return self._path[0].t_ms if self._path else 0

    def reset(self) -> None:
        self._path.clear()
        self._moving = False
        self._ended = None

    def update(self, sample: Sample, palm: float) -> Stroke | None:
        """Takes the next place; palm: heights a palm."""
        if self._path and sample.t_ms - self._path[-1].t_ms > self._tuning.bridge_ms:
            self.reset()
        if self._ended is not None:
            return self._settle(sample, palm, self._ended)
        if not self._moving:
            self._wait(sample, palm)
            return None
        self._path.append(sample)
        self._peak = max(self._peak, self._speed(palm, START_SPEED_MS))
        late = sample.t_ms - self._path[0].t_ms - self._gap_ms() > self._tuning.max_ms
        turned = self._turned(palm)
        if not (turned or self._slowed(palm) or late):
            return None
        stroke = self._stroke(palm, turned=turned)
        self._path = self._path[-1:]
        self._moving = False
        if turned:
            return stroke
        self._ended = stroke
        return None

    def _settle(self, sample: Sample, palm: float, ended: Stroke) -> Stroke | None:
        """Whether the hand stays where the move ended."""
        self._path.append(sample)
        left = math.dist(sample.place, self._path[0].place) > self._tuning.back * palm
        if not left and sample.t_ms - ended.end_ms < self._tuning.stay_ms:
            return None
        self._ended = None
        return replace(ended, turned=left)

    def paused(self, palm: float) -> Stroke | None:
        """The move so far, if it had come to rest when the hand was last seen.

        It may have ended, or the hand may only be blurred: the move goes on.
        """
        if self._ended is not None:
            return self._ended
        if not self._moving or len(self._path) < 3:
            return None
        return self._stroke(palm) if self._slowed(palm, START_SPEED_MS) else None

    def gone(self, palm: float) -> Stroke | None:
        """The hand does not come back: what the move was until then."""
        stroke = self._stroke(palm) if self._moving else self._ended
        self.reset()
        return stroke

    def _wait(self, sample: Sample, palm: float) -> None:
        before = [s for s in self._path[:-1] if sample.t_ms - s.t_ms <= WIND_UP_MS]
        self._path = [*before, *self._path[-1:], sample]
        self._peak = self._speed(palm, START_SPEED_MS)
        if self._peak >= self._tuning.start_speed:
            self._moving = True
            self._cut_rest(palm)

    def _cut_rest(self, palm: float) -> None:
        """The move begins at the last place that is not yet away from where the hand rested."""
        rest = self._path[0].place
        near = [s for s in self._path if math.dist(s.place, rest) <= self._tuning.rest * palm]
        self._path = self._path[self._path.index(near[-1]) :]

    def _slowed(self, palm: float, over_ms: int = STOP_SPEED_MS) -> bool:
        stop_speed = min(self._tuning.stop_speed, self._tuning.stop_part * self._peak)
        return self._speed(palm, over_ms) < stop_speed

    def _gap_ms(self) -> int:
        """The longest time within the move in which the hand was not seen."""
        steps = zip(self._path, self._path[1:], strict=False)
        return max((b.t_ms - a.t_ms for a, b in steps), default=0)

    def _speed(self, palm: float, over_ms: int) -> float:
        """Palms a second since the latest place that is at least over_ms old."""
        now = self._path[-1]
        for s in reversed(self._path):
            if now.t_ms - s.t_ms >= over_ms:
                return math.dist(now.place, s.place) / palm / (now.t_ms - s.t_ms) * 1000
        return self._tuning.stop_speed if self._moving else 0.0

    def _turned(self, palm: float) -> bool:
        """The hand is coming back from the farthest place of this move."""
        start, now = self._path[0], self._path[-1]
        reach = [math.dist(s.place, start.place) for s in self._path]
        if max(reach) - reach[-1] <= self._tuning.back * palm:
            return False
        farthest = reach.index(max(reach))
        if farthest == 0 or now is self._path[farthest]:
            return False
        self._path = self._path[: farthest + 1]
        return True

    def _stroke(self, palm: float, *, turned: bool = False) -> Stroke:
        start, end = self._path[0], self._path[-1]
        dx = (end.place[0] - start.place[0]) / palm
        dy = (end.place[1] - start.place[1]) / palm
        length = max(math.hypot(dx, dy), 1e-6)
        off = max(_off(s.place, start.place, (dx, dy)) for s in self._path) / palm / length
        return Stroke(
            start_ms=start.t_ms,
            end_ms=end.t_ms,
            dx=dx,
            dy=dy,
            bend=off / length,
            peak=self._peak,
            seen_ms=end.t_ms - start.t_ms - (self._gap_ms() if self._gap_ms() > GAP_MS else 0),
            bridged=self._gap_ms() > GAP_MS,
            turned=turned,
        )


def _off(place: Point2, start: Point2, way: tuple[float, float]) -> float:
    """Distance from the line through start along `way`, times the length of `way`."""
    return abs((place[0] - start[0]) * way[1] - (place[1] - start[1]) * way[0])
