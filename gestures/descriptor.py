"""What the shape classifier sees of a hand: lengths inside the hand, in units of its palm.

Only distances and projections onto the hand's own lines, so that size, place, rotation and left
or right change nothing, and a hand that was taken for the wrong side keeps its shape.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_KNUCKLES = [5, 9, 13, 17]
_TIPS = [8, 12, 16, 20]
_BONES = [(k + j, k + j + 1) for k in _KNUCKLES for j in range(3)]
_THUMB_BONES = [(1, 2), (2, 3), (3, 4)]
_WRIST_TO = [(0, end) for end in _TIPS + _KNUCKLES]
_CHORDS = list(zip(_KNUCKLES, _TIPS, strict=True))
_THUMB_TO = [(4, end) for end in (5, 9, 17, 6, 10, 14, 8, 12, 16, 20)]
_JOINT_TO = [(3, 5), (3, 17), (2, 4), (1, 4)]
_GROUPS = (_BONES, _THUMB_BONES, _WRIST_TO, _CHORDS, _THUMB_TO, _JOINT_TO)
_STARTS, _ENDS = np.array([pair for group in _GROUPS for pair in group]).T
_PARTS = np.cumsum([len(group) for group in _GROUPS[:-1]]).tolist()
_TINY_M = 1e-6

SIZE = 32


def describe(world: Floats) -> Floats:
    """(..., 21, 3) world landmarks in metres as (..., SIZE) numbers without unit.

    Of every finger: how far the tip is beyond its knuckle as seen from the wrist, and how straight
    it is, both in lengths of the finger; the tip's distance from the wrist and its rise over the
    knuckle along the palm, in palms. Of the thumb: the tip's distances from the other fingers'
    knuckles, middles and tips, its last joint's from both outer knuckles, how straight it is, and
    where its tip is across and along the palm.
    """
    lines = world[..., _ENDS, :] - world[..., _STARTS, :]
    lengths = np.sqrt(np.einsum("...i,...i->...", lines, lines))
    bones, thumb_bones, wrist_to, chords, thumb_to, joint_to = np.split(lengths, _PARTS, axis=-1)
    rises = lines[..., _PARTS[2] : _PARTS[3], :]
    up = world[..., _KNUCKLES, :].mean(axis=-2) - world[..., 0, :]
    palm = _norm(up)
    across = world[..., 17, :] - world[..., 5, :]
    thumb = (world[..., 4, :] - world[..., 5, :])[..., None, :]
    finger = np.maximum(bones.reshape(*bones.shape[:-1], 4, 3).sum(axis=-1), _TINY_M)
    return np.concatenate(
        [
            (wrist_to[..., :4] - wrist_to[..., 4:]) / finger,
            chords / finger,
            wrist_to[..., :4] / palm,
            _along(rises, up) / palm**2,
            thumb_to / palm,
            joint_to[..., :2] / palm,
            joint_to[..., 2:3] / np.maximum(thumb_bones[..., 1:].sum(-1, keepdims=True), _TINY_M),
            joint_to[..., 3:] / np.maximum(thumb_bones.sum(-1, keepdims=True), _TINY_M),
            _along(thumb, across) / (_norm(across) * palm),
            _along(thumb, up) / palm**2,
        ],
        axis=-1,
    )


def _norm(line: Floats) -> Floats:
    """(..., 3) to (..., 1)."""
    length: Floats = np.sqrt(np.einsum("...i,...i->...", line, line))
    return np.maximum(length, _TINY_M)[..., None]


def _along(lines: Floats, axis: Floats) -> Floats:
    """(..., n, 3) and (..., 3) to the n dot products (..., n)."""
    products: Floats = np.einsum("...ji,...i->...j", lines, axis)
    return products
