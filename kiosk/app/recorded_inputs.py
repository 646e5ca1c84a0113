"""A recording's session of the wall: what was pressed, said and asked for, without anybody's name.

Tablets and people become codes that are the same throughout one recording; what somebody wrote, and
what was heard of words that are no command, is left out. Sound, where an installer ticked it, is a
file of its own beside it.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from kiosk.core.state import ViewState
from kiosk.core.world import Catalogue, Entry
from kiosk.inputs.recorded import (
    SCHEMA,
    Answered,
    Gestured,
    Header,
    Pointed,
    Requested,
    There,
    Told,
    Touched,
    WallInput,
    WallLine,
    line_of,
)
from kiosk.wire.text import Text
from voice.events import Answer, Choice, IntentMatch, NoMatch

SUFFIX = ".wall.jsonl"
UNFINISHED = "unfinished-"
OMITTED = "…"
PEOPLE = {"device": "tablet", "device_name": "tablet", "person": "person", "by": "person"}
"""Arguments that name somebody, and what their code begins with."""
WRITTEN = frozenset({"text", "heard", "call.ring about"})
"""Arguments that somebody typed or spoke freely; "call.ring about" is that of one command."""
OF_THE_MOMENT = frozenset({"nonce", "request", "url", "check_code", "credential"})
"""Arguments that are worth nothing later: a replay asks its own questions."""
OWN = ("system.", "cctv.tour_", "incident.take_screen", "choice.")
"""What the wall does by itself and a replay has to do too; all else a process tells is left out."""
_KEPT = (
    *("place", "metric", "map_zoom", "map_x", "map_y", "map_look", "small_tiles", "turn", "cctv"),
    *("language", "theme", "text_scale", "locked", "dimmed", "profile", "by_use", "orders_shown"),
    *("goal", "incident_kind", "lists", "screen"),
)
"""Of how the wall stands; whatever else it holds may name somebody or what they wrote."""

log = logging.getLogger(__name__)
Redact = Callable[[str, dict[str, Any]], dict[str, Any]]


class Codes:
    """The same code for the same name, as long as one recording lasts."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = defaultdict(dict)

    def of(self, what: str, name: str) -> str:
        if not name:
            return name
        known = self._known[what]
        return known.setdefault(name, f"{what}-{len(known) + 1}")


class InputFile:
    """One recording's file. It has "unfinished-" before its name until `finish`. A file that can't
    be written is told once in the log, and the recording of the hands goes on."""

    def __init__(
        self,
        path: Path,
        epoch_ms: int,
        state: ViewState,
        catalogue: Catalogue,
        redact: Redact = lambda command, args: args,
        sound: str = "",
    ) -> None:
        """`sound`: the name of the file with the microphone's sound beside it, where there is
        one."""
        self._path = path
        self._epoch_ms = epoch_ms
        self._redact = redact
        self._codes = Codes()
        self._broken = False
        self._unfinished = path.with_name(UNFINISHED + path.name)
        start = ViewState(**{name: getattr(state, name) for name in _KEPT})
        header = Header(SCHEMA, epoch_ms, start, "recorded at the wall", sound=sound)
        self._write(header, "xb")
        complaints = tuple(self._nameless(entry) for entry in catalogue.complaints())
        self._write(There(0, catalogue.incidents(), complaints))

    def note(self, given: WallInput) -> None:
        kept = self._without_names(given)
        if kept is not None:
            t_ms = max(0, given.t_ms - self._epoch_ms)
            self._write(msgspec.structs.replace(kept, t_ms=t_ms))

    def finish(self) -> None:
        if not self._broken:
            self._unfinished.rename(self._path)

    def _write(self, line: Header | WallLine, mode: str = "ab") -> None:
        if self._broken:
            return
        try:
            with self._unfinished.open(mode) as file:
                file.write(line_of(line))
            if mode == "xb":
                self._unfinished.chmod(0o600)
        except OSError as error:
            self._broken = True
            log.warning("the inputs of a recording can't be written: %s", error)

    def _nameless(self, entry: Entry) -> Entry:
        code = self._codes.of("complaint", entry.id)
        return msgspec.structs.replace(entry, name=Text(code, code))

    def _without_names(self, given: WallInput) -> WallInput | None:
        match given:
            case Gestured():
                return None  # the recogniser says it again from the recorded hands
            case Told() if not given.command.startswith(OWN):
                return None
            case Requested():
                device = self._codes.of("tablet", given.device)
                given = msgspec.structs.replace(given, device=device)
            case Answered():
                return msgspec.structs.replace(given, answer=self._plain(given.answer))
            case _:
                pass
        if isinstance(given, Touched | Pointed | Requested | Told):
            args = self._plain_args(given.command, given.args)
            return msgspec.structs.replace(given, args=args)
        return given

    def _plain(self, answer: Answer) -> Answer:
        if isinstance(answer, IntentMatch):
            args = self._plain_args(answer.command, answer.args)
            written = args != answer.args
            text = OMITTED if written else answer.text
            return msgspec.structs.replace(answer, args=args, heard="", text=text)
        if isinstance(answer, Choice):
            options = tuple(self._match(one) for one in answer.options)
            return msgspec.structs.replace(answer, options=options, heard="")
        assert isinstance(answer, NoMatch)
        near = tuple(self._match(one) for one in answer.near)
        return msgspec.structs.replace(answer, near=near, heard="")

    def _match(self, match: IntentMatch) -> IntentMatch:
        plain = self._plain(match)
        assert isinstance(plain, IntentMatch)
        return plain

    def _plain_args(self, command: str, args: dict[str, Any]) -> dict[str, Any]:
        kept = {}
        for name, value in self._redact(command, args).items():
            if name in OF_THE_MOMENT:
                continue
            if {name, f"{command} {name}"} & WRITTEN and value:
                value = OMITTED
            elif name in PEOPLE and isinstance(value, str):
                value = self._codes.of(PEOPLE[name], value)
            kept[name] = value
        return kept
