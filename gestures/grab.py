"""Grab and drag: an open palm closes, moves while closed, and opens where it lets go."""

from __future__ import annotations

import math

from gestures.events import GestureKind, Phase, Point2
from gestures.features import HandFeatures
from gestures.look import Look, Signal
from gestures.pointer import ReachPointer
from gestures.pose import closed, flat, raised, stretch
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
            if self._far(look, hand.place, self._rest_place, tuning.still):
                self._rest_ms, self._rest_place = t_ms, hand.place
            self._open_ms = t_ms
            return
        if self._open_ms is None or self._rest_ms is None:
            return
        if t_ms - self._open_ms > tuning.close_ms:
            self._open_ms = self._rest_ms = self._rest_place = None
            return
        rested = self._open_ms - self._rest_ms >= tuning.rest_ms
        stayed = not self._far(look, hand.place, self._rest_place, tuning.stray)
        calm = not look.restless.before(self._rest_ms)
        if calm and rested and stayed and closed(hand) and raised(hand) and not _signs(look):
            self._anchor = (t_ms, hand.place)

    def _closed(self, look: Look, hand: HandFeatures, anchor: tuple[int, Point2]) -> Signal | None:
        closed_ms, place = anchor
        if stretch(hand) >= self._tuning.open or _signs(look):
            return self.reset()
        if not self._far(look, hand.place, place, self._tuning.length):
            return None
        if look.t_ms - closed_ms < self._tuning.closed_ms:
            return self.reset()
        self._drag = ReachPointer(self._pointer_tuning, place, look.track.palm, closed_ms)
        self._place = self._drag.move(place, closed_ms)
        self._place = self._drag.move(hand.place, look.t_ms)
        return Signal(GestureKind.GRAB_DRAG, Phase.BEGAN, 1.0, self._place)

    def _dragged(self, look: Look, hand: HandFeatures, drag: ReachPointer) -> Signal | None:
        if stretch(hand) < self._tuning.open:
            self._opening_ms = None
        elif self._opening_ms is None:
            self._opening_ms = look.t_ms
        elif look.t_ms - self._opening_ms >= self._tuning.opened_ms:
            return self.reset()
        if self._opening_ms is not None:
            return None  # the place that counts is where the hand began to open
        self._place = drag.move(hand.place, look.t_ms)
        return Signal(GestureKind.GRAB_DRAG, Phase.CHANGED, 1.0, self._place)

    def _far(self, look: Look, place: Point2, start: Point2 | None, palms: float) -> bool:
        return start is None or math.dist(place, start) > palms * look.track.palm


def _signs(look: Look) -> bool:
    """The closed hand holds its thumb or little finger out: it says something else."""
    return max(look.grades.get(kind, 0.0) for kind in SIGNS) >= SIGNS_GRADE
