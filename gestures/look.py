"""What a recogniser is shown, what it answers: the small interface that all of them share."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from gestures.check import Tried
from gestures.events import GestureKind, Phase, Point2, Refusal
from gestures.features import HandFeatures
from gestures.restless import Restless
from gestures.shapes import Shape
from gestures.track import Track


class Look(NamedTuple):
    """One frame: the owner's hand and, when it is seen too, the owner's other hand.

    hand is None when it is not seen; grades is then empty. The tracks are where the two hands
    were lately, each empty when its hand has been away for long. held: the shape that has already
    counted and is still shown. restless: what the owner's hand did before.
    """

    t_ms: int
    hand: HandFeatures | None
    other: HandFeatures | None
    shape: Shape
    grades: dict[GestureKind, float]
    track: Track
    other_track: Track
    restless: Restless
    held: GestureKind | None = None


class Signal(NamedTuple):
    """What a recogniser says; refused tells why the gesture does not count."""

    kind: GestureKind
    phase: Phase
    confidence: float
    pointer: Point2 | None = None
    refused: Refusal | None = None


class Recogniser(Protocol):
    """Follows one kind of gesture. The engine shows it every frame in which it may act. `tried` is
    what it weighed in the last of them, None where nothing was begun; what it weighed is what it
    decided by."""

    tried: Tried | None

    @property
    def busy(self) -> bool:
        """The hand is in the middle of this gesture: recognisers of lower rank must wait."""

    def update(self, look: Look) -> Signal | None:
        """Takes a frame."""

    def reset(self) -> Signal | None:
        """Forgets what was begun; a gesture that lasts answers that it has ended."""
