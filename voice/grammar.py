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

`answers = true` marks a file of commands that only answer what the wall asks. A file may also hold
`[slots]`, values with the ways to say them. Slots that name what the city has
(districts, indicators, cameras) are passed in, so that a new one can be spoken without a change
here; slots in files are joined with them. Times, counts and other values that are too many to be
listed are slots as well (`voice.open_slots`); a file may name listed ones that are to be read like
those: `open = ["sex", "age"]`. A sentence takes memory and time for each of its listed values, and
none for open ones.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import cycle
from pathlib import Path
from typing import Any

import msgspec

from voice.errors import GrammarError
from voice.hangul import normalise
from voice.open_slots import FIRST_MARK, OpenSlot, always_open, listed_open, several
from voice.template import MARK, Expansion, Open, Slots, SlotValue, Value, expand

EXAMPLE_DAY = date(2026, 1, 1)  # for sentences that are not acted on
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
    answers: bool = False
    open: tuple[str, ...] = ()
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


class OpenPhrase(msgspec.Struct, frozen=True):
    """A sentence with open slots, and the command that it gives with their values.

    `text` has a MARK for each of `slots`, `key` a character of its slot's own. `args` are as
    declared, but for the listed slots, whose values stand in place.
    """

    text: str
    command: str
    args: dict[str, Value | Open]
    key: str
    slots: tuple[tuple[str, str], ...]  # name and slot, in the order in which they stand

    def with_values(
        self, said: Sequence[str], shown: Sequence[str], values: Sequence[Value], language: str
    ) -> Phrase:
        """The sentence with a value for each open slot: as it was said, and as it is shown."""
        named = {name: value for (name, _), value in zip(self.slots, values, strict=True)}
        args = {
            arg: named[value.slot] if isinstance(value, Open) else value
            for arg, value in self.args.items()
        }
        phrase = phrase_of(self._filled(said), self.command, args, language)
        return msgspec.structs.replace(phrase, text=self._filled(shown))

    def _filled(self, words: Sequence[str]) -> str:
        first, *rest = self.text.split(MARK)
        return first + "".join(word + piece for word, piece in zip(words, rest, strict=True))


