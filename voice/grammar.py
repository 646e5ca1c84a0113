"""The commands that can be spoken, read from data: one TOML file per area, its tests beside it.

    area = "districts"

    [[command]]
    id = "district.select"
    phrasings = ["{district}[로] (보여|열어) 줘"]
    args = { district = "{district}" }

    [[test]]
    say = "강남구 보여 줘"
    command = "district.select"
    args = { district = "11680" }

A file may also hold `[slots]`, values with the ways to say them. Slots that name what the city has
(districts, indicators, cameras) are passed in, so that a new one can be spoken without a change
here; slots in files are joined with them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from voice.errors import GrammarError
from voice.hangul import normalise
from voice.template import Expansion, Slots, SlotValue, expand

Value = str | int | float
Only = Mapping[str, Collection[Value]]


class _SlotEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: Value
    spoken: tuple[str, ...]


class _Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    phrasings: tuple[str, ...]
    args: dict[str, Value] = {}


class Test(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence and what it must lead to; `command` is empty when it must lead to nothing."""

    __test__ = False  # no test class, whatever pytest thinks

    say: str
    command: str
    args: dict[str, Value] = {}


class _Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    area: str
    slots: dict[str, tuple[_SlotEntry, ...]] = {}
    command: tuple[_Command, ...] = ()
    test: tuple[Test, ...] = ()


class Phrase(msgspec.Struct, frozen=True):
    """One sentence that can be said, and the command that it gives."""

    text: str
    command: str
    args: dict[str, Value]
    key: str  # the sentence normalised, for comparison
    spoken: str  # the sentence in words as they are said: digits and letters spelled out


class Grammar(msgspec.Struct, frozen=True):
    """All phrases of one language."""

    language: str
    phrases: tuple[Phrase, ...]
    tests: tuple[Test, ...]

    def commands(self) -> dict[str, list[Phrase]]:
        """Phrases by command id, in the order of the files."""
        found: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            found.setdefault(phrase.command, []).append(phrase)
        return found


def load_grammar(
    directory: Path,
    catalogue: Slots | None = None,
    *,
    more: Sequence[Path] = (),
    only: Only | None = None,
    instead: Mapping[str, str] | None = None,
) -> Grammar:
    """All `*.toml` of a language directory (its name is the language: ko, en).

    Raises GrammarError with file, field and expectation: unreadable or unknown fields, an unknown
    slot, or a sentence that two different commands claim.

    `more` are directories with further files, which need not be there. `only` says which values a
    slot may have, and so which arguments of its name: everything else can't be said. A value of
    `catalogue` is said as that has it where no file says it otherwise. `instead`: slots that take
    the values of another one, which then has none.
    """
    files = sorted(directory.glob("*.toml"))
    if not files:
        raise GrammarError(f"{directory}: no phrasings here; expected files like panels.toml")
    files += [file for folder in more for file in sorted(folder.glob("*.toml"))]
    areas = {file: _read(file) for file in files}
    slots = _join_slots(areas.values(), catalogue or {}, only or {}, instead or {})
    language = directory.name
    phrases: dict[str, Phrase] = {}
    for file, area in areas.items():
        for command in area.command:
            if not _may_be_said(command.args, only or {}):
                continue
            for phrase in _phrases(file, command, slots, language):
                known = phrases.setdefault(phrase.key, phrase)
                if (known.command, known.args) != (phrase.command, phrase.args):
                    raise GrammarError(
                        f"{file}: {phrase.text!r} is claimed by {phrase.command} {phrase.args} "
                        f"and by {known.command} {known.args}; a sentence gives one command"
                    )
    tests = tuple(test for area in areas.values() for test in area.test)
    return Grammar(language, tuple(phrases.values()), tests)


def _read(file: Path) -> _Area:
    try:
        return msgspec.toml.decode(file.read_bytes(), type=_Area)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise GrammarError(f"{file}: {error}; see the other files beside it") from error


def _join_slots(
    areas: Iterable[_Area], catalogue: Slots, only: Only, instead: Mapping[str, str]
) -> Slots:
    joined: dict[str, list[SlotValue]] = {}
    for area in areas:
        for name, entries in area.slots.items():
            values = joined.setdefault(name, [])
            known = set(values)
            fresh = [SlotValue(e.value, spoken) for e in entries for spoken in e.spoken]
            values.extend(v for v in fresh if v not in known)
    for slot, other in instead.items():
        joined[slot], joined[other] = joined.get(other, []), []
    for name, written in catalogue.items():
        values = joined.setdefault(name, [])
        said = {value.value for value in values}
        values.extend(v for v in written if v.value not in said)
    return {
        name: [v for v in values if name not in only or v.value in only[name]]
        for name, values in joined.items()
    }


def _may_be_said(args: Mapping[str, Value], only: Only) -> bool:
    """Whether all that a command always names is there."""
    fixed = ((n, v) for n, v in args.items() if not (isinstance(v, str) and v.startswith("{")))
    return all(value in only[name] for name, value in fixed if name in only)


def _phrases(file: Path, command: _Command, slots: Slots, language: str) -> Iterable[Phrase]:
    spell_out = language == "ko"
    for template in command.phrasings:
        try:
            for expansion in expand(template, slots):
                args = _arguments(command.args, expansion)
                words = (normalise(w, spell_out=spell_out) for w in expansion.text.split())
                spoken = " ".join(word for word in words if word)
                yield Phrase(expansion.text, command.id, args, spoken.replace(" ", ""), spoken)
        except GrammarError as error:
            raise GrammarError(f"{file}: command {command.id}: {error}") from error


def _arguments(declared: Mapping[str, Value], expansion: Expansion) -> dict[str, Any]:
    """Declared arguments with each "{slot}" replaced by the value that was said."""
    said = dict(expansion.slots)
    args: dict[str, Any] = {}
    for name, value in declared.items():
        if isinstance(value, str) and value.startswith("{"):
            slot = value.strip("{}")
            if slot not in said:
                raise GrammarError(
                    f"argument {name} takes slot {{{slot}}}, which {expansion.text!r} does not say"
                )
            args[name] = said[slot]
        else:
            args[name] = value
    return args
