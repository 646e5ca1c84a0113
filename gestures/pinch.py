"""A tap with thumb and index finger: they meet and part while the hand stays where it is."""

from __future__ import annotations

import math
from collections import deque
from statistics import median_high
from typing import NamedTuple

from gestures.check import Check, Tried, hold
from gestures.events import GestureKind, Phase, Point2
from gestures.features import HandFeatures
from gestures.look import Look, Signal
from gestures.pose import raised, raising
from gestures.tuning import PinchTuning


class _Open(NamedTuple):
    """The hand just before a pinch."""

    t_ms: int
    place: Point2
    gap: float  # thumb's tip to index finger's tip, palms
    pointed: float  # extension of the index finger
    others: float  # mean extension of the other three fingers


class Pinches:
    """Waits for a still open hand, then for its two tips to meet, then to part."""

    def __init__(self, tuning: PinchTuning) -> None:
        self._tuning = tuning
        self._rest: deque[_Open] = deque()
        self._looks: deque[int] = deque()  # when the hand was seen, open or not
        self._before: _Open | None = None
        self._seen_ms = 0
        self.tried: Tried | None = None

    @property
    def busy(self) -> bool:
        """The tips are together."""
        return self._before is not None

    @property
    def since_ms(self) -> int | None:
        """When the hand was last open before the pinch that is going on."""
        return None if self._before is None else self._before.t_ms

    def reset(self) -> Signal | None:
        self._rest.clear()
        self._looks.clear()
        self._before = None
        return None

    def update(self, look: Look) -> Signal | None:
        self.tried = None
        hand = look.hand
        if hand is None:
            if look.t_ms - self._seen_ms > self._tuning.gap_ms:
                self.reset()
            return None
        self._seen_ms = look.t_ms
        if self._before is None:
            self._wait(look, hand)
            return None
        return self._pressed(look, hand, self._before)

    def _wait(self, look: Look, hand: HandFeatures) -> None:
        before = self._rested(look, hand)
        if before is not None:
            self._before = before
            return
        while self._rest and look.t_ms - self._rest[0].t_ms > self._tuning.close_ms:
            self._rest.popleft()
        self._looks.append(look.t_ms)
        while look.t_ms - self._looks[0] > self._tuning.close_ms:
            self._looks.popleft()
        gap = hand.thumb_to_index_tip
        out = hand.extension[0] >= self._tuning.index_out
        if raised(hand) and out and gap >= self._tuning.open:
            self._rest.append(_Open(look.t_ms, hand.place, gap, hand.extension[0], _others(hand)))

    def _rested(self, look: Look, hand: HandFeatures) -> _Open | None:
        """The open hand that this pinched one was, if it rested and has not moved since."""
        tuning = self._tuning
        if len(self._rest) < 2:
            return None
        gap = median_high(state.gap for state in self._rest)
        if hand.thumb_to_index_tip > max(tuning.wide_part, tuning.closed_part) * gap:
            return None
        last = [state for state in self._rest if state.gap >= tuning.wide_part * gap][-1]
        checks = (
            *raising(hand),
            Check(
                "gap", hand.thumb_to_index_tip, most=min(tuning.closed, tuning.closed_part * gap)
            ),
            Check("index_out", hand.extension[0], tuning.index_in),
            *self._resting(look, last),
            *self._stayed(look, hand, last),
        )
        self.tried = Tried(GestureKind.PINCH_TAP, checks)
        return last._replace(gap=gap) if hold(checks) else None

    def _resting(self, look: Look, last: _Open) -> tuple[Check, ...]:
        """How the hand was open before."""
        tuning = self._tuning
        rest = [state for state in self._rest if 0 <= last.t_ms - state.t_ms <= tuning.rest_ms]
        looks = [t_ms for t_ms in self._looks if 0 <= last.t_ms - t_ms <= tuning.rest_ms]
        moved = math.dist(rest[0].place, last.place) / look.track.palm
        pointed = median_high(state.pointed for state in self._rest)
        return (
            Check("rest_ms", last.t_ms - self._rest[0].t_ms, tuning.rest_ms),
            Check("rest_moved", moved, most=tuning.still),
            Check("rest_share", len(rest) / len(looks), tuning.share),
            Check("rest_index_out", pointed, tuning.index_rest),
            look.restless.check(rest[0].t_ms),
        )

    def _pressed(self, look: Look, hand: HandFeatures, before: _Open) -> Signal | None:
        tuning = self._tuning
        going = (
            Check("lasted_ms", look.t_ms - before.t_ms, most=tuning.max_ms),
            Check("index_out", hand.extension[0], tuning.index_in),
            *self._stayed(look, hand, before),
        )
        parted = Check("gap", hand.thumb_to_index_tip, tuning.parted_part * before.gap)
        self.tried = Tried(GestureKind.PINCH_TAP, (*going, parted))
        if not hold(going):
            self.reset()
            return None
        if not parted.holds:
            return None
        self.reset()
        return Signal(GestureKind.PINCH_TAP, Phase.FIRED, 1.0 if raised(hand) else 0.7)

    def _stayed(self, look: Look, hand: HandFeatures, before: _Open) -> tuple[Check, Check]:
        """A hand that moved, or whose other fingers closed or opened with it, does not pinch."""
        moved = math.dist(hand.place, before.place) / look.track.palm
        changed = abs(_others(hand) - before.others)
        return (
            Check("gone", moved, most=self._tuning.still),
            Check("others_changed", changed, most=self._tuning.others),
        )


def _others(hand: HandFeatures) -> float:
    return sum(hand.extension[1:]) / 3
