"""A session's golden: the events that are expected of it, and how far they may be off.

What the wall says in words is left out: it may be put better without anything being another.

`NAME.golden.jsonl`: a header `{"type": "golden", "schema": "golden/1", "tolerance": {...}}`, then
an event a line, as `replay --json` tells it without the session's name.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from kiosk.tools.replay.play import Event

SCHEMA = "golden/1"
FAR_MS = 2_000  # an event that comes so much later is another one
WORDS = frozenset({"say"})
Kind = Literal["missing", "extra", "late", "early", "other kind", "other values"]
_GRADED = {"pointer": "pointer", "confidence": "score", "score": "score"}


class Tolerance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far off an event may be: ms either way, parts of the pointer's box, parts of 1 of
    confidences and scores."""

    time_ms: int = 80
    pointer: float = 0.03
    score: float = 0.1


class Header(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="golden", tag_field="type"
):
    schema: str = SCHEMA
    tolerance: Tolerance = Tolerance()


class Golden(NamedTuple):
    tolerance: Tolerance
    events: tuple[Event, ...]


class GoldenError(Exception):
    """A golden that can't be read, with file and line."""


class Difference(NamedTuple):
    """`event`: what was expected, or what came in its place when nothing was expected. `told`: in
    words, how it differs."""

    kind: Kind
    event: Event
    told: str

    @property
    def t_ms(self) -> int:
        return self.event.t_ms


def read_golden(file: Path) -> Golden:
    """Raises GoldenError."""
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise GoldenError(f"{file}:0: can't be read: {error.strerror}") from error
    try:
        header = msgspec.json.decode(lines[0] if lines else b"", type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise GoldenError(f"{file}:1: no header of a golden: {error}") from error
    if header.schema != SCHEMA:
        raise GoldenError(f"{file}:1: schema {header.schema!r}; expected {SCHEMA!r}")
    events = []
    for number, line in enumerate(lines[1:], start=2):
        try:
            events.append(msgspec.json.decode(line, type=Event))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise GoldenError(f"{file}:{number}: no event: {error}") from error
    return Golden(header.tolerance, tuple(events))


def write_golden(file: Path, events: Sequence[Event], tolerance: Tolerance | None = None) -> None:
    """Takes the place of the one before it, whose tolerance stays. Raises OSError, GoldenError."""
    if tolerance is None:
        tolerance = read_golden(file).tolerance if file.exists() else Tolerance()
    lines = [Header(tolerance=tolerance), *map(_without_words, events)]
    whole = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.write_bytes(whole)
    unfinished.replace(file)


def compare(
    expected: Sequence[Event], found: Sequence[Event], tolerance: Tolerance
) -> tuple[Difference, ...]:
    """What is missing, extra, late, early or another than expected, in the order of time.

    An event answers the nearest expected one of the same kind within two seconds; what is left over
    on both sides within the tolerance of time is told as another kind.
    """
    left = list(found)
    pairs: list[tuple[Event, Event]] = []
    unanswered: list[Event] = []
    for event in expected:
        answer = _nearest(event, (e for e in left if _same(e, event)), FAR_MS)
        if answer is None:
            unanswered.append(event)
        else:
            left.remove(answer)
            pairs.append((event, answer))
    differences = [d for wanted, got in pairs for d in _apart(wanted, got, tolerance)]
    for event in unanswered:
        instead = _nearest(event, (e for e in left if e.what == event.what), tolerance.time_ms)
        if instead is None:
            differences.append(Difference("missing", event, event_words(event)))
        else:
            left.remove(instead)
            told = f"{event_words(event)} expected, {event_words(instead)} found"
            differences.append(Difference("other kind", event, told))
    differences += [Difference("extra", event, event_words(event)) for event in left]
    return tuple(sorted(differences, key=lambda d: d.t_ms))


def event_words(event: Event) -> str:
    """An event in a few words, for a person."""
    details = event.details
    more = next((details[k] for k in ("phase", "command", "reason", "status") if k in details), "")
    return f"{event.what} {event.kind} {more}".strip()


def _without_words(event: Event) -> Event:
    kept = {name: value for name, value in event.details.items() if name not in WORDS}
    return msgspec.structs.replace(event, details=kept)


def _same(one: Event, other: Event) -> bool:
    phases = one.details.get("phase"), other.details.get("phase")
    return (one.what, one.kind) == (other.what, other.kind) and phases[0] == phases[1]


def _nearest(event: Event, candidates: Iterator[Event], within_ms: int) -> Event | None:
    near = [e for e in candidates if abs(e.t_ms - event.t_ms) <= within_ms]
    return min(near, key=lambda e: abs(e.t_ms - event.t_ms), default=None)


def _apart(wanted: Event, got: Event, tolerance: Tolerance) -> Iterator[Difference]:
    late_ms = got.t_ms - wanted.t_ms
    if abs(late_ms) > tolerance.time_ms:
        kind: Kind = "late" if late_ms > 0 else "early"
        way = "later" if late_ms > 0 else "sooner"
        told = f"{event_words(wanted)}, {abs(late_ms)} ms {way} than expected"
        yield Difference(kind, wanted, f"{told} (at most {tolerance.time_ms} ms)")
    others = list(_others(wanted.details, got.details, tolerance))
    if others:
        yield Difference("other values", wanted, f"{event_words(wanted)}: {'; '.join(others)}")


def _others(wanted: dict[str, Any], got: dict[str, Any], tolerance: Tolerance) -> Iterator[str]:
    for name in dict.fromkeys((*wanted, *got)):
        if name in WORDS:
            continue
        before, now = wanted.get(name), got.get(name)
        allowed = getattr(tolerance, _GRADED[name]) if name in _GRADED else 0.0
        if before != now and not _near(before, now, allowed):
            yield f"{name} {_short(before)} expected, {_short(now)} found"


def _near(before: object, now: object, allowed: float) -> bool:
    if isinstance(before, int | float) and isinstance(now, int | float):
        return abs(before - now) <= allowed + 1e-9
    if isinstance(before, list | tuple) and isinstance(now, list | tuple):
        pairs = len(before) == len(now)
        return pairs and all(_near(a, b, allowed) for a, b in zip(before, now, strict=True))
    return False


def _short(value: object) -> str:
    return msgspec.json.encode(value).decode()
