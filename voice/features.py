"""What speaks for a phrase having been said, in numbers that a linear rule can weigh."""

from collections.abc import Sequence
from math import log

import msgspec

from voice.grammar import Phrase
from voice.matcher import Ranked
from voice.sounds import sounds

NAMES = (
    "worst_word",
    "evidence",
    "lead",
    "length",
    "pace",
    "heard_freely",
    "heard_lead",
    "heard_bound",
)
"""In this order:

`worst_word`: likeness to the free hearing of that word of the phrase that it bears out least, 0..1,
in rough sounds.
`evidence`: how much better the phrase alone explains the sound than free syllables do, in nats for
each sound of the phrase, cut at +-3.
`lead`: by how much it explains the sound better than any other command does, in nats, cut at +-15;
8 where no other can be heard as a whole.
`length`: natural logarithm of the number of its sounds.
`pace`: sounds a second, less the usual 10, as a distance and in tens.
`heard_freely`, `heard_bound`: how well it explains the free and the bound hearing as misheard
(`voice.confusions`), in nats for each sound of the phrase.
`heard_lead`: by how much it explains the free hearing better than any other command does, in nats,
cut at +-8.
"""

_MOST_EVIDENCE = 3.0
_MOST_LEAD = 15.0
_MOST_HEARD_LEAD = 8.0
_LONE_LEAD = 8.0
_USUAL_PACE = 10.0


class Hearing(msgspec.Struct, frozen=True):
    """The free hearing of an utterance as rough sounds, how long that took in seconds, and the
    score of free syllables."""

    free: str
    seconds: float
    free_score: float


class Look(msgspec.Struct, frozen=True):
    """What was found of a phrase (`spoken`: its words apart) that asks for `meaning`: its
    log-likelihood given the sound (None: can't be heard as a whole), and how well it explains the
    two hearings as misheard (nats)."""

    spoken: str
    meaning: str
    score: float | None
    freely: float
    by_bound: float


class Candidate(msgspec.Struct, frozen=True):
    """A phrase that may have been said, and what speaks for it: `features`."""

    phrase: Phrase
    features: tuple[float, ...]


class Found(msgspec.Struct, frozen=True):
    """The commands most like what was heard, best first; and those that the sound bears out."""

    likely: tuple[Ranked, ...]
    candidates: tuple[Candidate, ...] = ()


def features(look: Look, score: float, looks: Sequence[Look], heard: Hearing) -> tuple[float, ...]:
    """Of one look, with its score, among all that were taken, in the order of `NAMES`."""
    from rapidfuzz.fuzz import partial_ratio

    whole = sounds(look.spoken.replace(" ", ""))
    words = [sounds(word) for word in look.spoken.split()]
    others = [one for one in looks if one.meaning != look.meaning]
    scores = [one.score for one in others if one.score is not None]
    return (
        min(partial_ratio(word, heard.free) / 100 for word in words),
        _cut((score - heard.free_score) / len(whole), _MOST_EVIDENCE),
        _cut(score - max(scores, default=score - _LONE_LEAD), _MOST_LEAD),
        log(len(whole)),
        abs(len(whole) / heard.seconds - _USUAL_PACE) / _USUAL_PACE,
        look.freely / len(whole),
        _cut(look.freely - max((one.freely for one in others), default=0.0), _MOST_HEARD_LEAD),
        look.by_bound / len(whole),
    )


def _cut(value: float, most: float) -> float:
    return max(-most, min(most, value))
