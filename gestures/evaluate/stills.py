"""Pictures of single hands by label: from an index of landmarks, or through the landmarker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gestures.errors import CameraError
from gestures.evaluate.names import NONE, meant_by
from gestures.events import HandFrame
from gestures.index import as_hand, stills
from gestures.proportions import estimated_aspect
from gestures.still import StillReader, still_gesture


@dataclass(frozen=True, slots=True)
class Answer:
    """What was meant and what was said of one picture, kinds or "none".

    person of a source: "" unknown.
    """

    label: str
    meant: str
    said: str
    source: str = ""
    person: str = ""


def from_index(index: Path) -> Iterator[Answer]:
    """Pictures whose label counts; one without a hand says "none". Raises SessionError."""
    for still in stills(index):
        meant = meant_by(still.label)
        if meant is not None:
            hands = tuple(as_hand(shown) for shown in still.hands)
            aspect = estimated_aspect((hand.lm, hand.world) for hand in hands)
            said = still_gesture(HandFrame(0, hands, aspect)).kind or NONE
            yield Answer(still.label, meant, said, still.source, still.person)


def indexed_files(index: Path) -> set[Path]:
    """The pictures that an index speaks of. Raises SessionError."""
    return {(index.parent / still.file).resolve() for still in stills(index)}


def from_pictures(files: Iterable[Path], problems: list[str]) -> Iterator[Answer]:
    """Pictures in folders named by label. What can't be read is added to problems.

    Raises ModelError.
    """
    from gestures.camera import read_still

    with StillReader() as reader:
        for file in files:
            meant = meant_by(file.parent.name)
            if meant is None:
                continue
            try:
                said = still_gesture(reader.hands(read_still(file))).kind or NONE
            except CameraError as error:
                problems.append(str(error))
                continue
            yield Answer(file.parent.name, meant, said)
