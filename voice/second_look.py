"""A second look at an utterance: how well do a few phrases explain the sound?

Words on a list always come out as words of the list, and with full confidence, because the
recogniser compares them with nothing else. Here the scores (log-likelihoods of the best path) of
hearings of the same sound are compared: bound to a few phrases, to one alone, and free in Korean
syllables. A phrase that was spoken explains the sound about as well as free syllables, or better,
and better than any other; one that talk was forced into does far worse.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from voice.phrase_list import ListCosts
from voice.recogniser import BestPath, Heard, SpeechModel, paths
from voice.vocabulary import segment

LOOKS_AT_ONCE = 2
_WAYS = 32  # to hear an utterance that is bound to a few phrases: more than there are, as a rule
_WAYS_OF_ONE = 10  # the likeliest may say a word of the phrase twice


class SecondLook:
    """Safe to share between threads; a look takes about 20 ms for each second of sound."""

    def __init__(self, model: SpeechModel) -> None:
        self._model = model

    def freely(self, heard: Heard) -> BestPath:
        """The free hearing: of the time that it ran along, else made now (100 ms a second)."""
        return heard.free or self._ways(self._model.free_json, heard.sound, 1)[0]

    def look(self, heard: Heard, phrases: Sequence[str], alone: Sequence[str]) -> list[BestPath]:
        """What is heard when only these phrases (as they are spoken) may have been said: many at
        once, which their words then compete in, and some each `alone`, which it is heard by though
        a medley of the others explains the sound better. What is no whole phrase is among them.
        The score is that of the sound, without what the list makes of it; the best comes first."""
        tasks = [partial(self._bound, heard, [phrase], _WAYS_OF_ONE) for phrase in alone]
        if phrases:
            tasks.insert(0, partial(self._bound, heard, phrases, _WAYS))
        with ThreadPoolExecutor(LOOKS_AT_ONCE, "second-look") as pool:
            found = [path for paths in pool.map(lambda task: task(), tasks) for path in paths]
        return sorted(found, key=lambda path: -path.score)

    def _bound(self, heard: Heard, phrases: Sequence[str], most: int) -> list[BestPath]:
        listed = [segment(phrase, self._model.vocabulary) for phrase in phrases]
        costs = ListCosts(listed)
        texts = json.dumps([" ".join(words) for words in listed], ensure_ascii=False)
        return [
            BestPath(path.text, path.score + costs.cost(path.text.split()))
            for path in self._ways(texts, heard.sound, most)
            if path.text
        ]

    def _ways(self, listed: str, sound: bytes, most: int) -> list[BestPath]:
        decoder = self._model.scoring(listed, most)
        decoder.AcceptWaveform(sound)
        return paths(decoder)
