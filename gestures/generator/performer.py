"""A person before the camera: two hands, a clock, and the movements that everything is made of."""

from __future__ import annotations

import numpy as np

from gestures.events import GestureKind, Side
from gestures.generator import poses
from gestures.generator.blend import Array
from gestures.generator.library import Person, pinch_of
from gestures.generator.motion import HandMotion
from gestures.generator.shapes import HandShape, posed, varied
from gestures.session import Label

LOOSE = 0.06  # radians by which fingers differ from one time to the next
CALM_M_S = 0.35  # mean speed of a hand that only goes somewhere, at its ordinary pace


class Performer:
    """Moves two hands while `now_ms` goes on; remembers what was meant.

    Places are (outwards to the hand's own side, down, to the front) metres from the middle of the
    shoulders. `side` is the hand that this person uses; `manner_deg` how they tilt their hands.
    """

    def __init__(self, person: Person, rng: np.random.Generator) -> None:
        self.person = person
        self.rng = rng
        self.side: Side = "right" if rng.random() < 0.75 else "left"
        self.manner_deg = float(rng.normal(0.0, 7.0))
        self.pace = float(rng.uniform(0.75, 1.35))
        self.hanging_seen = bool(rng.random() < 0.2)
        self.labels: list[Label] = []
        self.now_ms = 0.0
        self.hands: dict[Side, HandMotion] = {
            "right": self._hanging("right"),
            "left": self._hanging("left"),
        }

    @property
    def hand(self) -> HandMotion:
        return self.hands[self.side]

    @property
    def other(self) -> HandMotion:
        return self.hands["left" if self.side == "right" else "right"]

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def chance(self, part: float) -> bool:
        return bool(self.rng.random() < part)

    def wait(self, low_ms: float, high_ms: float) -> None:
        self.now_ms += self.between(low_ms, high_ms)

    def shape(self, name: str, turn: Array | None = None, turn_deg: float = 6.0) -> HandShape:
        """A shape of this person's, another time; turned as shown, or as said."""
        shape = self.person.shape(name, self.rng)
        shape = shape if turn is None else posed(shape, turn)
        return varied(shape, self.rng, LOOSE, turn_deg, self.manner_deg)

    def pinch_of(self, shape: HandShape) -> HandShape:
        return pinch_of(self.person, shape, self.rng)

    def ready(self) -> Array:
        """Somewhere before the shoulder."""
        rng = self.rng
        return np.array([rng.uniform(0.08, 0.36), rng.uniform(-0.2, 0.12), rng.uniform(0.2, 0.45)])

    def hang(self) -> Array:
        rng = self.rng
        return np.array([rng.uniform(0.2, 0.3), rng.uniform(0.5, 0.65), rng.uniform(0.0, 0.12)])

    def form(self, hand: HandMotion, shape: HandShape, low_ms: float, high_ms: float) -> float:
        """Begins to form a shape now; answers when it is formed. The clock does not go on."""
        end_ms = self.now_ms + self.between(low_ms, high_ms) * self.pace
        hand.shape(shape, self.now_ms, end_ms)
        return end_ms

    def go(self, hand: HandMotion, place: Array, low_ms: float, high_ms: float) -> float:
        """Begins to go there on a slight curve; answers when it is there."""
        end_ms = self.now_ms + self.between(low_ms, high_ms) * self.pace
        length = float(np.linalg.norm(place - hand.place.last))
        sag = self.rng.normal(0.0, 0.06, 3) * length
        hand.place.move(self.now_ms, end_ms, place, sag)
        return end_ms

    def go_calmly(self, hand: HandMotion, place: Array, low_ms: float, high_ms: float) -> float:
        """Goes there as one does who means nothing by it: never as fast as a stroke."""
        least_ms = float(np.linalg.norm(place - hand.place.last)) / CALM_M_S * 1000
        return self.go(hand, place, max(low_ms, least_ms), max(high_ms, 1.3 * least_ms))

    def lift(self, hand: HandMotion, shape: HandShape, place: Array | None = None) -> None:
        """Raises a hand that hangs, forming the shape on the way; the clock goes on to its end."""
        hand.show(self.now_ms + (0.0 if self.hanging_seen else self.between(80, 250)), True)
        there_ms = self.go(hand, self.ready() if place is None else place, 600, 1100)
        formed_ms = self.form(hand, shape, 400, 1000)
        self.now_ms = max(there_ms, formed_ms)

    def lower(self, hand: HandMotion) -> None:
        """Lets the hand hang; the clock goes on to its end."""
        there_ms = self.go(hand, self.hang(), 650, 1200)
        self.form(hand, self.shape("relaxed", poses.HANGING, 15.0), 300, 800)
        if not self.hanging_seen:
            hand.show(there_ms - self.between(50, 200), False)
        self.now_ms = there_ms

    def meant(self, kind: GestureKind, start_ms: float, end_ms: float) -> None:
        self.labels.append(Label(round(start_ms), round(end_ms), kind))

    def _hanging(self, side: Side) -> HandMotion:
        shape = self.shape("relaxed", poses.HANGING, 15.0)
        hand = HandMotion(side, shape, self.hang(), self.rng)
        hand.show(0.0, self.hanging_seen)
        return hand
