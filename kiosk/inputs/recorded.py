"""What comes to a wall besides hands (fingers, keys, speech, tablets), and files of it.

JSON Lines, `NAME.wall.jsonl` or `.wall.jsonl.gz`, version 1: a header
`{"type": "header", "schema": "wall/1", "epoch_ms": ..., "start": {...}}`, then one line an input,
`{"type": "touch", "t_ms": ..., "command": ...}` and so on, their times not falling, and lines
`{"type": "there", ...}` that say which incidents and complaints the city had. Sound, pictures and
names of people are in none of them; sound lies beside them where an installer ticked it.
"""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from gestures.events import GestureEvent
from kiosk.core.state import ViewState
from kiosk.core.world import Entry
from kiosk.wire.messages import Role
from voice.events import Answer, Context, Gate

SCHEMA = "wall/1"
SUFFIXES = (".wall.jsonl", ".wall.jsonl.gz")
TimeMs = Annotated[int, Meta(ge=0)]
LONGEST_LINE = 4 * 1024 * 1024


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    pass


class Header(_Line, frozen=True, tag="header"):
    """epoch_ms: what the clock said at t_ms 0. start: how the wall stood then. source, note: where
    the session is from. sound: the file beside it with all that the microphone heard meanwhile, of
    which `heard` lines name the parts that were meant for the wall."""

    schema: str
    epoch_ms: int = 0
    start: ViewState = ViewState()
    source: str = ""
    note: str = ""
    sound: str = ""


class Touched(_Line, frozen=True, tag="touch", omit_defaults=True):
    """A finger pressed a target."""

    t_ms: TimeMs
    command: str
    args: dict[str, Any] = {}
    trigger: str = ""


class Pointed(_Line, frozen=True, tag="pointed", omit_defaults=True):
    """The hand's pointer pressed a target; `act` is what the hand did."""

    t_ms: TimeMs
    command: str
    args: dict[str, Any] = {}
    act: str = ""


class Keyed(_Line, frozen=True, tag="key"):
    t_ms: TimeMs
    name: str


class Flicked(_Line, frozen=True, tag="flick"):
    t_ms: TimeMs
    towards: str


class Gestured(_Line, frozen=True, tag="gesture"):
    """A gesture as the recogniser told it, where no hands are recorded."""

    t_ms: TimeMs
    event: GestureEvent


class Answered(_Line, frozen=True, tag="voice"):
    """What speech came to."""

    t_ms: TimeMs
    answer: Answer


class Said(_Line, frozen=True, tag="text"):
    """Written words for the matcher, as if they had been spoken."""

    t_ms: TimeMs
    text: str


class Sounded(_Line, frozen=True, tag="sound", omit_defaults=True):
    """A recording, beside the session, that is heard from here on."""

    t_ms: TimeMs
    file: str
    gate: Gate = Gate.PTT
    context: Context = Context.ANY


class Heard(_Line, frozen=True, tag="heard", omit_defaults=True):
    """The answer told just before came from this part of a recording beside the session; where that
    is there, it is heard again in the answer's place. from_ms, to_ms: of the recording."""

    t_ms: TimeMs
    file: str
    from_ms: TimeMs
    to_ms: TimeMs
    context: Context = Context.ANY


class Requested(_Line, frozen=True, tag="tablet", omit_defaults=True):
    """A tablet asked for something; `role` None: no paired tablet."""

    t_ms: TimeMs
    device: str
    command: str
    role: Role | None = "official"
    args: dict[str, Any] = {}
    verified: bool = False


class Told(_Line, frozen=True, tag="told", omit_defaults=True):
    """The wall's own processes did something: a wall that nobody stands at dims."""

    t_ms: TimeMs
    command: str
    args: dict[str, Any] = {}


class There(_Line, frozen=True, tag="there", omit_defaults=True):
    """What the city had then, of what comes and goes."""

    t_ms: TimeMs = 0
    incidents: tuple[Entry, ...] = ()
    complaints: tuple[Entry, ...] = ()


WallInput = (
    Touched
    | Pointed
    | Keyed
    | Flicked
    | Gestured
    | Answered
    | Said
    | Sounded
    | Heard
    | Requested
    | Told
)
WallLine = WallInput | There
_decoder: "msgspec.json.Decoder[Header | WallLine]" = msgspec.json.Decoder(Header | WallLine)
_encoder = msgspec.json.Encoder()


class WallSession(msgspec.Struct, frozen=True):
    """A whole session of the wall."""

    header: Header
    lines: tuple[WallLine, ...] = ()


class WallSessionError(Exception):
    """A session of the wall that can't be read; line counts from 1, 0 is the file as a whole."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        self.file = file
        self.line = line
        super().__init__(f"{file}:{line}: {reason}")


def is_wall_session(path: str | Path) -> bool:
    return str(path).endswith(SUFFIXES)


def read_wall_session(path: Path) -> WallSession:
    """Raises WallSessionError with file and line."""
    header: Header | None = None
    lines: list[WallLine] = []
    for number, text in _texts(path):
        try:
            line = _decoder.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise WallSessionError(path, number, f"no line of a session: {error}") from error
        if header is None:
            if not isinstance(line, Header) or line.schema != SCHEMA:
                found = line.schema if isinstance(line, Header) else "another line"
                reason = f"{found!r}; a header of schema {SCHEMA!r} is expected first"
                raise WallSessionError(path, number, reason)
            header = line
        elif isinstance(line, Header):
            raise WallSessionError(path, number, "a second header")
        elif lines and line.t_ms < lines[-1].t_ms:
            reason = f"t_ms {line.t_ms} after {lines[-1].t_ms}; times must not fall"
            raise WallSessionError(path, number, reason)
        else:
            lines.append(line)
    if header is None:
        raise WallSessionError(path, 0, "empty; a header line is expected")
    return WallSession(header, tuple(lines))


def _texts(path: Path) -> Iterator[tuple[int, bytes]]:
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            while text := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(text) > LONGEST_LINE:
                    raise WallSessionError(path, number, f"longer than {LONGEST_LINE} bytes")
                if text.strip():
                    yield number, text
    except (OSError, EOFError, zlib.error) as error:
        where = f"can't be read after line {number}" if number else "can't be read"
        raise WallSessionError(path, number, f"{where}: {error}") from error


def line_of(line: Header | WallLine) -> bytes:
    """As it stands in a file."""
    return _encoder.encode(line) + b"\n"


def write_wall_session(path: Path, session: WallSession) -> None:
    """gzip when the name ends in .gz; the same session gives the same bytes. Raises OSError."""
    whole = b"".join(line_of(line) for line in (session.header, *session.lines))
    path.write_bytes(gzip.compress(whole, mtime=0) if path.suffix == ".gz" else whole)
