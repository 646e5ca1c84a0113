"""Swipes: a ready hand rests, moves quickly and straight along an axis, and stops.

People who talk move their hands as fast, as far and as straight; they do not first rest with a
raised palm that faces the wall. So what went before the move decides, not the move alone.
"""

from __future__ import annotations

from typing import NamedTuple

from gestures.check import Check, Tried, hold
from gestures.events import GestureKind, Phase, Refusal
from gestures.look import Look, Signal
from gestures.ready import Pose, Ready
from gestures.stroke import Stroke, Strokes
from gestures.tuning import SwipeTuning

_OPPOSITE = {
    GestureKind.SWIPE_LEFT: GestureKind.SWIPE_RIGHT,
    GestureKind.SWIPE_RIGHT: GestureKind.SWIPE_LEFT,
    GestureKind.SWIPE_UP: GestureKind.SWIPE_DOWN,
    GestureKind.SWIPE_DOWN: GestureKind.SWIPE_UP,
}
_POSES: tuple[Pose, ...] = ("palm", "fingers")
_SIDEWAYS = (GestureKind.SWIPE_LEFT, GestureKind.SWIPE_RIGHT)


class _Out(NamedTuple):
    """The last move that went somewhere: the next one back is its return, counted or not."""

    kind: GestureKind
    stroke: Stroke
    counted: bool


class _Refused(NamedTuple):
    """Why a move does not count, and the limits that say so."""

    why: Refusal | None
    checks: tuple[Check, ...] = ()


def limits(stroke: Stroke, tuning: SwipeTuning) -> tuple[Check, ...]:
    """Every limit that a move must keep to be a swipe. Palms, palms a second, ms."""
    sideways = abs(stroke.dx) > abs(stroke.dy)
    arm_ms = max(tuning.max_ms, 1000 * stroke.length / tuning.brisk)
    long_side, short_side = sorted((abs(stroke.dx), abs(stroke.dy)), reverse=True)
    least = tuning.bridge_length if stroke.bridged else tuning.length
    peak = tuning.bridge_speed if stroke.bridged else tuning.peak_speed
    return (
        Check("length", stroke.length, least, tuning.longest),
        Check("peak_speed", stroke.peak, peak),
        Check("move_ms", stroke.end_ms - stroke.start_ms, tuning.min_ms),
        Check("seen_ms", stroke.seen_ms, most=arm_ms if sideways else tuning.up_down_ms),
        Check("bend", stroke.bend, most=tuning.bend),
        Check("along_axis", long_side, tuning.lean * short_side),
    )


