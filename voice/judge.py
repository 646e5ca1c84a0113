"""From two hearings and a second look to one answer: act, ask which of two, or refuse."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from voice.events import Answer, NoMatch, NoMatchReason
from voice.matcher import Matcher, Ranked, similarities, suggestions
from voice.recogniser import Heard
from voice.sounds import sounds

Look = Callable[[Heard, Sequence[str]], Sequence[float | None]]
"""See `voice.second_look.SecondLook.evidence`."""


class SpeechRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits. `likeness` of a phrase is its similarity to both hearings (0..1, rough sounds; the
    free one weighs `weight_free`).

    A second look is taken at the `looks` likeliest commands of at least `looked`. What it finds
    (nats a second, cut at +-`most_evidence`) is added to the likeness with `weight_evidence`; the
    sum must reach `accept`, or `short` for phrases of at most `short_sounds` sounds. Nobody speaks
    more than `fastest` sounds a second (the fastest clip has 16). `margin` is the lead over another
    command below which the wall asks. `noticed` is how many syllables make speech worth an answer
    at all; from a similarity of `ours` to the bound hearing on, a refusal says that it was talk
    forced into a command.

    Fitted on synthetic clips and on the talks of half of the speakers; docs/voice.md has the
    figures, those on the other half as well.
    """

    weight_free: float = 0.6
    looked: float = 0.35
    looks: int = 4
    weight_evidence: float = 0.015
    most_evidence: float = 10.0
    accept: float = 0.7
    short: float = 0.75
    short_sounds: int = 10
    fastest: float = 18.0
    margin: float = 0.05
    noticed: int = 2
    ours: float = 0.6


class Judge:
    """Decides what an utterance means."""

    def __init__(self, matcher: Matcher, look: Look, rules: SpeechRules | None = None) -> None:
        self._matcher = matcher
        self._look = look
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
        likely = self._matcher.rank(bound + rules.weight_free * (free - bound))
        weighed = self.weigh(heard, likely)
        if not weighed or not self._enough(weighed[0]):
            # the free hearing is no spelling that one would show, so nothing is quoted
            if bound[self._matcher.index(likely[0].phrase)] >= rules.ours:
                return NoMatch("", NoMatchReason.NOT_OURS, suggestions(likely), t_ms)
            return self._matcher.refuse("", likely, t_ms)
        return self._matcher.settle(weighed, heard.bound, t_ms, self._enough, rules.margin)

    def weigh(self, heard: Heard, likely: Sequence[Ranked]) -> list[Ranked]:
        """The likeliest commands that the sound bears out as a whole, best first."""
        rules = self._rules
        most = rules.fastest * max(1, heard.t_end_ms - heard.t_start_ms) / 1000
        worth = [
            one
            for one in likely
            if one.score >= rules.looked and len(sounds(one.phrase.key)) <= most
        ][: rules.looks]
        if not worth:
            return []
        found = self._look(heard, [one.phrase.spoken for one in worth])
        weighed = [
            Ranked(one.phrase, one.score + rules.weight_evidence * self._cut(evidence))
            for one, evidence in zip(worth, found, strict=True)
            if evidence is not None
        ]
        return sorted(weighed, key=lambda one: -one.score)

    def _cut(self, evidence: float) -> float:
        most = self._rules.most_evidence
        return min(most, max(-most, evidence))

    def _similarities(self, text: str) -> Any:
        return similarities(sounds(self._matcher.normalise(text)), self._matcher.sounds)

    def _enough(self, ranked: Ranked) -> bool:
        rules = self._rules
        short = len(sounds(ranked.phrase.key)) <= rules.short_sounds
        return ranked.score >= (rules.short if short else rules.accept)
