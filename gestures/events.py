"""What the gestures library says: hands, events, and what the picture on the wall needs.

Light on purpose (stdlib and msgspec): every process may import it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

Side = Literal["left", "right"]
Point3 = tuple[float, float, float]
Point2 = tuple[float, float]

LANDMARKS = 21


class Hand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One hand as MediaPipe's hand landmarker describes it, on an unmirrored picture.

    side: the person's own left or right hand. score: 0..1, how sure the landmarker is of the side.
    lm: 21 points, x right and y down, 0..1 of the whole picture (outside it when cut off), z in
    the scale of x, smaller is nearer the camera.
    world: the same 21 points in metres around the middle of the hand.
    """

    side: Side
    score: float
    lm: tuple[Point3, ...]
    world: tuple[Point3, ...]


class HandFrame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hands in one picture. t_ms rises; aspect is the picture's width over its height."""

    t_ms: int
    hands: tuple[Hand, ...] = ()
    aspect: float = 16 / 9


class GestureKind(StrEnum):
    """The seventeen gestures."""

    PALM_HOLD = "palm_hold"
    FIST_HOLD = "fist_hold"
    POINT = "point"
    VICTORY = "victory"
    THREE = "three"
    THUMB_UP = "thumb_up"
    THUMB_DOWN = "thumb_down"
    CALL = "call"
    SWIPE_LEFT = "swipe_left"
    SWIPE_RIGHT = "swipe_right"
    SWIPE_UP = "swipe_up"
    SWIPE_DOWN = "swipe_down"
    PINCH_TAP = "pinch_tap"
    GRAB_DRAG = "grab_drag"
    SPREAD = "spread"
    SQUEEZE = "squeeze"
    TIMEOUT = "timeout"


class Phase(StrEnum):
    """fired: a gesture that is over at once. began, changed, ended: one that lasts (point)."""

    FIRED = "fired"
    BEGAN = "began"
    CHANGED = "changed"
    ENDED = "ended"


class GestureEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A gesture that was meant. Left and right are the person's own (a swipe to their left).

    pointer: (x, y) in 0..1 of the box within easy reach of the hand, x to the person's right,
    y down; None when the gesture points at nothing. confidence: 0..1.
    """

    kind: GestureKind
    phase: Phase
    hand: Side
    pointer: Point2 | None
    confidence: float
    t_ms: int


class EngageState(StrEnum):
    """searching: no hand. resting: a hand, but the clutch is open. engaged: gestures act."""

    SEARCHING = "searching"
    RESTING = "resting"
    ENGAGED = "engaged"


class Refusal(StrEnum):
    """Why a hand that looked like a gesture did nothing; the screen puts it in words."""

    NOT_ENGAGED = "not_engaged"
    TOO_SHORT = "too_short"
    MOVING = "moving"
    TOO_SMALL = "too_small"
    UNSURE = "unsure"
    RETURN_STROKE = "return_stroke"
    TOO_SOON = "too_soon"
    BUSY = "busy"


class GestureStatus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the camera sees, for the screen: never a picture.

    candidate: the gesture that the hand is forming. progress: 0..1 of its hold time.
    refused: why the last candidate did nothing (stays for about a second).
    skeleton: 21 (x, y) in a unit box, x to the person's right, y down (as in a mirror), or empty.
    pointer: as in GestureEvent, or None.
    """

    t_ms: int
    state: EngageState
    candidate: GestureKind | None = None
    progress: float = 0.0
    refused: Refusal | None = None
    skeleton: tuple[Point2, ...] = ()
    side: Side | None = None
    pointer: Point2 | None = None
