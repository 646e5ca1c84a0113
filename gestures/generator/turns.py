"""Rotations as unit quaternions (w, x, y, z), in the camera's axes: x right, y down, z away."""

from __future__ import annotations

import numpy as np

from gestures.generator.blend import Array

NO_TURN = np.array([1.0, 0.0, 0.0, 0.0])


def about(axis: int, degrees: float) -> Array:
    """A turn about x (0), y (1) or z (2); about z is clockwise in the picture."""
    half = np.radians(degrees) / 2
    turn = np.zeros(4)
    turn[0], turn[1 + axis] = np.cos(half), np.sin(half)
    return turn


def then(first: Array, second: Array) -> Array:
    """One turn after another."""
    a, b = second, first
    w = a[0] * b[0] - a[1:] @ b[1:]
    return np.concatenate([[w], a[0] * b[1:] + b[0] * a[1:] + np.cross(a[1:], b[1:])])


def tilted(roll_deg: float = 0.0, yaw_deg: float = 0.0, pitch_deg: float = 0.0) -> Array:
    """Turned about y, then x, then in the picture (clockwise)."""
    return then(then(about(1, yaw_deg), about(0, pitch_deg)), about(2, roll_deg))


def from_matrix(matrix: Array) -> Array:
    """Shepperd's method: divides by the largest of the four."""
    m = matrix
    squares = np.array(
        [
            1 + m[0, 0] + m[1, 1] + m[2, 2],
            1 + m[0, 0] - m[1, 1] - m[2, 2],
            1 - m[0, 0] + m[1, 1] - m[2, 2],
            1 - m[0, 0] - m[1, 1] + m[2, 2],
        ]
    )
    w, x, y, z = m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], m[1, 0] + m[0, 1]
    u, v = m[0, 2] + m[2, 0], m[1, 2] + m[2, 1]
    rows = [
        [squares[0], w, x, y],
        [w, squares[1], z, u],
        [x, z, squares[2], v],
        [y, u, v, squares[3]],
    ]
    largest = np.array(rows[int(np.argmax(squares))])
    return np.asarray(largest / np.linalg.norm(largest))


def rotated(points: Array, turns: Array) -> Array:
    """(n, k, 3) points, each set turned by its own of (n, 4) quaternions of any length."""
    unit = turns / np.linalg.norm(turns, axis=1, keepdims=True)
    w, v = unit[:, None, :1], unit[:, None, 1:]
    cross = np.cross(np.broadcast_to(v, points.shape), points)
    return np.asarray(points + 2 * (w * cross + np.cross(np.broadcast_to(v, points.shape), cross)))
