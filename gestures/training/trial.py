"""Training on all people but a few, tested on those few, for every few."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gestures.network import Network
from gestures.training.compose import take_apart
from gestures.training.data import FOLDS, TEST_SOURCES, Example, fold_of
from gestures.training.fit import fit
from gestures.training.labels import SIGNS
from gestures.training.lessons import GESTURE_SHARE, NONE, composed, lessons
from gestures.training.validation import Answer, answers, answers_to

TESTED_PER_PATTERN = 40
Tell = Callable[[str], None]


class Trial(NamedTuple):
    """network: the one that did not see the first fold's people. Every answer is about people
    that the network asked had not seen.

    real: their stills. made: hands composed of their fingers. strangers: their stills of a sign
    that was left out of the training altogether. rooms: stills of the test sources.
    """

    network: Network
    real: list[Answer]
    held_out: list[Answer]
    made: list[Answer]
    strangers: list[Answer]
    rooms: list[Answer]


def run(examples: list[Example], per_pattern: int, tell: Tell) -> Trial:
    """Trains once for each fold and unknown sign. Raises ValueError when a finger is missing."""
    learned = [e for e in examples if e.source not in TEST_SOURCES]
    networks = []
    real: list[list[Answer]] = []
    made: list[Answer] = []
    strangers: list[Answer] = []
    for fold in range(FOLDS):
        seen = [e for e in learned if fold_of(e.person) != fold]
        unseen = [e for e in learned if fold_of(e.person) == fold]
        tell(f"fold {fold + 1} of {FOLDS}: {len(seen)} hands to learn from, {len(unseen)} to test")
        networks.append(fit(lessons(seen, per_pattern, fold), fold))
        real.append(answers(networks[-1], unseen))
        made += _made(networks[-1], unseen, per_pattern, fold)
        strangers += _strangers(seen, unseen, per_pattern, fold, tell)
    rooms = [e for e in examples if e.source in TEST_SOURCES]
    every = [answer for fold_answers in real for answer in fold_answers]
    return Trial(networks[0], every, real[0], made, strangers, answers(networks[0], rooms))


def _made(network: Network, unseen: list[Example], per_pattern: int, seed: int) -> list[Answer]:
    try:
        parts = take_apart(unseen)
    except ValueError:
        return []  # so few people that a finger is missing
    count = max(1, min(TESTED_PER_PATTERN, per_pattern) // GESTURE_SHARE)
    rng = np.random.default_rng(FOLDS + seed)
    return answers_to(network, composed(parts, count, rng))


def _strangers(
    seen: list[Example], unseen: list[Example], per_pattern: int, seed: int, tell: Tell
) -> list[Answer]:
    found: list[Answer] = []
    for label in sorted({e.label for e in unseen if SIGNS[e.label].shape == NONE}):
        tell(f"  without the sign {label}")
        network = fit(lessons(seen, per_pattern, seed, without=label), seed)
        found += answers(network, [e for e in unseen if e.label == label])
    return found
