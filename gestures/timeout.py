"""The T of two hands, held: it locks the wall."""

from __future__ import annotations

from gestures.check import Check, Tried, hold
from gestures.events import GestureKind, Phase
from gestures.look import Look, Signal
from gestures.pose import flat
from gestures.shapes import timeout_grade
from gestures.tuning import TimeoutTuning


class Timeouts:
    """One long hold; hands that touch are often lost for a moment, or seen as one."""

    def __init__(self, tuning: TimeoutTuning) -> None:
        self._tuning = tuning
        self._grades: list[float] = []
        self._since_ms = self._seen_ms = 0
        self._fired = False
        self.tried: Tried | None = None

    @property
    def busy(self) -> bool:
        """A T is being shown."""
        return bool(self._grades)

    @property
    def progress(self) -> float:
        """0..1 of the hold time."""
        if not self._grades:
            return 0.0
        return min(1.0, (self._seen_ms - self._since_ms) / self._tuning.hold_ms)

    def reset(self) -> Signal | None:
        self._grades.clear()
        self._fired = False
        return None

    def update(self, look: Look) -> Signal | None:
        self.tried = None
        hand, other = look.hand, look.other
        grade = Check("t_grade", 0.0, self._tuning.accept)
        if hand is not None and other is not None and flat(hand) and flat(other):
            grade = grade._replace(value=timeout_grade(hand, other))
            self.tried = Tried(GestureKind.TIMEOUT, (grade,))
        if not grade.holds:
            if self._grades and look.t_ms - self._seen_ms > self._tuning.gap_ms:
                self.reset()
            return None
        still = self._still(look)
        if not self._grades or not (still.holds or self._fired):
            self._since_ms = look.t_ms
            self._grades.clear()
        self._seen_ms = look.t_ms
        self._grades.append(grade.value)
        held = (
            Check("held", self.progress, 1.0),
            Check("frames", len(self._grades), self._tuning.frames),
        )
        self.tried = Tried(GestureKind.TIMEOUT, (grade, still, *held))
        if self._fired or not hold(held):
            return None
        self._fired = True
        return Signal(GestureKind.TIMEOUT, Phase.FIRED, sum(self._grades) / len(self._grades))

    def _still(self, look: Look) -> Check:
        tracks = (look.track, look.other_track)
        moved = max(track.moved(self._tuning.still_ms) for track in tracks)
        return Check("both_moved", moved, most=self._tuning.still)
