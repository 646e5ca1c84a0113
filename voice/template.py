"""Phrasings with choices: `[좀] (보여|열어) 줘`, `{gu} 지도`.

The signs are those of hassil (Home Assistant's sentence templates), so that phrasings written for
one can be read by the other: `[x]` may be left out, `(a|b)` is one of them, `{slot}` is a value of
that slot, `{slot:name}` the same under another name, for a sentence that has two of them. Only the
expansion is needed here: hassil's matcher takes no recognition error, and the expansion is a page
of code against a dependency with four of its own.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from voice.errors import GrammarError

Value = str | int | float


class SlotValue(NamedTuple):
    """A value that a slot can take and one way to say it."""

    value: Value
    spoken: str


class Open(NamedTuple):
    """The place of a slot whose value is read when it is said (see `voice.open_slots`)."""

    slot: str


class Expansion(NamedTuple):
    """One sentence, and the slot values that it names, in the order in which they stand.

    MARK stands in the text for each that is open.
    """

    text: str
    slots: tuple[tuple[str, Value | Open], ...]


Slots = Mapping[str, Sequence[SlotValue]]

MARK = "\ue000"
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def expand(template: str, slots: Slots, open_slots: Collection[str] = ()) -> Iterator[Expansion]:
    """Every sentence of a template. Raises GrammarError naming what is wrong with it."""
    for parts in _alternatives(template, slots, open_slots):
        text = " ".join("".join(p.text for p in parts).split())
        if not text:
            raise GrammarError(f"phrasing {template!r} can be empty; keep one word outside [ ]")
        yield Expansion(text, tuple(pair for p in parts for pair in p.slots))


def _alternatives(
    template: str, slots: Slots, open_slots: Collection[str]
) -> Iterator[tuple[Expansion, ...]]:
    for branch in _split(template):
        yield from product(*(_values(piece, slots, open_slots) for piece in _pieces(branch)))


def _values(piece: str, slots: Slots, open_slots: Collection[str]) -> Sequence[Expansion]:
    if piece[0] not in _CLOSING:
        return [Expansion(piece, ())]
    inner = piece[1:-1]
    if piece[0] == "{":
        slot, _, name = inner.partition(":")
        if slot in open_slots:
            return [Expansion(MARK, ((name or slot, Open(slot)),))]
        if slot not in slots:
            known = ", ".join(sorted(slots)) or "none"
            raise GrammarError(f"slot {{{slot}}} is not known; known slots: {known}")
        return [Expansion(v.spoken, ((name or slot, v.value),)) for v in slots[slot]]
    chosen = [
        Expansion("".join(p.text for p in parts), tuple(pair for p in parts for pair in p.slots))
        for parts in _alternatives(inner, slots, open_slots)
    ]
    return chosen if piece[0] == "(" else [*chosen, Expansion("", ())]


def _split(template: str) -> list[str]:
    """The branches of `a|b`, at this level only."""
    branches, depth = [""], 0
    for char in template:
        depth += (char in _CLOSING) - (char in _CLOSING.values())
        if char == "|" and depth == 0:
            branches.append("")
        else:
            branches[-1] += char
    return branches


def _pieces(branch: str) -> list[str]:
    """Plain text and bracketed groups in order."""
    pieces: list[str] = []
    waiting: list[str] = []
    for char in branch:
        if char in _CLOSING.values():
            if not waiting or waiting.pop() != char:
                raise GrammarError(f"phrasing {branch!r}: {char!r} closes nothing")
            pieces[-1] += char
            continue
        continues = waiting or (pieces and char not in _CLOSING and pieces[-1][0] not in _CLOSING)
        if continues:
            pieces[-1] += char
        else:
            pieces.append(char)
        if char in _CLOSING:
            waiting.append(_CLOSING[char])
    if waiting:
        raise GrammarError(f"phrasing {branch!r}: {waiting[-1]!r} is missing")
    return pieces
