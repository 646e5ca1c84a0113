"""Finds anything that has a name: as one types, by initial consonants, past particles and slips.

A name that is what was asked comes before one that begins with it, that before one of whose words
begins with it, that before one that merely has it inside, and last those that are nearly it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import msgspec
from rapidfuzz import fuzz, process

from kiosk.core.hangul import PLAIN, are_initials, initials, letters, ordinary
from kiosk.wire.text import Text

WHOLE, BEGINS, WORD, INSIDE = 1.0, 0.93, 0.86, 0.7
SLIP = 0.62  # of a name that differs by a letter or two, times how alike they are
LEAST_ALIKE = 78.0  # per cent; two letters of nine may differ
LEAST_LETTERS = 4  # of a word that may have slips
AS_NAMED = 0.05  # of a name of which nearly all was typed
ALONGSIDE = 0.9  # of a word that names a place beside something else
REMEMBERED = 20_000  # names, about three times those of a city
DISTANT = 0.97  # how an other name weighs beside the name itself

# What people say around a name, and particles at its end (endings of nouns, by the National
# Institute of Korean Language's grammar); a name that ends like one is tried whole first.
AROUND = frozenset(
    {
        *("보여", "보여줘", "열어", "열어줘", "찾아", "찾아줘", "알려", "알려줘", "줘", "주세요"),
        *("현황", "화면", "좀", "어디", "얼마", "show", "open", "find", "me", "the", "of", "in"),
    }
)
PARTICLES = re.compile(
    r"(?<=[가-힣]{2})(에서의|에서|에게|으로|까지|부터|은|는|이|가|을|를|의|에|로|와|과|도|만)$"
)


class Findable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something with a name, and the command that opens it.

    `kind` groups what is found, `note` says more of it, `words` are other names. `weight` (0..1)
    puts one kind behind another. `place` is the code of a district that this is; `takes_place`
    names the argument for such a code, of what every district has: the two are found together.
    `sdg` are the goals that it serves.
    """

    kind: str
    name: Text
    command: str
    args: dict[str, Any] = {}
    note: Text = Text("", "")
    words: tuple[str, ...] = ()
    weight: float = 1.0
    place: str = ""
    takes_place: str = ""
    sdg: tuple[int, ...] = ()


