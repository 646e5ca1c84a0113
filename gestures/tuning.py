"""Every time and distance that the engine decides by. Distances are in palms (about 9 cm)."""

from __future__ import annotations

import msgspec

from gestures.events import GestureKind


class HoldTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shapes that must be held.

    hold_ms: how long. gap_ms: a wrong or missing frame shorter than this does not break a hold.
    still: a hand that moved farther than this in still_ms is moving, and holds nothing.
    release_ms: how long another shape must be seen before the same gesture can fire again.
    """

    hold_ms: dict[GestureKind, int] = msgspec.field(
        default_factory=lambda: {
            GestureKind.PALM_HOLD: 500,
            GestureKind.FIST_HOLD: 700,
            GestureKind.POINT: 300,
            GestureKind.VICTORY: 500,
            GestureKind.THREE: 500,
            GestureKind.THUMB_UP: 500,
            GestureKind.THUMB_DOWN: 500,
            GestureKind.CALL: 800,
        }
    )
    gap_ms: int = 180
    still: float = 0.5
    still_ms: int = 250
    release_ms: int = 250


class SwipeTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Swipes: one quick straight move between two rests.

    A move starts above start_speed and ends below stop_speed (palms a second). It is a swipe when
    it went at least `length`, peaked above peak_speed, took min_ms..max_ms, kept within `straight`
    of its own path and `lean` of an axis. A hand in a fast move is often lost to motion blur:
    bridge_ms is how long it may be gone; its top speed then was not seen, and start_speed is
    enough. armed_ms: a hand must have been seen this long before, so that raising it is no swipe.
    return_ms: for this long after a swipe its opposite is the hand coming back. rest_ms: how soon
    another swipe the same way may follow.
    """

    start_speed: float = 5.0
    stop_speed: float = 3.0
    peak_speed: float = 7.0
    length: float = 1.8
    min_ms: int = 60
    max_ms: int = 900
    straight: float = 0.7
    lean: float = 1.7
    bridge_ms: int = 600
    armed_ms: int = 250
    return_ms: int = 800
    rest_ms: int = 200


class PointerTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pointer: the box within easy reach, and its One-Euro filter.

    width and height: the box in palms, around where the hand was when it began to point.
    min_cutoff_hz, beta, slope_cutoff_hz: Casiez, Roussel, Vogel 2012, speed in boxes a second.
    """

    width: float = 5.0
    height: float = 3.2
    min_cutoff_hz: float = 1.2
    beta: float = 1.5
    slope_cutoff_hz: float = 1.0


class Tuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything.

    min_palm: a hand whose palm is smaller than this part of the picture's height is junk (the
    landmarker follows a hand down to 10 pixels and stays sure of itself). min_score: of the side.
    owner_reach: palms that the owner's hand may move between two frames and still be the owner's.
    lost_ms: a hand away for longer than this takes its holds and moves with it. leave_ms: away for
    this long, the clutch opens by itself. refused_ms: how long a refusal stays in the status.
    track_ms: how much of the hand's path is kept to measure it by.
    """

    hold: HoldTuning = HoldTuning()
    swipe: SwipeTuning = SwipeTuning()
    pointer: PointerTuning = PointerTuning()
    min_palm: float = 0.015
    min_score: float = 0.5
    owner_reach: float = 8.0
    lost_ms: int = 700
    leave_ms: int = 4000
    refused_ms: int = 1200
    track_ms: int = 2500
