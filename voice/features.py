"""What speaks for a phrase having been said, in numbers that a linear rule can weigh."""

from math import log

import msgspec

from voice.sounds import sounds

NAMES = ("bound", "narrow", "free", "worst_word", "evidence", "behind", "length", "pace")
"""In this order:

`bound`, `narrow`, `free`: likeness of the phrase to the hearings, 0..1, in rough sounds: bound to
all phrases, to the likeliest ones, and free.
`worst_word`: likeness to the free hearing of that word of the phrase that it bears out least, 0..1.
`evidence`: how much better the phrase alone explains the sound than free syllables do, in nats for
each sound of the phrase, cut at +-3.
`behind`: by how much another command explains it better, in nats, 0 at most, cut at -20.
`length`: natural logarithm of the number of its sounds.
`pace`: sounds a second, less the usual 10, as a distance and in tens.
"""

_MOST_EVIDENCE = 3.0
_MOST_BEHIND = 20.0
_USUAL_PACE = 10.0


class Hearing(msgspec.Struct, frozen=True):
    """An utterance as rough sounds, its length in seconds, and the score of free syllables."""

    bound: str
    narrow: str
    free: str
    seconds: float
    free_score: float


def features(spoken: str, score: float, best_score: float, heard: Hearing) -> list[float]:
    """Of a phrase (its words apart), in the order of `NAMES`. `score` is its log-likelihood,
    `best_score` the best one of all phrases that were looked at."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.fuzz import partial_ratio

    whole = sounds(spoken.replace(" ", ""))
    words = [sounds(word) for word in spoken.split()]
    evidence = (score - heard.free_score) / len(whole)
    return [
        Levenshtein.normalized_similarity(heard.bound, whole),
        Levenshtein.normalized_similarity(heard.narrow, whole),
        Levenshtein.normalized_similarity(heard.free, whole),
        min(partial_ratio(word, heard.free) / 100 for word in words),
        max(-_MOST_EVIDENCE, min(_MOST_EVIDENCE, evidence)),
        max(-_MOST_BEHIND, score - best_score),
        log(len(whole)),
        abs(len(whole) / heard.seconds - _USUAL_PACE) / _USUAL_PACE,
    ]
