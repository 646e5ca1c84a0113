"""An index of stills: a line a picture, with its label, its person and the hands found in it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from gestures.errors import SessionError
from gestures.events import Hand, Point3, Side

INDEX_FILE = "index.jsonl.gz"


class Shown(msgspec.Struct, frozen=True):
    """A hand in a line of the index; sides are written with a capital."""

    handedness: str
    score: float
    lm: tuple[Point3, ...]
    world: tuple[Point3, ...]


class Still(msgspec.Struct, frozen=True):
    """A line of the index of stills."""

    file: str
    source: str
    label: str
    person: str
    hands: tuple[Shown, ...] = ()


def stills(index: Path) -> Iterator[Still]:
    """The lines of an index of stills. Raises SessionError with file and line."""
    number = 0
    try:
        with gzip.open(index) as file:
            for line in file:
                number += 1
                yield msgspec.json.decode(line, type=Still)
    except (OSError, EOFError, zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SessionError(index, number, f"no index of stills: {error}") from error


def as_hand(shown: Shown) -> Hand:
    side: Side = "left" if shown.handedness.lower() == "left" else "right"
    return Hand(side, shown.score, shown.lm, shown.world)