class Swipes:
    """Judges each quick move of the hand when it ends."""

    def __init__(self, tuning: SwipeTuning, *, ready: bool) -> None:
        """ready: the first hand seen counts as having rested (a recording that starts engaged)."""
        self._tuning = tuning
        self._strokes = Strokes(tuning.stroke)
        self._ready = Ready(tuning.ready)
        self._assumed = ready
        self._assumed_ms: int | None = None
        self._last: tuple[GestureKind, int] | None = None
        self._out: _Out | None = None
        self._seen_ms = 0
        self.tried: Tried | None = None

    @property
    def busy(self) -> bool:
        return False

    def reset(self) -> Signal | None:
        """The hand is gone or does something else; what was last fired is still remembered."""
        self._strokes.reset()
        self._ready.reset()
        return None

    def update(self, look: Look) -> Signal | None:
        palm, hand, last = look.track.palm, look.hand, look.track.last
        self.tried = None
        if self._assumed:
            self._assumed, self._assumed_ms = False, None if hand is None else look.t_ms
        if hand is None or last is None:
            return self._unseen(look) if palm > 0.0 else None
        self._seen_ms = look.t_ms
        stroke = self._strokes.update(last, palm)
        self._ready.note(look.t_ms, hand)
        return None if stroke is None else self._judge(stroke, look, left=False)

    def _unseen(self, look: Look) -> Signal | None:
        palm = look.track.palm
        if look.t_ms - self._seen_ms > self._tuning.stroke.bridge_ms:
            stroke = self._strokes.gone(palm)
            return None if stroke is None else self._judge(stroke, look, left=True)
        stroke = self._strokes.paused(palm)
        if stroke is None or self._refusal(self._kind(stroke), stroke, look).why is not None:
            return None
        self._strokes.reset()
        return self._judge(stroke, look, left=False)

    def _judge(self, stroke: Stroke, look: Look, *, left: bool) -> Signal | None:
        """left: the hand is gone; it may swipe out of the picture sideways, but a hand that
        leaves it up or down was only raised or lowered."""
        kind = self._kind(stroke)
        checks = limits(stroke, self._tuning)
        if kind is None:
            self.tried = Tried(None, checks)
            return None
        refused, more = self._refusal(kind, stroke, look)
        self.tried = Tried(kind, (*checks, *more), refused)
        lowered = left and kind not in _SIDEWAYS
        if refused is not Refusal.RETURN_STROKE:
            self._out = _Out(kind, stroke, counted=refused is None and not lowered)
        if lowered:
            return None
        again = self._last is not None and self._last[0] is kind
        if refused is None or (again and refused is not Refusal.RETURN_STROKE):
            self._last = kind, look.t_ms  # who waves goes on to be too soon
        extra = min(1.0, stroke.length / self._tuning.length - 1.0)
        confidence = 0.5 + 0.25 * extra + 0.25 * (1.0 - stroke.bend)
        return Signal(kind, Phase.FIRED, confidence, refused=refused)

    def _kind(self, stroke: Stroke) -> GestureKind | None:
        """The direction of a move that is long, quick and straight enough along an axis."""
        if not hold(limits(stroke, self._tuning)):
            return None
        if abs(stroke.dx) > abs(stroke.dy):
            return GestureKind.SWIPE_RIGHT if stroke.dx > 0 else GestureKind.SWIPE_LEFT
        return GestureKind.SWIPE_DOWN if stroke.dy > 0 else GestureKind.SWIPE_UP

    def _refusal(self, kind: GestureKind | None, stroke: Stroke, look: Look) -> _Refused:
        if kind is None:
            return _Refused(Refusal.TOO_SHORT)
        out = self._out
        if out is not None and kind is _OPPOSITE[out.kind]:
            longer = stroke.length > self._tuning.wind_up * out.stroke.length
            since = Check("since_ms", stroke.start_ms - out.stroke.end_ms, self._tuning.return_ms)
            if not since.holds and not longer:
                why = Refusal.RETURN_STROKE if out.counted else Refusal.TOO_SOON
                return _Refused(why, (since,))
        if self._last is not None:
            last_kind, last_ms = self._last
            since_ms = stroke.start_ms - last_ms
            if kind is last_kind and since_ms < self._tuning.flip_ms:
                again = (
                    Check("since_ms", since_ms, self._tuning.back_ms),
                    self._ready.showing("palm", stroke.start_ms),
                )
                return _Refused(None if hold(again) else Refusal.TOO_SOON, again)
        calm = look.restless.check(stroke.start_ms)
        if not calm.holds:
            return _Refused(Refusal.BUSY, (calm,))
        if self._rested(kind, stroke, look):
            return _Refused(None)
        rest = self._ready.resting("palm", stroke.start_ms, look.track.palm)
        kept = self._ready.showing("flat", stroke.end_ms)._replace(name="end_share")
        return _Refused(Refusal.TOO_SOON, (*rest, kept))

    def _kept(self, pose: Pose, stroke: Stroke) -> bool:
        """Whether the hand still shows the pose at the end.

        One that goes slack was put down, or goes on to something else; of one that moved too fast
        nobody sees the fingers, but an arm that is put down goes farther.
        """
        near = stroke.length <= self._tuning.blurred_length
        if near and (stroke.bridged or stroke.peak >= self._tuning.blurred_speed):
            return True
        return self._ready.shows(pose, stroke.end_ms)

    def _rested(self, kind: GestureKind, stroke: Stroke, look: Look) -> bool:
        start_ms, tuning, ready = stroke.start_ms, self._tuning, self._ready
        palm, held = look.track.palm, look.held
        sideways = kind in _SIDEWAYS
        whole_arm = sideways and self._whole_arm(stroke)
        if self._assumed_ms is not None and start_ms - self._assumed_ms < tuning.ready.rest_ms:
            return whole_arm or any(ready.shows(pose, start_ms) for pose in _POSES)
        if ready.rested("palm", start_ms, palm):
            # a wrist that swipes up or down turns the hand over
            return self._kept("upright" if sideways else "flat", stroke)
        if ready.rested("fingers", start_ms, palm) and held is not GestureKind.VICTORY:
            return self._kept("fingers", stroke)
        return whole_arm and ready.rested("loose", start_ms, palm)

    def _whole_arm(self, stroke: Stroke) -> bool:
        """A long, level move of the forearm about its elbow, so fast that the hand is lost or
        nearly so: the hand points to one side first, and to the other in the end."""
        tuning = self._tuning
        if stroke.turned or not self._ready.swung(stroke.start_ms, stroke.end_ms):
            return False
        fast = stroke.bridged or stroke.peak >= tuning.blurred_speed
        level = abs(stroke.dx) >= tuning.arm_lean * abs(stroke.dy)
        return fast and level and tuning.arm_length <= stroke.length <= tuning.arm_most
