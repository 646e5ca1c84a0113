"""Recorded sessions: JSON Lines of hand landmarks, never pixels. `.jsonl` or `.jsonl.gz`.

Our own format, version 1: a header
`{"type": "header", "schema": "hands/1", "model": ..., "aspect": ..., "mirrored": ..., ...}`,
then in any order of lines (times rising among frames)
`{"type": "frame", "t_ms": ..., "hands": [{"side", "score", "lm", "world"}]}`,
`{"type": "label", "start_ms": ..., "t_ms": ..., "kind": ...}` (what a person says was meant, from
start_ms to t_ms; labels without start_ms are a moment) and
`{"type": "event", "event": {...}}` (what an engine said when it was recorded).

Landmark files (`lab.landmarks/1`: a header with "format", then frames without "type" and without
the picture's proportions) are read too; proportions then follow from the hands themselves.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from gestures.errors import SessionError
from gestures.events import LANDMARKS, GestureEvent, GestureKind, Hand, HandFrame, Point3, Side
from gestures.proportions import estimated_aspect

SCHEMA = "hands/1"
LANDMARK_FORMAT = "lab.landmarks/1"
SUFFIXES = (".jsonl", ".jsonl.gz")
MAX_HANDS = 16
PIECE_MS = 1000  # of a recording that a killed recorder may lose
PACKING = 6  # gzip level
CONVERTED = "converted recording"  # note of real hands in space seen by a made-up camera
IDLE = "idle"  # a scene that begins with this word holds no gesture that was meant


class Header(msgspec.Struct, frozen=True, tag="header", tag_field="type"):
    """First line. aspect: width over height of the pictures, None when it was not noted.

    mirrored: the pictures were flipped left to right. source, licence: where the hands are from.
    fps: nominal pictures a second; distance_m: from the camera to the person; None is unknown.
    generator: what made the session up, with its parameters; empty for a recording. seed: its
    seed. scene: what goes on, in words; "idle..." says that no gesture in it was meant. engaged:
    the clutch is closed from the start. epoch_ms: what the clock said at t_ms 0, 0 when nobody
    noted it.
    """

    schema: str | None = None
    format: str | None = None
    model: str = ""
    camera: str = ""
    crop: str = ""
    aspect: Annotated[float, msgspec.Meta(gt=0.1, lt=10)] | None = None
    mirrored: bool = False
    source: str = ""
    licence: str = ""
    note: str = ""
    fps: Annotated[float, msgspec.Meta(gt=0, le=1000)] | None = None
    distance_m: Annotated[float, msgspec.Meta(gt=0, le=100)] | None = None
    generator: str = ""
    seed: int | None = None
    scene: str = ""
    engaged: bool = False
    epoch_ms: int = 0

    @property
    def idle(self) -> bool:
        return self.scene.startswith(IDLE)


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person says was meant, and from when to when.

    A held shape: from the moment it is formed until it is let go. A movement: its first and last
    moment. A moment alone (start_ms = end_ms) is when the gesture was complete.
    """

    start_ms: int
    end_ms: int
    kind: GestureKind


@dataclass(frozen=True, slots=True)
class Session:
    """A whole recording; frames are unmirrored, whatever the file was."""

    header: Header
    frames: tuple[HandFrame, ...]
    labels: tuple[Label, ...] = ()
    events: tuple[GestureEvent, ...] = ()


class _RawHand(msgspec.Struct, frozen=True):
    side: Literal["Left", "Right", "left", "right"]
    score: float
    lm: tuple[Point3, ...]
    world: tuple[Point3, ...]


class _RawLine(msgspec.Struct, frozen=True):
    type: Literal["frame", "label", "event"] = "frame"
    t_ms: int = -1
    start_ms: int | None = None
    hands: tuple[_RawHand, ...] = ()
    kind: GestureKind | None = None
    event: GestureEvent | None = None


def is_session(path: str | Path) -> bool:
    """Whether a name says that it is a recorded session."""
    return str(path).endswith(SUFFIXES)


def read(path: Path, heed: Callable[[], object] = lambda: None) -> Session:
    """A session file. `heed` is called now and then, and ends the reading with what it raises.
    Raises SessionError with file and line."""
    lines = _lines(path)
    number, first = next(lines, (1, b""))
    header = _header(path, number, first)
    raws: list[_RawLine] = []
    labels: list[Label] = []
    events: list[GestureEvent] = []
    for number, line in lines:
        heed()
        raw = _decode(path, number, line)
        if raw.type == "event" and raw.event is not None:
            events.append(raw.event)
        elif raw.type == "label" and raw.kind is not None:
            labels.append(_label(path, number, raw, raw.kind))
        else:
            _check_frame(path, number, raw, raws[-1].t_ms if raws else -1)
            raws.append(raw)
    hands = ((hand.lm, hand.world) for raw in raws for hand in raw.hands)
    aspect = header.aspect or estimated_aspect(hands)
    frames: list[HandFrame] = []
    for raw in raws:
        heed()
        frames.append(_frame(raw, aspect, header.mirrored))
    return Session(header, tuple(frames), tuple(labels), tuple(events))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for line in file:
                number += 1
                if line.strip():
                    yield number, line
    except (OSError, EOFError, zlib.error) as error:
        where = f"can't be read after line {number}" if number else "can't be read"
        raise SessionError(path, number, f"{where}: {error}") from error


