"""Which of the known shapes a hand has, or none.

A small network says how like each shape a hand is, with `none` among the shapes; graded rules say
whether the hand keeps what the shape can't do without. A hand must please both (open set), and
hold itself as the gesture asks: upright, facing the camera, thumb up or down. How each part does
alone is measured in docs/adr/0017; what the network learned from stands in `model/shapes.md`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from gestures.descriptor import describe
from gestures.events import GestureKind, Point2, Point3
from gestures.features import HandFeatures
from gestures.network import SHAPES, Network, shipped
from gestures.rules import above, below, fits

ACCEPT = 0.5  # below this grade a shape is not taken
MARGIN = 0.15  # the best shape must beat the second by this
# The rules were made to decide alone; as a guard they may be this much less content.
GUARD = 1.5


class Shape(NamedTuple):
    """The shape of one hand; kind None is no known gesture, score then is the best near miss."""

    kind: GestureKind | None
    score: float


def classify(features: HandFeatures, network: Network | None = None) -> Shape:
    """The shape of a hand that is not known to have had one before; by the shipped weights unless
    others are given. Raises ModelError."""
    return best(grade(features, network))


def best(grades: dict[GestureKind, float]) -> Shape:
    """The shape that is graded well enough, and well above the second."""
    ranked = sorted(grades.items(), key=lambda item: -item[1])
    (kind, score), (_, second) = ranked[0], ranked[1]
    if score < ACCEPT or score - second < MARGIN:
        return Shape(None, score)
    return Shape(kind, score)


def grade(f: HandFeatures, network: Network | None = None) -> dict[GestureKind, float]:
    """Every static gesture of one hand with its grade 0..1. Raises ModelError."""
    shape = guarded(likeness(network or shipped(), f.world), fits(f))
    upright = below(abs(f.palm_deg), 45, 75)
    sideways = min(above(abs(f.palm_deg), 15, 40), below(abs(f.palm_deg), 140, 165))
    return {
        GestureKind.PALM_HOLD: min(shape["palm"], upright, above(f.facing, 0.1, 0.4)),
        GestureKind.FIST_HOLD: shape["fist"],
        GestureKind.POINT: shape["point"],
        GestureKind.VICTORY: min(shape["victory"], upright),
        GestureKind.THREE: min(shape["three"], upright),
        GestureKind.THUMB_UP: min(shape["thumb"], sideways, below(abs(f.thumb_deg), 50, 80)),
        GestureKind.THUMB_DOWN: min(shape["thumb"], sideways, above(abs(f.thumb_deg), 100, 130)),
        GestureKind.CALL: min(shape["call"], below(abs(f.thumb_deg), 80, 120)),
    }


@lru_cache(maxsize=8)
def likeness(network: Network, world: tuple[Point3, ...]) -> dict[str, float]:
    """Probability of every shape, `none` included. The engine asks twice about each hand."""
    found = network.probabilities(describe(np.array(world)))
    return dict(zip(SHAPES, found.tolist(), strict=True))


def guarded(likely: dict[str, float], fit: dict[str, float]) -> dict[str, float]:
    """Grade 0..1 of every shape but `none`: as likely as the network says, if the rules agree."""
    return {name: min(likely[name], GUARD * grade) for name, grade in fit.items()}


def timeout_grade(a: HandFeatures, b: HandFeatures) -> float:
    """How well two hands make a T, 0..1: one lies flat on the upright fingers of the other.

    Which hand is which does not matter, nor do the sides: touching hands are often both called
    left. Distances are in lengths of the larger palm; a hand has some thickness of its own.
    """
    return max(_tee(a, b), _tee(b, a))


def _tee(roof: HandFeatures, post: HandFeatures) -> float:
    roof_deg, post_deg = _hand_deg(roof), _hand_deg(post)
    turn = abs(abs(roof_deg - post_deg) % 180 - 90)
    larger, smaller = max(roof.palm, post.palm), min(roof.palm, post.palm)
    gap = _gap(post.middle_tip, roof.wrist, roof.middle_tip) / larger
    return min(
        below(abs(abs(roof_deg) - 90), 25, 40),
        below(abs(post_deg), 30, 45),
        below(turn, 30, 55),
        above(sum(roof.extension) / 4, 0.5, 0.75),
        above(sum(post.extension) / 4, 0.5, 0.75),
        below(gap, 0.6, 0.9),
        below(larger / smaller, 1.6, 2.2),
    )


def _hand_deg(f: HandFeatures) -> float:
    """Where the straight hand points in the picture; 0 up, positive to the person's right."""
    (x, y), (u, v) = f.wrist, f.middle_tip
    return math.degrees(math.atan2(u - x, y - v))


def _gap(point: Point2, start: Point2, end: Point2) -> float:
    """Distance of a point from the line between start and end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length2 = dx * dx + dy * dy
    along = (point[0] - start[0]) * dx + (point[1] - start[1]) * dy
    part = min(1.0, max(0.0, along / length2)) if length2 > 0.0 else 0.0
    return math.dist(point, (start[0] + part * dx, start[1] + part * dy))
