"""The proportions of a picture that nobody noted, from the hands that were seen in it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import median

from gestures.events import LANDMARKS, Point3

USUAL = 16 / 9
NARROWEST, WIDEST = 0.4, 4.0
SPREAD_M = 0.015  # a hand that extends less than this along an axis says nothing about it


def estimated_aspect(hands: Iterable[tuple[tuple[Point3, ...], tuple[Point3, ...]]]) -> float:
    """Width over height such that hands (lm, world) keep the proportions of their metric points."""
    ratios = [_stretch(lm, world) for lm, world in hands]
    usable = [ratio for ratio in ratios if ratio is not None]
    return min(WIDEST, max(NARROWEST, median(usable))) if usable else USUAL


def _stretch(lm: tuple[Point3, ...], world: tuple[Point3, ...]) -> float | None:
    """Metres along x per picture width over metres along y per picture height.

    Only from hands that extend well along both axes.
    """
    across, along = (_slope(lm, world, axis) for axis in (0, 1))
    if across is None or along is None:
        return None
    return along / across


def _slope(lm: tuple[Point3, ...], world: tuple[Point3, ...], axis: int) -> float | None:
    u = [point[axis] for point in world]
    v = [point[axis] for point in lm]
    mu, mv = sum(u) / LANDMARKS, sum(v) / LANDMARKS
    spread = sum((a - mu) ** 2 for a in u)
    if not math.isfinite(spread) or spread < LANDMARKS * SPREAD_M**2:
        return None
    slope = sum((a - mu) * (b - mv) for a, b in zip(u, v, strict=True)) / spread
    return slope if slope > 1e-3 else None
