"""Spread and squeeze: two raised hands rest, then go apart or together along their own line."""

from __future__ import annotations

import math
from collections import deque
from typing import NamedTuple

from gestures.check import Check, Tried, hold
from gestures.events import GestureKind, Phase, Point2, Refusal
from gestures.features import HandFeatures
from gestures.look import Look, Signal
from gestures.pose import FLAT, closed, flat, pinched, raised, stretch
from gestures.tuning import TwoHandsTuning

_OPPOSITE = {
    GestureKind.SPREAD: GestureKind.SQUEEZE,
    GestureKind.SQUEEZE: GestureKind.SPREAD,
}


CALM = Check("quick_moves", 0)


class _Both(NamedTuple):
    """Where the two hands are, in palms."""

    t_ms: int
    one: Point2
    two: Point2

    @property
    def gap(self) -> float:
        return math.dist(self.one, self.two)

    @property
    def apart(self) -> Point2:
        return self.two[0] - self.one[0], self.two[1] - self.one[1]


class TwoHands:
    """Rest, then motion, judged when the hands have stopped or turned back."""

    def __init__(self, tuning: TwoHandsTuning) -> None:
        self._tuning = tuning
        self._rest: _Both | None = None  # where the hands began to rest
        self._start: _Both | None = None  # where the motion that is going on began
        self._path: deque[_Both] = deque()
        self._up_ms: int | None = None
        self._alike_ms = 0
        self._calm = CALM
        self.tried: Tried | None = None
        self._palm = self._peak = 0.0
        self._last: tuple[GestureKind, int] | None = None

    @property
    def busy(self) -> bool:
        """Two hands are up."""
        return self._up_ms is not None

    def reset(self) -> Signal | None:
        self._rest = self._start = self._up_ms = None
        self._path.clear()
        self._palm = 0.0
        return None

    def update(self, look: Look) -> Signal | None:
        self.tried = None
        hand, other = look.hand, look.other
        if hand is None or other is None or not (self._start or _alike(hand, other)):
            if hand is not None and other is not None and raised(hand) and raised(other):
                least = Check("least_stretch", min(stretch(hand), stretch(other)), FLAT)
                self.tried = Tried(GestureKind.SPREAD, (least,))
            return self._without(look.t_ms)
        if self._palm == 0.0:
            self._palm = (look.track.palm + look.other_track.palm) / 2
        self._up_ms = look.t_ms
        if _alike(hand, other):
            self._alike_ms = look.t_ms
        self._calm = look.restless.check((self._start or self._rest or look).t_ms)
        (x, y), (u, v), palm = hand.place, other.place, self._palm
        both = _Both(look.t_ms, (x / palm, y / palm), (u / palm, v / palm))
        signal = None
        if self._start is None:
            self._wait(both)
        else:
            signal = self._move(both, self._start)
        self._path.append(both)
        return signal

    def _without(self, t_ms: int) -> Signal | None:
        """Hands that touch are often lost, or seen as one."""
        if self._up_ms is None or t_ms - self._up_ms <= self._tuning.lost_ms:
            return None
        signal = None if self._start is None else self._judge(self._start, t_ms)
        self.reset()
        return signal

    def _wait(self, both: _Both) -> None:
        rest = self._rest
        if rest is not None and max(_steps(rest, both)) <= self._tuning.still:
            return
        if rest is not None:
            rested = Check("rest_ms", self._path[-1].t_ms - rest.t_ms, self._tuning.rest_ms)
            kind = GestureKind.SPREAD if both.gap > rest.gap else GestureKind.SQUEEZE
            self.tried = Tried(kind, (rested,))
            if rested.holds:
                self._start = rest._replace(t_ms=self._path[-1].t_ms)
                self._peak = 0.0
        self._rest_at(both)

    def _rest_at(self, both: _Both) -> None:
        self._rest = both
        self._path.clear()

    def _move(self, both: _Both, start: _Both) -> Signal | None:
        if both.t_ms - start.t_ms <= self._tuning.max_ms and not self._stopped(both, start):
            return None
        signal = self._judge(start, both.t_ms)
        self._start = None
        self._rest_at(both)
        if signal is None and max(_steps(start, both)) < self._tuning.length:
            # hands that only drifted go on resting
            self._rest = both._replace(t_ms=start.t_ms - self._tuning.rest_ms)
        return signal

    def _stopped(self, both: _Both, start: _Both) -> bool:
        """Both hands rest again, or go back the way they came."""
        tuning = self._tuning
        farthest = max((abs(s.gap - start.gap) for s in self._path), default=0.0)
        if farthest - abs(both.gap - start.gap) > tuning.back:
            return True
        before = [s for s in self._path if both.t_ms - s.t_ms >= tuning.stop_ms]
        if not before:
            return False
        dt_s = (both.t_ms - before[-1].t_ms) / 1000
        speed = max(_steps(before[-1], both)) / dt_s
        self._peak = max(self._peak, speed)
        return speed < max(tuning.stop_speed, tuning.stop_part * self._peak)

    def _judge(self, start: _Both, t_ms: int) -> Signal | None:
        tuning = self._tuning
        end = max(self._path, key=lambda s: abs(s.gap - start.gap), default=start)
        ratio = end.gap / max(start.gap, 1e-6)
        change = abs(end.gap - start.gap)
        kind = GestureKind.SPREAD if ratio > 1.0 else GestureKind.SQUEEZE
        moved = (
            Check("gap_ratio", ratio, tuning.spread)
            if kind is GestureKind.SPREAD
            else Check("gap_ratio", ratio, most=tuning.squeeze),
            Check("gap_change", change, tuning.length),
            Check("each_moved", min(_steps(start, end)), tuning.share * change),
            Check("off_line_deg", self._off_line_deg(start, end), most=tuning.turn_deg),
            Check("unlike_ms", end.t_ms - self._alike_ms, most=tuning.kept_ms),
        )
        calm: tuple[Check, ...] = (self._calm,)
        if self._last is not None and kind is _OPPOSITE[self._last[0]]:
            calm += (Check("since_ms", start.t_ms - self._last[1], tuning.return_ms),)
        refused = None
        if hold(moved) and not hold(calm):
            refused = Refusal.RETURN_STROKE if self._calm.holds else Refusal.BUSY
        self.tried = Tried(kind, (*moved, *calm), refused)
        if not hold(moved):
            return None
        if refused is None:
            self._last = (kind, t_ms)
        return Signal(kind, Phase.FIRED, 1.0, refused=refused)

    def _off_line_deg(self, start: _Both, end: _Both) -> float:
        """How far the hands moved off the line between them, as it was when they were far apart:
        hands that meet lie anyhow beside one another."""
        (ax, ay), (bx, by) = start.apart, end.apart
        dx, dy = bx - ax, by - ay
        x, y = (bx, by) if end.gap > start.gap else (-ax, -ay)
        turn = math.atan2(x * dy - y * dx, x * dx + y * dy)
        return abs(math.degrees(turn))


def _alike(hand: HandFeatures, other: HandFeatures) -> bool:
    """Both hands are raised in the same pose."""
    if not (raised(hand) and raised(other)):
        return False
    shut = [closed(f) or pinched(f) for f in (hand, other)]
    return all(shut) or (flat(hand) and flat(other))


def _steps(a: _Both, b: _Both) -> tuple[float, float]:
    """How far each hand moved between two frames, in palms."""
    return math.dist(a.one, b.one), math.dist(a.two, b.two)
