"""Which sounds are heard for which: how well a phrase explains what was heard freely.

A noisy channel (Ristad & Yianilos 1998, "Learning string-edit distance"): each sound of a phrase is
heard as some sound or not at all, and now and then one is heard that nobody made. How often, is
counted on recordings (`voice.fitting`), beginning with what is likely from how sounds are made:
stops of one place, nasals, neighbouring vowels. The free hearing gets a third of all sounds wrong,
but in the same ways again and again, so the phrase that was said is nearly always among the first
by this measure, also where it shares few letters with what was heard.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from voice.errors import ModelError

Values = NDArray[np.float32]

LETTERS = "ktpcsnrmhaeovuiyjwN"
"""Of `voice.sounds`; all others are left out."""
_ALIKE = ("ktp", "tcs", "kh", "nmN", "mp", "rn", "jc", "ji")
_ALIKE_VOWELS = ("ao", "vo", "vy", "uy", "ou", "iy", "ie", "ea", "av", "wou")
_SAME, _NEAR, _FAR = 25.0, 2.3, 0.3  # what is counted of each pair before anything was heard
_DROPPED, _OFTEN_DROPPED = 4.0, 6.0
_WEAK = "hNjwkt"
_ADDED = 0.15  # for each sound that was made
_BEFORE = 100.0  # sounds; what the three guesses above weigh against the recordings
_ROUNDS = 4  # of aligning and counting: later ones change nothing
_PLACES = {letter: place for place, letter in enumerate(LETTERS)}


class Confusions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In nats (negative logarithms of chances), in the order of `LETTERS`: each sound `heard` for
    each that was said (a row), `dropped` instead, or `added` after any; and how `usual` it is that
    a sound is heard at all, whatever was said."""

    heard: tuple[tuple[float, ...], ...]
    dropped: tuple[float, ...]
    added: tuple[float, ...]
    usual: tuple[float, ...]


def confusions_file(rules: Path) -> Path:
    """Beside the rules that were fitted with them."""
    return rules.with_name(f"{rules.stem}_confusions.toml")


def read_confusions(file: Path) -> Confusions:
    """Those that were guessed where there is no such file. Raises ModelError that names it."""
    if not file.is_file():
        return count_confusions(())
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Confusions)
    except (OSError, msgspec.ValidationError, msgspec.DecodeError) as error:
        raise ModelError(f"{file}: {error}; `kiosk voice fit` writes it") from error


class Explained:
    """How well each of many texts (as sounds) explains what was heard. Safe to share."""

    def __init__(self, texts: Sequence[str], confusions: Confusions) -> None:
        codes = [_codes(text) for text in texts]
        self._long = np.array([len(code) for code in codes], np.int32)
        self._said = np.zeros((len(codes), int(self._long.max(initial=0))), np.uint8)
        for row, code in enumerate(codes):
            self._said[row, : len(code)] = code
        self._heard = np.array(confusions.heard, np.float32)
        self._dropped = np.array(confusions.dropped, np.float32)
        self._added = np.array(confusions.added, np.float32)
        self._usual = np.array(confusions.usual, np.float32)

    def evidence(self, heard: str, places: NDArray[np.intp] | None = None) -> Values:
        """For each text (or those at `places`) the log-likelihood ratio (nats) of what was heard,
        given the text, against any sounds: above 0 it speaks for the text. Some 4 microseconds for
        each text and sentence."""
        code = _codes(heard)
        long = self._long if places is None else self._long[places]
        longest = int(long.max(initial=0))
        said = (self._said if places is None else self._said[places])[:, :longest]
        skipped = np.zeros((len(long), said.shape[1] + 1), np.float32)
        np.cumsum(self._dropped[said], axis=1, out=skipped[:, 1:])
        costs = skipped.copy()  # of the first sounds of a text (column) for what is heard so far
        for sound in code:
            taken = costs[:, :-1] + self._heard[:, sound][said]
            costs += self._added[sound]
            np.minimum(costs[:, 1:], taken, out=costs[:, 1:])
            costs -= skipped  # what follows may have been dropped
            np.minimum.accumulate(costs, axis=1, out=costs)
            costs += skipped
        found: Values = self._usual[code].sum() - costs[np.arange(len(long)), long]
        return found


def count_confusions(pairs: Iterable[tuple[str, str]]) -> Confusions:
    """From what was said and what was heard of it, each as sounds."""
    codes = [(_codes(said), _codes(heard)) for said, heard in pairs]
    counts = _Counts()
    for _ in range(_ROUNDS if codes else 0):
        found, counts = counts.confusions(), _Counts()
        for said, heard in codes:
            counts.add(said, heard, found)
    return counts.confusions()


class _Counts:
    """How often what was heard for what."""

    def __init__(self) -> None:
        n = len(LETTERS)
        self.heard = np.full((n, n), _FAR)
        for group in (*_ALIKE, *_ALIKE_VOWELS):
            for one in group:
                for other in group:
                    self.heard[_PLACES[one], _PLACES[other]] = _NEAR
        np.fill_diagonal(self.heard, _SAME)
        self.dropped = np.array([_OFTEN_DROPPED if c in _WEAK else _DROPPED for c in LETTERS])
        self.added = np.ones(n) * _ADDED * _BEFORE / n
        self.usual = np.ones(n) * _BEFORE / n
        self.said = _BEFORE

    def add(self, said: Any, heard: Any, confusions: Confusions) -> None:
        """Counts along the likeliest alignment of the two."""
        steps = _alignment(said, heard, confusions)
        for one, other in steps:
            if one is None:
                self.added[other] += 1
            elif other is None:
                self.dropped[one] += 1
            else:
                self.heard[one, other] += 1
        np.add.at(self.usual, heard, 1)
        self.said += len(said)

    def confusions(self) -> Confusions:
        all_of = self.heard.sum(axis=1) + self.dropped
        rate = self.added.sum() / self.said
        added = rate / (1 + rate) * self.added / self.added.sum()
        return Confusions(
            heard=tuple(_nats(row) for row in self.heard / all_of[:, None]),
            dropped=_nats(self.dropped / all_of),
            added=_nats(added),
            usual=_nats(self.usual / self.usual.sum()),
        )


def _alignment(
    said: Any, heard: Any, confusions: Confusions
) -> list[tuple[int | None, int | None]]:
    """Pairs of what was said and heard; None: nothing."""
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for i in range(len(said) + 1):
        for j in range(len(heard) + 1):
            ways = [(0.0, i, j)] if i == j == 0 else []
            if i and j:
                cost = confusions.heard[said[i - 1]][heard[j - 1]]
                ways.append((best[i - 1, j - 1][0] + cost, i - 1, j - 1))
            if i:
                ways.append((best[i - 1, j][0] + confusions.dropped[said[i - 1]], i - 1, j))
            if j:
                ways.append((best[i, j - 1][0] + confusions.added[heard[j - 1]], i, j - 1))
            best[i, j] = min(ways)
    steps: list[tuple[int | None, int | None]] = []
    i, j = len(said), len(heard)
    while i or j:
        _, before_i, before_j = best[i, j]
        one = said[before_i] if before_i < i else None
        steps.append((one, heard[before_j] if before_j < j else None))
        i, j = before_i, before_j
    return steps


def _codes(text: str) -> NDArray[np.uint8]:
    return np.array([_PLACES[letter] for letter in text if letter in _PLACES], np.uint8)


def _nats(chances: Any) -> tuple[float, ...]:
    return tuple(round(-float(np.log(chance)), 3) for chance in chances)
