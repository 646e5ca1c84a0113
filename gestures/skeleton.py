"""The hand as the screen draws it."""

from __future__ import annotations

from gestures.events import Hand, Point2


def skeleton(hand: Hand, aspect: float) -> tuple[Point2, ...]:
    """The 21 points in a unit box that keeps their proportions, mirrored like a mirror image."""
    points = [(aspect * (1.0 - x), y) for x, y, _ in hand.lm]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    size = max(right - left, bottom - top, 1e-6)
    dx, dy = (1 - (right - left) / size) / 2, (1 - (bottom - top) / size) / 2
    return tuple(
        (round((x - left) / size + dx, 4), round((y - top) / size + dy, 4)) for x, y in points
    )
