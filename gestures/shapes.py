"""Which of the known shapes a hand has, or none: graded rules on features, no training.

Each shape is a list of conditions, each condition a grade 0..1, and the shape is as good as its
weakest condition: a hand that breaks any one of them is no gesture (open set). The limits stand
between the 5/95 percentiles of 51 people's stills (read off everybody) and were settled on one
half of the people; `tests/replay/test_static_shapes.py` reports the two halves apart.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from gestures.events import GestureKind, Point2
from gestures.features import HandFeatures

ACCEPT = 0.5  # below this grade a shape is not taken
MARGIN = 0.15  # the best shape must beat the second by this


class Shape(NamedTuple):
    """The shape of one hand; kind None is no known gesture, score then is the best near miss."""

    kind: GestureKind | None
    score: float


def classify(features: HandFeatures) -> Shape:
    """The shape of a hand that is not known to have had one before."""
    grades = grade(features)
    ranked = sorted(grades.items(), key=lambda item: -item[1])
    (best, score), (_, second) = ranked[0], ranked[1]
    if score < ACCEPT or score - second < MARGIN:
        return Shape(None, score)
    return Shape(best, score)


def grade(f: HandFeatures) -> dict[GestureKind, float]:
    """Every static shape with its grade 0..1."""
    index, middle, ring, little = f.extension
    out = [_above(e, 0.45, 0.75) for e in f.extension]
    folded = [_below(e, 0.25, 0.6) for e in f.extension]
    thumb_in = max(_below(f.thumb_to_little_knuckle, 0.85, 1.15), _above(f.thumb_bend_deg, 40, 75))
    thumb_out = min(_above(f.thumb_to_little_knuckle, 0.8, 1.15), _below(f.thumb_bend_deg, 35, 65))
    upright = _below(abs(f.palm_deg), 45, 75)
    sideways = min(_above(abs(f.palm_deg), 15, 40), _below(abs(f.palm_deg), 140, 165))
    fist = min(*folded, _below(max(index, middle, ring, little), 0.15, 0.45))
    thumb = min(
        fist,
        _below(max(f.extension), 0.15, 0.35),
        thumb_out,
        sideways,
        _above(f.thumb_to_index_tip, 0.5, 0.9),
        _above(f.thumb_to_index_knuckle, 0.5, 0.8),
        _above(f.thumb_to_little_knuckle, 1.1, 1.5),
    )
    palm = min(
        *out,
        _above(f.thumb_to_little_knuckle, 0.65, 0.95),
        _above(f.thumb_to_index_tip, 0.35, 0.6),
        _below(f.thumb_bend_deg, 55, 80),
        upright,
    )
    return {
        GestureKind.PALM_HOLD: min(palm, _above(f.facing, 0.1, 0.4)),
        GestureKind.FIST_HOLD: min(fist, thumb_in, _below(f.thumb_to_index_knuckle, 0.55, 0.8)),
        GestureKind.POINT: min(_above(index, 0.4, 0.7), *folded[1:], thumb_in),
        GestureKind.VICTORY: min(*out[:2], *folded[2:], thumb_in, upright),
        GestureKind.THREE: min(*out[:2], *folded[2:], thumb_out, upright),
        GestureKind.THUMB_UP: min(thumb, _below(abs(f.thumb_deg), 50, 80)),
        GestureKind.THUMB_DOWN: min(thumb, _above(abs(f.thumb_deg), 100, 130)),
        GestureKind.CALL: min(
            *folded[:3],
            _above(little, 0.4, 0.7),
            thumb_out,
            _below(abs(f.thumb_deg), 80, 120),
        ),
    }


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
        _below(abs(abs(roof_deg) - 90), 25, 40),
        _below(abs(post_deg), 30, 45),
        _below(turn, 20, 35),
        _above(sum(roof.extension) / 4, 0.5, 0.75),
        _above(sum(post.extension) / 4, 0.5, 0.75),
        _below(gap, 0.6, 0.9),
        _below(larger / smaller, 1.6, 2.2),
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


def _above(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _below(value: float, low: float, high: float) -> float:
    return 1.0 - _above(value, low, high)
