"""Text to command: the nearest phrase, if it is near enough and no other is as near.

Similarity is 1 minus the Levenshtein distance over the longer length, counted in jamo for typed
text and in rough sounds (`voice.sounds`) for speech. Short phrases must fit better than long ones:
one wrong sound in four makes another word, one in twenty does not.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from voice.errors import NoSuchValueError
from voice.events import Answer, Choice, IntentMatch, NoMatch, NoMatchReason
from voice.grammar import Grammar, Phrase
from voice.hangul import jamo, normalise
from voice.open_phrases import OpenPhrases
from voice.periods import Today
from voice.sounds import sounds

SUGGESTIONS = 3


class MatchRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a similarity (0..1) is enough. `margin` is the lead over the second-best command."""

    text_short: float = 1.0  # phrases of at most 4 jamo
    text_middle: float = 0.85  # of at most 8
    text_long: float = 0.75
    margin: float = 0.06


class Ranked(msgspec.Struct, frozen=True):
    """A command with its best phrase and that phrase's score."""

    phrase: Phrase
    score: float


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


class Matcher:
    """Compares text with all phrases of one grammar. Safe to share between threads.

    `today` is what 지난달 and the like count from; without one, the day of this machine.
    """

    def __init__(
        self, grammar: Grammar, rules: MatchRules | None = None, today: Today = _today
    ) -> None:
        self.grammar = grammar
        self.rules = rules or MatchRules()
        self._open = OpenPhrases(grammar, today)
        self._korean = grammar.language == "ko"
        self._index = {phrase.key: index for index, phrase in enumerate(grammar.phrases)}
        self._sorted_keys = sorted(self._index)
        self._jamo = [jamo(phrase.key) for phrase in grammar.phrases]
        self.sounds = [sounds(phrase.key) for phrase in grammar.phrases]

    def normalise(self, text: str) -> str:
        return normalise(text, spell_out=self._korean)

    def match(self, text: str, t_ms: int) -> Answer:
        """What typed (or otherwise clean) text means."""
        key = self.normalise(text)
        if not key:
            return NoMatch(text, NoMatchReason.SILENCE, (), t_ms)
        exact = self._exactly(key)
        if exact is not None:
            return intent(Ranked(exact, 1.0), text, t_ms)
        try:
            meant = [Ranked(phrase, 1.0) for phrase in self._open.exactly(key)]
        except NoSuchValueError:
            near = self.rank(similarities(jamo(key), self._jamo))
            return NoMatch(text, NoMatchReason.NO_SUCH_VALUE, suggestions(near), t_ms)
        if meant:
            return self.settle(meant, text, t_ms, lambda _: True, self.rules.margin)
        ranked = self.rank(similarities(jamo(key), self._jamo), self._near(key))
        if not ranked or not self._enough(ranked[0]):
            return self.refuse(text, ranked, t_ms)
        return self.settle(ranked, text, t_ms, self._enough, self.rules.margin)

    def _near(self, key: str) -> list[Ranked]:
        """Sentences with the values that are named in the text, and how near they are to it."""
        found = self._open.near(key)
        scores = similarities(jamo(key), [jamo(phrase.key) for phrase in found])
        return [Ranked(phrase, float(s)) for phrase, s in zip(found, scores, strict=True)]

    def phrase(self, text: str) -> Phrase | None:
        """The phrase that is exactly this text, whatever its spacing."""
        key = self.normalise(text)
        found = self._exactly(key)
        if found is None:
            try:
                found = next(iter(self._open.exactly(key)), None)
            except NoSuchValueError:
                return None
        return found

    def index(self, phrase: Phrase) -> int:
        """Its place in `grammar.phrases` and `sounds`."""
        return self._index[phrase.key]

    def named(self, text: str) -> list[Phrase]:
        """The sentences with open slots that this text may be, with the values that it names."""
        return self._open.near(self.normalise(text))

    def completes(self, text: str) -> bool:
        """Whether this is a whole phrase that no longer phrase begins with."""
        key = self.normalise(text)
        at = bisect_right(self._sorted_keys, key)
        if at < len(self._sorted_keys) and self._sorted_keys[at].startswith(key):
            return False
        return key in self._index or self._open.completes(key)

    def _exactly(self, key: str) -> Phrase | None:
        index = self._index.get(key)
        return None if index is None else self.grammar.phrases[index]

    def rank(self, scores: Any, more: Sequence[Ranked] = ()) -> list[Ranked]:
        """The best commands, one entry for each (command, args), best first.

        `scores` are those of the grammar's phrases, in their order.
        """
        order = scores.argsort(kind="stable")[::-1][:60]
        best = [Ranked(self.grammar.phrases[n], float(scores[n])) for n in order.tolist()]
        best = sorted((*best, *more), key=lambda one: -one.score)
        found: dict[str, Ranked] = {}
        for one in best:
            found.setdefault(_meaning(one.phrase), one)
        return list(found.values())

    def settle(
        self,
        ranked: Sequence[Ranked],
        heard: str,
        t_ms: int,
        enough: Callable[[Ranked], bool],
        margin: float,
    ) -> IntentMatch | Choice:
        """The best command, or a choice when the second is as near and near enough."""
        best = ranked[0]
        for other in ranked[1:2]:
            if best.score - other.score < margin and enough(other):
                return Choice((intent(best, heard, t_ms), intent(other, heard, t_ms)), heard, t_ms)
        return intent(best, heard, t_ms)

    def refuse(self, heard: str, ranked: Sequence[Ranked], t_ms: int) -> NoMatch:
        near = bool(ranked) and ranked[0].score >= 0.5
        reason = NoMatchReason.UNSURE if near else NoMatchReason.UNKNOWN
        return NoMatch(heard, reason, suggestions(ranked), t_ms)

    def _enough(self, ranked: Ranked) -> bool:
        length = len(jamo(ranked.phrase.key))
        rules = self.rules
        if length <= 4:
            return ranked.score >= rules.text_short
        return ranked.score >= (rules.text_middle if length <= 8 else rules.text_long)


def similarities(query: str, choices: Sequence[str]) -> Any:
    """Numpy array of similarities 0..1, one for each choice."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    return cdist([query], choices, scorer=Levenshtein.normalized_similarity)[0]


def suggestions(ranked: Sequence[Ranked]) -> tuple[str, ...]:
    return tuple(r.phrase.text for r in ranked[:SUGGESTIONS])


def intent(ranked: Ranked, heard: str, t_ms: int) -> IntentMatch:
    phrase = ranked.phrase
    score = round(min(1.0, ranked.score), 3)
    return IntentMatch(phrase.command, dict(phrase.args), phrase.text, heard, score, t_ms)


def _meaning(phrase: Phrase) -> str:
    return repr((phrase.command, sorted(phrase.args.items())))
