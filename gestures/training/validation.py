"""How good a network is on people whom it has not seen, alone and with the rules as its guard."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from gestures.descriptor import Floats
from gestures.features import measure
from gestures.network import Network
from gestures.rules import fits
from gestures.shapes import ACCEPT, MARGIN, guarded, likeness
from gestures.training.data import Example
from gestures.training.labels import SIGNS
from gestures.training.lessons import NONE, Composed
from gestures.training.view import as_hand

DECIDERS = ("rules only", "network only", "network and rules")


class Answer(NamedTuple):
    """What a hand was, what it was called in the data, and what each of DECIDERS took it for."""

    meant: str
    label: str
    said: tuple[str, ...]


def answers(network: Network, examples: list[Example]) -> list[Answer]:
    return [Answer(SIGNS[e.label].shape, e.label, said(network, e.hand)) for e in examples]


def answers_to(network: Network, made: Composed) -> list[Answer]:
    return [
        Answer(shape, pattern, said(network, hand))
        for hand, shape, pattern in zip(*made, strict=True)
    ]


def said(network: Network, points: Floats) -> tuple[str, ...]:
    """What each of DECIDERS says of one hand (21, 3)."""
    hand = as_hand(points)
    features = measure(hand, 1.0)
    if features is None:
        return (NONE,) * len(DECIDERS)
    fit, likely = fits(features), likeness(network, hand.world)
    alone = {shape: likely[shape] for shape in fit}
    return _best(fit), _best(alone), _best(guarded(likely, fit))


def _best(grades: dict[str, float]) -> str:
    ranked = sorted(grades.items(), key=lambda item: -item[1])
    (best, score), (_, second) = ranked[0], ranked[1]
    return best if score >= ACCEPT and score - second >= MARGIN else NONE


class Result(NamedTuple):
    """confusion: by (meant, said). accepted: share of strangers taken for a gesture."""

    confusion: Counter[tuple[str, str]]
    macro_f1: float
    accepted: float


def result(answers: list[Answer], decider: int) -> Result:
    """How one of DECIDERS did; macro-F1 over the shapes that were meant."""
    confusion = Counter((answer.meant, answer.said[decider]) for answer in answers)
    meant = Counter(answer.meant for answer in answers)
    got = Counter(answer.said[decider] for answer in answers)
    f1 = [2 * confusion[shape, shape] / (count + got[shape]) for shape, count in meant.items()]
    accepted = 1 - confusion[NONE, NONE] / meant[NONE] if meant[NONE] else 0.0
    return Result(confusion, sum(f1) / max(1, len(f1)), accepted)
