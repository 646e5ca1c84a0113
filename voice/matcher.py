"""Text to command.

In this order, until one finds something: a sentence of ours as it stands; the same with another
polite ending or with particles; one that differs in a single syllable; the nearest one, if it is
near enough and no other is as near.

Nearness is 1 minus the Levenshtein distance over the longer length, counted in jamo for typed text
and in rough sounds (`voice.sounds`) for speech.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cached_property

import msgspec

from voice.endings import other_readings, other_ways
from voice.errors import NoSuchValueError
from voice.events import Answer, Choice, IntentMatch, NoMatch, NoMatchReason
from voice.grammar import Grammar, Phrase
from voice.hangul import jamo, normalise, readable
from voice.nearest import Nearest, similarity
from voice.numbers import SINO, readings
from voice.one_off import OneOff
from voice.open_phrases import MISSING, OpenPhrases
from voice.periods import Today
from voice.sounds import sounds

SUGGESTIONS = 3
RANKED = 40  # sentences among which the best commands are looked for
LEAST = 2  # syllables that a sentence must have to be nearly whole
LONGEST = 100  # characters; no sentence of ours is that long
SAME_SOUND = 0.9  # of two syllables that are often taken for each other: 대, 데; 남, 낭
_NASALS = str.maketrans("mN", "nn")
_NUMBER = re.compile("[0-9]+")
_NUMERALS = re.compile("[0-9]+|[영공일이삼사오육칠팔구십백천]+(?=[번위년월일분개쪽세]|퍼센트)")


class MatchRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a text is enough of a phrase (0..1).

    With one wrong syllable: phrases of `sure` syllables or more (in English of `sure_letters`
    letters) are taken when no other command has one; shorter ones never. Of several commands the
    one is taken whose syllable is as near as `slip_alike` to the right one, and nearer than any
    other's by `slip_margin`; two are asked about, more are refused.

    Else by likeness: `near` of phrases of at least `long` jamo, with a lead of `margin` over the
    second-best command.
    """

    sure: int = 3
    sure_letters: int = 6
    slip_alike: float = 0.6
    slip_margin: float = 0.5
    near: float = 0.75
    long: int = 9
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
        keys = [phrase.key for phrase in grammar.phrases]
        self._index = {key: index for index, key in enumerate(keys)}
        self._sorted_keys = sorted(keys)
        cuts = range(MISSING + 1)
        self._nearly = {
            key[: len(key) - n] for key in keys for n in cuts if len(key) - n >= max(LEAST, n)
        }
        self._one_off = OneOff(keys)
        self._by_jamo = Nearest([jamo(key) for key in keys])

    def normalise(self, text: str) -> str:
        return normalise(text, spell_out=self._korean)

    # ---- text

    def match(self, text: str, t_ms: int) -> Answer:
        """What typed (or otherwise clean) text means."""
        text = readable(text)
        if len(text) > LONGEST:
            return NoMatch(text[:LONGEST], NoMatchReason.UNKNOWN, (), t_ms)
        key = self.normalise(text)
        if not key:
            return NoMatch(text, NoMatchReason.SILENCE, (), t_ms)
        try:
            meant = self._exactly(text, key)
        except NoSuchValueError:
            return NoMatch(text, NoMatchReason.NO_SUCH_VALUE, suggestions(self.near(key)), t_ms)
        if meant:
            return self.settle(meant, text, t_ms, lambda _: True, self.rules.margin)
        for one in self._readings(text, key):
            slips = self._slips(one)
            if slips:
                return self._with_slip(slips, one, text, t_ms)
        ranked = self.near(key)
        if not ranked or not self._enough(ranked[0]) or not _same_numbers(key, ranked[0].phrase):
            return self.refuse(text, ranked, t_ms)
        return self.settle(ranked, text, t_ms, self._enough, self.rules.margin)

    def near(self, key: str) -> list[Ranked]:
        """The commands that are most like normalised text, best first."""
        shape = jamo(key)
        phrases = self.grammar.phrases
        found = [Ranked(phrases[n], score) for n, score in self._by_jamo.find(shape, RANKED)]
        named = self._open.near(key)
        return _best(
            (*found, *(Ranked(phrase, similarity(shape, jamo(phrase.key))) for phrase in named))
        )

    def _exactly(self, text: str, key: str) -> list[Ranked]:
        """Several when a value may mean several things. Raises NoSuchValueError."""
        keys = [key]
        if self._korean:
            keys += (self.normalise(other) for other in other_ways(text))
        for one in dict.fromkeys(keys):
            phrases = self._whole(one)
            if phrases:
                return [Ranked(phrase, 1.0) for phrase in phrases]
        return []

    def _readings(self, text: str, key: str) -> Iterable[str]:
        """The text normalised, with its numbers read in each of the ways."""
        others = other_readings(text) if self._korean else ()
        return dict.fromkeys((key, *(self.normalise(other) for other in others)))

    def _whole(self, key: str) -> list[Phrase]:
        index = self._index.get(key)
        return self._open.exactly(key) if index is None else [self.grammar.phrases[index]]

    def _slips(self, key: str) -> list[Ranked]:
        """The commands with one syllable else than the text has, the likest syllable first."""
        phrases = self.grammar.phrases
        found = [(phrases[slip.index], slip.at) for slip in self._one_off.find(key)]
        pairs = [(phrase, key[at], phrase.key[at]) for phrase, at in found]
        return _best(
            Ranked(phrase, _alike(wrong, right))
            for phrase, wrong, right in (*pairs, *self._open.one_off(key))
        )

    def _with_slip(self, slips: Sequence[Ranked], key: str, text: str, t_ms: int) -> Answer:
        rules, best = self.rules, slips[0]
        weighed = self._by_likeness(key, slips)
        sure = rules.sure if self._korean else rules.sure_letters
        if len(best.phrase.key) < sure or _digits_differ(text, key, best.phrase):
            return self.refuse(text, weighed, t_ms)
        lead = best.score - slips[1].score if len(slips) > 1 else 1.0
        clear = best.score >= rules.slip_alike and lead >= rules.slip_margin
        if len(slips) == 1 or clear:
            return intent(weighed[0], text, t_ms)
        if len(slips) == 2:
            return Choice(tuple(intent(one, text, t_ms) for one in weighed), text, t_ms)
        return self.refuse(text, weighed, t_ms)

    def _by_likeness(self, key: str, ranked: Iterable[Ranked]) -> list[Ranked]:
        """In the same order, with the likeness of the whole as the score."""
        shape = jamo(key)
        return [Ranked(r.phrase, similarity(shape, jamo(r.phrase.key))) for r in ranked]

    def _enough(self, ranked: Ranked) -> bool:
        rules = self.rules
        return ranked.score >= rules.near and len(jamo(ranked.phrase.key)) >= rules.long

    # ---- speech

    @cached_property
    def sounds(self) -> list[str]:
        """Of every phrase. Made when they are asked for: who only reads needs none."""
        return [sounds(phrase.key) for phrase in self.grammar.phrases]

    @cached_property
    def _by_sound(self) -> Nearest:
        return Nearest(self.sounds)

    def likely(self, bound: str, free: str, weight_free: float) -> list[Ranked]:
        """The commands most like two hearings, as rough sounds; the free one weighs
        `weight_free` (0..1), the bound one the rest. Best first."""
        heard, freely = (sounds(self.normalise(text)) for text in (bound, free))
        phrases = self.grammar.phrases
        indices = dict.fromkeys(n for text in (heard, freely) for n, _ in self._by_sound.find(text))
        candidates = {phrases[n].key: phrases[n] for n in indices}
        for text in (bound, free):
            for phrase in self._open.near(self.normalise(text)):
                candidates.setdefault(phrase.key, phrase)
        found = []
        for phrase in candidates.values():
            shape = sounds(phrase.key)
            by_bound, by_free = similarity(heard, shape), similarity(freely, shape)
            found.append(Ranked(phrase, by_bound + weight_free * (by_free - by_bound)))
        return _best(found)

    def likeness(self, text: str, phrase: Phrase) -> float:
        """Of a hearing and a phrase, as rough sounds: 0..1."""
        return similarity(sounds(self.normalise(text)), sounds(phrase.key))

    def phrase(self, text: str) -> Phrase | None:
        """The phrase that is exactly this text, whatever its spacing."""
        try:
            found = self._whole(self.normalise(text))
        except NoSuchValueError:
            return None
        return found[0] if found else None

    def completes(self, text: str) -> bool:
        """Whether this is a whole phrase that no longer phrase begins with."""
        key = self.normalise(text)
        at = bisect_right(self._sorted_keys, key)
        if at < len(self._sorted_keys) and self._sorted_keys[at].startswith(key):
            return False
        return key in self._index or self._open.completes(key)

    def nearly(self, text: str) -> bool:
        """Whether this is a whole phrase, or lacks but few syllables of one."""
        key = self.normalise(text)
        return key in self._nearly or self._open.nearly(key)

    # ---- answers

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


