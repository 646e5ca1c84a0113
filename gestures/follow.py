"""A crop that keeps a hand in it, or two that are near each other, and glides with them.

MediaPipe looks for a hand where it was in the crop before: a crop that jumps loses the hand for a
picture, one that moves no faster than the hand does not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from gestures.crop import Crop, around
from gestures.events import Hand
from gestures.features import measure
from gestures.pose import hanging

SIDE_PALMS = 8.0  # of the crop: a palm is found again for certain at an eighth of it
BESIDE_PALMS = 5.0  # of room beside two hands
DEAD_ZONE = 0.2  # of the side: a hand this near the crop's middle does not move it
GLIDE_PALMS = 0.7  # a picture, beyond the hand's own motion
GROW = 1.06  # a picture
REACH_PALMS = 6.0  # a hand farther from where it was, or unlike it in size, is another one
REACH_MORE = 0.5  # ... and so much more for each picture without it
ALIKE = 3.0  # a hand seen end on measures up to twice as large
SURE_SCORE = 0.8


class Slot(StrEnum):
    """Which of MediaPipe's followers a crop has: they remember where they saw a hand."""

    ONE = "one"
    OTHER = "other"
    BOTH = "both"


class Spot(NamedTuple):
    """A hand's palm in pixels of the picture."""

    x: float
    y: float
    palm: float


class Found(NamedTuple):
    """A hand and where it is; hanging: its fingers point down, as those of an arm at rest."""

    hand: Hand
    spot: Spot
    hanging: bool

    @property
    def sure(self) -> bool:
        """Whether it is a hand without doubt, and raised: then no better one is looked for."""
        return self.hand.score >= SURE_SCORE and not self.hanging


def seen(hand: Hand, width: int, height: int) -> Found | None:
    """A hand in a picture of this size; None when it can't be one (see measure)."""
    features = measure(hand, width / height)
    if features is None:
        return None
    x, y = features.place
    at = Spot(width - x * height, y * height, features.palm * height)
    return Found(hand, at, hanging(features))


def apart(one: Spot, other: Spot) -> float:
    """Distance of two hands in lengths of the larger palm."""
    return math.dist(one[:2], other[:2]) / max(one.palm, other.palm)


def same(hand: Spot, last: Spot, missed: int = 0) -> bool:
    """Whether it can be the hand that was last there, so many pictures ago."""
    alike = last.palm / ALIKE <= hand.palm <= last.palm * ALIKE
    reach = (REACH_PALMS + REACH_MORE * missed) * last.palm
    return alike and math.dist(hand[:2], last[:2]) <= reach


class Follow:
    """The crop around one hand or two; told after each picture where they were."""

    def __init__(
        self, slot: Slot, hands: Sequence[Spot], crop: Crop, size: tuple[int, int]
    ) -> None:
        """crop: where the hands were just found, or will be. size: the picture's, pixels."""
        self.slot = slot
        self.hands = list(hands)
        self.absent = [0] * len(hands)  # pictures since each hand was seen
        self._size = size
        self._x, self._y, self._side = _square(crop)

    @property
    def missed(self) -> int:
        """Pictures since any of the hands was seen."""
        return min(self.absent)

    @property
    def crop(self) -> Crop:
        """Where to look next."""
        return around(self._x, self._y, self._side, *self._size)

    def jump(self, crop: Crop) -> None:
        """From now on follow in another crop."""
        self._x, self._y, self._side = _square(crop)

    def known(self, found: Sequence[Found]) -> list[Found | None]:
        """Which of these is which of the followed hands."""
        left = list(found)
        known: list[Found | None] = []
        for last, absent in zip(self.hands, self.absent, strict=True):
            near = min(left, key=lambda f: math.dist(f.spot[:2], last[:2]), default=None)
            if near is not None and same(near.spot, last, absent):
                left.remove(near)
                known.append(near)
            else:
                known.append(None)
        return known

    def saw(self, found: Sequence[Found | None]) -> None:
        """Takes where each of the hands is now; the crop glides when all of them were seen."""
        moved = 0.0
        for i, now in enumerate(found):
            self.absent[i] += 1
            if now is not None:
                moved = max(moved, math.dist(self.hands[i][:2], now.spot[:2]))
                self.hands[i], self.absent[i] = now.spot, 0
        if any(self.absent):
            return
        x, y, side = _wanted(self.hands)
        step = moved + GLIDE_PALMS * self.hands[0].palm
        slack = DEAD_ZONE * self._side if len(self.hands) == 1 else 0.0
        self._x += _glide(x - self._x, slack, step)
        self._y += _glide(y - self._y, slack, step)
        self._side = min(max(side, self._side / GROW), self._side * GROW)


def best_crop(hands: Sequence[Spot], size: tuple[int, int]) -> Crop:
    """The crop that suits one hand, or two, best."""
    return around(*_wanted(hands), *size)


def _square(crop: Crop) -> tuple[float, float, float]:
    return crop.x + crop.side / 2, crop.y + crop.side / 2, crop.side


def _wanted(hands: Sequence[Spot]) -> tuple[float, float, float]:
    if len(hands) == 1:
        return hands[0].x, hands[0].y, SIDE_PALMS * hands[0].palm
    one, other = hands
    palm = max(one.palm, other.palm)
    side = max(SIDE_PALMS * palm, (apart(one, other) + BESIDE_PALMS) * palm)
    return (one.x + other.x) / 2, (one.y + other.y) / 2, side


def _glide(offset: float, slack: float, step: float) -> float:
    beyond = max(abs(offset) - slack, 0.0)
    return math.copysign(min(beyond, step), offset)
