"""Shapes of one hand that count once they have been held still for long enough."""

from __future__ import annotations

from gestures.check import Check, Tried, hold
from gestures.events import GestureKind, Phase, Refusal
from gestures.features import HandFeatures
from gestures.look import Look, Signal
from gestures.pose import UPWARDS_DEG, flat_on, hanging, offered, raised, sideways
from gestures.shapes import ACCEPT
from gestures.tuning import HoldTuning

KEEP = 0.3  # a shape that is being held may grade this low (hysteresis)
_THUMBS = (GestureKind.THUMB_UP, GestureKind.THUMB_DOWN)
_CLUTCH = (GestureKind.PALM_HOLD, GestureKind.FIST_HOLD)
UNSURE_GRADE, UNSURE_MS = 0.3, 700
TOLD = 0.4  # a hold given up after this part of its time was meant as one


class Holds:
    """Follows the shape that is being formed: candidate, progress, and the moment it is held."""

    def __init__(self, tuning: HoldTuning) -> None:
        self._tuning = tuning
        self.candidate: GestureKind | None = None
        self.refused: Refusal | None = None  # why a hand that looks like a gesture does nothing
        self.tried: Tried | None = None
        self._since_ms = 0
        self._seen_ms = 0
        self._now_ms = 0
        self._fired = False
        self._more_ms = 0  # a hand that talked must hold longer
        self._grades: list[float] = []
        self._next: tuple[GestureKind, int] | None = None  # the shape that follows, since when
        self._unsure_ms: int | None = None

    @property
    def busy(self) -> bool:
        return False

    def update(self, look: Look) -> Signal | None:
        """Answers the kind in the frame in which its hold is complete."""
        self._now_ms = look.t_ms
        before, progress = self.candidate, self.progress
        kind, grades, moving = self._shown(look)
        self._follow(look.t_ms, kind, grades)
        if moving:
            self._next = None
        if moving and self.seen and not self._fired:
            self._since_ms = look.t_ms
            self._grades.clear()
        restless = look.restless.before(self._since_ms)
        self._more_ms = self._tuning.restless_ms if restless else 0
        self.refused = self._refusal(look, before, progress, moving)
        self.tried = None
        if self.candidate is None:
            return None
        thumb = self.candidate in _THUMBS
        least = self._tuning.thumb_grade if thumb else self._tuning.mean_grade
        held = Check("held", self.progress, 1.0), Check("mean_grade", self.confidence, least)
        self.tried = Tried(self.candidate, held)
        if self._fired or not hold(held):
            return None
        self._fired = True
        return Signal(self.candidate, Phase.FIRED, self.confidence)

    @property
    def progress(self) -> float:
        """0..1 of the hold time."""
        if self.candidate is None:
            return 0.0
        if self._fired:
            return 1.0
        held_ms = self._seen_ms - self._since_ms
        needed_ms = self._tuning.hold_ms[self.candidate] + self._more_ms
        return min(1.0, max(0.0, held_ms / needed_ms))

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

    def reset(self) -> Signal | None:
        self.candidate = self.refused = self._next = self._unsure_ms = None
        self._fired = False
        self._grades.clear()
        return None

    def wait(self, t_ms: int) -> None:
        """What is held goes on being held while the hand does something else."""
        self._now_ms = self._seen_ms = t_ms

    def _shown(self, look: Look) -> tuple[GestureKind | None, dict[GestureKind, float], bool]:
        """The sure shape, the graded shapes, and whether the hand moves."""
        hand = look.hand
        if hand is None:
            return None, {}, False
        kept = self.candidate if self._fired else None
        grades = {k: g for k, g in look.grades.items() if k is kept or _held_up(k, hand)}
        if self._both_up(look):
            grades = {k: g for k, g in grades.items() if k not in _CLUTCH}
        kind = look.shape.kind if look.shape.kind in grades else None
        return kind, grades, self._moving(look)

    def _moving(self, look: Look) -> bool:
        track, tuning = look.track, self._tuning
        moved, turned = track.moved(tuning.still_ms), track.turned_deg(tuning.still_ms)
        return moved > tuning.still or turned > tuning.still_deg

    def _both_up(self, look: Look) -> bool:
        """The other hand is up as well, or on its way: the clutch is worked by one hand."""
        if look.hand is None or look.other is None or self._fired:
            return False
        lower = (look.other.place[1] - look.hand.place[1]) / max(look.track.palm, 1e-6)
        moving = look.other_track.moved(self._tuning.still_ms) > self._tuning.other_still
        return moving or (not hanging(look.other) and lower < self._tuning.lower)

    def _follow(
        self, t_ms: int, kind: GestureKind | None, grades: dict[GestureKind, float]
    ) -> None:
        kept = self.candidate
        if kept is not None and grades.get(kept, 0.0) >= KEEP and kind in (None, kept):
            self._seen_ms = t_ms
            self._grades.append(grades[kept])
            self._next = None
            return
        if kind is not None and (self._next is None or self._next[0] is not kind):
            self._next = kind, t_ms
        patience_ms = self._tuning.release_ms if self._fired else self._tuning.gap_ms
        if kept is not None and t_ms - self._seen_ms <= patience_ms:
            return
        self._begin(t_ms, kind, grades)

    def _begin(self, t_ms: int, kind: GestureKind | None, grades: dict[GestureKind, float]) -> None:
        """Takes the shape of now; it is held since it came, though the last one was waited for."""
        self.candidate = kind
        came_ms = t_ms if self._next is None or self._next[0] is not kind else self._next[1]
        self._since_ms, self._seen_ms = came_ms, t_ms
        self._fired = False
        self._grades = [] if kind is None else [grades[kind]]
        self._next = None

    def _refusal(
        self, look: Look, before: GestureKind | None, progress: float, moving: bool
    ) -> Refusal | None:
        shape = look.shape
        near = look.hand is not None and shape.kind is None and shape.score >= UNSURE_GRADE
        if not near or moving:
            self._unsure_ms = None
        elif self._unsure_ms is None:
            self._unsure_ms = look.t_ms
        if self._unsure_ms is not None and look.t_ms - self._unsure_ms >= UNSURE_MS:
            return Refusal.UNSURE
        if moving and shape.kind is GestureKind.FIST_HOLD:
            return Refusal.MOVING
        dropped = before is not None and self.candidate is not before
        return Refusal.TOO_SHORT if dropped and TOLD <= progress < 1.0 else None


def _held_up(kind: GestureKind, hand: HandFeatures) -> bool:
    """Whether the hand is held as it is when it shows the shape to the wall."""
    if kind in (GestureKind.PALM_HOLD, GestureKind.POINT):
        return offered(hand)
    if kind is GestureKind.THUMB_UP:
        return sideways(hand) and abs(hand.palm_deg) <= UPWARDS_DEG
    if kind is GestureKind.THUMB_DOWN:
        return sideways(hand)
    return flat_on(hand) if kind is GestureKind.CALL else raised(hand)
