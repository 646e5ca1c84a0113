"""Which of our phrases may have been said: those that explain what was heard, as misheard, best."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voice.confusions import Confusions, Explained, Values
from voice.events import Context
from voice.grammar import Phrase
from voice.matcher import Matcher, Ranked, meaning
from voice.sounds import sounds

Places = NDArray[np.intp]

COMPARED = 1000
"""By likeness alone the phrase that was said is among so many of 32,700 for 180 of 184 sentences of
the synthetic voices; among the first of these by how well it explains the hearing for 178 of 184,
sounds counted on the other voices."""
_WAYS_TO_SAY = 3  # the same: one more hardly brings a phrase that is better


class Shortlist:
    """Safe to share between threads."""

    def __init__(self, matcher: Matcher, confusions: Confusions) -> None:
        self._matcher = matcher
        self._confusions = confusions
        self._phrases = matcher.grammar.phrases
        self._explained = Explained(matcher.sounds, confusions)
        answers = matcher.grammar.answers
        self._answers = np.array([one.command in answers for one in self._phrases], np.bool_)

    def find(self, bound: str, free: str, context: Context, most: int) -> list[Ranked]:
        """The phrases that explain two hearings (as sounds) best, with their log-likelihood ratio
        (nats), best first; no more than three for what means the same. While the wall asks half as
        many answers are among them, likely or not."""
        likest = self._likest(free, but=self._answers if context is Context.UNASKED else None)
        found = self._ranked(likest, bound, free, most)
        if context is Context.ASKED:
            found += self._ranked(np.flatnonzero(self._answers), bound, free, most // 2)
        once = {one.phrase.key: one for one in found}
        return sorted(once.values(), key=lambda one: -one.score)

    def explains(self, phrases: Sequence[Phrase], heard: str) -> Values:
        """How well each phrase explains a hearing (as sounds): a log-likelihood ratio in nats."""
        return Explained([sounds(phrase.key) for phrase in phrases], self._confusions).evidence(
            heard
        )

    def _likest(self, free: str, but: NDArray[np.bool_] | None) -> Places:
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import cdist

        like = cdist([free], self._matcher.sounds, scorer=Levenshtein.normalized_similarity)[0]
        if but is not None:
            like[but] = -1.0
        first = max(0, like.size - COMPARED)
        found: Places = np.argpartition(like, first)[first:] if first else np.arange(like.size)
        allowed: Places = found[like[found] >= 0]
        return allowed

    def _ranked(self, places: Places, bound: str, free: str, most: int) -> list[Ranked]:
        score = self._explained.evidence(free, places) + self._explained.evidence(bound, places)
        found: list[Ranked] = []
        ways: dict[str, int] = {}
        for n in np.argsort(-score, kind="stable"):
            phrase = self._phrases[places[n]]
            asks_for = meaning(phrase)
            ways[asks_for] = ways.get(asks_for, 0) + 1
            if ways[asks_for] <= _WAYS_TO_SAY:
                found.append(Ranked(phrase, float(score[n])))
            if len(found) == most:
                break
        return found