class Found(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was found and how sure that is, 0..1."""

    entry: Findable
    score: float


class _Shapes(msgspec.Struct, frozen=True):
    """A name as it is compared: its letters, those of its words, its initials."""

    letters: str
    words: tuple[str, ...]
    firsts: str


@lru_cache(REMEMBERED)
def _shapes(text: str) -> _Shapes:
    """Remembered, because most names are the same when the city is read again."""
    plain = text.casefold()
    whole = plain.replace(" ", "")
    words = tuple(letters(word) for word in re.split(r"[\s·,/()-]+", plain) if word)
    return _Shapes(letters(whole), words, initials(whole))


class _Name(msgspec.Struct, frozen=True):
    """One name of an entry, by its index."""

    entry: int
    shapes: _Shapes
    weight: float


class Finder:
    """Looks through entries that do not change."""

    def __init__(self, entries: Iterable[Findable]) -> None:
        self.entries = tuple(entries)
        self._names = [
            _Name(index, _shapes(text), weight)
            for index, entry in enumerate(self.entries)
            for text, weight in _names(entry)
            if text
        ]

    @cached_property
    def _letters(self) -> list[str]:
        return [name.shapes.letters for name in self._names]

    @cached_property
    def _firsts(self) -> list[str]:
        return [name.shapes.firsts for name in self._names]

    def find(self, text: str, limit: int = 24) -> tuple[Found, ...]:
        """The best first; of two alike, the one that stands first among the entries."""
        words = _words(text)
        if not words:
            return ()
        scores = self._scores("".join(words))
        if len(words) > 1:
            each = [self._scores(word) for word in words]
            for index in set.intersection(*(set(found) for found in each)):
                mean = sum(found[index] for found in each) / len(each)
                scores[index] = max(scores.get(index, 0.0), mean)
        placed = self._in_places(words) if len(words) > 1 else []
        best = sorted(scores.items(), key=lambda one: (-round(one[1], 3), one[0]))[:limit]
        found = [*placed, *(Found(self.entries[i], score) for i, score in best)]
        found.sort(key=lambda one: -round(one.score, 3))
        return tuple(found[:limit])

    def _scores(self, word: str) -> dict[int, float]:
        """Entry -> how well a word (without spaces) names it, where it does at all."""
        if are_initials(word):
            firsts = word.translate(PLAIN)
            inside = (n for n, text in enumerate(self._firsts) if firsts in text)
            return self._best((n, _by_initials(firsts, self._names[n].shapes)) for n in inside)
        typed = letters(word)
        inside = (n for n, text in enumerate(self._letters) if typed in text)
        found = self._best((n, _by_letters(typed, self._names[n].shapes)) for n in inside)
        if len(typed) >= LEAST_LETTERS and max(found.values(), default=0.0) < WORD * DISTANT:
            alike = process.extract(
                typed, self._letters, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=40
            )
            for index, score in self._best((n, SLIP * s / 100) for _, s, n in alike).items():
                found[index] = max(found.get(index, 0.0), score)
        return found

    def _best(self, scored: Iterable[tuple[int, float]]) -> dict[int, float]:
        found: dict[int, float] = {}
        for index, score in scored:
            if score > 0:
                name = self._names[index]
                weighed = score * name.weight
                if weighed > found.get(name.entry, 0.0):
                    found[name.entry] = weighed
        return found

    def _in_places(self, words: Sequence[str]) -> list[Found]:
        """What each district has, in the district that one of the words names."""
        found = []
        for n, word in enumerate(words):
            rest = "".join((*words[:n], *words[n + 1 :]))
            matters: dict[int, float] | None = None
            for index, score in self._scores(word).items():
                district = self.entries[index]
                if not district.place or score < ALONGSIDE * district.weight:
                    continue
                matters = self._scores(rest) if matters is None else matters
                found += [
                    Found(_placed(self.entries[m], district), min(1.0, (s + score) / 2 + AS_NAMED))
                    for m, s in matters.items()
                    if self.entries[m].takes_place
                ]
        return found


def _names(entry: Findable) -> Iterable[tuple[str, float]]:
    yield entry.name.ko, entry.weight
    if entry.name.en != entry.name.ko:
        yield entry.name.en, entry.weight
    for word in entry.words:
        yield word, entry.weight * DISTANT


def _words(text: str) -> list[str]:
    """The words that name something, without particles, and without what is said around them."""
    words = [word for word in re.split(r"[\s,]+", ordinary(text).casefold()) if word]
    named = [word for word in words if word not in AROUND]
    return [PARTICLES.sub("", word) for word in named] if named else words


def _by_initials(word: str, name: _Shapes) -> float:
    """Of a name that has them."""
    share = AS_NAMED * len(word) / len(name.firsts)
    if name.firsts == word:
        return WHOLE
    return (BEGINS if name.firsts.startswith(word) else INSIDE) + share


def _by_letters(typed: str, name: _Shapes) -> float:
    """Of a name that has them."""
    if typed == name.letters:
        return WHOLE
    share = AS_NAMED * len(typed) / len(name.letters)
    if name.letters.startswith(typed):
        return BEGINS + share
    begins = any(word.startswith(typed) for word in name.words)
    return (WORD if begins else INSIDE) + share


def _placed(entry: Findable, district: Findable) -> Findable:
    name = Text(f"{district.name.ko} {entry.name.ko}", f"{entry.name.en}, {district.name.en}")
    return msgspec.structs.replace(
        entry, name=name, args={**entry.args, entry.takes_place: district.place}
    )
