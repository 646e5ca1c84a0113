"""Whose hands: the project's own recordings, or a folder of stills by many people.

Development sessions (seeds below FIRST_MEASUREMENT_SEED) and measurement sessions never show the
same person's hands: measurement shows those that the shape weights have not seen either.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np

from gestures.errors import GesturesError
from gestures.events import LANDMARKS, Hand
from gestures.features import measure
from gestures.generator import poses
from gestures.generator.shapes import (
    INDEX,
    LITTLE,
    MIDDLE,
    RING,
    THUMB,
    HandShape,
    between,
    exchanged,
    folded_like,
    from_hand,
    pinched,
    shown_to_camera,
)
from gestures.generator.turns import rotated, then, tilted
from gestures.index import INDEX_FILE, as_hand, stills
from gestures.session import read
from gestures.training.people import unseen

FIRST_MEASUREMENT_SEED = 1000
OWN = Path(__file__).resolve().parents[2] / "assets" / "demo" / "hands"
NEEDED = ("palm", "one", "three2")
THUMB_UP_DEG = 48.0  # between thumb and index in the palm's plane, mean of real pictures
OUT, FOLDED = 0.6, 0.4  # a finger's extension, see gestures.features
FINGERS_OUT = {"palm": (1, 1, 1, 1), "one": (1, 0, 0, 0), "peace": (1, 1, 0, 0)}
FINGERS_OUT["three2"] = FINGERS_OUT["peace"]
# (file, from ms, to ms, what the hand shows then) in the project's own recordings
OWN_SHAPES = (
    ("palm_fist_palm", 300, 900, "palm"),
    ("palm_fist_palm", 4200, 4700, "palm"),
    ("palm_fist_palm", 2600, 3100, "fist"),
    ("palm_swipe_down", 700, 1100, "palm"),
    ("palm_swipe_right_left", 2600, 3200, "palm"),
    ("palm_three", 2000, 2100, "three2"),
)


class Person:
    """One person's hands: every shape by its name, real or put together."""

    def __init__(self, source: str, name: str, shown: dict[str, list[HandShape]]) -> None:
        """shown: the real shapes by label; NEEDED must be among them."""
        self.source = source
        self.name = name
        self._shown = shown

    def shape(self, name: str, rng: np.random.Generator) -> HandShape:
        """A shape of that name (a static gesture's kind, or one of MADE), turned as meant."""
        return MADE[name](self, rng)

    def real(self, label: str, rng: np.random.Generator) -> HandShape:
        """One of the real shapes, its fingers as they were."""
        shapes = self._shown[label]
        return shapes[int(rng.integers(len(shapes)))]

    def has(self, label: str) -> bool:
        return label in self._shown


ODD = ("four", "digit0_o", "digit6_three", "digit7", "digit8", "digit9_okfist")


def people(folder: Path | None, seed: int) -> list[Person]:
    """Whose hands a session of this seed may show. Raises GesturesError."""
    if folder is None:
        return [_own_person()]
    measured = seed >= FIRST_MEASUREMENT_SEED
    found = [each for each in _people_of(folder) if unseen(each.source, each.name) == measured]
    if not found:
        raise GesturesError(f"{folder / INDEX_FILE}: nobody in it shows {', '.join(NEEDED)}")
    return found


@cache
def _own_person() -> Person:
    shown: dict[str, list[HandShape]] = defaultdict(list)
    for file, from_ms, to_ms, label in OWN_SHAPES:
        for frame in read(OWN / f"{file}.jsonl").frames:
            if from_ms <= frame.t_ms <= to_ms and frame.hands:
                shown[label].append(from_hand(frame.hands[0]))
    three, fist = shown["three2"][0], shown["fist"][0]
    shown["one"] = [exchanged(folded_like(three, MIDDLE, RING), fist, THUMB)]
    return Person("assets/demo/hands", "own", shown)


@cache
def _people_of(folder: Path) -> list[Person]:
    by_person: dict[tuple[str, str], dict[str, list[HandShape]]] = {}
    for still in stills(folder / INDEX_FILE):
        # the other collections show one gesture of a person, from a distance
        if len(still.hands) == 1 and len(still.hands[0].world) == LANDMARKS:
            hand = as_hand(still.hands[0])
            shape = from_hand(hand)
            if shown_to_camera(shape) and _as_labelled(hand, still.label):
                shown = by_person.setdefault((still.source, still.person), {})
                shown.setdefault(still.label, []).append(shape)
    complete = [(p, s) for p, s in sorted(by_person.items()) if all(n in s for n in NEEDED)]
    return [Person(source, name, shown) for (source, name), shown in complete]


def _as_labelled(hand: Hand, label: str) -> bool:
    """Whether the fingers that the label says are out, and no others: a few stills are labelled
    wrongly, or the landmarks on them are wrong."""
    features = measure(hand, 1.0)
    if label not in FINGERS_OUT or features is None:
        return features is not None
    fingers = zip(FINGERS_OUT[label], features.extension, strict=True)
    return all(extension > OUT if out else extension < FOLDED for out, extension in fingers)


def palm(person: Person, rng: np.random.Generator) -> HandShape:
    return person.real("palm", rng)


