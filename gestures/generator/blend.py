"""Hand shapes as bones in the frame of the palm, and the way from one shape to another.

The palm frame is that of a right hand: x from the little to the index knuckle, y from the
knuckles to the wrist, z out of the back of the hand (so that a raised palm before a camera has
about the camera's own axes: x right, y down, z away).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FINGERS, JOINTS = 5, 4  # thumb to little finger; bones of each from the wrist outwards
BONES = (FINGERS, JOINTS, 3)
LAG = 0.25  # of a transition: how much later the last finger may follow the first
PALMWARD = np.array([0.0, 0.0, -1.0])


def palm_frame(points: Array) -> Array:
    """Rotation (3, 3) whose columns are the palm's axes, of 21 points of a right hand."""
    down = points[0] - points[[5, 9, 13, 17]].mean(axis=0)
    down /= np.linalg.norm(down)
    across = points[5] - points[17]
    across -= down * (across @ down)
    across /= np.linalg.norm(across)
    return np.column_stack([across, down, np.cross(across, down)])


def to_bones(points: Array) -> Array:
    """(21, 3) points to (5, 4, 3) bones."""
    chains = points[1:].reshape(BONES)
    starts = np.concatenate(
        [np.broadcast_to(points[0], (FINGERS, 1, 3)), chains[:, :-1]],
        axis=1,
    )
    return np.asarray(chains - starts)


def to_points(bones: Array) -> Array:
    """(n, 5, 4, 3) bones to (n, 21, 3) points around the middle of the hand."""
    chains = np.cumsum(bones, axis=2).reshape(len(bones), FINGERS * JOINTS, 3)
    points = np.concatenate([np.zeros((len(bones), 1, 3)), chains], axis=1)
    return np.asarray(points - points.mean(axis=1, keepdims=True))


def ease(part: Array) -> Array:
    """Minimum jerk (Flash and Hogan, 1985): 0..1 to 0..1, clipped outside."""
    s = np.clip(part, 0.0, 1.0)
    return np.asarray(s * s * s * (s * (s * 6 - 15) + 10))


def blend(start: Array, end: Array, part: Array, lags: Array) -> Array:
    """Bones on the way from start to end, each (n, 5, 4, 3); part 0..1 (n,), lags 0..1 (n, 5).

    Bones turn and keep their lengths; a finger on its way passes in front of the palm, and fingers
    do not all move at once.
    """
    progress = ease(part[:, None] * (1.0 + LAG) - LAG * lags)[:, :, None, None]
    lengths = [np.linalg.norm(bones, axis=-1, keepdims=True) + 1e-9 for bones in (start, end)]
    one, two = start / lengths[0], end / lengths[1]
    turn = 1.0 - np.sum(one * two, axis=-1, keepdims=True)
    way = (1 - progress) * one + progress * two + PALMWARD * turn * progress * (1 - progress)
    way /= np.linalg.norm(way, axis=-1, keepdims=True) + 1e-9
    return np.asarray(way * ((1 - progress) * lengths[0] + progress * lengths[1]))
