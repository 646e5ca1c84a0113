"""Hands as the landmarker reports them from a distance: turned, noisy, flattened in depth.

Measured on the students' stills shrunk to 60, 40 and 30 pixels, against the same stills at full
size: errors of 0.03, 0.04 and 0.05 palms (standard deviation) across the picture and 1.6 times
that in depth, twice as large at the tips, with heavy tails.
"""

from __future__ import annotations

import numpy as np

from gestures.descriptor import Floats
from gestures.events import Hand
from gestures.features import PALM_M
from gestures.training.compose import rotations

TILT_DEG = 55.0
NOISE = (0.008, 0.05)  # palms
DEPTH_NOISE = 1.6
DEPTH_SCALE = (0.65, 1.2)  # how much of the depth is reported
ALONG_FINGER = (0.3, 0.6, 0.9, 1.5)
FINGERS = ((1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16), (17, 18, 19, 20))


def seen(hands: Floats, rng: np.random.Generator) -> Floats:
    """(n, 21, 3) hands in their own frame, each seen once from somewhere."""
    count = len(hands)
    turned = hands @ rotations(np.radians(rng.normal(0, TILT_DEG, (count, 3))))
    turned[..., 2] *= rng.uniform(*DEPTH_SCALE, (count, 1))
    least, most = np.log(NOISE)
    size = np.exp(rng.uniform(least, most, (count, 1, 1)))
    noisy: Floats = turned + size * _errors(count, rng)
    return noisy


def as_hand(hand: Floats) -> Hand:
    """A right hand's points (21, 3) in palms as a landmarker would report them."""
    world = tuple((x, y, z) for x, y, z in (PALM_M * hand).tolist())
    return Hand("right", 1.0, tuple((0.5 + x, 0.5 + y, z) for x, y, z in world), world)


def _errors(count: int, rng: np.random.Generator) -> Floats:
    """A finger errs as a whole, more at its tip, and every joint a little: (count, 21, 3)."""
    errors = 0.6 * rng.normal(size=(count, 21, 3))
    whole = rng.standard_t(4, size=(count, 5, 3))
    for number, finger in enumerate(FINGERS):
        for part, joint in zip(ALONG_FINGER, finger, strict=True):
            errors[:, joint] += part * whole[:, number]
    scaled: Floats = errors * [1.0, 1.0, DEPTH_NOISE]
    return scaled