def fist(person: Person, rng: np.random.Generator) -> HandShape:
    """A real one; or a pointing hand whose index lies as its middle finger does."""
    if person.has("fist"):
        return person.real("fist", rng)
    return folded_like(person.real("one", rng), INDEX, MIDDLE)


def point(person: Person, rng: np.random.Generator) -> HandShape:
    return person.real("one", rng)


def victory(person: Person, rng: np.random.Generator) -> HandShape:
    """A real one; or a three with the pointing hand's thumb."""
    if person.has("peace"):
        return person.real("peace", rng)
    return exchanged(person.real("three2", rng), person.real("one", rng), THUMB)


def three(person: Person, rng: np.random.Generator) -> HandShape:
    return person.real("three2", rng)


def _thumb_out(person: Person, rng: np.random.Generator) -> HandShape:
    """A fist with the three's thumb, off the hand as far as in real pictures of a thumb up."""
    shape = exchanged(fist(person, rng), person.real("three2", rng), THUMB)
    bones = shape.bones.copy()
    along = bones[THUMB, 1:].sum(axis=0)
    off_deg = np.degrees(np.arctan2(along[0], -along[1]))
    more_deg = max(0.0, THUMB_UP_DEG + rng.normal(0.0, 6.0) - off_deg)
    bones[THUMB] = rotated(bones[THUMB][None], tilted(more_deg)[None])[0]
    return HandShape(bones, shape.turn)


def thumb_up(person: Person, rng: np.random.Generator) -> HandShape:
    """Seen from the back of the hand, or from its palm."""
    back = rng.random() < 0.7
    base = poses.THUMB_UP_BACK if back else poses.THUMB_UP_PALM
    shape = _thumb_out(person, rng)
    return _thumb_along(HandShape(shape.bones, base), up=True, rng=rng)


def thumb_down(person: Person, rng: np.random.Generator) -> HandShape:
    shape = _thumb_out(person, rng)
    return _thumb_along(HandShape(shape.bones, poses.THUMB_DOWN), up=False, rng=rng)


def call(person: Person, rng: np.random.Generator) -> HandShape:
    """A fist with the three's thumb and the palm's little finger, thumb side up."""
    shape = exchanged(_thumb_out(person, rng), person.real("palm", rng), LITTLE)
    turn = then(poses.THUMB_UP_BACK, tilted(rng.uniform(-30, 30), rng.uniform(-25, 35)))
    return HandShape(shape.bones, turn)


def pinch(person: Person, rng: np.random.Generator) -> HandShape:
    """Of an open hand or of a pointing one."""
    return pinch_of(person, person.real("palm" if rng.random() < 0.6 else "one", rng), rng)


def pinch_of(person: Person, shape: HandShape, rng: np.random.Generator) -> HandShape:
    """The same hand with its thumb and index met, their tips 4 to 12 mm apart."""
    half = between(shape, fist(person, rng), np.array([0.3, 0.35, 0.1, 0.1, 0.1]))
    return pinched(half, rng.uniform(0.004, 0.012))


def relaxed(person: Person, rng: np.random.Generator) -> HandShape:
    """Between an open hand and a fist, each finger somewhere else."""
    part = np.clip(rng.uniform(0.35, 0.6) + rng.normal(0.0, 0.07, 5), 0.2, 0.8)
    return between(palm(person, rng), fist(person, rng), part)


def loose(person: Person, rng: np.random.Generator) -> HandShape:
    """An open hand that is not stretched."""
    part = np.clip(rng.uniform(0.05, 0.2) + rng.normal(0.0, 0.03, 5), 0.0, 0.3)
    return between(palm(person, rng), fist(person, rng), part)


def grip(person: Person, rng: np.random.Generator) -> HandShape:
    """Around something the size of a phone or a cup."""
    part = np.clip(rng.uniform(0.5, 0.75) + rng.normal(0.0, 0.06, 5), 0.2, 0.9)
    part[THUMB] = rng.uniform(0.0, 0.4)
    return between(palm(person, rng), fist(person, rng), part)


def odd(person: Person, rng: np.random.Generator) -> HandShape:
    """A real shape that means nothing here."""
    labels = [label for label in ODD if person.has(label)]
    if not labels:
        return relaxed(person, rng)
    return person.real(labels[int(rng.integers(len(labels)))], rng)


MADE = {
    "palm_hold": palm,
    "fist_hold": fist,
    "point": point,
    "victory": victory,
    "three": three,
    "thumb_up": thumb_up,
    "thumb_down": thumb_down,
    "call": call,
    "pinch": pinch,
    "relaxed": relaxed,
    "loose": loose,
    "grip": grip,
    "odd": odd,
}


def _thumb_along(shape: HandShape, *, up: bool, rng: np.random.Generator) -> HandShape:
    """Turned in the picture part of the way to a thumb that stands straight: a forearm that
    lies level leaves it leaning by about 40 degrees."""
    thumb = rotated(shape.bones[None, THUMB, 1:].sum(axis=1)[None], shape.turn[None])[0, 0]
    leans_deg = np.degrees(np.arctan2(thumb[0], -thumb[1])) - (0.0 if up else 180.0)
    leans_deg = (leans_deg + 180.0) % 360.0 - 180.0
    roll_deg = -leans_deg * rng.uniform(0.1, 0.8) + rng.normal(0.0, 8.0)
    return HandShape(shape.bones, then(shape.turn, tilted(roll_deg)))
