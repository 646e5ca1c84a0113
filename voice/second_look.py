"""A second look at an utterance: how well does one phrase alone explain the sound?

Words on a list always come out as words of the list, and with full confidence, because the
recogniser compares them with nothing else. Here the scores (log-likelihoods of the best path) of
two hearings of the same sound are compared: bound to a single phrase, and free in Korean syllables.
A phrase that was spoken explains the sound about as well as free syllables, or better; one that
talk was forced into does far worse.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from voice.recogniser import BestPath, Heard, SpeechModel, best_path
from voice.vocabulary import segment

LOOKS_AT_ONCE = 2


class SecondLook:
    """Safe to share between threads; a look takes about 20 ms for each second of sound."""

    def __init__(self, model: SpeechModel) -> None:
        self._model = model

    def freely(self, heard: Heard) -> BestPath:
        """The free hearing: of the time that it ran along, else made now (100 ms a second)."""
        return heard.free or self._hear(self._model.free_json, heard.sound)

    def narrowly(self, heard: Heard, phrases: Sequence[str]) -> str:
        """What is heard when only these may have been said: the words of the bound hearing are many
        and small, and where it goes astray in them a short list does not."""
        words = [" ".join(segment(phrase, self._model.vocabulary)) for phrase in phrases]
        return self._hear(_listed(words), heard.sound).text

    def scores(self, heard: Heard, phrases: Sequence[str]) -> list[float | None]:
        """For each phrase (as it is spoken) its log-likelihood given the sound, in nats. None where
        it can't be heard as a whole."""
        words = [" ".join(segment(phrase, self._model.vocabulary)) for phrase in phrases]
        with ThreadPoolExecutor(LOOKS_AT_ONCE, "second-look") as pool:
            paths = pool.map(lambda one: self._hear(_listed([one]), heard.sound), words)
            return [
                path.score if path.text == wanted else None
                for path, wanted in zip(paths, words, strict=True)
            ]

    def _hear(self, listed: str, sound: bytes) -> BestPath:
        decoder = self._model.scoring(listed)
        decoder.AcceptWaveform(sound)
        return best_path(decoder)


def _listed(phrases: Sequence[str]) -> str:
    return json.dumps(phrases, ensure_ascii=False)
