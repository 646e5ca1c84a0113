"""Which event answers which label, as SHREC's online gesture track counts them (2022).

An event of the labelled kind from shortly before the label to a second after it is a detection;
every other event is false: another kind, a second one for the same label, one for no label.
"""

from __future__ import annotations

from dataclasses import dataclass

from gestures.events import GestureEvent, GestureKind, Phase
from gestures.session import Label
from gestures.tuning import Tuning

EARLY_MS, LATE_MS = 100, 1000
COUNTED = (Phase.FIRED, Phase.BEGAN)  # gestures that last count by how they begin
MOVES = (
    GestureKind.SWIPE_LEFT,
    GestureKind.SWIPE_RIGHT,
    GestureKind.SWIPE_UP,
    GestureKind.SWIPE_DOWN,
    GestureKind.PINCH_TAP,
    GestureKind.SPREAD,
    GestureKind.SQUEEZE,
)
HOLD_MS = {**Tuning().hold.hold_ms, GestureKind.TIMEOUT: Tuning().timeout.hold_ms}


@dataclass(frozen=True, slots=True)
class Matched:
    """A label and the event that answers it, or the kinds that were said in its place."""

    label: Label
    event: GestureEvent | None
    instead: tuple[GestureKind, ...] = ()

    @property
    def delay_ms(self) -> int | None:
        """After the movement's end, or after the shape's hold was complete; None where there is
        no event, no span, or no such moment (a drag)."""
        if self.event is None:
            return None
        if self.label.kind in MOVES:
            return self.event.t_ms - self.label.end_ms
        if self.label.kind not in HOLD_MS or self.label.start_ms == self.label.end_ms:
            return None
        return self.event.t_ms - self.label.start_ms - HOLD_MS[self.label.kind]


@dataclass(frozen=True, slots=True)
class Matching:
    """A session's labels, each with its answer, and the events that answer none."""

    matched: tuple[Matched, ...]
    false: tuple[GestureEvent, ...]


def match(labels: tuple[Label, ...], events: list[GestureEvent]) -> Matching:
    left = [event for event in events if event.phase in COUNTED]
    matched = []
    for label in sorted(labels, key=lambda each: each.start_ms):
        near = [event for event in left if _within(label, event)]
        right = [event for event in near if event.kind is label.kind]
        if right:
            left.remove(right[0])
        instead = () if right else tuple(event.kind for event in near)
        matched.append(Matched(label, right[0] if right else None, instead))
    return Matching(tuple(matched), tuple(left))


def _within(label: Label, event: GestureEvent) -> bool:
    return label.start_ms - EARLY_MS <= event.t_ms <= label.end_ms + LATE_MS
