"""Real hands to learn from: the stills of an index, a hand in the frame of its own palm."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gestures.descriptor import Floats
from gestures.errors import SessionError
from gestures.events import LANDMARKS
from gestures.index import INDEX_FILE, Still, stills
from gestures.training.labels import SIGNS

# Pictures of people standing in rooms: kept for testing, never learned from.
TEST_SOURCES = ("hagrid_tiles", "hagrid_mp", "mp_samples")
LICENCES = {
    "tid_digits": "ardamavi/Sign-Language-Digits-Dataset, Apache-2.0",
    "hagrid_tiles": "hukenovs/hagrid, CC BY-SA 4.0 variant",
    "hagrid_mp": "samples of HaGRID in google-ai-edge/mediapipe, CC BY-SA 4.0 variant",
    "mp_samples": "google-ai-edge/mediapipe-samples, Apache-2.0",
}
FOLDS = 5  # people are dealt into so many; the weights that are shipped never saw the first


class Example(NamedTuple):
    """One real hand. hand: (21, 3), a right hand's points, wrist at 0, in palms, in its own frame:
    x from the index to the little finger, y along the palm, z out of the palm."""

    hand: Floats
    label: str
    person: str
    source: str


def read_examples(folder: Path) -> list[Example]:
    """Every usable hand of a folder whose label is known, in the file's order.

    Raises SessionError: no such file, a line that can't be read, or no usable hand.
    """
    path = folder / INDEX_FILE
    found: list[Example] = []
    for number, still in enumerate(stills(path), start=1):
        if any(len(hand.world) != LANDMARKS for hand in still.hands):
            raise SessionError(path, number, f"a hand without {LANDMARKS} world points")
        found += _examples(still)
    if not found:
        raise SessionError(path, 0, f"no hand with a label of these: {', '.join(SIGNS)}")
    return found


def fold_of(person: str) -> int:
    """Where a person is dealt to, by name: the same in every run, and all of one person's hands."""
    return zlib.crc32(person.encode()) % FOLDS


def held_out(person: str) -> bool:
    """Whether the shipped weights never saw this person."""
    return fold_of(person) == 0


def _examples(still: Still) -> Iterator[Example]:
    if still.label not in SIGNS or (len(still.hands) > 1 and SIGNS[still.label].shape != "none"):
        return  # which of two hands makes the sign isn't said
    for raw in still.hands:
        hand = own_frame(np.array(raw.world), raw.handedness.lower() == "left")
        if hand is not None:
            yield Example(hand, still.label, still.person, still.source)


def own_frame(world: Floats, left: bool) -> Floats | None:
    """World landmarks (21, 3) in the frame of the hand's own palm; None for points in one spot."""
    points = world - world[0]
    if left:
        points = points * [-1.0, 1.0, 1.0]
    up = points[[5, 9, 13, 17]].mean(0)
    palm = float(np.linalg.norm(up))
    if not 1e-3 < palm < 1.0:  # also refuses not-a-number
        return None
    y = up / palm
    across = points[17] - points[5]
    across = across - y * (across @ y)
    breadth = float(np.linalg.norm(across))
    if not breadth > 1e-4:
        return None
    x = across / breadth
    frame = np.stack([x, y, np.cross(x, y)])
    hand: Floats = points @ frame.T / palm
    return hand
