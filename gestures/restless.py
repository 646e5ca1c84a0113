"""Whether a hand has been talking: quick moves, one after another, that meant nothing."""

from __future__ import annotations

from collections import deque

from gestures.check import Check
from gestures.stroke import Stroke, Strokes
from gestures.track import Sample
from gestures.tuning import RestlessTuning, StrokeTuning


class Restless:
    """Counts the owner's quick moves of the last moments; one that was meant is forgiven."""

    def __init__(self, tuning: RestlessTuning, stroke: StrokeTuning) -> None:
        self._tuning = tuning
        self._strokes = Strokes(stroke)
        self._moves: deque[Stroke] = deque()

    def note(self, place: Sample, palm: float) -> None:
        """Takes where the hand is now. palm: heights a palm."""
        move = self._strokes.update(place, palm)
        if move is not None and move.length >= self._tuning.length:
            self._moves.append(move)
        while self._moves and place.t_ms - self._moves[0].end_ms > self._tuning.keep_ms:
            self._moves.popleft()

    def another_hand(self) -> None:
        """What goes on moving is another hand, or the same after a long time."""
        self._strokes.reset()

    def forgive(self) -> None:
        """The moves until now belonged to a gesture."""
        self._moves.clear()
        self._strokes.reset()

    def before(self, t_ms: int) -> bool:
        """Whether too many moves began before t_ms and ended not long before it."""
        return not self.check(t_ms).holds

    def check(self, t_ms: int) -> Check:
        """The same, with how many they were."""
        calm_ms = t_ms - self._tuning.calm_ms
        moves = sum(move.start_ms < t_ms and move.end_ms >= calm_ms for move in self._moves)
        return Check("quick_moves", moves, most=self._tuning.moves - 1)
