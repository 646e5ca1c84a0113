"""Hands at marked places: how often they are seen, where they still are, and the lens by them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from gestures.events import Hand, HandFrame
from gestures.features import KNUCKLES, PALM_M, measure

SETTLE_MS = 1000  # the search for a hand's first place does not count


@dataclass(frozen=True)
class Reach:
    """seen, of: pictures with a hand among those that count. palm_px: length of the palm, median.
    left, right, top, bottom: parts of the picture between which the hand was seen. right_hands: the
    part of the hands that was taken for a right one."""

    seen: int
    of: int
    palm_px: float
    left: float
    right: float
    top: float
    bottom: float
    right_hands: float


def measure_reach(frames: Iterable[HandFrame], height_px: int) -> Reach:
    """From the pictures of somebody who shows an open right hand and leads it around a box."""
    hands: list[Hand] = []
    palms: list[float] = []
    first_ms: int | None = None
    seen = of = 0
    for frame in frames:
        first_ms = frame.t_ms if first_ms is None else first_ms
        if frame.t_ms - first_ms < SETTLE_MS:
            continue
        of += 1
        seen += bool(frame.hands)
        hands += frame.hands
        palms += [palm * height_px for hand in frame.hands if (palm := _palm(hand, frame.aspect))]
    middles = [_middle(hand) for hand in hands] or [(0.0, 0.0)]
    across, down = zip(*middles, strict=True)
    return Reach(
        seen=seen,
        of=of,
        palm_px=median(palms) if palms else 0.0,
        left=min(across),
        right=max(across),
        top=min(down),
        bottom=max(down),
        right_hands=sum(hand.side == "right" for hand in hands) / len(hands) if hands else 0.0,
    )


def lens_by_hand(
    places: Sequence[tuple[float, float]], palm_m: float, width_px: int
) -> float | None:
    """The horizontal angle of the lens, degrees, from (distance m, palm px) of a hand of known
    length; None where no hand was seen. The median: one place where the hand was turned away does
    not count."""
    focals = [palm_px * distance_m / palm_m for distance_m, palm_px in places if palm_px > 0]
    if not focals:
        return None
    return 2 * math.degrees(math.atan(width_px / 2 / median(focals)))


def _palm(hand: Hand, aspect: float) -> float:
    """From the wrist to the middle of the knuckles, however it is turned, in heights of the
    picture; 0 when these can't be the points of a hand."""
    features = measure(hand, aspect)
    if features is None:
        return 0.0
    knuckles = [hand.world[i] for i in KNUCKLES]
    middle = [sum(axis) / len(knuckles) for axis in zip(*knuckles, strict=True)]
    return features.palm * math.dist(middle, hand.world[0]) / PALM_M


def _middle(hand: Hand) -> tuple[float, float]:
    return sum(p[0] for p in hand.lm) / len(hand.lm), sum(p[1] for p in hand.lm) / len(hand.lm)