def suggestions(ranked: Sequence[Ranked]) -> tuple[IntentMatch, ...]:
    """The nearest commands, of which somebody may pick one."""
    return tuple(intent(one, "", 0) for one in ranked[:SUGGESTIONS])


def intent(ranked: Ranked, heard: str, t_ms: int) -> IntentMatch:
    phrase = ranked.phrase
    score = round(min(1.0, ranked.score), 3)
    return IntentMatch(phrase.command, dict(phrase.args), phrase.text, heard, score, t_ms)


def _best(ranked: Iterable[Ranked]) -> list[Ranked]:
    """The best phrase of each command with its arguments, best first."""
    found: dict[str, Ranked] = {}
    for one in sorted(ranked, key=lambda one: -one.score):
        found.setdefault(meaning(one.phrase), one)
    return list(found.values())


def meaning(phrase: Phrase) -> str:
    """What it asks for: alike for phrases that mean the same."""
    return repr((phrase.command, sorted(phrase.args.items())))


def _alike(wrong: str, right: str) -> float:
    """How alike two syllables are, 0..1; two numbers never are."""
    if re.fullmatch(SINO, wrong) and re.fullmatch(SINO, right):
        return 0.0
    if _roughly(wrong) == _roughly(right):
        return SAME_SOUND
    return similarity(jamo(wrong), jamo(right))


def _roughly(syllable: str) -> str:
    return sounds(syllable).translate(_NASALS)


def _digits_differ(text: str, key: str, phrase: Phrase) -> bool:
    """Whether the wrong character of the text is one of a number that was written in digits:
    nobody mistypes that by the sound."""
    wrong = [at for at, (a, b) in enumerate(zip(key, phrase.key, strict=True)) if a != b]
    end = 0
    for digits in _NUMBER.findall(text):
        found = [(key.find(said, end), said) for said in (*readings(digits), digits)]
        begin, said = min(((at, said) for at, said in found if at >= 0), default=(end, ""))
        end = begin + len(said)
        if any(begin <= at < end for at in wrong):
            return True
    return False


def _same_numbers(key: str, phrase: Phrase) -> bool:
    """Whether both have the same numbers in the same order: none is nearly another."""
    return _NUMERALS.findall(key) == _NUMERALS.findall(phrase.key)
