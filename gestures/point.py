"""Pointing: a held index finger moves the pointer for as long as it is held."""

from __future__ import annotations

from collections import deque

from gestures.events import GestureKind, Phase, Point2
from gestures.look import Look, Signal
from gestures.pointer import ReachPointer
from gestures.tuning import PointerTuning

SHORTLY_MS = 400


class Points:
    """The pointer's life, and where it was in the last moments."""

    def __init__(self, tuning: PointerTuning) -> None:
        self._tuning = tuning
        self._pointer: ReachPointer | None = None
        self._places: deque[tuple[int, Point2]] = deque()

    @property
    def place(self) -> Point2 | None:
        """Where the pointer is, None when nobody points."""
        return self._places[-1][1] if self._pointer is not None else None

    def move(self, look: Look, confidence: float) -> Signal | None:
        """Takes a frame in which the finger is held out."""
        if look.hand is None:
            return None
        phase = Phase.CHANGED
        if self._pointer is None:
            phase = Phase.BEGAN
            palm = look.track.palm
            self._pointer = ReachPointer(self._tuning, look.hand.tip, palm, look.t_ms)
        place = self._pointer.move(look.hand.tip, look.t_ms)
        self._places.append((look.t_ms, place))
        while look.t_ms - self._places[0][0] > self._tuning.keep_ms:
            self._places.popleft()
        return Signal(GestureKind.POINT, phase, confidence, place)

    def at(self, t_ms: int) -> Point2 | None:
        """Where the pointer was at a time, None when it was not there shortly before."""
        earlier = [(when, place) for when, place in self._places if when <= t_ms]
        if not earlier or t_ms - earlier[-1][0] > SHORTLY_MS:
            return None
        return earlier[-1][1]

    def stay(self, t_ms: int, place: Point2) -> None:
        """The pointer is held at a place, whatever the finger does."""
        if self._pointer is not None:
            self._places.append((t_ms, place))

    def reset(self) -> Signal | None:
        """Nobody points any more."""
        if self._pointer is None:
            return None
        self._pointer = None
        return Signal(GestureKind.POINT, Phase.ENDED, 1.0)
