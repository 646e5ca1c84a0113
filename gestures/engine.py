"""HandFrames in, GestureEvents out: deterministic, no clock but the frames' own times.

The clutch: only a raised open palm does anything until it has been held; a fist held still opens
the clutch again, and so does staying away. While it is closed, the recognisers are asked in
order of rank; one that holds the hand for itself makes those below it wait.
"""

from __future__ import annotations

from gestures.check import Tried
from gestures.events import (
    EngageState,
    GestureEvent,
    GestureKind,
    GestureStatus,
    HandFrame,
    Point2,
    Refusal,
)
from gestures.grab import Grabs
from gestures.hold import Holds
from gestures.look import Look, Recogniser, Signal
from gestures.network import Network
from gestures.owner import Owner, Seen
from gestures.pinch import Pinches
from gestures.point import Points
from gestures.restless import Restless
from gestures.shapes import Shape, best, grade
from gestures.skeleton import skeleton
from gestures.swipe import Swipes
from gestures.timeout import Timeouts
from gestures.tuning import Tuning
from gestures.two_hands import TwoHands

NOTHING = Shape(None, 0.0)


class GestureEngine:
    """One camera's gestures. Feed it every frame, with or without hands, in order of time."""

    def __init__(
        self,
        tuning: Tuning | None = None,
        *,
        engaged: bool = False,
        network: Network | None = None,
    ) -> None:
        """engaged starts with the clutch closed. network: weights in place of the shipped ones."""
        self._tuning = tuning = tuning or Tuning()
        self._network = network
        self._owner = Owner(tuning.owner, tuning.track_ms)
        self._restless = Restless(tuning.restless, tuning.swipe.stroke)
        self._timeouts = Timeouts(tuning.timeout)
        self._grabs = Grabs(tuning.grab, tuning.pointer)
        self._pinches = Pinches(tuning.pinch)
        self._swipes = Swipes(tuning.swipe, ready=engaged)
        self._ranked: tuple[Recogniser, ...] = (
            self._timeouts,
            TwoHands(tuning.two_hands),
            self._grabs,
            self._pinches,
            self._swipes,
        )
        self._holds = Holds(tuning.hold)
        self._points = Points(tuning.pointer)
        self._pressed: Point2 | None = None  # where the pointer was before the last pinch
        self._engaged = engaged
        self._t_ms: int | None = None
        self._seen_ms: int | None = None
        self._refused: tuple[Refusal, int] | None = None
        self._events: list[GestureEvent] = []
        self.status = GestureStatus(t_ms=0, state=EngageState.SEARCHING)
        self.look: Look | None = None
        self.tried: tuple[Tried, ...] = ()

    @property
    def engaged(self) -> bool:
        return self._engaged

    def feed(self, frame: HandFrame) -> tuple[GestureEvent, ...]:
        """The events of one frame, oldest first; `status` is then of this frame, `look` is what the
        recognisers saw of it, and `tried` what those weighed that were asked.

        Raises ValueError when time does not rise.
        """
        if self._t_ms is not None and frame.t_ms <= self._t_ms:
            raise ValueError(f"frame at {frame.t_ms} ms after one at {self._t_ms} ms")
        self._t_ms = frame.t_ms
        self._events, self.tried = [], ()
        self._forget(frame.t_ms)
        first, second = self._owner.pick(frame, self._engaged)
        if self._owner.fresh:
            self._begin_anew()
        if first is not None:
            self._seen_ms = frame.t_ms
            self._note()
        elif self._owner.saw_only_small:
            self._refuse(Refusal.TOO_SMALL)
        self.look = look = self._look(frame.t_ms, first, second)
        if not self._act(look):
            self._hold(look)
        self.status = self._status(frame, first)
        return tuple(self._events)

    def _forget(self, t_ms: int) -> None:
        """What a hand's absence takes with it."""
        if self._seen_ms is None:
            return
        away_ms = t_ms - self._seen_ms
        if away_ms > self._tuning.lost_ms:
            self._tell(self._points.reset())
            self._holds.reset()
            self._owner.lose()
            if not self._engaged:
                self._owner.release()
        if away_ms > self._tuning.leave_ms:
            self._disengage()
            self._seen_ms = None

    def _begin_anew(self) -> None:
        """Another hand goes on with nothing that the last one began."""
        for recogniser in self._ranked:
            self._tell(recogniser.reset())
        self._tell(self._points.reset())
        self._holds.reset()

    def _note(self) -> None:
        if self._owner.fresh:
            self._restless.another_hand()
        if self._owner.track.last is not None:
            self._restless.note(self._owner.track.last, self._owner.track.palm)

    def _look(self, t_ms: int, first: Seen | None, second: Seen | None) -> Look:
        hand = None if first is None else first.features
        grades = {} if hand is None else grade(hand, self._network)
        return Look(
            t_ms=t_ms,
            hand=hand,
            other=None if second is None else second.features,
            shape=best(grades) if grades else NOTHING,
            grades=grades,
            track=self._owner.track,
            other_track=self._owner.other_track,
            restless=self._restless,
            held=self._holds.candidate if self._holds.held else None,
        )

    def _act(self, look: Look) -> bool:
        """Asks the recognisers; whether one of them had the hand for itself.

        Before the clutch they only watch: the palm that engages may already rest for a swipe.
        """
        for rank, recogniser in enumerate(self._ranked):
            signal = recogniser.update(look)
            fired = signal is not None and signal.refused is None
            if recogniser.tried is not None:
                self.tried += (recogniser.tried,)
            if not self._engaged:
                continue
            if recogniser.busy or fired:
                self._take(rank, look.t_ms)
            if signal is not None and recogniser is self._pinches:
                signal = signal._replace(pointer=self._pressed)
            self._tell(signal)
            if recogniser.busy or fired:
                return True
        return not self._engaged and self._timeouts.busy  # the upright hand of a T wants nothing

    def _take(self, rank: int, t_ms: int) -> None:
        """Those below a rank wait while its recogniser has the hand."""
        for lower in self._ranked[rank + 1 :]:
            self._tell(lower.reset())
        if self._ranked[rank] is self._pinches:
            self._freeze(t_ms)
        else:
            self._holds.reset()
            self._tell(self._points.reset())

    def _freeze(self, t_ms: int) -> None:
        """A finger that presses bends: the pointer stays where it was before."""
        self._holds.wait(t_ms)
        if self._pinches.since_ms is not None:
            self._pressed = self._points.at(self._pinches.since_ms)
        if self._pressed is not None:
            self._points.stay(t_ms, self._pressed)

    def _hold(self, look: Look) -> None:
        signal = self._holds.update(look)
        if self._holds.tried is not None:
            self.tried += (self._holds.tried,)
        if self._holds.refused is not None:
            self._refuse(self._holds.refused)
        if signal is not None:
            self._held(signal)
        pointing = self._holds.held and self._holds.candidate is GestureKind.POINT
        if not (pointing and self._engaged):
            self._tell(self._points.reset())
        elif self._holds.seen:
            self._tell(self._points.move(look, self._holds.confidence))

    def _held(self, signal: Signal) -> None:
        if not self._engaged:
            if signal.kind is not GestureKind.PALM_HOLD:
                self._refuse(Refusal.NOT_ENGAGED)
                return
            self._engaged = True
        elif signal.kind in (GestureKind.PALM_HOLD, GestureKind.POINT):
            return
        self._tell(signal)
        if signal.kind is GestureKind.FIST_HOLD:
            self._disengage()

    def _disengage(self) -> None:
        self._begin_anew()
        self._engaged = False
        self._owner.release()

    def _refuse(self, reason: Refusal) -> None:
        self._refused = (reason, self._t_ms or 0)

    def _tell(self, signal: Signal | None) -> None:
        if signal is None:
            return
        if signal.refused in (None, Refusal.RETURN_STROKE):
            self._restless.forgive()
        if signal.refused is not None:
            self._refuse(signal.refused)
            return
        self._refused = None
        self._events.append(
            GestureEvent(
                kind=signal.kind,
                phase=signal.phase,
                hand=self._owner.side,
                pointer=signal.pointer,
                confidence=round(min(1.0, max(0.0, signal.confidence)), 3),
                t_ms=self._t_ms or 0,
            )
        )

    @property
    def _place(self) -> Point2 | None:
        return self._grabs.pointer or self._points.place

    def _status(self, frame: HandFrame, seen: Seen | None) -> GestureStatus:
        refused = None
        if self._refused and frame.t_ms - self._refused[1] <= self._tuning.refused_ms:
            refused = self._refused[0]
        candidate, progress = self._holds.candidate, self._holds.progress
        if self._timeouts.busy:
            candidate, progress = GestureKind.TIMEOUT, self._timeouts.progress
        neutral = self._engaged and candidate is GestureKind.PALM_HOLD
        resting = EngageState.RESTING if seen is not None else EngageState.SEARCHING
        return GestureStatus(
            t_ms=frame.t_ms,
            state=EngageState.ENGAGED if self._engaged else resting,
            candidate=None if neutral else candidate,
            progress=0.0 if neutral else progress,
            refused=refused,
            skeleton=() if seen is None else skeleton(seen.hand, frame.aspect),
            side=None if seen is None else self._owner.side,
            pointer=self._place,
        )
