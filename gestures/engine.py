"""HandFrames in, GestureEvents out: deterministic, no clock but the frames' own times.

The clutch: only a raised open palm does anything until it has been held; a fist held still opens
the clutch again, and so does staying away.
"""

from __future__ import annotations

from gestures.events import (
    EngageState,
    GestureEvent,
    GestureKind,
    GestureStatus,
    Hand,
    HandFrame,
    Phase,
    Point2,
    Refusal,
)
from gestures.features import HandFeatures
from gestures.hold import Holds
from gestures.owner import Owner, Seen
from gestures.pointer import ReachPointer
from gestures.shapes import Shape, classify, grade
from gestures.swipe import Swipe, Swipes
from gestures.track import Track
from gestures.tuning import Tuning

NO_SWIPE = (GestureKind.POINT, GestureKind.FIST_HOLD)
NO_SWIPE_PROGRESS = 0.4
UNSURE_GRADE, UNSURE_MS = 0.3, 700


class GestureEngine:
    """One camera's gestures. Feed it every frame, with or without hands, in order of time."""

    def __init__(self, tuning: Tuning | None = None, *, engaged: bool = False) -> None:
        """engaged starts with the clutch closed."""
        self._tuning = tuning or Tuning()
        self._owner = Owner(self._tuning)
        self._track = Track(self._tuning.track_ms)
        self._holds = Holds(self._tuning.hold)
        self._swipes = Swipes(self._tuning.swipe)
        self._pointer: ReachPointer | None = None
        self._place: Point2 | None = None
        self._engaged = engaged
        self._start_ms: int | None = None
        self._t_ms: int | None = None
        self._seen_ms: int | None = None
        self._resting_kind: GestureKind | None = None
        self._unsure_ms: int | None = None
        self._refused: tuple[Refusal, int] | None = None
        self._events: list[GestureEvent] = []
        self.status = GestureStatus(t_ms=0, state=EngageState.SEARCHING)

    @property
    def engaged(self) -> bool:
        return self._engaged

    def feed(self, frame: HandFrame) -> tuple[GestureEvent, ...]:
        """The events of one frame, oldest first; `status` is then of this frame.

        Raises ValueError when time does not rise.
        """
        if self._t_ms is not None and frame.t_ms <= self._t_ms:
            raise ValueError(f"frame at {frame.t_ms} ms after one at {self._t_ms} ms")
        if self._t_ms is None and self._engaged:
            self._start_ms = frame.t_ms
        self._t_ms = frame.t_ms
        self._events = []
        self._forget(frame.t_ms)
        seen = self._owner.pick(frame, self._track, self._engaged)
        if seen is None:
            self._without_hand(frame.t_ms)
        else:
            self._with_hand(frame.t_ms, seen)
        self.status = self._status(frame, seen)
        return tuple(self._events)

    def _forget(self, t_ms: int) -> None:
        """What a hand's absence takes with it."""
        if self._seen_ms is None:
            return
        away_ms = t_ms - self._seen_ms
        if away_ms > self._tuning.swipe.bridge_ms:
            self._swiped(self._swipes.lost(self._track.palm, self._first_ms(), t_ms))
        if away_ms > self._tuning.lost_ms:
            self._stop_pointing()
            self._holds.reset()
            self._track.clear()
            self._resting_kind = None
            if not self._engaged:
                self._owner.release()
        if away_ms > self._tuning.leave_ms:
            self._disengage()
            self._seen_ms = None

    def _without_hand(self, t_ms: int) -> None:
        if self._owner.saw_only_small:
            self._refuse(Refusal.TOO_SMALL)
        self._unsure_ms = None
        self._swiped(self._swipes.unseen(self._track.palm, self._first_ms(), t_ms))
        self._held(self._holds.update(t_ms, None, {}, moving=False))

    def _with_hand(self, t_ms: int, seen: Seen) -> None:
        self._seen_ms = t_ms
        self._track.add(t_ms, seen.features)
        shape, grades = classify(seen.features), grade(seen.features)
        hold = self._tuning.hold
        before, progress = self._holds.candidate, self._holds.progress
        moving = self._track.moved(hold.still_ms) > hold.still
        held = self._holds.update(t_ms, shape.kind, grades, moving)
        self._explain(shape, before, progress, moving)
        self._follow_swipe(t_ms)
        self._held(held)
        self._point(seen.features)

    def _follow_swipe(self, t_ms: int) -> None:
        if not self._swipes.moving:
            shaping = self._holds.progress >= NO_SWIPE_PROGRESS
            self._resting_kind = self._holds.candidate if shaping else None
        last = self._track.last
        if last is not None and self._track.palm > 0.0:
            self._swiped(self._swipes.update(last, self._track.palm, self._first_ms()))

    def _first_ms(self) -> int:
        """Since when this hand is known; a recording that starts engaged starts with its hand."""
        first_ms = self._track.first_ms or 0
        return first_ms - self._tuning.swipe.armed_ms if first_ms == self._start_ms else first_ms

    def _swiped(self, swipe: Swipe | None) -> None:
        if swipe is None or not self._engaged or self._resting_kind in NO_SWIPE:
            return
        if swipe.refused is not None:
            self._refuse(swipe.refused)
            return
        self._stop_pointing()
        self._holds.reset()
        self._emit(swipe.kind, Phase.FIRED, swipe.confidence)

    def _held(self, kind: GestureKind | None) -> None:
        if kind is None:
            return
        if not self._engaged:
            if kind is GestureKind.PALM_HOLD:
                self._engaged = True
                self._emit(kind, Phase.FIRED, self._holds.confidence)
            else:
                self._refuse(Refusal.NOT_ENGAGED)
        elif kind is GestureKind.FIST_HOLD:
            self._emit(kind, Phase.FIRED, self._holds.confidence)
            self._disengage()
        elif kind not in (GestureKind.PALM_HOLD, GestureKind.POINT):
            self._emit(kind, Phase.FIRED, self._holds.confidence)

    def _point(self, features: HandFeatures) -> None:
        pointing = self._holds.held and self._holds.candidate is GestureKind.POINT
        if not (pointing and self._engaged):
            self._stop_pointing()
            return
        if not self._holds.seen:
            return  # the shape may just have been let go: the pointer stays where it was
        t_ms = self._t_ms or 0
        phase = Phase.CHANGED
        if self._pointer is None:
            phase = Phase.BEGAN
            tuning = self._tuning.pointer
            self._pointer = ReachPointer(tuning, features.tip, self._track.palm, t_ms)
        self._place = self._pointer.move(features.tip, t_ms)
        self._emit(GestureKind.POINT, phase, self._holds.confidence)

    def _stop_pointing(self) -> None:
        if self._pointer is not None:
            self._emit(GestureKind.POINT, Phase.ENDED, 1.0)
        self._pointer = self._place = None

    def _disengage(self) -> None:
        self._stop_pointing()
        self._engaged = False
        self._owner.release()

    def _explain(
        self, shape: Shape, before: GestureKind | None, progress: float, moving: bool
    ) -> None:
        """Says why a hand that looks like a gesture does nothing."""
        dropped = before is not None and self._holds.candidate is not before
        if dropped and 0.4 <= progress < 1.0:
            self._refuse(Refusal.TOO_SHORT)
        if moving and shape.kind is GestureKind.FIST_HOLD and self._engaged:
            self._refuse(Refusal.MOVING)
        near = shape.kind is None and shape.score >= UNSURE_GRADE and not moving
        now_ms = self._t_ms or 0
        self._unsure_ms = (self._unsure_ms or now_ms) if near else None
        if self._unsure_ms is not None and now_ms - self._unsure_ms >= UNSURE_MS:
            self._refuse(Refusal.UNSURE)

    def _refuse(self, reason: Refusal) -> None:
        self._refused = (reason, self._t_ms or 0)

    def _emit(self, kind: GestureKind, phase: Phase, confidence: float) -> None:
        self._refused = None
        self._events.append(
            GestureEvent(
                kind=kind,
                phase=phase,
                hand=self._owner.side,
                pointer=self._place,
                confidence=round(min(1.0, confidence), 3),
                t_ms=self._t_ms or 0,
            )
        )

    def _status(self, frame: HandFrame, seen: Seen | None) -> GestureStatus:
        refused = None
        if self._refused and frame.t_ms - self._refused[1] <= self._tuning.refused_ms:
            refused = self._refused[0]
        candidate = self._holds.candidate
        neutral = self._engaged and candidate is GestureKind.PALM_HOLD
        resting = EngageState.RESTING if seen is not None else EngageState.SEARCHING
        return GestureStatus(
            t_ms=frame.t_ms,
            state=EngageState.ENGAGED if self._engaged else resting,
            candidate=None if neutral else candidate,
            progress=0.0 if neutral else self._holds.progress,
            refused=refused,
            skeleton=() if seen is None else skeleton(seen.hand, frame.aspect),
            side=None if seen is None else self._owner.side,
            pointer=self._place,
        )


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
