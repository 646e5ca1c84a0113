"""Shapes that count once they have been held still for long enough."""

from __future__ import annotations

from gestures.events import GestureKind
from gestures.shapes import ACCEPT
from gestures.tuning import HoldTuning

KEEP = 0.3  # a shape that is being held may grade this low (hysteresis)


class Holds:
    """Follows the shape that is being formed: candidate, progress, and the moment it is held."""

    def __init__(self, tuning: HoldTuning) -> None:
        self._tuning = tuning
        self.candidate: GestureKind | None = None
        self._since_ms = 0
        self._seen_ms = 0
        self._now_ms = 0
        self._fired = False
        self._grades: list[float] = []

    def update(
        self, t_ms: int, kind: GestureKind | None, grades: dict[GestureKind, float], moving: bool
    ) -> GestureKind | None:
        """Takes a frame's shape; answers the kind in the frame in which its hold is complete.

        kind is None when no shape is sure, and grades is empty when no hand is seen.
        """
        self._now_ms = t_ms
        kept = self.candidate
        if kept is not None and grades.get(kept, 0.0) >= KEEP and kind in (None, kept):
            self._seen_ms = t_ms
            self._grades.append(grades[kept])
        elif kept is not None and t_ms - self._seen_ms <= self._patience_ms():
            return None
        else:
            self._begin(t_ms, kind, grades)
        if moving and not self._fired:
            self._since_ms = t_ms
            self._grades.clear()
        if self.candidate is None or self._fired or self.progress < 1.0:
            return None
        self._fired = True
        return self.candidate

    @property
    def progress(self) -> float:
        """0..1 of the hold time."""
        if self.candidate is None:
            return 0.0
        if self._fired:
            return 1.0
        held_ms = self._seen_ms - self._since_ms
        return min(1.0, held_ms / self._tuning.hold_ms[self.candidate])

    @property
    def held(self) -> bool:
        """The candidate's hold is complete and the shape is still there."""
        return self._fired

    @property
    def seen(self) -> bool:
        """The candidate was seen in the last frame, not only waited for."""
        return self.candidate is not None and self._seen_ms == self._now_ms

    @property
    def confidence(self) -> float:
        """Mean grade over the hold."""
        return sum(self._grades) / len(self._grades) if self._grades else ACCEPT

    def reset(self) -> None:
        self.candidate = None
        self._fired = False
        self._grades.clear()

    def _patience_ms(self) -> int:
        return self._tuning.release_ms if self._fired else self._tuning.gap_ms

    def _begin(self, t_ms: int, kind: GestureKind | None, grades: dict[GestureKind, float]) -> None:
        self.candidate = kind
        self._since_ms = self._seen_ms = t_ms
        self._fired = False
        self._grades = [] if kind is None else [grades[kind]]
