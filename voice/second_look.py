"""A second look at an utterance: how well does one phrase alone explain the sound?

Words on a list always come out as words of the list, and with full confidence, because the
recogniser compares them with nothing else. Here the scores (log-likelihoods of the best path) of
two hearings of the same sound are compared: bound to a single phrase, and free in Korean syllables.
A phrase that was spoken explains the sound about as well as free syllables, or better; one that
talk was forced into does far worse.
"""

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from voice.recogniser import BestPath, Heard, SpeechModel, paths
from voice.vocabulary import segment

LOOKS_AT_ONCE = 2
_WAYS = 16  # to hear an utterance that is bound to the likeliest phrases
_WAYS_OF_ONE = 10  # the likeliest may say a word of the phrase twice


class SecondLook:
    """Safe to share between threads; a look takes about 20 ms for each second of sound."""

    def __init__(self, model: SpeechModel) -> None:
        self._model = model

    def freely(self, heard: Heard) -> BestPath:
        """The free hearing: of the time that it ran along, else made now (100 ms a second)."""
        return heard.free or self._hear(self._model.free_json, heard.sound)

    def narrowly(self, heard: Heard, phrases: Sequence[str]) -> list[str]:
        """What is heard when only these may have been said, the likeliest first: the words of the
        bound hearing are many and small, and where it goes astray in them a short list does not."""
        paths = self._ways(_listed(map(self._words, phrases)), heard.sound, _WAYS)
        return [path.text for path in paths]

    def scores(self, heard: Heard, phrases: Sequence[str]) -> list[float | None]:
        """For each phrase (as it is spoken) its log-likelihood given the sound, in nats. None where
        it can't be heard as a whole."""
        with ThreadPoolExecutor(LOOKS_AT_ONCE, "second-look") as pool:
            return list(pool.map(lambda one: self._score(heard, self._words(one)), phrases))

    def _score(self, heard: Heard, words: str) -> float | None:
        paths = self._ways(_listed([words]), heard.sound, _WAYS_OF_ONE)
        return next((path.score for path in paths if path.text == words), None)

    def _words(self, phrase: str) -> str:
        return " ".join(segment(phrase, self._model.vocabulary))

    def _hear(self, listed: str, sound: bytes) -> BestPath:
        return self._ways(listed, sound, 1)[0]

    def _ways(self, listed: str, sound: bytes, most: int) -> list[BestPath]:
        decoder = self._model.scoring(listed, most)
        decoder.AcceptWaveform(sound)
        return paths(decoder)


def _listed(phrases: Iterable[str]) -> str:
    return json.dumps(list(phrases), ensure_ascii=False)
