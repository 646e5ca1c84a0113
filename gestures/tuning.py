"""Every time and distance that the engine decides by. Distances are in palms (about 9 cm)."""

from __future__ import annotations

import msgspec

from gestures.events import GestureKind


class HoldTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shapes that must be held.

    hold_ms: how long; restless_ms: how much longer a hand must hold that talked before.
    mean_grade: how good the shape must be on average, thumb_grade: a thumb, which answers a
    question (a hand around a cup grades up to 0.67). gap_ms: a wrong or missing frame shorter than
    this does not break a hold. still: a hand that moved farther than this in still_ms is moving,
    and holds nothing; nor does one that turned by still_deg (palms that are shown turn by 10 at
    most; a fist around a telephone, seen end on, seems to turn by 30 from one frame to the next,
    and may look like a thumb). release_ms: how long another shape must be
    seen before the same gesture can fire again. Palm and fist work the clutch with one hand: the
    other, when it is seen, is lower by `lower` and stays within other_still.
    """

    hold_ms: dict[GestureKind, int] = msgspec.field(
        default_factory=lambda: {
            GestureKind.PALM_HOLD: 500,
            GestureKind.FIST_HOLD: 700,
            GestureKind.POINT: 450,
            GestureKind.VICTORY: 500,
            GestureKind.THREE: 500,
            GestureKind.THUMB_UP: 500,
            GestureKind.THUMB_DOWN: 500,
            GestureKind.CALL: 800,
        }
    )
    mean_grade: float = 0.55
    thumb_grade: float = 0.62
    gap_ms: int = 180
    still: float = 0.3
    still_ms: int = 250
    still_deg: float = 18.0
    restless_ms: int = 600
    release_ms: int = 250
    lower: float = 1.5
    other_still: float = 0.5


class StrokeTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Quick moves, in palms and palms a second.

    A move starts above start_speed and ends below stop_speed, or below stop_part of its own top
    speed when that is less; or when the hand has come back by `back`; or after max_ms in which
    it was seen. It ended in a rest when the hand stays for stay_ms. A hand in a fast move is
    often lost to motion blur: bridge_ms is how long it may be gone. rest: a hand this near to
    where it was has not started yet.
    """

    start_speed: float = 3.0
    stop_speed: float = 3.0
    stop_part: float = 0.35
    back: float = 0.3
    stay_ms: int = 60
    max_ms: int = 900
    bridge_ms: int = 700
    rest: float = 0.3


class RestlessTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A hand that talks: so many quick moves of at least `length` palms within calm_ms.

    Three or more came before 1 % of 2094 gestures in made-up sessions, and before 12 of the 20
    events of made-up talk. keep_ms: how long moves are remembered; calm_ms and the longest hold.
    """

    moves: int = 3
    length: float = 0.4
    calm_ms: int = 2500
    keep_ms: int = 5000


class ReadyTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rest before a swipe.

    rest_ms: a raised open palm; fingers_ms: two fingers out, turned anyhow; loose_ms: any hand
    that is open at least by loose_stretch. share: part of the frames that must show the pose;
    covered: of the time that must have been seen. gap_ms: a hand that was away for longer before
    that time has just come back. still: palms. end_ms: the last moments of a move, in which the
    hand must still be flat and lean less than end_deg: an arm that swipes turns the hand by 10
    degrees a palm, talk turns it over. side_deg: a forearm that lies level, fingers to one side
    (recorded ones: 57 to 84 degrees at both ends; a hand that hangs: 130 and more). keep_ms: how
    long poses are remembered.
    """

    rest_ms: int = 350
    fingers_ms: int = 250
    loose_ms: int = 600
    loose_stretch: float = 0.4
    end_ms: int = 100
    end_deg: float = 75.0
    share: float = 0.6
    covered: float = 0.8
    gap_ms: int = 120
    side_deg: tuple[float, float] = (45.0, 115.0)
    still: float = 0.45
    keep_ms: int = 2200


class SwipeTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Swipes: one quick straight move from a rest.

    A move is a swipe when it went `length` to `longest` palms (an arm's reach), peaked above
    peak_speed (recorded ones: 15 and more, 8 when the hand was lost on the way), was seen for
    min_ms to max_ms (longer when its mean speed is brisk: a whole arm's), up or down for up_down_ms
    at most (recorded: 340; an arm that is put down: 560 to 1000), kept within `bend` of its length
    of a straight line and `lean` of an axis. One in which the hand
    was lost went at least bridge_length at bridge_speed. A loosely held hand swipes with the
    whole arm only: sideways, arm_length to arm_most, arm_lean times as far as up or down, and
    so fast that it is lost on the way or nearly so (recorded ones: 4.7-7 palms, level within
    1:20). Of a hand faster than blurred_speed the fingers are not seen at the end, over at most
    blurred_length (an arm put down goes 4.4 palms and more). return_ms: for this long after such
    a move, counted or not, its opposite is the hand coming back, unless it is longer by wind_up:
    then the first was the hand reaching out. flip_ms: for this long the next swipe the same way
    needs no rest, but back_ms for the way back.
    """

    stroke: StrokeTuning = StrokeTuning()
    ready: ReadyTuning = ReadyTuning()
    length: float = 2.0
    longest: float = 9.0
    peak_speed: float = 9.0
    min_ms: int = 60
    max_ms: int = 760
    up_down_ms: int = 600
    brisk: float = 6.0
    bend: float = 0.25
    lean: float = 1.7
    bridge_length: float = 1.8
    bridge_speed: float = 5.0
    arm_length: float = 4.0
    arm_most: float = 7.5
    arm_lean: float = 5.0
    blurred_speed: float = 14.0
    wind_up: float = 1.4
    blurred_length: float = 3.6
    return_ms: int = 700
    flip_ms: int = 1600
    back_ms: int = 350


class PinchTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pinch tap. Gaps between the tips of thumb and index finger are in palms.

    open: the gap of a hand that may pinch (stills: 95 % above 0.6). It has pinched when the gap
    is below `closed` and below closed_part of what it was (touching tips: 0.11-0.41), and parted
    above parted_part of it. rest_ms: how long it was open and still before. close_ms: how far
    back that rest may lie. max_ms: from open to open. still: palms. others: how far the mean
    extension of the other fingers may change. index_out, index_in: the index finger's extension
    before the pinch and, at least, in it (a fist has less); index_rest: its median at rest. share:
    part of the looks at the resting hand in which it was open (a hand around a cup that is seen
    badly is so now and then). gap_ms: frames without the hand.
    """

    open: float = 0.55
    wide_part: float = 0.85
    closed: float = 0.5
    closed_part: float = 0.58
    parted_part: float = 0.7
    rest_ms: int = 200
    close_ms: int = 700
    max_ms: int = 900
    still: float = 0.4
    others: float = 0.35
    index_out: float = 0.5
    index_rest: float = 0.65
    share: float = 0.75
    index_in: float = 0.1
    gap_ms: int = 250


class GrabTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Grab and drag.

    rest_ms: an open palm rests before it closes, within `still` palms. close_ms: from open to
    closed, within `stray`. closed_ms: it is closed this long before it moves. length: how far the
    closed hand goes before it drags. open: mean extension at which it lets go, for opened_ms.
    lost_ms: a hand gone for longer drops what it held.
    """

    rest_ms: int = 200
    still: float = 0.4
    close_ms: int = 700
    stray: float = 0.7
    closed_ms: int = 80
    length: float = 0.6
    open: float = 0.5
    opened_ms: int = 60
    lost_ms: int = 500


class TwoHandsTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Spread and squeeze: distances in palms, times in ms, speeds in palms a second.

    rest_ms: both hands within `still` before they move. spread, squeeze: the gap between them
    after over before. length: least change of the gap; share: each hand's part of it at least.
    turn_deg: how far off the line between them they may move. The motion ends when both hands are
    slower than stop_speed or stop_part of their top speed over stop_ms, when the gap has gone
    back by `back`, or after max_ms. lost_ms: hands gone for longer have ended it. kept_ms: how
    long before the end they were last seen raised and alike (hands that talk turn over).
    return_ms: for this long its opposite is the hands coming back.
    """

    rest_ms: int = 230
    still: float = 0.35
    spread: float = 1.35
    squeeze: float = 0.74
    length: float = 1.2
    share: float = 0.2
    turn_deg: float = 30.0
    stop_ms: int = 110
    stop_speed: float = 0.6
    stop_part: float = 0.25
    back: float = 0.35
    max_ms: int = 1800
    lost_ms: int = 450
    kept_ms: int = 150
    return_ms: int = 1200


class TimeoutTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The T of two hands: grade at least `accept`, held for hold_ms within `still` palms in
    still_ms, seen in at least `frames` frames. gap_ms: touching hands are lost for so long."""

    hold_ms: int = 600
    accept: float = 0.4
    gap_ms: int = 350
    still: float = 0.6
    still_ms: int = 250
    frames: int = 3


class PointerTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pointer: the box within easy reach, and its One-Euro filter.

    width and height: the box in palms, around where the hand was when it began to point.
    min_cutoff_hz, beta, slope_cutoff_hz: Casiez, Roussel, Vogel 2012, speed in boxes a second.
    keep_ms: how long it is known where the pointer was (a pinch presses where it was before).
    """

    width: float = 5.0
    height: float = 3.2
    min_cutoff_hz: float = 1.2
    beta: float = 1.5
    slope_cutoff_hz: float = 1.0
    keep_ms: int = 1000


class OwnerTuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose hands count. Distances in palms.

    min_palm: a hand whose palm is smaller than this part of the picture's height is junk (the
    landmarker follows a hand down to 10 pixels and stays sure of itself). min_score: of the
    side. The owner's hand goes on within `near` plus what `speed` (palms a second, 5 m/s)
    allows since it was seen, but `reach`; its size changes by less than `grow`; beyond
    side_reach it must be the same side, and a hand of the other side counts as farther by
    `strange`. twin: two hands nearer than this are one, found twice. The other hand is within
    `span`, of a size within other_ratio, and on its own side by at least -crossed; other_ms:
    how long it is remembered. give_way_ms: how long a hand must have shown nothing before one
    that does takes its place; hand_over_ms: the same while engaged, to the owner's other hand.
    size_ratio: an owner who comes back is about as far away as before.
    """

    min_palm: float = 0.015
    min_score: float = 0.5
    near: float = 1.0
    speed: float = 55.0
    reach: float = 8.0
    grow: float = 2.2
    side_reach: float = 2.5
    strange: float = 1.0
    twin: float = 0.5
    span: float = 14.0
    other_ratio: float = 1.6
    crossed: float = 1.5
    other_ms: int = 700
    give_way_ms: int = 150
    hand_over_ms: int = 500
    size_ratio: float = 1.8


class Tuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything.

    lost_ms: a hand away for longer than this takes its holds and moves with it. leave_ms: away for
    this long, the clutch opens by itself. refused_ms: how long a refusal stays in the status.
    track_ms: how much of the hand's path is kept to measure it by.
    """

    hold: HoldTuning = HoldTuning()
    swipe: SwipeTuning = SwipeTuning()
    pinch: PinchTuning = PinchTuning()
    grab: GrabTuning = GrabTuning()
    two_hands: TwoHandsTuning = TwoHandsTuning()
    timeout: TimeoutTuning = TimeoutTuning()
    pointer: PointerTuning = PointerTuning()
    owner: OwnerTuning = OwnerTuning()
    restless: RestlessTuning = RestlessTuning()
    lost_ms: int = 800
    leave_ms: int = 4000
    refused_ms: int = 1200
    track_ms: int = 2500
