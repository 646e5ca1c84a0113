"""Sentences with open slots in a text: exactly, with one wrong character, or nearly."""

from collections.abc import Iterator, Sequence
from itertools import product

from voice.errors import NoSuchValueError
from voice.grammar import Grammar, OpenPhrase, Phrase
from voice.hangul import jamo, normalise
from voice.nearest import Nearest
from voice.one_off import OneOff
from voice.open_slots import FIRST_MARK, Mention, OpenSlot, mentions
from voice.periods import Today

MISSING = 4  # syllables that a sentence may still lack, and be nearly whole
MOST_VARIANTS = 5  # of a text, with other values taken out
NEAREST = 12  # sentences that are tried for each variant
LONGEST = 20  # characters of a value in which a wrong one is looked for


class OpenPhrases:
    """Those of one grammar. Safe to share between threads."""

    def __init__(self, grammar: Grammar, today: Today) -> None:
        self._language = grammar.language
        self._today = today
        self._slots = grammar.open_slots
        self._marks = {name: chr(FIRST_MARK + n) for n, name in enumerate(self._slots, start=1)}
        self._phrases = grammar.open_phrases
        self._by_key = {phrase.key: phrase for phrase in self._phrases}
        self._nearly = {
            phrase.key[: len(phrase.key) - n]
            for phrase in self._phrases
            for n in range(MISSING + 1)
            if not any(ord(char) > FIRST_MARK for char in phrase.key[len(phrase.key) - n :])
        }
        self._one_off = OneOff([phrase.key for phrase in self._phrases])
        self._after: dict[str, set[str]] = {}  # what stands before a slot -> the slots there
        alike: dict[tuple[str, ...], list[OpenPhrase]] = {}  # by their slots
        for phrase in self._phrases:
            slots = tuple(slot for _, slot in phrase.slots)
            alike.setdefault(slots, []).append(phrase)
            ends = (n for n, char in enumerate(phrase.key) if ord(char) > FIRST_MARK)
            for end, slot in zip(ends, slots, strict=True):
                self._after.setdefault(phrase.key[:end], set()).add(slot)
        self._alike = {
            slots: (phrases, Nearest([jamo(phrase.key) for phrase in phrases]))
            for slots, phrases in alike.items()
        }
        self._begun = {slots[:n] for slots in alike for n in range(1, len(slots) + 1)}
        self._letters = {
            name: dict.fromkeys(sorted("".join(map(self._key, slot.samples))))
            for name, slot in self._slots.items()
        }

    def _key(self, text: str) -> str:
        return normalise(text, spell_out=self._language == "ko")

    def exactly(self, key: str) -> list[Phrase]:
        """What the text means, likeliest first: several when a value may mean several things.

        Raises NoSuchValueError when it is a sentence of ours but for a value that there is not.
        """
        missing: NoSuchValueError | None = None
        for phrase, said in self._parses(key, 0, "", ()):
            try:
                return self._said(phrase, said)
            except NoSuchValueError as error:
                missing = error
        if missing is not None:
            raise missing
        return []

    def completes(self, key: str) -> bool:
        """Whether this is a whole sentence that goes on after its last value, and ends."""
        return any(
            ord(phrase.key[-1]) < FIRST_MARK
            and not any(k != phrase.key and k.startswith(phrase.key) for k in self._by_key)
            for phrase, _ in self._parses(key, 0, "", ())
        )

    def nearly(self, key: str) -> bool:
        """Whether this is a whole sentence, or lacks but few syllables of one."""
        return any(marked in self._nearly for marked, _ in self._readings(key, 0, "", ()))

    def one_off(self, key: str) -> list[tuple[Phrase, str, str]]:
        """Sentences of which the text has all characters but one: the wrong and the right one."""
        found = {}
        for marked, named in self._variants(key):
            for slip in self._one_off.find(marked):
                phrase = self._phrases[slip.index]
                if tuple(slot for _, slot in phrase.slots) == tuple(one.slot for one in named):
                    wrong, right = marked[slip.at], phrase.key[slip.at]
                    for one in self._said(phrase, [mention.said for mention in named]):
                        found[one.key] = one, wrong, right
        for phrase, said, wrong, right in self._slips(key, 0, "", ()):
            try:
                for one in self._said(phrase, said):
                    found.setdefault(one.key, (one, wrong, right))
            except NoSuchValueError:
                continue
        return list(found.values())

    def near(self, key: str) -> list[Phrase]:
        """Sentences near to the text, with the values that it names in them."""
        tried = [
            (likeness, phrases[n], named)
            for marked, named in self._variants(key)
            for phrases, nearest in [self._alike[tuple(one.slot for one in named)]]
            for n, likeness in nearest.find(jamo(marked), NEAREST)
        ]
        tried.sort(key=lambda one: -one[0])
        found: dict[str, Phrase] = {}
        for _, phrase, named in tried[:NEAREST]:
            for one in self._said(phrase, [mention.said for mention in named]):
                found.setdefault(one.key, one)
        return list(found.values())

    # ---- exactly

    def _parses(
        self, key: str, start: int, marked: str, said: tuple[str, ...]
    ) -> Iterator[tuple[OpenPhrase, tuple[str, ...]]]:
        """The sentences that the text from `start` on completes, after `marked`."""
        for whole, values in self._readings(key, start, marked, said):
            phrase = self._by_key.get(whole)
            if phrase is not None:
                yield phrase, values

    def _readings(
        self, key: str, start: int, marked: str, said: tuple[str, ...]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The text with marks in the places of values, wherever a sentence of ours may have them,
        and the values."""
        if said:
            yield marked + key[start:], said
        for begin, name, before in self._places(key, start, marked):
            pattern = self._slots[name].pattern
            for end in range(len(key), begin, -1):
                if pattern.fullmatch(key, begin, end):
                    mark = before + self._marks[name]
                    yield from self._readings(key, end, mark, (*said, key[begin:end]))

    def _places(self, key: str, start: int, marked: str) -> Iterator[tuple[int, str, str]]:
        """Where a slot may begin: the place, the slot, and what stands before it."""
        for begin in range(start, len(key)):
            before = marked + key[start:begin]
            for name in self._after.get(before, ()):
                yield begin, name, before

    def _said(self, phrase: OpenPhrase, said: Sequence[str]) -> list[Phrase]:
        """With the values that were said; one for each thing that they may mean."""
        today = self._today()
        slots = [self._slots[slot] for _, slot in phrase.slots]
        meant = [slot.read(one, today) for slot, one in zip(slots, said, strict=True)]
        return [
            phrase.with_values(
                said,
                [slot.say(value) for slot, value in zip(slots, values, strict=True)],
                values,
                self._language,
            )
            for values in product(*meant)
        ]

    # ---- with one wrong character

    def _slips(
        self, key: str, start: int, marked: str, said: tuple[str, ...]
    ) -> Iterator[tuple[OpenPhrase, tuple[str, ...], str, str]]:
        """Sentences of which one value has a wrong character, and all else is right."""
        for begin, name, before in self._places(key, start, marked):
            slot, mark = self._slots[name], before + self._marks[name]
            for end in range(min(len(key), begin + LONGEST), begin, -1):
                if slot.pattern.fullmatch(key, begin, end):
                    yield from self._slips(key, end, mark, (*said, key[begin:end]))
                whole = list(self._parses(key, end, mark, (*said, "")))
                if not whole:
                    continue
                for value, wrong, right in self._values_off(slot, key[begin:end]):
                    for phrase, values in whole:
                        named = (*said, value, *values[len(said) + 1 :])
                        yield phrase, named, wrong, right

    def _values_off(self, slot: OpenSlot, said: str) -> Iterator[tuple[str, str, str]]:
        """Values of the slot that differ in one character; one alone proves nothing."""
        letters = self._letters[slot.name]
        strange = [at for at, char in enumerate(said) if char not in letters]
        if len(said) < 2 or len(strange) > 1:
            return
        for at in strange or range(len(said)):
            wrong = said[at]
            for right in letters:
                value = said[:at] + right + said[at + 1 :]
                if right != wrong and slot.pattern.fullmatch(value):
                    yield value, wrong, right

    # ---- nearly

    def _variants(self, key: str) -> list[tuple[str, tuple[Mention, ...]]]:
        """The text with values replaced by the marks of their slots, most values first."""
        named = mentions(key, self._slots.values(), self._today())
        found: list[tuple[str, tuple[Mention, ...]]] = []
        for chosen in self._apart(sorted(named, key=lambda one: (one.start, -one.end)), ()):
            marked, at = "", 0
            for one in chosen:
                marked += key[at : one.start] + self._marks[one.slot]
                at = one.end
            found.append((marked + key[at:], chosen))
        found.sort(key=lambda one: len(one[0]))
        return found[:MOST_VARIANTS]

    def _apart(
        self, named: Sequence[Mention], chosen: tuple[Mention, ...]
    ) -> Iterator[tuple[Mention, ...]]:
        """Every choice of values that do not overlap and that some sentence takes."""
        for n, one in enumerate(named):
            more = (*chosen, one)
            slots = tuple(mention.slot for mention in more)
            if slots not in self._begun or (chosen and one.start < chosen[-1].end):
                continue
            if slots in self._alike:
                yield more
            yield from self._apart(named[n + 1 :], more)
