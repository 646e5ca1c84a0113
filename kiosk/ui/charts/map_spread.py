"""Marks that lie over one another are moved apart, so that every number can be read. No Qt."""

import math
from collections.abc import Sequence

from kiosk.ui.charts.geometry import Point

ROUNDS = 60
TURN_RAD = 2.4  # about the golden angle: marks of one place leave it to all sides


def spread(points: Sequence[Point], apart: float) -> list[Point]:
    """Where marks stand that want to be at `points`, none nearer to another than `apart` (pixels)
    as far as some rounds of pushing get; those with room around them stay where they are."""
    placed = [
        (x + 1e-3 * math.cos(TURN_RAD * n), y + 1e-3 * math.sin(TURN_RAD * n))
        for n, (x, y) in enumerate(points)
    ]
    moved: set[int] = set()
    for _ in range(ROUNDS):
        near = _near(placed, apart)
        if not near:
            break
        for a, b in near:
            placed[a], placed[b] = _pushed(placed[a], placed[b], apart)
            moved |= {a, b}
    return [placed[n] if n in moved else point for n, point in enumerate(points)]


def _near(points: Sequence[Point], apart: float) -> list[tuple[int, int]]:
    return [
        (a, b)
        for a in range(len(points))
        for b in range(a + 1, len(points))
        if math.dist(points[a], points[b]) < apart - 0.01
    ]


def _pushed(first: Point, second: Point, apart: float) -> tuple[Point, Point]:
    """Both moved by half of what they lack, away from one another."""
    across, down = second[0] - first[0], second[1] - first[1]
    far = math.hypot(across, down)
    if far >= apart:
        return first, second
    step = (apart - far) / 2
    if far < 1e-9:
        across, down, far = 1.0, 0.0, 1.0
    x, y = across / far * step, down / far * step
    return (first[0] - x, first[1] - y), (second[0] + x, second[1] + y)
