"""Hands that nobody photographed, put together from the fingers of real ones.

The students' signs hold no fist, thumb or phone sign. But each of their hands has folded fingers,
straight ones and a thumb somewhere, and in the palm's own frame a finger can be exchanged for the
same finger of another hand. A folded index finger is a folded middle finger set on its knuckle.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gestures.descriptor import Floats
from gestures.training.data import Example
from gestures.training.labels import SIGNS

KNUCKLES = (5, 9, 13, 17)
SPREAD_DEG = 7.0  # how differently two people set the same finger on its knuckle
THUMB_DEG = 10.0
# How far from straight to folded: a finger that is folded carelessly, one around a cup, one that
# is neither, and one that points a little bent.
CARELESS, GRIPPING, HALF, BENT = (0.8, 1.0), (0.6, 0.78), (0.42, 0.62), (0.05, 0.3)
FAR_DEG = 25.0  # thumbs are shown up farther off the hand than an open palm's is
BESIDE = (0.3, 0.5)  # how far from out to in a thumb is that lies beside the index finger


class Parts(NamedTuple):
    """What real hands lend. palms: (n, 21, 3). fingers: by number and state (n, 3, 3), joints from
    their knuckle. thumbs: by state (n, 4, 3) from the wrist."""

    palms: Floats
    fingers: dict[tuple[int, str], Floats]
    thumbs: dict[str, Floats]


def take_apart(examples: list[Example]) -> Parts:
    """The parts of real hands. Raises ValueError naming the parts that no hand has."""
    fingers: dict[tuple[int, str], list[Floats]] = {(n, s): [] for n in range(4) for s in "of"}
    thumbs: dict[str, list[Floats]] = {s: [] for s in ("in", "out", "across", "touching")}
    for example in examples:
        sign = SIGNS[example.label]
        for number, state in enumerate(sign.fingers):
            if state in "of":
                fingers[number, state].append(_finger(example.hand, number))
        if sign.thumb in thumbs:
            thumbs[sign.thumb].append(example.hand[1:5])
    fingers[0, "f"] += fingers[1, "f"]
    missing = [f"finger {n + 1} {s}" for (n, s), found in fingers.items() if not found]
    missing += [f"thumb {state}" for state, found in thumbs.items() if not found]
    if missing:
        raise ValueError("no real hand to take these from: " + ", ".join(missing))
    return Parts(
        np.array([example.hand for example in examples]),
        {key: np.array(found) for key, found in fingers.items()},
        {key: np.array(found) for key, found in thumbs.items()},
    )


def compose(parts: Parts, fingers: str, thumb: str, count: int, rng: np.random.Generator) -> Floats:
    """(count, 21, 3) hands of a pattern: fingers as in `labels.Sign`, or b for a little bent and g
    for one around a cup; thumb too, or far out."""
    hands = _some(parts.palms, count, rng)
    for number, state in enumerate(fingers):
        joints = _tilted(_joints(parts, number, state, count, rng), SPREAD_DEG, rng)
        knuckle = KNUCKLES[number]
        hands[:, knuckle + 1 : knuckle + 4] = hands[:, knuckle : knuckle + 1] + joints
    chain = _thumb(parts, thumb, count, rng)
    root = chain[:, :1]
    hands[:, 1:5] = root + _tilted(chain - root, THUMB_DEG, rng)
    return hands


def rotations(angles: Floats) -> Floats:
    """(n, 3) radians about x, y and z, in this order, as (n, 3, 3) matrices for row vectors."""
    (cx, cy, cz), (sx, sy, sz) = np.cos(angles).T, np.sin(angles).T
    one, zero = np.ones(len(angles)), np.zeros(len(angles))
    about_x = np.stack([one, zero, zero, zero, cx, sx, zero, -sx, cx], axis=1)
    about_y = np.stack([cy, zero, -sy, zero, one, zero, sy, zero, cy], axis=1)
    about_z = np.stack([cz, sz, zero, -sz, cz, zero, zero, zero, one], axis=1)
    x, y, z = (turn.reshape(-1, 3, 3) for turn in (about_x, about_y, about_z))
    turned: Floats = x @ y @ z
    return turned


def _finger(hand: Floats, number: int) -> Floats:
    knuckle = KNUCKLES[number]
    joints: Floats = hand[knuckle + 1 : knuckle + 4] - hand[knuckle]
    return joints


def _some(donors: Floats, count: int, rng: np.random.Generator) -> Floats:
    picked: Floats = donors[rng.integers(len(donors), size=count)]
    return picked


def _joints(parts: Parts, number: int, state: str, count: int, rng: np.random.Generator) -> Floats:
    straight = _some(parts.fingers[number, "o"], count, rng)
    if state == "o":
        return straight
    folded = _some(parts.fingers[number, "f"], count, rng)
    limits = {"f": CARELESS, "g": GRIPPING, "h": HALF, "b": BENT}[state]
    bent = _between(straight, folded, rng.uniform(*limits, size=count))
    if state != "f":
        return bent
    as_it_was = rng.random(count) < 0.5
    joints: Floats = np.where(as_it_was[:, None, None], folded, bent)
    return joints


def _between(straight: Floats, folded: Floats, part: Floats) -> Floats:
    """Fingers bent by a part 0..1 of the way, every bone in its own length: (n, 3, 3)."""
    zero = np.zeros((len(straight), 1, 3))
    a = np.diff(straight, axis=1, prepend=zero)
    b = np.diff(folded, axis=1, prepend=zero)
    length = np.linalg.norm(a, axis=2, keepdims=True)
    angle = _flexion(a) + part[:, None] * (_flexion(b) - _flexion(a))
    aside = np.clip(a[..., 0] / length[..., 0], -0.9, 0.9)
    inside = np.sqrt(1 - aside**2)
    bones = np.stack([aside, inside * np.cos(angle), -inside * np.sin(angle)], axis=2) * length
    joints: Floats = np.cumsum(bones, axis=1)
    return joints


def _flexion(bones: Floats) -> Floats:
    """Radians of each bone towards the palm, growing along the finger: (n, 3, 3) to (n, 3)."""
    angles: Floats = np.unwrap(np.arctan2(-bones[..., 2], bones[..., 1]), axis=1)
    return angles


def _thumb(parts: Parts, state: str, count: int, rng: np.random.Generator) -> Floats:
    if state not in ("beside", "far"):
        return _some(parts.thumbs[state], count, rng)
    out = _some(parts.thumbs["out"], count, rng)
    if state == "far":
        angles = np.zeros((count, 3))
        angles[:, 2] = rng.uniform(0, np.radians(FAR_DEG), count)
        turned: Floats = out[:, :1] + (out - out[:, :1]) @ rotations(angles)
        return turned
    inside = _some(parts.thumbs["in"], count, rng)
    part = rng.uniform(*BESIDE, size=count)[:, None, None]
    thumbs: Floats = out + part * (inside - out)
    return thumbs


def _tilted(points: Floats, sd_deg: float, rng: np.random.Generator) -> Floats:
    """(n, k, 3) points, each of the n turned a little about every axis."""
    turned: Floats = points @ rotations(np.radians(rng.normal(0, sd_deg, (len(points), 3))))
    return turned
