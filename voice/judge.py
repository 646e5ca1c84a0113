"""From two hearings and a second look to one answer: act, ask which of two, or refuse."""

from collections.abc import Sequence
from math import exp, log
from pathlib import Path
from typing import Protocol

import msgspec

from voice.confusions import Confusions
from voice.errors import ModelError
from voice.events import Answer, Choice, Context, Gate, NoMatch, NoMatchReason
from voice.features import Hearing, Look, features
from voice.grammar import Grammar, Phrase
from voice.matcher import Matcher, Ranked, intent, meaning, suggestions
from voice.recogniser import BestPath, Heard
from voice.shortlist import Shortlist
from voice.sounds import sounds
from voice.wake import SHORTEST

OFFERED = (
    1.5  # in log-odds below the limit: so near to it a second phrase is offered beside the best
)
_LEAST_S = 0.3  # a word that is shorter proves no more by it


class Looks(Protocol):
    """See `voice.second_look.SecondLook`."""

    def freely(self, heard: Heard) -> BestPath: ...

    def narrowly(self, heard: Heard, phrases: Sequence[str]) -> Sequence[str]: ...

    def scores(self, heard: Heard, phrases: Sequence[str]) -> Sequence[float | None]: ...


class SpeechRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much is enough.

    `weights` (in the order of `voice.features.NAMES`) and `bias` give the log-odds that a phrase
    was said. `accept` is the probability from which the wall acts with the gate held open,
    `pressed` the one from which it does after a press, when what comes is meant for the wall. A
    second phrase is offered beside the best when it comes within `offered` of that limit and is
    behind by less than `margin`, both in log-odds.
    With the gate open no more than the bound hearing is spent on what is less like any phrase than
    `worth`: most talk. (The weights were fitted with 0.5; of 133 commands that were enough for the
    open gate 2 are less like a phrase than 0.65, and talk costs a fifth less.)
    `weight_free` is the weight of the free hearing (0..1) when the likest commands are chosen. Of
    those and of the ones that explain what was heard best (half and half) `narrowed` are heard for
    again, bound to them; and looks are taken at the `found` likeliest of what that gives, at the
    `likest` and at the `explaining` best.
    `unawaited` is how much more (in log-odds) an answer needs where it is not known whether the
    wall asks anything, and a mere value with the gate open: no more than a guess. An answer that
    the wall waits for needs as much less as `offered`.
    Nobody speaks more than `fastest` sounds a second (the fastest clip has 16). `noticed` is how
    many syllables make speech worth an answer; from a likeness of `ours` to the bound hearing on, a
    refusal says that it was talk forced into a command. `fitted_on` names the speakers of the
    recordings from which the weights come.
    """

    weights: tuple[float, ...]
    bias: float
    accept: float
    pressed: float
    margin: float
    fitted_on: tuple[str, ...] = ()
    offered: float = OFFERED
    weight_free: float = 0.6
    worth: float = 0.65
    unawaited: float = 2.0
    narrowed: int = 80
    found: int = 6
    likest: int = 3
    explaining: int = 4
    fastest: float = 18.0
    noticed: int = 2
    ours: float = 0.6


def read_rules(file: Path) -> SpeechRules:
    """Raises ModelError that names the file."""
    try:
        return msgspec.toml.decode(file.read_bytes(), type=SpeechRules)
    except (OSError, msgspec.ValidationError, msgspec.DecodeError) as error:
        raise ModelError(f"{file}: {error}; `kiosk voice fit` writes it") from error


def commands_said_by_values(grammar: Grammar) -> frozenset[str]:
    """Those that an open slot alone gives: its value is the whole sentence."""
    return frozenset(one.command for one in grammar.open_phrases if len(one.key) == 1)


class Candidate(msgspec.Struct, frozen=True):
    """A phrase that may have been said, and what speaks for it."""

    phrase: Phrase
    features: tuple[float, ...]


class Judge:
    """Decides what an utterance means."""

    def __init__(
        self, matcher: Matcher, looks: Looks, rules: SpeechRules, confusions: Confusions
    ) -> None:
        self._matcher = matcher
        self._looks = looks
        self._rules = rules
        self._shortlist = Shortlist(matcher, confusions)
        self._said_by_values = commands_said_by_values(matcher.grammar)

    def decide(self, heard: Heard, t_ms: int) -> Answer | None:
        """The answer, or None when it was too little to be speech (a cough, a click)."""
        rules = self._rules
        least = 1 if heard.context is Context.ASKED else rules.noticed
        if len(self._matcher.normalise(heard.bound)) < least:
            return None
        likely, candidates = self.candidates(heard)
        ranked = sorted(map(self._weighed, candidates), key=lambda one: -one.score)
        if not ranked or ranked[0].score < self._limit(ranked[0].phrase, heard):
            return self._refusal(heard, likely, ranked, t_ms)
        best = ranked[0]
        options = [
            intent(Ranked(one.phrase, _chance(one.score)), heard.bound, t_ms)
            for one in ranked[:2]
            if one is best or self._is_near(one, best, heard)
        ]
        return options[0] if len(options) == 1 else Choice(tuple(options), heard.bound, t_ms)

    def _refusal(
        self, heard: Heard, likely: Sequence[Ranked], ranked: Sequence[Ranked], t_ms: int
    ) -> NoMatch:
        """The free hearing is no spelling that one would show, so nothing is quoted."""
        seen = {meaning(one.phrase) for one in ranked}
        near = [*ranked, *(one for one in likely if meaning(one.phrase) not in seen)]
        refused = self._matcher.refuse("", likely, t_ms)
        if likely and self._matcher.likeness(heard.bound, likely[0].phrase) >= self._rules.ours:
            refused = NoMatch("", NoMatchReason.NOT_OURS, (), t_ms)
        return msgspec.structs.replace(refused, near=suggestions(near))

    def candidates(self, heard: Heard) -> tuple[list[Ranked], list[Candidate]]:
        """The commands most like what was heard, best first; and those that the sound bears out as
        a whole, each in the words that explain it best."""
        rules = self._rules
        likely = self._likely(heard, heard.bound, heard.bound)
        if heard.gate is Gate.OPEN and (not likely or likely[0].score < rules.worth):
            return likely, []
        free = self._looks.freely(heard)
        by_bound, freely = (sounds(self._matcher.normalise(t)) for t in (heard.bound, free.text))
        likely = self._likely(heard, heard.bound, free.text)
        half = rules.narrowed // 2
        explained = self._shortlist.find(by_bound, freely, heard.context, half)
        explaining = [one for one in explained if self._is_allowed(one.phrase, heard)]
        listed = [one.phrase for one in (*likely[:half], *explaining)]
        if not listed:
            return likely, []
        narrow = self._looks.narrowly(heard, list(dict.fromkeys(p.spoken for p in listed)))
        whole = (self._matcher.phrase(text) for text in narrow)
        found = [one for one in whole if one is not None and self._is_allowed(one, heard)]
        seconds = max(_LEAST_S, (heard.t_end_ms - heard.t_start_ms) / 1000)
        phrases = {
            phrase.key: phrase
            for phrase in (
                *found[: rules.found],
                *(one.phrase for one in likely[: rules.likest]),
                *_first_of_each(explaining, rules.explaining),
            )
            if len(sounds(phrase.key)) <= rules.fastest * seconds
        }
        looks = self._taken(heard, list(phrases.values()), by_bound, freely)
        hearing = Hearing(freely, seconds, free.score)
        every = [look for _, look in looks]
        return likely, [
            Candidate(phrase, features(look, look.score, every, hearing))
            for phrase, look in looks
            if look.score is not None and look.score >= _best_of(every, look.meaning)
        ]

    def _taken(
        self, heard: Heard, phrases: Sequence[Phrase], by_bound: str, freely: str
    ) -> list[tuple[Phrase, Look]]:
        scores = self._looks.scores(heard, [phrase.spoken for phrase in phrases])
        explained = [self._shortlist.explains(phrases, text) for text in (freely, by_bound)]
        return [
            (phrase, Look(phrase.spoken, meaning(phrase), score, float(free), float(bound)))
            for phrase, score, free, bound in zip(phrases, scores, *explained, strict=True)
        ]

    def _likely(self, heard: Heard, bound: str, free: str) -> list[Ranked]:
        found = self._matcher.likely(bound, free, self._rules.weight_free)
        return [one for one in found if self._is_allowed(one.phrase, heard)]

    def _is_allowed(self, phrase: Phrase, heard: Heard) -> bool:
        """Answers are no commands while the wall asks nothing, and a word that anybody says in talk
        (계속) is none while nobody has pressed."""
        answer = phrase.command in self._matcher.grammar.answers
        if heard.context is Context.UNASKED and answer:
            return False
        return heard.gate is Gate.PTT or answer or len(phrase.key) >= SHORTEST

    def _is_near(self, one: Ranked, best: Ranked, heard: Heard) -> bool:
        """Whether it is to be offered beside the best."""
        least = self._least(heard) - self._rules.offered
        return one.score >= least and best.score - one.score < self._rules.margin

    def _least(self, heard: Heard) -> float:
        """In log-odds."""
        rules = self._rules
        return _odds(rules.pressed if heard.gate is Gate.PTT else rules.accept)

    def _limit(self, phrase: Phrase, heard: Heard) -> float:
        """In log-odds. An answer needs less when the wall waits for it, and more when nothing is
        known of that; so does what a value alone may say (지난달) while nobody has pressed: talk is
        full of them."""
        rules = self._rules
        least = self._least(heard)
        if phrase.command in self._matcher.grammar.answers:
            return least + (-rules.offered if heard.context is Context.ASKED else rules.unawaited)
        common = heard.gate is Gate.OPEN and phrase.command in self._said_by_values
        return least + (rules.unawaited if common else 0.0)

    def _weighed(self, candidate: Candidate) -> Ranked:
        """Its score is in log-odds."""
        rules = self._rules
        pairs = zip(rules.weights, candidate.features, strict=True)
        return Ranked(candidate.phrase, rules.bias + sum(w * value for w, value in pairs))


def _first_of_each(ranked: Sequence[Ranked], most: int) -> list[Phrase]:
    """The best phrases, of each meaning one."""
    found: dict[str, Phrase] = {}
    for one in ranked:
        found.setdefault(meaning(one.phrase), one.phrase)
    return list(found.values())[:most]


def _best_of(looks: Sequence[Look], asked_for: str) -> float:
    """The best score of those that mean this."""
    return max(one.score for one in looks if one.meaning == asked_for and one.score is not None)


def _odds(chance: float) -> float:
    """Log-odds of a probability."""
    return log(chance / (1 - chance))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))
