"""Sessions and clips with labels, and idle ones: replayed through the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from gestures.engine import GestureEngine
from gestures.errors import SessionError
from gestures.evaluate.matching import Matching, match
from gestures.events import GestureEvent, GestureKind, HandFrame
from gestures.replay import REPLAY_FPS
from gestures.session import CONVERTED, Header, Label, read
from gestures.source import TAIL_MS, FrameSource, open_source

RECORDED, GENERATED = "recorded", "generated"
FROM_SKELETONS = "recorded, converted"


@dataclass(frozen=True, slots=True)
class Stream:
    """What came of one session. made: recorded, generated, or recorded as skeletons in space and
    seen by a made-up camera. engaged_ms: of length_ms, how long the clutch was closed."""

    file: Path
    header: Header
    matching: Matching
    idle: bool
    length_ms: int
    engaged_ms: int

    @property
    def made(self) -> str:
        if self.header.generator:
            return GENERATED
        return FROM_SKELETONS if self.header.note == CONVERTED else RECORDED


class _SpanLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    start_ms: int
    end_ms: int
    kind: GestureKind


def read_labels(path: Path) -> tuple[Label, ...]:
    """A file of labels beside a clip: `{"start_ms", "end_ms", "kind"}` a line.

    An empty file says that nothing was meant. Raises SessionError with file and line.
    """
    labels = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise SessionError(path, 0, f"can't be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            span = msgspec.json.decode(line, type=_SpanLine)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise SessionError(path, number, f"no label: {error}") from error
        if not 0 <= span.start_ms <= span.end_ms:
            raise SessionError(path, number, "expected 0 <= start_ms <= end_ms")
        labels.append(Label(span.start_ms, span.end_ms, span.kind))
    return tuple(labels)


def replay_session(path: Path, beside: tuple[Label, ...] | None) -> Stream | None:
    """beside: the labels of a file beside the session, None where there is none. None when it is
    neither labelled nor idle. Raises SessionError."""
    session = read(path)
    header, labels = session.header, session.labels or beside or ()
    if not labels and beside is None and not header.idle:
        return None
    engaged = header.engaged if header.schema else starts_engaged(labels)
    header = msgspec.structs.replace(header, engaged=engaged)
    engine = GestureEngine(engaged=engaged)
    return _stream(path, header, labels, _hear(engine, session.frames))


def replay_clip(path: Path, labels: tuple[Label, ...]) -> Stream:
    """A clip through camera, tracker and engine. Raises GesturesError."""
    engaged = starts_engaged(labels)
    engine = GestureEngine(engaged=engaged)
    source = open_source(str(path), (0, 0), lambda: 0, REPLAY_FPS)
    try:
        heard = _hear(engine, _frames_of(source, engine))
    finally:
        source.close()
    return _stream(path, Header(engaged=engaged), labels, heard)


class _Heard(NamedTuple):
    events: list[GestureEvent]
    length_ms: int
    engaged_ms: int


def _hear(engine: GestureEngine, frames: Iterable[HandFrame]) -> _Heard:
    events: list[GestureEvent] = []
    first_ms: int | None = None
    last_ms = engaged_ms = 0
    for frame in frames:
        if first_ms is None:
            first_ms = last_ms = frame.t_ms
        engaged_ms += (frame.t_ms - last_ms) * engine.engaged
        events += engine.feed(frame)
        last_ms = frame.t_ms
    for after_ms in TAIL_MS:
        events += engine.feed(HandFrame(t_ms=last_ms + after_ms))
    return _Heard(events, last_ms - (first_ms or 0), engaged_ms)


def _frames_of(source: FrameSource, engine: GestureEngine) -> Iterator[HandFrame]:
    source.look_for(2 if engine.engaged else 1)
    while (frame := source.read()) is not None:
        yield frame
        source.look_for(2 if engine.engaged else 1)


def _stream(path: Path, header: Header, labels: tuple[Label, ...], heard: _Heard) -> Stream:
    matching = match(labels, heard.events)
    return Stream(path, header, matching, not labels, heard.length_ms, heard.engaged_ms)


def starts_engaged(labels: tuple[Label, ...]) -> bool:
    """A clip that nobody wrote a header for is engaged, unless it begins with a held palm."""
    return not labels or labels[0].kind is not GestureKind.PALM_HOLD
