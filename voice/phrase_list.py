"""What the recogniser may hear: every phrase of the grammar in the model's words, and fillers.

Vosk's phrase list is a looping bigram model over the words, not a strict grammar: whatever is said
comes out as words of the list, with full confidence. Fillers, frequent syllables that belong to no
phrase, give unrelated speech somewhere else to go.
"""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from itertools import pairwise
from math import log
from pathlib import Path

import msgspec

from voice.errors import GrammarError, VocabularyError
from voice.grammar import Grammar
from voice.hangul import is_hangul
from voice.vocabulary import segment

FILLERS = 300
"""As many as the measured best: fewer let talk through, more swallow commands."""

_FREE_SYLLABLES = 1500
_FREE_LONGEST = 5
_END = ""  # of a phrase
_HALF = log(2)  # what Vosk discounts every count by, in nats


class PhraseList(msgspec.Struct, frozen=True):
    """Phrases as the model's words, and fillers that are in none of them."""

    phrases: tuple[str, ...]
    fillers: tuple[str, ...]

    def without(self, phrases: Container[str]) -> "PhraseList":
        """The list without some of its phrases."""
        kept = tuple(one for one in self.phrases if one not in phrases)
        return PhraseList(kept, self.fillers)

    def as_json(self) -> str:
        return msgspec.json.encode([*self.phrases, *self.fillers]).decode()


class ListCosts:
    """What a phrase list itself makes of a text, so that scores under different lists compare.

    Vosk makes a bigram of a list: half of the counts of a history go to the words that follow it in
    the list (or to the end), half to any word by how often the list has it (vosk-api,
    `src/language_model.cc`). What is left of a path's score without this cost is that of the sound.
    """

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        self._after: dict[str, Counter[str]] = {}
        every: Counter[str] = Counter()
        for words in phrases:
            every[words[0]] += 1
            for word, following in pairwise((*words, _END)):
                self._after.setdefault(word, Counter())[following] += 1
        for following_words in self._after.values():
            every.update(following_words)
        self._any = dict(every)
        self._total = every.total()

    def cost(self, words: Sequence[str]) -> float:
        """In nats, along the likelier of the two ways to each word. KeyError: not in the list."""
        found = self._cost_of_any(words[0])
        for word, following in pairwise((*words, _END)):
            after = self._after[word]
            backing_off = _HALF + self._cost_of_any(following)
            seen = after[following]
            listed = _HALF + log(after.total() / seen) if seen else backing_off
            found += min(listed, backing_off)
        return found

    def _cost_of_any(self, word: str) -> float:
        return _HALF + log(self._total / self._any[word])


def phrase_texts(grammar: Grammar) -> list[str]:
    """The distinct phrases as they are spoken: only Hangul, words apart. Of open ones as many
    examples as say every word of their slots."""
    spoken = {phrase.spoken: None for phrase in (*grammar.phrases, *grammar.examples())}
    return list(spoken)


def make_phrase_list(
    grammar: Grammar, fillers: Iterable[str], vocabulary: Container[str]
) -> PhraseList:
    """Raises VocabularyError that names every phrase the model can't hear.

    The Korean model is the kiosk's own, and so every phrase must be heard. A model of a site may
    know less: there it is enough that some are.
    """
    segmented: list[str] = []
    missing: list[str] = []
    for text in phrase_texts(grammar):
        try:
            segmented.append(" ".join(segment(text, vocabulary)))
        except VocabularyError as error:
            missing.append(str(error))
    if missing and (grammar.language == "ko" or not segmented):
        raise VocabularyError("; ".join(missing))
    words = {word for phrase in segmented for word in phrase.split()}
    spare = tuple(f for f in fillers if f in vocabulary and f not in words)[:FILLERS]
    return PhraseList(tuple(dict.fromkeys(segmented)), spare)


def as_heard(phrase: str, vocabulary: Container[str]) -> str | None:
    """The phrase in the model's words; None when it can't be heard."""
    try:
        return " ".join(segment(phrase, vocabulary))
    except VocabularyError:
        return None


def read_words(file: Path) -> tuple[str, ...]:
    """The words of a list; lines that start with # say where it comes from. GrammarError."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError as error:
        raise GrammarError(f"{file}: {error.strerror}; expected a list of words") from error
    return tuple(s for line in lines if not line.startswith("#") for s in line.split())


def frequent_syllables(vocabulary: Iterable[str], count: int) -> list[str]:
    """The syllables that stand in most words of the vocabulary and are words of their own."""
    words = set(vocabulary)
    seen = Counter(syllable for word in words for syllable in set(word) if is_hangul(syllable))
    ranked = sorted(words.intersection(seen), key=lambda syllable: (-seen[syllable], syllable))
    return ranked[:count]


def free_list(words: Iterable[str], vocabulary: Container[str], language: str = "ko") -> str:
    """The phrase list of the free hearing, as JSON: Korean words cut into syllables, others whole.

    Vosk makes a bigram of it, so the syllables follow one another as they do in Korean words.
    """
    if language != "ko":
        return msgspec.json.encode([word for word in words if word in vocabulary]).decode()
    usable = [word for word in words if all(syllable in vocabulary for syllable in word)]
    syllables = dict.fromkeys("".join(usable))
    return msgspec.json.encode([*(" ".join(w) for w in usable), *syllables]).decode()


def sample_words(vocabulary: Collection[str], count: int) -> list[str]:
    """Every n-th word of two to five frequent syllables, in the order of the alphabet."""
    known = set(frequent_syllables(vocabulary, _FREE_SYLLABLES))
    words = sorted(w for w in vocabulary if 2 <= len(w) <= _FREE_LONGEST and known.issuperset(w))
    return words[:: max(1, len(words) // count)]
