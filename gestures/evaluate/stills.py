"""Pictures of single hands by label: as the recogniser looks at them, and as an index noted them.

The product looks at a still several times (`gestures.still`). An index holds the landmarks of one
look, whatever it was: what is said of those tells about the shapes, not about the product.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gestures.errors import CameraError
from gestures.evaluate.names import NONE, meant_by
from gestures.events import HandFrame
from gestures.index import Still, as_hand, stills
from gestures.proportions import estimated_aspect
from gestures.still import StillReader, still_gesture

Looked = Literal["picture", "landmarks"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was meant and what was said of one picture, kinds or "none".

    person of a source: "" unknown. looked: at the picture itself, or at the landmarks of an index.
    """

    label: str
    meant: str
    said: str
    source: str = ""
    person: str = ""
    looked: Looked = "picture"


def from_index(index: Path) -> Iterator[Answer]:
    """Pictures whose label counts; one without a hand says "none". Raises SessionError."""
    for still in stills(index):
        meant = meant_by(still.label, still.source)
        if meant is not None:
            hands = tuple(as_hand(shown) for shown in still.hands)
            aspect = estimated_aspect((hand.lm, hand.world) for hand in hands)
            said = still_gesture(HandFrame(0, hands, aspect)).kind or NONE
            yield Answer(still.label, meant, said, still.source, still.person, "landmarks")


def indexed(index: Path) -> dict[Path, Still]:
    """What an index says of which picture. Raises SessionError."""
    return {(index.parent / still.file).resolve(): still for still in stills(index)}


def from_pictures(
    files: Mapping[Path, Still | None], problems: list[str]
) -> Iterator[Answer | None]:
    """Pictures with what an index says of each, else in a folder named by label; None for one that
    does not count. What can't be read is added to problems.

    Raises ModelError.
    """
    from gestures.camera import read_still

    with StillReader() as reader:
        for file, still in files.items():
            label = still.label if still else file.parent.name
            source, person = (still.source, still.person) if still else ("", "")
            meant = meant_by(label, source)
            if meant is None:
                yield None
                continue
            try:
                said = still_gesture(reader.hands(read_still(file))).kind or NONE
            except CameraError as error:
                problems.append(str(error))
                yield None
                continue
            yield Answer(label, meant, said, source, person)
