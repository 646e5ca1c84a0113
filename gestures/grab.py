"""Grab and drag: an open palm closes, moves while closed, and opens where it lets go."""

from __future__ import annotations

import math

from gestures.check import Check, Tried, hold
from gestures.events import GestureKind, Phase, Point2
from gestures.features import HandFeatures
from gestures.look import Look, Signal
from gestures.pointer import ReachPointer
from gestures.pose import closing, flat, raised, raising, stretch
from gestures.tuning import GrabTuning, PointerTuning

SIGNS = (GestureKind.THUMB_UP, GestureKind.THUMB_DOWN, GestureKind.CALL)
SIGNS_GRADE = 0.3


class Grabs:
    """Open, closed, dragging: three states, and a hand that is lost drops what it held."""

    def __init__(self, tuning: GrabTuning, pointer: PointerTuning) -> None:
        self._tuning = tuning
        self._pointer_tuning = pointer
        self._open_ms: int | None = None  # when the resting open palm was last seen
        self._rest_ms: int | None = None  # since when it rests
        self._rest_place: Point2 | None = None
        self._anchor: tuple[int, Point2] | None = None  # where the hand closed
        self._drag: ReachPointer | None = None
        self._place: Point2 | None = None
        self._seen_ms = 0
        self._opening_ms: int | None = None
        self.tried: Tried | None = None

    @property
    def busy(self) -> bool:
        return self._drag is not None

    @property
    def pointer(self) -> Point2 | None:
        """The place dragged to, in the box within reach."""
        return self._place

    def reset(self) -> Signal | None:
        dragging = self._drag is not None
        last = self._place
        self._open_ms = self._rest_ms = self._opening_ms = None
        self._rest_place = self._anchor = self._drag = self._place = None
        return Signal(GestureKind.GRAB_DRAG, Phase.ENDED, 1.0, last) if dragging else None

    def update(self, look: Look) -> Signal | None:
        self.tried = None
        hand = look.hand
        if hand is None:
            lost = look.t_ms - self._seen_ms > self._tuning.lost_ms
            return self.reset() if lost else None
        self._seen_ms = look.t_ms
        if self._drag is not None:
            return self._dragged(look, hand, self._drag)
        if self._anchor is not None:
            return self._closed(look, hand, self._anchor)
        self._wait(look, hand)
        return None

    def _wait(self, look: Look, hand: HandFeatures) -> None:
        t_ms, tuning = look.t_ms, self._tuning
        if flat(hand) and raised(hand):
            if self._gone(look, hand.place, self._rest_place) > tuning.still:
                self._rest_ms, self._rest_place = t_ms, hand.place
            self._open_ms = t_ms
            return
        if self._open_ms is None or self._rest_ms is None or self._rest_place is None:
            return
        if t_ms - self._open_ms > tuning.close_ms:
            self._open_ms = self._rest_ms = self._rest_place = None
            return
        checks = (
            *raising(hand),
            *closing(hand),
            _sign(look),
            Check("rest_ms", self._open_ms - self._rest_ms, tuning.rest_ms),
            Check("gone", self._gone(look, hand.place, self._rest_place), most=tuning.stray),
            look.restless.check(self._rest_ms),
        )
        if stretch(hand) < tuning.open:  # one that only turned away has begun nothing
            self.tried = Tried(GestureKind.GRAB_DRAG, checks)
        if hold(checks):
            self._anchor = (t_ms, hand.place)

    def _closed(self, look: Look, hand: HandFeatures, anchor: tuple[int, Point2]) -> Signal | None:
        closed_ms, place = anchor
        shut = (Check("stretch", stretch(hand), most=self._tuning.open), _sign(look))
        moved = Check("gone", self._gone(look, hand.place, place), self._tuning.length)
        waited = Check("closed_ms", look.t_ms - closed_ms, self._tuning.closed_ms)
        self.tried = Tried(GestureKind.GRAB_DRAG, (*shut, moved, waited))
        if not hold(shut):
            return self.reset()
        if not moved.holds:
            return None
        if not waited.holds:
            return self.reset()
        self._drag = ReachPointer(self._pointer_tuning, place, look.track.palm, closed_ms)
        self._place = self._drag.move(place, closed_ms)
        self._place = self._drag.move(hand.place, look.t_ms)
        return Signal(GestureKind.GRAB_DRAG, Phase.BEGAN, 1.0, self._place)

    def _dragged(self, look: Look, hand: HandFeatures, drag: ReachPointer) -> Signal | None:
        shut = Check("stretch", stretch(hand), most=self._tuning.open)
        if shut.holds:
            self._opening_ms = None
        elif self._opening_ms is None:
            self._opening_ms = look.t_ms
        opening_ms = 0 if self._opening_ms is None else look.t_ms - self._opening_ms
        opened = Check("open_ms", opening_ms, self._tuning.opened_ms)
        self.tried = Tried(GestureKind.GRAB_DRAG, (shut, opened))
        if not shut.holds and opened.holds:
            return self.reset()
        if self._opening_ms is not None:
            return None  # the place that counts is where the hand began to open
        self._place = drag.move(hand.place, look.t_ms)
        return Signal(GestureKind.GRAB_DRAG, Phase.CHANGED, 1.0, self._place)

    def _gone(self, look: Look, place: Point2, start: Point2 | None) -> float:
        """Palms from where it was; infinity where it was nowhere."""
        return math.inf if start is None else math.dist(place, start) / look.track.palm


def _sign(look: Look) -> Check:
    """A closed hand that holds its thumb or little finger out says something else."""
    return Check("sign_grade", max(look.grades.get(kind, 0.0) for kind in SIGNS), most=SIGNS_GRADE)
