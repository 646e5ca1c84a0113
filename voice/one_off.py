"""Sentences that differ from a text in one character: a syllable of Korean, a letter of English.

A slip of a finger or of an ear usually spoils one syllable. That the others are all right, in their
places, tells more than how alike two sentences are on the whole: among 26,000 sentences hardly ever
does a second one fit as well.
"""

from collections.abc import Sequence
from itertools import groupby

import msgspec
import numpy as np


class Slip(msgspec.Struct, frozen=True):
    """The sentence (its place in the list) and the place of the character that differs."""

    index: int
    at: int


class OneOff:
    """The keys of many sentences, by length. Safe to share between threads."""

    def __init__(self, keys: Sequence[str]) -> None:
        order = sorted(range(len(keys)), key=lambda n: len(keys[n]))
        self._of_length = {}
        for length, group in groupby(order, key=lambda n: len(keys[n])):
            places = list(group)
            together = "".join(keys[n] for n in places).encode("utf-32-le", "surrogatepass")
            codes = np.frombuffer(together, np.uint32).reshape(len(places), length)
            self._of_length[length] = np.array(places), codes.T.copy()

    def find(self, key: str) -> list[Slip]:
        """In the order of the list."""
        places, codes = self._of_length.get(len(key), (None, None))
        if places is None or codes is None:
            return []
        differs = np.array([column != ord(char) for char, column in zip(key, codes, strict=True)])
        found = np.flatnonzero(differs.sum(axis=0) == 1)
        return [Slip(int(places[n]), int(differs[:, n].argmax())) for n in found]
