"""How good a network is on people whom it has not seen, alone and with the rules as its guard."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from gestures.descriptor import Floats
from gestures.features import measure
from gestures.network import SHAPES, Network
from gestures.rules import fits
from gestures.shapes import ACCEPT, MARGIN, guarded, likeness
from gestures.training.data import Example
from gestures.training.labels import SIGNS
from gestures.training.lessons import NONE
from gestures.training.view import as_hand

DECIDERS = ("rules only", "network only", "network and rules")


class Answer(NamedTuple):
    """What a hand was, what it was called in the data, and what each of DECIDERS took it for."""

    meant: str
    label: str
    said: tuple[str, ...]


def fold_of(person: str, folds: int) -> int:
    """Every hand of a person lies in the same fold."""
    return zlib.crc32(person.encode()) % folds


def answers(network: Network, examples: list[Example]) -> list[Answer]:
    return [Answer(SIGNS[e.label].shape, e.label, _said(network, e.hand)) for e in examples]


def answers_to(
    network: Network, hands: Floats, shapes: list[str], patterns: list[str]
) -> list[Answer]:
    return [
        Answer(shape, pattern, _said(network, hand))
        for hand, shape, pattern in zip(hands, shapes, patterns, strict=True)
    ]


def _said(network: Network, points: Floats) -> tuple[str, ...]:
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
    """f1: of every shape that was meant. accepted: share of strangers taken for a gesture."""

    confusion: Counter[tuple[str, str]]
    f1: dict[str, float]
    macro_f1: float
    accepted: float


def result(pairs: Iterable[tuple[str, str]]) -> Result:
    """pairs of what was meant and what was said."""
    confusion = Counter(pairs)
    meant, said = Counter[str](), Counter[str]()
    for (wanted, got), count in confusion.items():
        meant[wanted] += count
        said[got] += count
    f1 = {s: 2 * confusion[s, s] / (meant[s] + said[s]) for s in SHAPES if meant[s]}
    accepted = 1 - confusion[NONE, NONE] / meant[NONE] if meant[NONE] else 0.0
    return Result(confusion, f1, sum(f1.values()) / max(1, len(f1)), accepted)


def table(confusion: Counter[tuple[str, str]]) -> list[str]:
    """The confusion matrix as lines: a row is what was meant, a column what was said."""
    rows = [shape for shape in SHAPES if any(wanted == shape for wanted, _ in confusion)]
    lines = [" " * 9 + "".join(f"{shape:>9}" for shape in SHAPES)]
    for wanted in rows:
        counts = "".join(f"{confusion[wanted, got] or '.':>9}" for got in SHAPES)
        lines.append(f"{wanted:9}{counts}")
    return lines
