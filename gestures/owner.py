"""Whose hand counts: the larger one until somebody engages, then that person's and no other's."""

from __future__ import annotations

import math
from collections import deque
from typing import NamedTuple

from gestures.events import Hand, HandFrame, Side
from gestures.features import HandFeatures, measure
from gestures.track import Track
from gestures.tuning import Tuning

SIZE_RATIO = 1.8  # an owner who comes back is about as far away as before
SIDES = 15  # frames that vote on left or right: single frames of a blurred hand flip


class Seen(NamedTuple):
    """A hand with its features."""

    hand: Hand
    features: HandFeatures


class Owner:
    """Picks the owner's hand out of a frame."""

    def __init__(self, tuning: Tuning) -> None:
        self._tuning = tuning
        self._sides: deque[Side] = deque(maxlen=SIDES)
        self._palm: float | None = None
        self.saw_only_small = False

    @property
    def side(self) -> Side:
        """The side that most of the last frames say; right before any."""
        left = sum(side == "left" for side in self._sides)
        return "left" if left > len(self._sides) / 2 else "right"

    def pick(self, frame: HandFrame, track: Track, engaged: bool) -> Seen | None:
        """The owner's hand, or None. track is where it was, empty when it has been away."""
        hands = self._usable(frame)
        last = track.last
        if last is not None:
            reach = self._tuning.owner_reach * track.palm
            hands = [s for s in hands if math.dist(s.features.place, last.place) <= reach]
            hands.sort(key=lambda s: math.dist(s.features.place, last.place))
        else:
            if engaged and self._palm is not None:
                hands = [s for s in hands if _alike(s.features.palm, self._palm)]
            hands.sort(key=lambda s: -s.features.palm)
        if not hands:
            return None
        self._sides.append(hands[0].hand.side)
        self._palm = hands[0].features.palm if last is None else track.palm
        return hands[0]

    def release(self) -> None:
        """Nobody owns the wall any more."""
        self._sides.clear()
        self._palm = None

    def _usable(self, frame: HandFrame) -> list[Seen]:
        usable, small = [], False
        for hand in frame.hands:
            features = measure(hand, frame.aspect)
            if features is None or hand.score < self._tuning.min_score:
                continue
            if features.palm < self._tuning.min_palm:
                small = True
                continue
            usable.append(Seen(hand, features))
        self.saw_only_small = small and not usable
        return usable


def _alike(palm: float, other: float) -> bool:
    return other / SIZE_RATIO <= palm <= other * SIZE_RATIO
