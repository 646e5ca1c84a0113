"""From the movements of a hand to what a landmarker would have written of it, frame by frame."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gestures.events import Hand, HandFrame, Side
from gestures.generator.blend import Array
from gestures.generator.camera import Camera
from gestures.generator.noise import Faults, errors, lost

PALM_M = 0.09  # MediaPipe's metric palm, see gestures.features
OUTSIDE = 8  # of 21 points that may lie outside the picture before the hand is lost
MIRROR = np.array([-1.0, 1.0, 1.0])


class Moves(NamedTuple):
    """A hand at n times, as a right hand; a left one is mirrored when it is looked at.

    places: (n, 3) metres, see HandMotion. points: (n, 21, 3) metres in the camera's axes around
    the hand's middle. up: (n,) whether there is anything to see.
    """

    side: Side
    places: Array
    points: Array
    up: NDArray[np.bool_]


class Before(NamedTuple):
    """Who stands before what: distance in metres, size 1 of an average hand."""

    camera: Camera
    faults: Faults
    distance_m: float
    size: float


def hands_of(
    moves: Moves, before: Before, t_ms: Array, rng: np.random.Generator, body: Array
) -> list[Hand | None]:
    """One entry a time, None where no hand is found. body: (n, 3) where the shoulders are."""
    camera, faults = before.camera, before.faults
    outwards = MIRROR if moves.side == "left" else 1.0
    places = moves.places * outwards + body + _tremor(t_ms, rng)
    middle = camera.before(places, before.distance_m)
    world = moves.points * outwards
    lm = camera.see(middle[:, None] + world * before.size)
    palm_px = camera.palm_px(middle[:, 2], PALM_M * before.size)
    speed = np.linalg.norm(np.gradient(middle[:, :2], t_ms / 1000, axis=0), axis=1) / PALM_M
    off = errors(world, palm_px, t_ms, faults, rng)
    in_width, in_height = palm_px / camera.width, palm_px / camera.height
    lm = lm + off * np.stack([in_width, in_height, in_width], axis=-1)[:, None]
    out = np.sum(np.any((lm[..., :2] < 0) | (lm[..., :2] > 1), axis=-1), axis=1) > OUTSIDE
    gone = ~moves.up | out | lost(speed, palm_px, t_ms, faults, rng)
    return _as_hands(moves.side, lm, world + off * PALM_M, gone, faults, rng)


def frames_of(t_ms: Array, hands: list[list[Hand | None]], aspect: float) -> tuple[HandFrame, ...]:
    return tuple(
        HandFrame(int(at), tuple(hand for hand in seen if hand is not None), aspect)
        for at, *seen in zip(t_ms, *hands, strict=True)
    )


def _tremor(t_ms: Array, rng: np.random.Generator) -> Array:
    """A raised hand's: 6 to 11 Hz, a millimetre or two (Elble and Koller, 1990)."""
    hz, phase = rng.uniform(6, 11, (2, 3)), rng.uniform(0, 2 * np.pi, (2, 3))
    waves = np.sin(2 * np.pi * t_ms[:, None, None] / 1000 * hz + phase).sum(axis=1)
    return np.asarray(waves * rng.uniform(0.0003, 0.0012))


def _as_hands(
    side: Side,
    lm: Array,
    world: Array,
    gone: NDArray[np.bool_],
    faults: Faults,
    rng: np.random.Generator,
) -> list[Hand | None]:
    flipped = rng.random(len(lm)) < faults.flips
    scores = np.round(np.clip(1 - rng.gamma(2.0, 0.015, len(lm)), 0.5, 0.999), 3)
    scores[flipped] = np.round(rng.uniform(0.5, 0.85, int(flipped.sum())), 3)
    other: Side = "left" if side == "right" else "right"
    points, metric = np.round(lm, 4).tolist(), np.round(world, 4).tolist()
    return [
        None
        if gone[i]
        else Hand(
            other if flipped[i] else side,
            float(scores[i]),
            tuple(map(tuple, points[i])),
            tuple(map(tuple, metric[i])),
        )
        for i in range(len(lm))
    ]
