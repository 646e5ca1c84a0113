"""From two hearings to one answer: act, ask which of two, or refuse with suggestions."""

from typing import Any

import msgspec

from voice.events import Answer, NoMatch, NoMatchReason
from voice.matcher import Matcher, Ranked, similarities, suggestions
from voice.recogniser import Heard
from voice.sounds import sounds


class SpeechRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits on the similarity of a phrase to both hearings (0..1, rough sounds).

    `bound` and `free` are the least similarity to each hearing, `long` and `short` the least mean
    of both (the free one weighs `weight_free`) for phrases of more, or at most, `short_sounds`
    sounds. `margin` is the lead over another command below which the wall asks. `noticed` is how
    many syllables make speech worth an answer at all.

    Fitted on 186 synthetic clips and on the talks of half of the speakers; docs/voice.md has the
    figures, those on the other half as well.
    """

    bound: float = 0.65
    free: float = 0.4
    long: float = 0.6
    short: float = 0.75
    short_sounds: int = 8
    weight_free: float = 0.6
    margin: float = 0.05
    noticed: int = 2


class Judge:
    """Decides what an utterance means."""

    def __init__(self, matcher: Matcher, rules: SpeechRules | None = None) -> None:
        self._matcher = matcher
        self._rules = rules or SpeechRules()

    def decide(self, heard: Heard, t_ms: int) -> Answer | None:
        """The answer, or None when it was too little to be speech (a cough, a click)."""
        rules = self._rules
        if len(self._matcher.normalise(heard.bound)) < rules.noticed:
            return None
        if not heard.free:
            return NoMatch("", NoMatchReason.UNKNOWN, (), t_ms)
        bound = self._similarities(heard.bound)
        free = self._similarities(heard.free)
        ranked = self._matcher.rank(bound + rules.weight_free * (free - bound))
        best = ranked[0]
        index = self._matcher.index(best.phrase)
        if not self._enough(best) or bound[index] < rules.bound or free[index] < rules.free:
            # the free hearing is no spelling that one would show, so nothing is quoted
            if bound[index] >= rules.long:
                return NoMatch("", NoMatchReason.NOT_OURS, suggestions(ranked), t_ms)
            return self._matcher.refuse("", ranked, t_ms)
        return self._matcher.settle(ranked, heard.bound, t_ms, self._enough, rules.margin)

    def _similarities(self, text: str) -> Any:
        return similarities(sounds(self._matcher.normalise(text)), self._matcher.sounds)

    def _enough(self, ranked: Ranked) -> bool:
        rules = self._rules
        short = len(sounds(ranked.phrase.key)) <= rules.short_sounds
        return ranked.score >= (rules.short if short else rules.long)
