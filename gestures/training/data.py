"""Real hands to learn from: a folder with `index.jsonl.gz`, a line per still with its landmarks."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from gestures.descriptor import Floats
from gestures.errors import TrainingDataError
from gestures.events import LANDMARKS, Point3
from gestures.training.labels import SIGNS

INDEX = "index.jsonl.gz"
# Pictures of people standing in rooms: kept for testing, never learned from.
TEST_SOURCES = ("hagrid_tiles", "hagrid_mp", "mp_samples")
HELD_OUT_OF = 5  # one person in so many is left out of the weights that are shipped


class Example(NamedTuple):
    """One real hand. hand: (21, 3), a right hand's points, wrist at 0, in palms, in its own frame:
    x from the index to the little finger, y along the palm, z out of the palm."""

    hand: Floats
    label: str
    person: str
    source: str


class _RawHand(msgspec.Struct):
    handedness: str
    world: tuple[Point3, ...]


class _RawStill(msgspec.Struct):
    source: str
    label: str
    person: str
    hands: tuple[_RawHand, ...]


def read_examples(folder: Path) -> list[Example]:
    """Every usable hand of a folder whose label is known, in the file's order.

    Raises TrainingDataError: no such file, a line that can't be read, or no usable hand.
    """
    path = folder / INDEX
    found = [example for still in _stills(path) for example in _examples(still)]
    if not found:
        raise TrainingDataError(path, 0, f"no hand with a known label ({', '.join(SIGNS)})")
    return found


def held_out(person: str) -> bool:
    """Whether the shipped weights never saw this person: by name, the same in every run."""
    return zlib.crc32(person.encode()) % HELD_OUT_OF == 0


def _stills(path: Path) -> Iterator[_RawStill]:
    decoder = msgspec.json.Decoder(_RawStill)
    number = 0
    try:
        with gzip.open(path, "rb") as file:
            for number, line in enumerate(file, start=1):
                still = decoder.decode(line)
                if any(len(hand.world) != LANDMARKS for hand in still.hands):
                    raise TrainingDataError(path, number, f"a hand without {LANDMARKS} points")
                yield still
    except (OSError, EOFError, zlib.error) as error:
        raise TrainingDataError(path, number, f"can't be read: {error}") from error
    except msgspec.DecodeError as error:
        raise TrainingDataError(path, number, f"not a still of the index: {error}") from error


def _examples(still: _RawStill) -> Iterator[Example]:
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
