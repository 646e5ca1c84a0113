"""All that came to the wall in one session, in one order of time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from gestures.errors import GesturesError, SessionError
from gestures.evaluate.streams import read_labels, starts_engaged
from gestures.events import HandFrame
from gestures.replay import REPLAY_FPS
from gestures.session import Header as HandsHeader
from gestures.session import Label, is_session, read
from gestures.source import TAIL_MS, open_source
from kiosk.inputs.recorded import (
    SCHEMA,
    Answered,
    Gestured,
    Header,
    Heard,
    Said,
    Sounded,
    There,
    WallInput,
    WallLine,
    WallSession,
    WallSessionError,
    read_wall_session,
)
from kiosk.tools.replay.sources import Source
from kiosk.tools.replay.stage import Understanding
from voice.errors import SoundFileError
from voice.events import Gate


class Damaged(Exception):  # noqa: N818 - an answer to a person, not a fault
    """A session that can't be played; the text names the file, and the line where there is one."""


class Hands(NamedTuple):
    """shift_ms: from the frames' own times to those of the timeline."""

    header: HandsHeader
    frames: tuple[HandFrame, ...]
    labels: tuple[Label, ...]
    shift_ms: int

    @property
    def engaged(self) -> bool:
        if self.header.schema:
            return self.header.engaged
        return starts_engaged(self.labels) if self.labels else False


class Timeline(NamedTuple):
    """`header` says how the wall stands at the beginning; `entries` are hands and inputs with their
    times, which do not fall."""

    header: Header
    hands: Hands | None
    entries: tuple[tuple[int, "HandFrame | WallLine"], ...]

    @property
    def length_ms(self) -> int:
        return self.entries[-1][0] if self.entries else 0


def read_timeline(
    source: Source,
    understanding: Callable[[], Understanding],
    heed: Callable[[], object] = lambda: None,
) -> Timeline:
    """Sound and words are understood here: what is said does not wait for what the wall does.
    `heed` is called now and then, and ends the work with what it raises.
    Raises Damaged, and VoiceError when words or sound can't be understood at all."""
    try:
        wall = read_wall_session(source.wall) if source.wall else WallSession(Header(SCHEMA))
        hands = read_hands(source.hands, source.labels, heed) if source.hands else None
        lines = [line for line in wall.lines if hands is None or not isinstance(line, Gestured)]
        whole = source.sound and not wall.header.sound
        if source.sound and whole and not any(isinstance(line, Sounded) for line in lines):
            lines.append(Sounded(0, source.sound.name))
        understood = list(_understood(_heard_again(lines, source), _folder(source), understanding))
    except (SessionError, WallSessionError, GesturesError, SoundFileError) as error:
        raise Damaged(str(error)) from error
    begin_ms = wall.header.epoch_ms
    wall_shift_ms = 0
    if hands is not None and hands.header.epoch_ms and begin_ms:
        apart_ms = hands.header.epoch_ms - begin_ms
        begin_ms = min(begin_ms, hands.header.epoch_ms)
        wall_shift_ms = max(0, -apart_ms)
        hands = hands._replace(shift_ms=max(0, apart_ms))
    elif hands is not None:
        begin_ms = begin_ms or hands.header.epoch_ms
    header = msgspec.structs.replace(wall.header, epoch_ms=begin_ms)
    entries: list[tuple[int, HandFrame | WallLine]] = [
        (line.t_ms + wall_shift_ms, line) for line in understood
    ]
    if hands is not None:
        entries += [(frame.t_ms + hands.shift_ms, frame) for frame in _with_tail(hands.frames)]
    entries.sort(key=lambda entry: entry[0])  # stable: of one time, what was done comes first
    return Timeline(header, hands, tuple(entries))


def read_hands(file: Path, beside: Path | None, heed: Callable[[], object] = lambda: None) -> Hands:
    """Of a session, or of a clip by camera and landmarker. Raises GesturesError."""
    labels = read_labels(beside) if beside else ()
    if not is_session(file):
        return Hands(HandsHeader(), tuple(_seen(file, heed)), labels, 0)
    session = read(file, heed)
    return Hands(session.header, session.frames, session.labels or labels, 0)


def _seen(file: Path, heed: Callable[[], object]) -> Iterator[HandFrame]:
    source = open_source(str(file), (0, 0), lambda: 0, REPLAY_FPS)
    try:
        source.look_for(2)
        while (frame := source.read()) is not None:
            heed()
            yield frame
    finally:
        source.close()


def _with_tail(frames: tuple[HandFrame, ...]) -> Iterator[HandFrame]:
    yield from frames
    last_ms = frames[-1].t_ms if frames else 0
    for after_ms in TAIL_MS:
        yield HandFrame(t_ms=last_ms + after_ms)


def _heard_again(lines: list[WallLine], source: Source) -> list[WallLine]:
    """Without the answers whose sound is there; without the parts of sound that is not."""
    kept: list[WallLine] = []
    for line in lines:
        if isinstance(line, Heard):
            if source.sound is None or source.sound.name != Path(line.file).name:
                continue
            last = next((n for n in reversed(kept) if isinstance(n, Answered | Heard)), None)
            if isinstance(last, Answered):
                kept.remove(last)
        kept.append(line)
    return kept


def _understood(
    lines: list[WallLine], folder: Path, understanding: Callable[[], Understanding]
) -> Iterator[WallLine]:
    for line in lines:
        if isinstance(line, Said):
            yield Answered(line.t_ms, understanding().text(line.text))
        elif isinstance(line, Sounded):
            file = str(folder / Path(line.file).name)
            for after_ms, answer in understanding().sound(file, line.gate, line.context):
                yield Answered(line.t_ms + after_ms, answer)
        elif isinstance(line, Heard):
            part = line.from_ms, line.to_ms
            file = str(folder / Path(line.file).name)
            for _, answer in understanding().sound(file, Gate.PTT, line.context, part)[:1]:
                yield Answered(line.t_ms, answer)
        else:
            yield line


def _folder(source: Source) -> Path:
    return (source.sound or source.wall or source.golden).parent


__all__ = ["Damaged", "Hands", "There", "Timeline", "WallInput", "read_hands", "read_timeline"]
