"""From two hearings and a second look to one answer: act, ask which of two, or refuse."""

from collections.abc import Sequence
from math import exp, log
from pathlib import Path
from typing import Protocol

import msgspec

from voice.errors import ModelError
from voice.events import Answer, Choice, Context, Gate, NoMatch, NoMatchReason
from voice.features import Hearing, features
from voice.grammar import Grammar, Phrase
from voice.matcher import Matcher, Ranked, intent, suggestions
from voice.recogniser import BestPath, Heard
from voice.sounds import sounds

_LEAST_S = 0.3  # a word that is shorter proves no more by it


class Look(Protocol):
    """See `voice.second_look.SecondLook`."""

    def freely(self, heard: Heard) -> BestPath: ...

    def narrowly(self, heard: Heard, phrases: Sequence[str]) -> str: ...

    def scores(self, heard: Heard, phrases: Sequence[str]) -> Sequence[float | None]: ...


class SpeechRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much is enough.

    `weights` (in the order of `voice.features.NAMES`) and `bias` give the log-odds that a phrase
    was said; `accept` is the probability from which the wall acts, `ask` the one from which it
    offers a phrase beside another, when the better one leads by less than `margin` in log-odds.
    No more than the bound hearing is spent on what is less like any phrase than `worth`: most talk.
    `weight_free` is the weight of the free hearing (0..1) when the likeliest commands are chosen:
    the `narrowed` likeliest for a hearing bound to them, and after it the `looks` likeliest, of a
    likeness of at least `looked`, for a look at each. `unawaited` is how much more (in log-odds) an
    answer needs where it is not known whether the wall asks anything, and a mere value always.
    `pressed` is how much less everything needs after somebody pressed to talk: it is a matter of
    what was heard before a press and what without one, and no more than a guess so far.
    Nobody speaks more than `fastest` sounds a second (the fastest clip has 16). `noticed` is how
    many syllables make speech worth an answer; from a likeness of `ours` to the bound hearing on, a
    refusal says that it was talk forced into a command. `fitted_on` names the speakers of the
    recordings from which the weights come.
    """

    weights: tuple[float, ...]
    bias: float
    accept: float
    ask: float
    margin: float
    fitted_on: tuple[str, ...] = ()
    weight_free: float = 0.6
    worth: float = 0.5
    looked: float = 0.42
    unawaited: float = 2.0
    pressed: float = 1.5
    narrowed: int = 80
    looks: int = 4
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

    def __init__(self, matcher: Matcher, look: Look, rules: SpeechRules) -> None:
        self._matcher = matcher
        self._look = look
        self._rules = rules
        self._said_by_values = commands_said_by_values(matcher.grammar)

    def decide(self, heard: Heard, t_ms: int) -> Answer | None:
        """The answer, or None when it was too little to be speech (a cough, a click)."""
        rules = self._rules
        if len(self._matcher.normalise(heard.bound)) < rules.noticed:
            return None
        likely, candidates = self.candidates(heard)
        ranked = sorted(map(self._weighed, candidates), key=lambda one: -one.score)
        if not ranked or ranked[0].score < self._limit(ranked[0].phrase, heard):
            # the free hearing is no spelling that one would show, so nothing is quoted
            if likely and self._matcher.likeness(heard.bound, likely[0].phrase) >= rules.ours:
                return NoMatch("", NoMatchReason.NOT_OURS, suggestions(likely), t_ms)
            return self._matcher.refuse("", likely, t_ms)
        best = ranked[0]
        options = [
            intent(Ranked(one.phrase, _chance(one.score)), heard.bound, t_ms)
            for one in ranked[:2]
            if one is best or self._is_near(one, best, heard)
        ]
        return options[0] if len(options) == 1 else Choice(tuple(options), heard.bound, t_ms)

    def candidates(self, heard: Heard) -> tuple[list[Ranked], list[Candidate]]:
        """The commands most like what was heard, best first; and those of them that the sound bears
        out as a whole."""
        rules = self._rules
        bound = self._likely(heard, heard.bound, heard.bound)
        if not bound or bound[0].score < rules.worth:
            return bound, []
        free = self._look.freely(heard)
        likely = self._likely(heard, heard.bound, free.text)
        narrow = heard.bound
        if self._matcher.phrase(narrow) is None:  # else it went not astray
            spoken = [one.phrase.spoken for one in likely[: rules.narrowed]]
            narrow = self._look.narrowly(heard, spoken)
            likely = _joined(likely, self._likely(heard, narrow, free.text))
        seconds = max(_LEAST_S, (heard.t_end_ms - heard.t_start_ms) / 1000)
        worth = [
            one.phrase
            for one in likely
            if one.score >= rules.looked and len(sounds(one.phrase.key)) <= rules.fastest * seconds
        ][: rules.looks]
        scores = self._look.scores(heard, [phrase.spoken for phrase in worth])
        found = [(p, s) for p, s in zip(worth, scores, strict=True) if s is not None]
        if not found:
            return likely, []
        texts = (self._matcher.normalise(text) for text in (heard.bound, narrow, free.text))
        by_bound, by_narrow, freely = map(sounds, texts)
        hearing = Hearing(by_bound, by_narrow, freely, seconds, free.score)
        best = max(score for _, score in found)
        return likely, [
            Candidate(phrase, tuple(features(phrase.spoken, score, best, hearing)))
            for phrase, score in found
        ]

    def _likely(self, heard: Heard, bound: str, free: str) -> list[Ranked]:
        found = self._matcher.likely(bound, free, self._rules.weight_free)
        if heard.context is not Context.UNASKED:
            return found
        return [one for one in found if one.phrase.command not in self._matcher.grammar.answers]

    def _is_near(self, one: Ranked, best: Ranked, heard: Heard) -> bool:
        """Whether it is to be offered beside the best."""
        least = _odds(self._rules.ask) - self._more_likely(heard)
        return one.score >= least and best.score - one.score < self._rules.margin

    def _more_likely(self, heard: Heard) -> float:
        """In log-odds, because somebody pressed."""
        return self._rules.pressed if heard.gate is Gate.PTT else 0.0

    def _limit(self, phrase: Phrase, heard: Heard) -> float:
        """In log-odds. An answer needs less when the wall waits for it. When nothing is known of
        that it needs more, as does what a value alone may say (지난달): talk is full of them."""
        rules = self._rules
        answer = phrase.command in self._matcher.grammar.answers
        if answer and heard.context is Context.ASKED:
            return _odds(rules.ask) - self._more_likely(heard)
        common = answer or phrase.command in self._said_by_values
        least = _odds(rules.accept) + (rules.unawaited if common else 0.0)
        return least - self._more_likely(heard)

    def _weighed(self, candidate: Candidate) -> Ranked:
        """Its score is in log-odds."""
        rules = self._rules
        pairs = zip(rules.weights, candidate.features, strict=True)
        return Ranked(candidate.phrase, rules.bias + sum(w * value for w, value in pairs))


def _joined(*hearings: Sequence[Ranked]) -> list[Ranked]:
    """Each phrase with its best score, best first."""
    found: dict[str, Ranked] = {}
    for one in sorted((one for each in hearings for one in each), key=lambda one: -one.score):
        found.setdefault(one.phrase.key, one)
    return list(found.values())


def _odds(chance: float) -> float:
    """Log-odds of a probability."""
    return log(chance / (1 - chance))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))