class Grammar(msgspec.Struct, frozen=True):
    """All phrases of one language."""

    language: str
    phrases: tuple[Phrase, ...]
    tests: tuple[Test, ...]
    open_phrases: tuple[OpenPhrase, ...] = ()
    open_slots: dict[str, OpenSlot] = {}
    phrasings: dict[str, tuple[str, ...]] = {}  # as they are written, by command
    listed_slots: dict[str, tuple[SlotValue, ...]] = {}
    answers: frozenset[str] = frozenset()  # commands that answer what the wall asks

    def commands(self, today: date = EXAMPLE_DAY) -> dict[str, list[Phrase]]:
        """Phrases by command id, in the order of the files; of open ones an example of each."""
        found: dict[str, list[Phrase]] = {}
        for phrase in (*self.phrases, *self.examples(today)):
            found.setdefault(phrase.command, []).append(phrase)
        return found

    def examples(self, today: date = EXAMPLE_DAY, each: int = 1) -> list[Phrase]:
        """So many sentences of every open phrase, with other values from phrase to phrase; more
        where that is needed for every sample of every slot to be said."""
        turns = {
            name: cycle(slot.samples) for name, slot in self.open_slots.items() if slot.samples
        }
        phrases_of = Counter(slot for phrase in self.open_phrases for _, slot in phrase.slots)
        found = []
        for phrase in self.open_phrases:
            most = max(
                -(-len(self.open_slots[slot].samples) // phrases_of[slot])
                for _, slot in phrase.slots
            )
            for _ in range(max(each, most)):
                said = [next(turns[slot]) for _, slot in phrase.slots]
                values = self._read(phrase, said, today)
                found.append(phrase.with_values(said, said, values, self.language))
        return found

    def _read(self, phrase: OpenPhrase, said: Sequence[str], today: date) -> list[Value]:
        spell_out = self.language == "ko"
        return [
            self.open_slots[slot].read(normalise(words, spell_out=spell_out), today)[0]
            for words, (_, slot) in zip(said, phrase.slots, strict=True)
        ]


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
    open_slots = _open_slots(areas, slots, language)
    marks = {name: chr(FIRST_MARK + place) for place, name in enumerate(open_slots, start=1)}
    known: dict[str, Phrase | OpenPhrase] = {}
    for file, area in areas.items():
        for command in area.command:
            if not _may_be_said(command.args, only or {}):
                continue
            for phrase in _phrases(file, command, slots, marks, language):
                other = known.setdefault(phrase.key, phrase)
                if (other.command, other.args) != (phrase.command, phrase.args):
                    raise GrammarError(
                        f"{file}: {phrase.text!r} is claimed by {phrase.command} {phrase.args} "
                        f"and by {other.command} {other.args}; a sentence gives one command"
                    )
    tests = tuple(test for area in areas.values() for test in area.test)
    closed = tuple(one for one in known.values() if isinstance(one, Phrase))
    left = tuple(one for one in known.values() if isinstance(one, OpenPhrase))
    return Grammar(
        language,
        closed,
        tests,
        left,
        open_slots,
        _phrasings(areas.values()),
        {name: tuple(values) for name, values in slots.items()},
        frozenset(c.id for area in areas.values() if area.answers for c in area.command),
    )


def _phrasings(areas: Iterable[_Area]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for area in areas:
        for command in area.command:
            found[command.id] = (*found.get(command.id, ()), *command.phrasings)
    return found


def _open_slots(
    areas: Mapping[Path, _Area], slots: dict[str, list[SlotValue]], language: str
) -> dict[str, OpenSlot]:
    """Those that stand in phrasings, in the order of their marks."""
    found = always_open(language)
    for file, area in areas.items():
        if taken := found.keys() & area.slots.keys():
            raise GrammarError(f"{file}: {sorted(taken)} are slots that are always there")
    for area in areas.values():
        for name in area.open:
            found[name] = listed_open(name, slots.get(name, ()), language)
    named = _named_slots(areas.values())
    for name, values in slots.items():
        if f"{name}+" in named:
            found[f"{name}+"] = several(f"{name}+", values, language)
    return {name: slot for name, slot in found.items() if name in named}


def _named_slots(areas: Iterable[_Area]) -> set[str]:
    """Those that stand in phrasings."""
    phrasings = (p for area in areas for command in area.command for p in command.phrasings)
    return {name for text in phrasings for name in slots_in(text)}


def slots_in(phrasing: str) -> list[str]:
    """The names of the slots that stand in a phrasing."""
    return re.findall(r"\{([^}:]*)", phrasing)


def _read(file: Path) -> _Area:
    try:
        return msgspec.toml.decode(file.read_bytes(), type=_Area)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise GrammarError(f"{file}: {error}; see the other files beside it") from error


def _join_slots(
    areas: Iterable[_Area], catalogue: Slots, only: Only, instead: Mapping[str, str]
) -> dict[str, list[SlotValue]]:
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


def _phrases(
    file: Path, command: _Command, slots: Slots, marks: Mapping[str, str], language: str
) -> Iterable[Phrase | OpenPhrase]:
    for template in command.phrasings:
        try:
            for expansion in expand(template, slots, marks):
                args = _arguments(command.args, expansion)
                if MARK in expansion.text:
                    yield _open_phrase(expansion, command.id, args, marks, language)
                else:
                    yield phrase_of(expansion.text, command.id, args, language)
        except GrammarError as error:
            raise GrammarError(f"{file}: command {command.id}: {error}") from error


def phrase_of(text: str, command: str, args: dict[str, Any], language: str) -> Phrase:
    """A sentence that gives a command."""
    words = (_said(word, language) for word in text.split())
    spoken = " ".join(word for word in words if word)
    return Phrase(text, command, args, spoken.replace(" ", ""), spoken)


@lru_cache(20_000)  # many sentences, few words
def _said(word: str, language: str) -> str:
    return normalise(word, spell_out=language == "ko")


def _open_phrase(
    expansion: Expansion,
    command: str,
    args: dict[str, Any],
    marks: Mapping[str, str],
    language: str,
) -> OpenPhrase:
    slots = tuple((name, value.slot) for name, value in expansion.slots if isinstance(value, Open))
    first, *rest = (
        normalise(piece, spell_out=language == "ko") for piece in expansion.text.split(MARK)
    )
    key = first + "".join(marks[slot] + piece for (_, slot), piece in zip(slots, rest, strict=True))
    return OpenPhrase(expansion.text, command, args, key, slots)


def _arguments(declared: Mapping[str, Value], expansion: Expansion) -> dict[str, Any]:
    """Declared arguments with each "{slot}" replaced by the value that was said, or, of an open
    slot, by its name."""
    said = dict(expansion.slots)
    args: dict[str, Any] = {}
    for name, value in declared.items():
        if isinstance(value, str) and value.startswith("{"):
            slot = value.strip("{}")
            if slot not in said:
                raise GrammarError(
                    f"argument {name} takes slot {{{slot}}}, which {expansion.text!r} does not say"
                )
            given = said[slot]
            args[name] = Open(slot) if isinstance(given, Open) else given
        else:
            args[name] = value
    return args
