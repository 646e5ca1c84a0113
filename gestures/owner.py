"""Whose hands count: the larger one until somebody engages, then that person's and no other's."""

from __future__ import annotations

import math
from collections import deque
from typing import NamedTuple

from gestures.events import Hand, HandFrame, Side
from gestures.features import FINGERS, HandFeatures, measure
from gestures.pose import hanging, opened, raised
from gestures.track import Sample, Track
from gestures.tuning import OwnerTuning

SIDES = 15  # frames that vote on left or right: single frames of a blurred hand flip
MEASURED = 4  # hands of a frame that are looked at closely: the nearest to the owner's, or largest
# Length of a finger over that of the palm: 0.36-1.34 over 560 stills; noise adds to it.
FINGER_LENGTHS = (0.25, 2.0)


class Seen(NamedTuple):
    """A hand with its features."""

    hand: Hand
    features: HandFeatures


class Followed:
    """One hand over time: its path and the side that most of its last frames say."""

    def __init__(self, keep_ms: int) -> None:
        self.track = Track(keep_ms)
        self._sides: deque[Side] = deque(maxlen=SIDES)

    @property
    def side(self) -> Side:
        """Right before anything is seen."""
        left = sum(side == "left" for side in self._sides)
        return "left" if left > len(self._sides) / 2 else "right"

    def add(self, t_ms: int, seen: Seen) -> None:
        self.track.add(t_ms, seen.features)
        self._sides.append(seen.hand.side)

    def clear(self) -> None:
        self.track.clear()
        self._sides.clear()


