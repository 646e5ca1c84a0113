"""Recorded sessions: JSON Lines of hand landmarks, never pixels. `.jsonl` or `.jsonl.gz`.

Our own format, version 1: a header
`{"type": "header", "schema": "hands/1", "model": ..., "aspect": ..., "mirrored": ..., ...}`,
then in any order of lines (times rising among frames)
`{"type": "frame", "t_ms": ..., "hands": [{"side", "score", "lm", "world"}]}`,
`{"type": "label", "t_ms": ..., "kind": ...}` (what a person says was meant) and
`{"type": "event", "event": {...}}` (what an engine said when it was recorded).

Landmark files (`lab.landmarks/1`: a header with "format", then frames without "type" and without
the picture's proportions) are read too; proportions then follow from the hands themselves.
"""

from __future__ import annotations

import gzip
import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Annotated, Any, Literal

import msgspec

from gestures.errors import SessionError
from gestures.events import LANDMARKS, GestureEvent, GestureKind, Hand, HandFrame, Point3, Side

SCHEMA = "hands/1"
LANDMARK_FORMAT = "lab.landmarks/1"
SUFFIXES = (".jsonl", ".jsonl.gz")
MAX_HANDS = 16


class Header(msgspec.Struct, frozen=True, tag="header", tag_field="type"):
    """First line. aspect: width over height of the pictures, None when it was not noted.

    mirrored: the pictures were flipped left to right. source, licence: where the hands are from.
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


class Label(msgspec.Struct, frozen=True):
    """What a person says was meant, and when it ended."""

    t_ms: int
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
    hands: tuple[_RawHand, ...] = ()
    kind: GestureKind | None = None
    event: GestureEvent | None = None


def is_session(path: str | Path) -> bool:
    """Whether a name says that it is a recorded session."""
    return str(path).endswith(SUFFIXES)


def read(path: Path) -> Session:
    """A session file. Raises SessionError with file and line."""
    lines = _lines(path)
    number, first = next(lines, (1, b""))
    header = _header(path, number, first)
    raws: list[_RawLine] = []
    labels: list[Label] = []
    events: list[GestureEvent] = []
    for number, line in lines:
        raw = _decode(path, number, line)
        if raw.type == "event" and raw.event is not None:
            events.append(raw.event)
        elif raw.type == "label" and raw.kind is not None:
            labels.append(Label(raw.t_ms, raw.kind))
        else:
            _check_frame(path, number, raw, raws[-1].t_ms if raws else -1)
            raws.append(raw)
    aspect = header.aspect or _estimated_aspect(raws)
    frames = tuple(_frame(raw, aspect, header.mirrored) for raw in raws)
    return Session(header, frames, tuple(labels), tuple(events))


def write(path: Path, session: Session) -> None:
    """Writes a session in our own format; gzip when the name ends in .gz."""
    encoder = msgspec.json.Encoder()
    lines = [encoder.encode(msgspec.structs.replace(session.header, schema=SCHEMA, format=None))]
    lines += [encoder.encode({"type": "frame", **_plain(frame)}) for frame in session.frames]
    lines += [
        encoder.encode({"type": "label", "t_ms": label.t_ms, "kind": label.kind})
        for label in session.labels
    ]
    lines += [encoder.encode({"type": "event", "event": event}) for event in session.events]
    data = b"\n".join(lines) + b"\n"
    # mtime 0, so that the same session gives the same bytes
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except (OSError, EOFError, zlib.error) as error:
        raise SessionError(path, 0, f"can't be read: {error}") from error


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


def _estimated_aspect(raws: list[_RawLine]) -> float:
    """Width over height such that the hands keep the proportions of their metric points."""
    ratios = [_stretch(hand) for raw in raws for hand in raw.hands]
    usable = [ratio for ratio in ratios if ratio is not None]
    return min(4.0, max(0.4, median(usable))) if usable else 16 / 9


def _stretch(hand: _RawHand) -> float | None:
    """Metres along x per picture width over metres along y per picture height.

    Only from hands that extend well along both axes.
    """
    across, along = (_slope(hand, axis) for axis in (0, 1))
    if across is None or along is None:
        return None
    return along / across


def _slope(hand: _RawHand, axis: int) -> float | None:
    u = [point[axis] for point in hand.world]
    v = [point[axis] for point in hand.lm]
    mu, mv = sum(u) / LANDMARKS, sum(v) / LANDMARKS
    spread = sum((a - mu) ** 2 for a in u)
    if not math.isfinite(spread) or spread < LANDMARKS * 0.015**2:
        return None
    slope = sum((a - mu) * (b - mv) for a, b in zip(u, v, strict=True)) / spread
    return slope if slope > 1e-3 else None


def _plain(frame: HandFrame) -> dict[str, Any]:
    """A frame as it is written; the picture's proportions stand in the header."""
    return {
        "t_ms": frame.t_ms,
        "hands": [
            {
                "side": hand.side,
                "score": hand.score,
                "lm": [[round(v, 4) for v in point] for point in hand.lm],
                "world": [[round(v, 4) for v in point] for point in hand.world],
            }
            for hand in frame.hands
        ],
    }
