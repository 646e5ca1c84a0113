"""Sentences with open slots in a text: exactly, or nearly with the values that it names."""

from collections.abc import Iterator, Sequence
from itertools import product

from voice.errors import NoSuchValueError
from voice.grammar import Grammar, OpenPhrase, Phrase
from voice.hangul import jamo
from voice.open_slots import FIRST_MARK, Mention, mentions
from voice.periods import Today

MOST_VARIANTS = 24  # of a text, with other values taken out
NEAREST = 12  # sentences that are tried for each variant


class OpenPhrases:
    """Those of one grammar. Safe to share between threads."""

    def __init__(self, grammar: Grammar, today: Today) -> None:
        self._language = grammar.language
        self._today = today
        self._slots = grammar.open_slots
        self._marks = {name: chr(FIRST_MARK + n) for n, name in enumerate(self._slots, start=1)}
        self._phrases = grammar.open_phrases
        self._by_key = {phrase.key: phrase for phrase in self._phrases}
        self._shapes = [jamo(phrase.key) for phrase in self._phrases]
        self._after: dict[str, set[str]] = {}  # what stands before a slot -> the slots there
        for phrase in self._phrases:
            ends = (n for n, char in enumerate(phrase.key) if ord(char) > FIRST_MARK)
            for end, (_, slot) in zip(ends, phrase.slots, strict=True):
                self._after.setdefault(phrase.key[:end], set()).add(slot)

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

    def _parses(
        self, key: str, start: int, marked: str, said: tuple[str, ...]
    ) -> Iterator[tuple[OpenPhrase, tuple[str, ...]]]:
        """The sentences that the text from `start` on completes, after `marked`."""
        whole = self._by_key.get(marked + key[start:])
        if whole is not None and said:
            yield whole, said
        for begin in range(start, len(key)):
            before = marked + key[start:begin]
            for name in self._after.get(before, ()):
                pattern = self._slots[name].pattern
                for end in range(len(key), begin, -1):
                    if pattern.fullmatch(key, begin, end):
                        mark = before + self._marks[name]
                        yield from self._parses(key, end, mark, (*said, key[begin:end]))

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

    def near(self, key: str) -> list[Phrase]:
        """Sentences near to the text, with the values that it names in them."""
        if not self._phrases:
            return []
        variants = self._variants(key)
        if not variants:
            return []
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import cdist

        scores = cdist(
            [jamo(marked) for marked, _ in variants],
            self._shapes,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=0.5,
        )
        found: dict[str, Phrase] = {}
        for (_, named), row in zip(variants, scores, strict=True):
            slots = [mention.slot for mention in named]
            for n in row.argsort()[::-1][:NEAREST].tolist():
                phrase = self._phrases[n]
                if row[n] and [slot for _, slot in phrase.slots] == slots:
                    for one in self._said(phrase, [mention.said for mention in named]):
                        found.setdefault(one.key, one)
        return list(found.values())

    def _variants(self, key: str) -> list[tuple[str, tuple[Mention, ...]]]:
        """The text with values replaced by the marks of their slots, most values first."""
        named = [one for one in mentions(key, self._slots.values()) if self._is_read(one)]
        found: list[tuple[str, tuple[Mention, ...]]] = []
        for chosen in _apart(sorted(named, key=lambda one: (one.start, -one.end))):
            marked, at = "", 0
            for one in chosen:
                marked += key[at : one.start] + self._marks[one.slot]
                at = one.end
            found.append((marked + key[at:], chosen))
        found.sort(key=lambda one: len(one[0]))
        return found[:MOST_VARIANTS]

    def _is_read(self, mention: Mention) -> bool:
        try:
            return bool(self._slots[mention.slot].read(mention.said, self._today()))
        except NoSuchValueError:
            return False


def _apart(named: Sequence[Mention], after: int = 0) -> Iterator[tuple[Mention, ...]]:
    """Every choice of one or more that do not overlap."""
    for n, one in enumerate(named):
        if one.start >= after:
            yield (one,)
            for rest in _apart(named[n + 1 :], one.end):
                yield (one, *rest)