class Owner:
    """Picks the owner's hand, and the owner's other hand, out of a frame."""

    def __init__(self, tuning: OwnerTuning, keep_ms: int) -> None:
        self._tuning = tuning
        self._first = Followed(keep_ms)
        self._second = Followed(keep_ms)
        self._side: Side = "right"
        self._palm: float | None = None
        self._hidden_ms: int | None = None  # since when the hand is not shown to the wall
        self.saw_only_small = False
        self.fresh = False  # the hand of the last frame is another than before, or long unseen

    @property
    def side(self) -> Side:
        return self._side

    @property
    def track(self) -> Track:
        return self._first.track

    @property
    def other_track(self) -> Track:
        return self._second.track

    def pick(self, frame: HandFrame, engaged: bool) -> tuple[Seen | None, Seen | None]:
        """The owner's hand and other hand; None for a hand that is not seen."""
        self._forget(frame.t_ms)
        hands = self._usable(frame)
        self._give_way(hands, frame.t_ms, engaged)
        last = self.track.last
        first = self._nearest(hands, frame.t_ms) if last else self._largest(hands, engaged)
        self.fresh = first is not None and self.track.last is None
        if first is not None:
            self._first.add(frame.t_ms, first)
            self._side = self._first.side
            self._palm = self.track.palm
            hands = [s for s in hands if _apart(s, first) > self._tuning.twin]
        second = self._other(hands)
        if second is not None:
            self._second.add(frame.t_ms, second)
        return first, second

    def lose(self) -> None:
        """The owner's hand has been away for long: its path is no longer known."""
        self._first.clear()
        self._second.clear()

    def release(self) -> None:
        """Nobody owns the wall any more."""
        self._palm = None

    def _forget(self, t_ms: int) -> None:
        last = self.other_track.last
        if last is not None and t_ms - last.t_ms > self._tuning.other_ms:
            self._second.clear()

    def _give_way(self, hands: list[Seen], t_ms: int, engaged: bool) -> None:
        """A hand that hangs down is no hand to follow while another one is shown to the wall:
        before the clutch anybody's, later the owner's other hand."""
        last = self.track.last
        mine = None if last is None else self._nearest(hands, t_ms)
        if last is None or mine is None or shown(mine.features):
            self._hidden_ms = None
            return
        if self._hidden_ms is None:
            self._hidden_ms = t_ms
        rivals = [s for s in hands if shown(s.features) and _apart(s, mine) > self._tuning.twin]
        if engaged:
            idle = hanging(mine.features)
            rivals = [s for s in rivals if idle and self._fits(s, last)]
        wait_ms = self._tuning.hand_over_ms if engaged else self._tuning.give_way_ms
        if rivals and t_ms - self._hidden_ms >= wait_ms:
            self.lose()

    def _largest(self, hands: list[Seen], engaged: bool) -> Seen | None:
        if engaged and self._palm is not None:
            owner, ratio = self._palm, self._tuning.size_ratio
            hands = [s for s in hands if owner / ratio <= s.features.palm <= owner * ratio]
        return max(hands, key=lambda s: (shown(s.features), s.features.palm), default=None)

    def _nearest(self, hands: list[Seen], t_ms: int) -> Seen | None:
        """The hand that goes on from where the owner's was, and is not rather the other one: a hand
        of the right side is not, when another hand is nearer to where that one was."""
        last, other = self.track.last, self.other_track.last
        assert last is not None
        mine = [s for s in hands if self._mine(s, last, t_ms)]
        if other is not None:
            nearest = min(_distance(s, other) for s in hands) if hands else 0.0
            mine = [
                s
                for s in mine
                if _distance(s, last) <= _distance(s, other)
                or (_distance(s, other) > nearest and s.hand.side == self._first.side)
            ]
        strange = self._tuning.strange * self.track.palm
        side = self._first.side
        return min(
            mine,
            key=lambda s: _distance(s, last) + (0.0 if s.hand.side == side else strange),
            default=None,
        )

    def _mine(self, seen: Seen, last: Sample, t_ms: int) -> bool:
        tuning, palm = self._tuning, self.track.palm
        away = _distance(seen, last) / palm
        reach = min(tuning.reach, tuning.near + tuning.speed * (t_ms - last.t_ms) / 1000)
        if away > reach or not 1 / tuning.grow <= seen.features.palm / palm <= tuning.grow:
            return False
        return away <= tuning.side_reach or seen.hand.side == self._first.side

    def _other(self, hands: list[Seen]) -> Seen | None:
        """The owner's other hand: about as large, within an arm's span, on its own side."""
        last = self.track.last
        if last is None:
            return None
        hands = [s for s in hands if self._fits(s, last)]
        other = self.other_track.last
        if other is not None:
            return min(hands, key=lambda s: _distance(s, other), default=None)
        return min(hands, key=lambda s: _distance(s, last), default=None)

    def _fits(self, seen: Seen, last: Sample) -> bool:
        tuning, palm = self._tuning, self.track.palm
        ratio = seen.features.palm / palm
        across = (seen.features.place[0] - last.place[0]) / palm
        outward = -across if self._first.side == "right" else across
        return (
            1 / tuning.other_ratio <= ratio <= tuning.other_ratio
            and _distance(seen, last) <= tuning.span * palm
            and outward >= -tuning.crossed
        )

    def _usable(self, frame: HandFrame) -> list[Seen]:
        usable, small = [], False
        for hand in sorted(frame.hands, key=self._order(frame.aspect))[:MEASURED]:
            features = measure(hand, frame.aspect)
            if features is None or not hand.score >= self._tuning.min_score:
                continue
            if features.palm < self._tuning.min_palm:
                small = True
            elif _plausible(hand):
                usable.append(Seen(hand, features))
        self.saw_only_small = small and not usable
        return usable

    def _order(self, aspect: float) -> _Order:
        return _Order(aspect, self.track.last)


class _Order:
    """Which hands of a crowded picture to look at first."""

    def __init__(self, aspect: float, last: Sample | None) -> None:
        self._aspect = aspect
        self._last = last

    def __call__(self, hand: Hand) -> float:
        (x, y, _), (u, v, _) = hand.lm[0], hand.lm[9]
        if self._last is None:
            key = -math.hypot((x - u) * self._aspect, y - v)
        else:
            key = math.dist((self._aspect * (1.0 - u), v), self._last.place)
        return key if math.isfinite(key) else math.inf


def _plausible(hand: Hand) -> bool:
    """Whether the bones are those of a hand: junk has fingers of any length."""
    world = hand.world
    palm_m = math.dist(world[0], world[9])
    low, high = FINGER_LENGTHS
    for a, b, c, d in FINGERS:
        length = (
            math.dist(world[a], world[b])
            + math.dist(world[b], world[c])
            + math.dist(world[c], world[d])
        )
        if not low * palm_m <= length <= high * palm_m:
            return False
    return True


def shown(f: HandFeatures) -> bool:
    """A raised open palm: what a hand that wants the wall shows first."""
    return raised(f) and opened(f)


def _distance(seen: Seen, sample: Sample) -> float:
    return math.dist(seen.features.place, sample.place)


def _apart(one: Seen, two: Seen) -> float:
    """Palms between two hands."""
    larger = max(one.features.palm, two.features.palm)
    return math.dist(one.features.place, two.features.place) / larger
