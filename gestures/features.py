"""A hand in units of its own palm, so that size, distance and left or right do not matter.

Shape comes from the world landmarks (metres, so foreshortening is undone); place comes from the
picture. Indices of the 21 points are MediaPipe's: 0 wrist, 1-4 thumb, 5-8 index, 9-12 middle,
13-16 ring, 17-20 little finger, each from the knuckle to the tip.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from gestures.events import Hand, Point2, Point3

FINGERS = ((5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16), (17, 18, 19, 20))
KNUCKLES = (5, 9, 13, 17)
PALM = (0, 5, 9, 13, 17)
# Wrist to the knuckles' middle in MediaPipe's world landmarks, median over 52 adults' open palms.
PALM_M = 0.09
FARTHEST = 100.0  # metres or pictures


@dataclass(frozen=True, slots=True)
class HandFeatures:
    """One hand, read out.

    extension: index to little finger; 1 is straight out, 0 or less is folded onto the palm.
    thumb_bend_deg: the thumb's two bends together. Reaches are distances from the thumb's tip in
    palm lengths. Directions are degrees in the picture, 0 up, positive to the person's right as
    seen in a mirror. facing: above 0 when the palm looks at the camera, -1..1.
    place: middle of the palm, x to the person's right and y down, in heights of the picture.
    tip, wrist, middle_tip: the index finger's tip, the wrist and the middle finger's tip in the
    same measure. palm: length of a palm, in heights. world: the hand's own points, in metres.
    """

    extension: tuple[float, float, float, float]
    thumb_bend_deg: float
    thumb_to_index_knuckle: float
    thumb_to_little_knuckle: float
    thumb_to_index_tip: float
    palm_deg: float
    thumb_deg: float
    index_deg: float
    facing: float
    place: Point2
    tip: Point2
    wrist: Point2
    middle_tip: Point2
    palm: float
    world: tuple[Point3, ...]


def measure(hand: Hand, aspect: float) -> HandFeatures | None:
    """Features of a hand; None when its points can't be those of a hand (flat, NaN, one spot)."""
    world = hand.world
    points = [(aspect * (1.0 - x), y) for x, y, _ in hand.lm]
    if not all(abs(v) < FARTHEST for point in (*world, *points) for v in point):
        return None  # not a number, or not of this world
    palm_m = math.dist(_mean(world, KNUCKLES), world[0])
    palm = PALM_M * _scale(points, world)
    if palm_m < 1e-3 or palm < 1e-4:
        return None
    return HandFeatures(
        extension=_extensions(world),
        thumb_bend_deg=_bend(world, 1, 2, 3) + _bend(world, 2, 3, 4),
        thumb_to_index_knuckle=math.dist(world[4], world[5]) / palm_m,
        thumb_to_little_knuckle=math.dist(world[4], world[17]) / palm_m,
        thumb_to_index_tip=math.dist(world[4], world[8]) / palm_m,
        palm_deg=_direction(points[0], points[9]),
        thumb_deg=_direction(points[2], points[4]),
        index_deg=_direction(points[5], points[8]),
        facing=_facing(hand),
        place=_mean2(points, PALM),
        tip=points[8],
        wrist=points[0],
        middle_tip=points[12],
        palm=palm,
        world=world,
    )


def _extensions(world: tuple[Point3, ...]) -> tuple[float, float, float, float]:
    first, second, third, fourth = (_extension(world, finger) for finger in FINGERS)
    return first, second, third, fourth


def _extension(world: tuple[Point3, ...], finger: tuple[int, int, int, int]) -> float:
    """How much farther from the wrist the tip is than the knuckle, in lengths of the finger."""
    knuckle, middle, upper, tip = finger
    length = (
        math.dist(world[knuckle], world[middle])
        + math.dist(world[middle], world[upper])
        + math.dist(world[upper], world[tip])
    )
    if length < 1e-6:
        return 0.0
    return (math.dist(world[tip], world[0]) - math.dist(world[knuckle], world[0])) / length


def _bend(world: tuple[Point3, ...], a: int, b: int, c: int) -> float:
    """Degrees between bone a-b and bone b-c; 0 is straight."""
    one = [q - p for p, q in zip(world[a], world[b], strict=True)]
    two = [q - p for p, q in zip(world[b], world[c], strict=True)]
    norm = math.hypot(*one) * math.hypot(*two)
    if norm < 1e-12:
        return 0.0
    dot = sum(p * q for p, q in zip(one, two, strict=True))
    return math.degrees(math.acos(max(-1.0, min(1.0, dot / norm))))


def _scale(points: list[Point2], world: tuple[Point3, ...]) -> float:
    """Picture heights per metre: least squares of the picture's points on the metric ones."""
    n = len(points)
    px, py = sum(p[0] for p in points) / n, sum(p[1] for p in points) / n
    wx, wy = sum(w[0] for w in world) / n, sum(w[1] for w in world) / n
    top = bottom = 0.0
    for (x, y), (u, v, _) in zip(points, world, strict=True):
        # points run to the person's right, world x to the picture's right
        top += (px - x) * (u - wx) + (y - py) * (v - wy)
        bottom += (u - wx) ** 2 + (v - wy) ** 2
    return top / bottom if bottom > 1e-12 else 0.0


def _facing(hand: Hand) -> float:
    """Sine of the turn from index to little knuckle as seen from the wrist, signed by the side."""
    (ax, ay, _), (bx, by, _), (ox, oy, _) = hand.world[5], hand.world[17], hand.world[0]
    one, two = (ax - ox, ay - oy), (bx - ox, by - oy)
    norm = math.hypot(*one) * math.hypot(*two)
    if norm < 1e-12:
        return 0.0
    turn = (one[0] * two[1] - one[1] * two[0]) / norm
    return turn if hand.side == "left" else -turn


def _direction(start: Point2, end: Point2) -> float:
    return math.degrees(math.atan2(end[0] - start[0], start[1] - end[1]))


def _mean(points: tuple[Point3, ...], which: tuple[int, ...]) -> Point3:
    n = len(which)
    x, y, z = (sum(points[i][axis] for i in which) / n for axis in range(3))
    return x, y, z


def _mean2(points: list[Point2], which: tuple[int, ...]) -> Point2:
    n = len(which)
    return sum(points[i][0] for i in which) / n, sum(points[i][1] for i in which) / n
