"""Hand shapes of people, and those that nobody showed, put together from what they did show.

A shape is real when its name was shown by that person; the others exchange fingers between real
hands in the palm's frame (a fist is a pointing hand whose index lies as its middle finger does).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from gestures.events import Hand
from gestures.generator.blend import LAG, Array, blend, ease, palm_frame, to_bones
from gestures.generator.turns import from_matrix, then, tilted

THUMB, INDEX, MIDDLE, RING, LITTLE = range(5)
FACING = 0.35  # how much of a shown palm must look at the camera for its shape to be trusted


@dataclass(frozen=True, slots=True)
class HandShape:
    """bones: (5, 4, 3) metres in the palm frame of a right hand. turn: quaternion from there to
    the camera's axes, as that hand was shown."""

    bones: Array
    turn: Array


def from_hand(hand: Hand) -> HandShape:
    """A hand that was seen; left hands are mirrored."""
    points = np.array(hand.world)
    if hand.side == "left":
        points = points * [-1.0, 1.0, 1.0]
    frame = palm_frame(points)
    return HandShape(to_bones((points - points[0]) @ frame), from_matrix(frame))


def shown_to_camera(shape: HandShape) -> bool:
    """Whether the palm looks at the camera well enough for fingers not to hide one another."""
    w, x, y, z = shape.turn
    return bool(w * w - x * x - y * y + z * z >= FACING)


def exchanged(base: HandShape, donor: HandShape, *fingers: int) -> HandShape:
    """base with these fingers of donor, knuckles and lengths its own."""
    bones = base.bones.copy()
    for finger in fingers:
        bones[finger, 1:] = resized(donor.bones[finger, 1:], base.bones[finger, 1:])
    return replace(base, bones=bones)


def folded_like(base: HandShape, finger: int, model: int) -> HandShape:
    """base with one finger lying as another of its fingers does."""
    bones = base.bones.copy()
    bones[finger, 1:] = resized(bones[model, 1:], bones[finger, 1:])
    return replace(base, bones=bones)


def resized(directions: Array, lengths: Array) -> Array:
    """Bones with the directions of the one and the lengths of the other."""
    unit = directions / (np.linalg.norm(directions, axis=-1, keepdims=True) + 1e-9)
    return np.asarray(unit * np.linalg.norm(lengths, axis=-1, keepdims=True))


def between(one: HandShape, two: HandShape, part: Array) -> HandShape:
    """part (5,): how far each finger, from thumb to little, has gone from one to two."""
    bones = np.stack(
        [
            blend(one.bones[None], two.bones[None], np.array([p]), np.ones((1, 5)))[0, finger]
            for finger, p in enumerate(_undo_ease(part))
        ]
    )
    return replace(one, bones=bones)


def pinched(shape: HandShape, gap_m: float) -> HandShape:
    """Thumb and index bent towards each other until their tips are gap_m apart."""
    bones = shape.bones.copy()
    for _ in range(12):
        tips = bones[[THUMB, INDEX]].sum(axis=1)
        apart = tips[1] - tips[0]
        distance = float(np.linalg.norm(apart))
        step = apart / max(distance, 1e-6) * (distance - gap_m) / 2
        for finger, way in ((THUMB, step), (INDEX, -step)):
            bones[finger, 1:] = resized(bones[finger, 1:] + way / 3, bones[finger, 1:])
    return replace(shape, bones=bones)


def posed(shape: HandShape, turn: Array) -> HandShape:
    return replace(shape, turn=turn)


def varied(
    shape: HandShape, rng: np.random.Generator, amount: float, turn_deg: float, roll_deg: float
) -> HandShape:
    """The same shape another time: fingers a little otherwise (amount in radians), turned by
    about turn_deg any way, and by roll_deg in the picture."""
    loose = rng.normal(0.0, amount, (5, 1, 3)) + rng.normal(0.0, amount / 2, shape.bones.shape)
    loose[:, 0] = 0.0  # bones within the palm do not move
    lengths = np.linalg.norm(shape.bones, axis=-1, keepdims=True)
    bones = resized(shape.bones + loose * lengths, shape.bones)
    roll, yaw, pitch = rng.normal((roll_deg, 0.0, 0.0), turn_deg)
    return HandShape(bones, then(shape.turn, tilted(roll, yaw, pitch)))


def _undo_ease(part: Array) -> Array:
    """blend eases its argument and counts the lag in: what must go in for `part` to come out."""
    table = np.linspace(0.0, 1.0, 201)
    return np.asarray((np.interp(part, ease(table), table) + LAG) / (1.0 + LAG))
