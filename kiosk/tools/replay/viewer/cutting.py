"""A part of a session becomes one of its own, with its golden."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from gestures.events import HandFrame
from gestures.session import SCHEMA as HANDS_SCHEMA
from gestures.session import Label, Session, write
from kiosk.inputs.recorded import There, WallLine, WallSession, write_wall_session
from kiosk.tools.replay.golden import write_golden
from kiosk.tools.replay.play import play
from kiosk.tools.replay.sources import GOLDEN, Source
from kiosk.tools.replay.stage import House
from kiosk.tools.replay.timeline import Hands, Timeline, read_timeline


class Part(NamedTuple):
    """From when to when, in times of the timeline; whether hands acted when it begins; the labels
    of the whole, in times of the hands."""

    start_ms: int
    end_ms: int
    engaged: bool
    labels: tuple[Label, ...]


def cut(timeline: Timeline, part: Part, house: House, folder: Path, name: str) -> list[Path]:
    """Writes it and returns its files. Raises OSError, Damaged."""
    written: list[Path] = []
    source = Source(name, folder / (name + GOLDEN))
    if timeline.hands is not None:
        file = folder / f"{name}.jsonl.gz"
        _cut_hands(timeline.hands, part, file)
        source = source._replace(hands=file)
        written.append(file)
    lines = tuple(_moved(line, part.start_ms) for line in _lines(timeline, part))
    if lines:
        header = msgspec.structs.replace(timeline.header, epoch_ms=0)
        file = folder / f"{name}.wall.jsonl"
        write_wall_session(file, WallSession(header, lines))
        source = source._replace(wall=file)
        written.append(file)
    again = read_timeline(source, lambda: house.understanding)
    write_golden(source.golden, play(again, house).events)
    return [*written, source.golden]


def _cut_hands(hands: Hands, part: Part, file: Path) -> None:
    begin, end = part.start_ms - hands.shift_ms, part.end_ms - hands.shift_ms
    kept = [frame for frame in hands.frames if begin <= frame.t_ms <= end]
    frames = tuple(msgspec.structs.replace(f, t_ms=f.t_ms - begin) for f in kept)
    labels = tuple(
        Label(label.start_ms - begin, label.end_ms - begin, label.kind)
        for label in part.labels
        if begin <= label.start_ms and label.end_ms <= end
    )
    header = msgspec.structs.replace(
        hands.header,
        schema=HANDS_SCHEMA,
        format=None,
        aspect=kept[0].aspect if kept else hands.header.aspect,
        mirrored=False,
        engaged=part.engaged,
        epoch_ms=0,
    )
    write(file, Session(header, frames, labels))


def _lines(timeline: Timeline, part: Part) -> Iterator[tuple[int, WallLine]]:
    """What the city had counts however long ago it was told."""
    for t_ms, entry in timeline.entries:
        if isinstance(entry, HandFrame):
            continue
        within = part.start_ms <= t_ms <= part.end_ms
        if within or (isinstance(entry, There) and t_ms <= part.end_ms):
            yield t_ms, entry


def _moved(line: tuple[int, WallLine], start_ms: int) -> WallLine:
    return msgspec.structs.replace(line[1], t_ms=max(0, line[0] - start_ms))