def _header(path: Path, number: int, line: bytes) -> Header:
    if not line:
        raise SessionError(path, 1, "empty; a header line is expected")
    try:
        header = msgspec.json.decode(line, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SessionError(path, number, f"no header of a session: {error}") from error
    if header.schema != SCHEMA and header.format != LANDMARK_FORMAT:
        found = header.schema or header.format
        raise SessionError(path, number, f"schema {found!r}; expected {SCHEMA!r}")
    return header


def _decode(path: Path, number: int, line: bytes) -> _RawLine:
    try:
        return msgspec.json.decode(line, type=_RawLine)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SessionError(path, number, str(error)) from error


def _label(path: Path, number: int, raw: _RawLine, kind: GestureKind) -> Label:
    start_ms = raw.t_ms if raw.start_ms is None else raw.start_ms
    if not 0 <= start_ms <= raw.t_ms:
        span = f"a label from {start_ms} to {raw.t_ms} ms"
        raise SessionError(path, number, f"{span}; expected 0 <= start_ms <= t_ms")
    return Label(start_ms, raw.t_ms, kind)


def _check_frame(path: Path, number: int, raw: _RawLine, last_ms: int) -> None:
    if raw.type != "frame":
        raise SessionError(path, number, f"a {raw.type} without its content")
    if raw.t_ms <= last_ms:
        raise SessionError(path, number, f"t_ms {raw.t_ms} after {last_ms}; times must rise")
    if len(raw.hands) > MAX_HANDS:
        raise SessionError(path, number, f"{len(raw.hands)} hands; at most {MAX_HANDS}")
    for hand in raw.hands:
        if len(hand.lm) != LANDMARKS or len(hand.world) != LANDMARKS:
            counts = f"{len(hand.lm)} and {len(hand.world)}"
            raise SessionError(path, number, f"{counts} points; {LANDMARKS} are expected")


def _frame(raw: _RawLine, aspect: float, mirrored: bool) -> HandFrame:
    hands = tuple(_hand(hand, mirrored) for hand in raw.hands)
    return HandFrame(t_ms=raw.t_ms, hands=hands, aspect=aspect)


def _hand(raw: _RawHand, mirrored: bool) -> Hand:
    side: Side = "left" if raw.side in ("Left", "left") else "right"
    if not mirrored:
        return Hand(side, raw.score, raw.lm, raw.world)
    return Hand(
        "right" if side == "left" else "left",
        raw.score,
        tuple((1.0 - x, y, z) for x, y, z in raw.lm),
        tuple((-x, y, z) for x, y, z in raw.world),
    )


class SessionWriter:
    """Writes a session line by line while it is recorded; gzip when the name ends in .gz.

    What is written reaches the file in whole pieces of about a second, each (in .gz) a gzip member
    of its own: a recorder that is killed leaves a file that reads to its end, without its last
    second. Frames are expected unmirrored. Raises OSError.
    """

    def __init__(self, path: Path, header: Header) -> None:
        """Replaces a file of that name."""
        self._packed = path.suffix == ".gz"
        self._encoder = msgspec.json.Encoder()
        self._lines: list[bytes] = []
        self._piece_ms: int | None = None
        self._file = path.open("wb")
        self._add(msgspec.structs.replace(header, schema=SCHEMA, format=None, mirrored=False))
        self._flush()

    def frame(self, frame: HandFrame) -> None:
        """The picture's proportions stand in the header, not here."""
        self._add({"type": "frame", **_plain(frame)})
        if self._piece_ms is None:
            self._piece_ms = frame.t_ms
        if frame.t_ms - self._piece_ms >= PIECE_MS:
            self._flush()
            self._piece_ms = frame.t_ms

    def label(self, label: Label) -> None:
        span = {"start_ms": label.start_ms, "t_ms": label.end_ms}
        self._add({"type": "label", **span, "kind": label.kind})

    def event(self, event: GestureEvent) -> None:
        self._add({"type": "event", "event": event})

    def close(self) -> None:
        """Writes what is left. Closing again does nothing."""
        if not self._file.closed:
            self._flush()
            self._file.close()

    def __enter__(self) -> SessionWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _add(self, line: object) -> None:
        self._lines.append(self._encoder.encode(line) + b"\n")

    def _flush(self) -> None:
        if self._lines:
            piece = b"".join(self._lines)
            self._lines.clear()
            # mtime 0, so that the same session gives the same bytes
            self._file.write(gzip.compress(piece, PACKING, mtime=0) if self._packed else piece)
            self._file.flush()


def write(path: Path, session: Session) -> None:
    """Writes a whole session. Raises OSError."""
    with SessionWriter(path, session.header) as writer:
        for frame in session.frames:
            writer.frame(frame)
        for label in session.labels:
            writer.label(label)
        for event in session.events:
            writer.event(event)


def as_written(frame: HandFrame) -> HandFrame:
    """The frame as it is read back from a file: points rounded to a ten-thousandth."""
    hands = tuple(
        msgspec.structs.replace(hand, lm=_rounded(hand.lm), world=_rounded(hand.world))
        for hand in frame.hands
    )
    return msgspec.structs.replace(frame, hands=hands)


def _plain(frame: HandFrame) -> dict[str, Any]:
    return {
        "t_ms": frame.t_ms,
        "hands": [
            {
                "side": hand.side,
                "score": hand.score,
                "lm": _rounded(hand.lm),
                "world": _rounded(hand.world),
            }
            for hand in frame.hands
        ],
    }


def _rounded(points: tuple[Point3, ...]) -> tuple[Point3, ...]:
    return tuple((round(x, 4), round(y, 4), round(z, 4)) for x, y, z in points)
