"""What the network is shown: real hands, and composed ones for every pattern of fingers."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gestures.descriptor import Floats, describe
from gestures.network import SHAPES
from gestures.training.compose import Parts, compose, take_apart
from gestures.training.data import Example
from gestures.training.labels import SIGNS
from gestures.training.view import seen

NONE = "none"
# Index to little finger, and the thumb: the patterns that are gestures.
VOCABULARY = {
    ("oooo", "out"): "palm",
    ("oooo", "beside"): "palm",
    ("ffff", "in"): "fist",
    ("offf", "in"): "point",
    ("bfff", "in"): "point",
    ("ooff", "in"): "victory",
    ("ooff", "out"): "three",
    ("ffff", "out"): "thumb",
    ("ffff", "far"): "thumb",
    ("fffo", "out"): "call",
    ("fffo", "far"): "call",
}
# Between two shapes lies none: hands half open, around a cup or a telephone, at rest.
HALFWAY = (
    "oooo across, hooo touching, hhhh touching, hhhh out, hhhh in, hhoo touching, hfff touching, "
    "hfff in, hhff in, hhff out, ohff in, fffh out, ooho out, oohf in, ohhh out, oohh out, hoof in"
    ", gggg out, gggg beside"
)
PER_PATTERN = 300  # composed hands for a pattern that is none, a gesture has more
GESTURE_SHARE = 8
REAL_COPIES, CLEAN_COPIES = 12, 4


class Composed(NamedTuple):
    """hands: (n, 21, 3), seen from somewhere. patterns: what each shows, as in `patterns()`."""

    hands: Floats
    shapes: list[str]
    patterns: list[str]


class Lessons(NamedTuple):
    """descriptors: (n, SIZE). classes: (n,) indices of SHAPES."""

    descriptors: Floats
    classes: npt.NDArray[np.int64]


def patterns() -> dict[tuple[str, str], str]:
    """Every pattern of fingers and thumb, with its shape."""
    every = {
        (fingers, thumb): NONE
        for fingers in map("".join, product("of", repeat=4))
        for thumb in ("in", "out")
    }
    for pattern in HALFWAY.split(", "):
        fingers, thumb = pattern.split()
        every[fingers, thumb] = NONE
    return every | VOCABULARY


def composed(
    parts: Parts, per_pattern: int, rng: np.random.Generator, without: str = ""
) -> Composed:
    """Hands of every pattern; `without` is a sign whose fingers are left out."""
    hands, shapes, names = [], [], []
    for (fingers, thumb), shape in patterns().items():
        if shape == NONE and without and _alike(fingers, SIGNS[without].fingers):
            continue
        count = per_pattern * (1 if shape == NONE else GESTURE_SHARE)
        hands.append(seen(compose(parts, fingers, thumb, count, rng), rng))
        shapes += [shape] * count
        names += [f"{fingers} {thumb}"] * count
    return Composed(np.concatenate(hands), shapes, names)


def lessons(examples: list[Example], per_pattern: int, seed: int, without: str = "") -> Lessons:
    """Real and composed hands of these people; `without` is a sign that is not shown.

    Raises ValueError when there is no hand to take a finger from.
    """
    rng = np.random.default_rng(seed)
    made = composed(take_apart(examples), per_pattern, rng, without)
    real = [example for example in examples if example.label != without]
    clean = np.array([example.hand for example in real])
    noisy = seen(np.tile(clean, (REAL_COPIES, 1, 1)), rng)
    copies = REAL_COPIES + CLEAN_COPIES
    shapes = made.shapes + [SIGNS[example.label].shape for example in real] * copies
    shown = (describe(made.hands), describe(noisy), np.tile(describe(clean), (CLEAN_COPIES, 1)))
    classes = np.array([SHAPES.index(shape) for shape in shapes], dtype=np.int64)
    return Lessons(np.concatenate(shown), classes)


def _alike(fingers: str, others: str) -> bool:
    return fingers.replace("h", "f") == others.replace("h", "f")
