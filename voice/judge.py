"""From two hearings and a second look to one answer: act, ask which of two, or refuse."""

from collections.abc import Mapping, Sequence
from math import exp, inf, log
from pathlib import Path
from typing import Protocol

import msgspec

from voice.confusions import Confusions
from voice.errors import ModelError
from voice.events import Answer, Choice, Context, Gate, NoMatch, NoMatchReason
from voice.features import NAMES, Candidate, Found, Hearing, Look, features
from voice.grammar import Grammar, Phrase
from voice.matcher import Matcher, Ranked, intent, meaning, suggestions
from voice.recogniser import BestPath, Heard
from voice.shortlist import Shortlist
from voice.sounds import sounds
from voice.wake import SHORTEST

OFFERED = (
    1.5  # in log-odds below the limit: so near to it a second phrase is offered beside the best
)
TWINS = 1.0  # nats: what the sound tells apart by less is asked about, whatever else speaks for one
_LEAD = NAMES.index("lead")
_LEAST_S = 0.3  # a word that is shorter proves no more by it


class Looks(Protocol):
    """See `voice.second_look.SecondLook`."""

    def freely(self, heard: Heard) -> BestPath: ...

    def look(
        self, heard: Heard, phrases: Sequence[str], alone: Sequence[str]
    ) -> Sequence[BestPath]: ...


class SpeechRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much is enough.

    `weights` (in the order of `voice.features.NAMES`) and `bias` give the log-odds that a phrase
    was said. `accept` is the probability from which the wall acts with the gate held open,
    `pressed` the one from which it does after a press, when what comes is meant for the wall. A
    second phrase is offered beside the best when it comes within `offered` of that limit and is
    behind by less than `margin`, both in log-odds, or by less than `twins` in sound, in nats.
    With the gate open no more than the bound hearing is spent on what is less like any phrase than
    `worth`: most talk. (The weights were fitted with 0.5; of 133 commands that were enough for the
    open gate 2 are less like a phrase than 0.65, and talk costs a fifth less.)
    `weight_free` is the weight of the free hearing (0..1) when the likest commands are chosen. Of
    those and of the ones that explain what was heard best (half and half) `narrowed` are heard for
    again, bound to them; and the `explaining` best each alone: of 248 sentences of the fitted
    voices the right one came first for 220 with two, for 215 with a dozen.
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
    twins: float = TWINS
    weight_free: float = 0.6
    worth: float = 0.65
    unawaited: float = 2.0
    narrowed: int = 40
    explaining: int = 2
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
        """The answer, or None when it was too little to be speech (a cough, a click). What was
        found out in the pause is not sought again."""
        rules = self._rules
        least = 1 if heard.context is Context.ASKED else rules.noticed
        if len(self._matcher.normalise(heard.bound)) < least:
            return None
        found = heard.found or self.find(heard)
        ranked = self._ranked(found)
        if not ranked or ranked[0].score < self._limit(ranked[0].phrase, heard):
            return self._refusal(heard, found.likely, ranked, t_ms)
        best = ranked[0]
        leads = {one.phrase.key: one.features[_LEAD] for one in found.candidates}
        options = [
            intent(Ranked(one.phrase, _chance(one.score)), heard.bound, t_ms)
            for one in ranked[:2]
            if one is best or self._is_near(one, best, leads[one.phrase.key], heard)
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

    def chosen(self, heard: Heard) -> Phrase | None:
        """The phrase that would be acted on, or stand first in a choice."""
        ranked = self._ranked(heard.found or self.find(heard))
        if ranked and ranked[0].score >= self._limit(ranked[0].phrase, heard):
            return ranked[0].phrase
        return None

    def find(self, heard: Heard) -> Found:
        """The commands most like what was heard, best first; and those that the sound bears out as
        a whole, each in the words that explain it best."""
        rules = self._rules
        if heard.gate is Gate.OPEN:
            likely = self._likely(heard, heard.bound, heard.bound)
            if not likely or likely[0].score < rules.worth:
                return Found(tuple(likely))
        free = self._looks.freely(heard)
        by_bound, freely = (sounds(self._matcher.normalise(t)) for t in (heard.bound, free.text))
        likely = self._likely(heard, heard.bound, free.text)
        half = rules.narrowed // 2
        near = self._shortlist.find(by_bound, freely, heard.context, half)
        explaining = [one for one in near if self._is_allowed(one.phrase, heard)]
        seconds = max(_LEAST_S, (heard.t_end_ms - heard.t_start_ms) / 1000)
        listed = {
            one.phrase.spoken: one.phrase
            for one in (*likely[:half], *explaining)
            if len(sounds(one.phrase.key)) <= rules.fastest * seconds
        }
        if not listed:
            return Found(tuple(likely))
        best = _first_of_each(explaining, rules.explaining)
        alone = [phrase.spoken for phrase in best if phrase.spoken in listed]
        scores: dict[str, float | None] = {}
        phrases = {phrase.key: phrase for phrase in best}
        for path in self._looks.look(heard, list(listed), alone):
            phrase = self._matcher.phrase(path.text)
            if phrase is not None and self._is_allowed(phrase, heard):
                phrases[phrase.key] = phrase
                scores.setdefault(phrase.key, path.score)
        explained = [
            self._shortlist.explains(list(phrases.values()), text) for text in (freely, by_bound)
        ]
        looks = {
            key: Look(phrase.spoken, meaning(phrase), scores.get(key), float(free), float(bound))
            for (key, phrase), free, bound in zip(phrases.items(), *explained, strict=True)
        }
        hearing = Hearing(freely, seconds, free.score)
        candidates = (
            Candidate(phrases[key], features(look, look.score, list(looks.values()), hearing))
            for key, look in _best_of_each(looks).items()
            if look.score is not None
        )
        return Found(tuple(likely), tuple(candidates))

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

    def _is_near(self, one: Ranked, best: Ranked, lead: float, heard: Heard) -> bool:
        """Whether it is to be offered beside the best; `lead` is by how much it leads in sound."""
        if one.score < self._least(heard) - self._rules.offered:
            return False
        return best.score - one.score < self._rules.margin or abs(lead) < self._rules.twins

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

    def _ranked(self, found: Found) -> list[Ranked]:
        """The candidates with their log-odds, best first."""
        return sorted(map(self._weighed, found.candidates), key=lambda one: -one.score)

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


def _best_of_each(looks: Mapping[str, Look]) -> dict[str, Look]:
    """Of each meaning the wording that explains best what there is: the sound, and the two hearings
    of it, which are taken as one. By the sound alone 지도 보여 주세요 may come before 지도 보여 줘,
    which was said and heard."""

    def explains(look: Look) -> float:
        sound = -inf if look.score is None else look.score
        return sound + (look.freely + look.by_bound) / 2

    found: dict[str, tuple[str, Look]] = {}
    for key, look in looks.items():
        if look.meaning not in found or explains(found[look.meaning][1]) < explains(look):
            found[look.meaning] = (key, look)
    return dict(found.values())


def _odds(chance: float) -> float:
    """Log-odds of a probability."""
    return log(chance / (1 - chance))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))
