"""How a hand stands in each gesture, as angles of joints; positions follow from them. No Qt.

A right hand as its owner sees it in a mirror, in a unit box with y down: the thumb is at the left.
Angles are degrees clockwise from up.
"""

import math
from typing import NamedTuple

from gestures.events import GestureKind

Point = tuple[float, float]
Angles = tuple[float, float, float]

BASES: tuple[Point, ...] = ((0.37, 0.72), (0.385, 0.52), (0.47, 0.5), (0.555, 0.51), (0.635, 0.54))
LENGTHS: tuple[float, ...] = (0.25, 0.29, 0.32, 0.295, 0.235)
WIDTHS: tuple[float, ...] = (0.085, 0.075, 0.077, 0.075, 0.066)
PHALANGES: Angles = (0.46, 0.3, 0.24)  # parts of a finger's length
FOLDED_LENGTH = 0.1
FOLDED_THUMB: tuple[Point, Point] = ((0.37, 0.73), (0.52, 0.7))
PALM: tuple[Point, ...] = ((0.385, 0.535), (0.635, 0.555), (0.61, 0.82), (0.42, 0.82))
PALM_ROUND = 0.085
MIDDLE: Point = (0.5, 0.62)
"""A turned hand turns around this point."""


class Pose(NamedTuple):
    """Each finger's three angles from the thumb on, None where it is folded; the hand's turn."""

    fingers: tuple[Angles | None, ...]
    turn: float = 0.0


class Hand(NamedTuple):
    """A pose in the picture: its middle there, its size, and whether it is a left hand."""

    pose: Pose
    middle: Point = MIDDLE
    scale: float = 1.0
    mirrored: bool = False


class Arrow(NamedTuple):
    """The way that a hand goes, from and to."""

    start: Point
    end: Point


class Figure(NamedTuple):
    """The picture of a gesture."""

    hands: tuple[Hand, ...]
    arrows: tuple[Arrow, ...] = ()


def finger(pose: Pose, index: int) -> tuple[Point, ...]:
    """The joints of a finger from its base to its tip, before the hand is turned."""
    angles = pose.fingers[index]
    if angles is None:
        x, y = BASES[index]
        return FOLDED_THUMB if index == 0 else ((x, y), (x, y + FOLDED_LENGTH))
    points = [BASES[index]]
    for angle, part in zip(angles, PHALANGES, strict=True):
        x, y = points[-1]
        length, way = LENGTHS[index] * part, math.radians(angle)
        points.append((x + length * math.sin(way), y - length * math.cos(way)))
    return tuple(points)


def placed(hand: Hand, point: Point) -> Point:
    """Where a point of the hand lies in the picture."""
    x, y = point[0] - MIDDLE[0], point[1] - MIDDLE[1]
    way = math.radians(hand.pose.turn)
    x, y = x * math.cos(way) - y * math.sin(way), x * math.sin(way) + y * math.cos(way)
    across = -x if hand.mirrored else x
    return hand.middle[0] + across * hand.scale, hand.middle[1] + y * hand.scale


def _straight(*angles: float | None) -> tuple[Angles | None, ...]:
    return tuple(None if angle is None else (angle, angle, angle) for angle in angles)


_OPEN = Pose(_straight(-48, -10, -2, 6, 17))
_FLAT = Pose(_straight(-30, -4, 0, 3, 8))
_FIST = Pose(_straight(None, None, None, None, None))
_THUMB = _straight(-88, None, None, None, None)
_PINCH = Pose(((-58, -32, -8), (-24, -66, -138), *_straight(0, 9, 20)))
_SMALL = 0.66


def _moving(dx: float, dy: float) -> Figure:
    """An open hand that goes somewhere."""
    hand = Hand(_FLAT, (0.5 - dx * 0.17, 0.6 - dy * 0.06), 0.84)
    if dx:
        return Figure((hand,), (Arrow((0.5 - dx * 0.06, 0.1), (0.5 + dx * 0.4, 0.1)),))
    return Figure((hand,), (Arrow((0.9, 0.5 - dy * 0.25), (0.9, 0.5 + dy * 0.25)),))


def _two(ways: tuple[float, float]) -> Figure:
    """Two open hands; each goes `ways` from its middle."""
    start, end = ways
    hands = (Hand(_FLAT, (0.76, 0.52), _SMALL), Hand(_FLAT, (0.24, 0.52), _SMALL, True))
    arrows = (
        Arrow((0.5 + start, 0.92), (0.5 + end, 0.92)),
        Arrow((0.5 - start, 0.92), (0.5 - end, 0.92)),
    )
    return Figure(hands, arrows)


FIGURES: dict[GestureKind, Figure] = {
    GestureKind.PALM_HOLD: Figure((Hand(_OPEN),)),
    GestureKind.FIST_HOLD: Figure((Hand(_FIST),)),
    GestureKind.POINT: Figure((Hand(Pose(_straight(None, -4, None, None, None))),)),
    GestureKind.VICTORY: Figure((Hand(Pose(_straight(None, -16, 10, None, None))),)),
    GestureKind.THREE: Figure((Hand(Pose(_straight(-58, -14, 6, None, None))),)),
    GestureKind.THUMB_UP: Figure((Hand(Pose(_THUMB, 90.0), (0.5, 0.6)),)),
    GestureKind.THUMB_DOWN: Figure((Hand(Pose(_THUMB, -90.0), (0.5, 0.42)),)),
    GestureKind.CALL: Figure((Hand(Pose(_straight(-64, None, None, None, 34))),)),
    GestureKind.SWIPE_LEFT: _moving(-1, 0),
    GestureKind.SWIPE_RIGHT: _moving(1, 0),
    GestureKind.SWIPE_UP: _moving(0, -1),
    GestureKind.SWIPE_DOWN: _moving(0, 1),
    GestureKind.PINCH_TAP: Figure((Hand(_PINCH, (0.55, 0.62)),)),
    GestureKind.GRAB_DRAG: Figure(
        (Hand(_FIST, (0.5, 0.5), 0.84),),
        (Arrow((0.36, 0.9), (0.1, 0.9)), Arrow((0.64, 0.9), (0.9, 0.9))),
    ),
    GestureKind.SPREAD: _two((0.12, 0.42)),
    GestureKind.SQUEEZE: _two((0.42, 0.12)),
    GestureKind.TIMEOUT: Figure(
        (
            Hand(Pose(_straight(-12, -2, 0, 2, 4)), (0.5, 0.76), 0.74),
            Hand(Pose(_straight(None, -2, 0, 2, 4), 90.0), (0.32, 0.26), 0.74),
        )
    ),
}
