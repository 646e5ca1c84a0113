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
from typing import Any

from voice.recogniser import Heard, SpeechModel
from voice.sound_files import RATE_HZ
from voice.vocabulary import segment

LOOKS_AT_ONCE = 2
_LEAST_S = 0.5  # a word that is shorter proves no more by it


class SecondLook:
    """Safe to share between threads; a look takes about 20 ms for each second of sound."""

    def __init__(self, model: SpeechModel) -> None:
        self._model = model

    def evidence(self, heard: Heard, phrases: Sequence[str]) -> list[float | None]:
        """For each phrase (as it is spoken) how much better than free syllables it explains the
        sound, in nats a second of speech; negative: worse. None where it can't be heard as a whole.
        """
        words = [" ".join(segment(phrase, self._model.vocabulary)) for phrase in phrases]
        with ThreadPoolExecutor(LOOKS_AT_ONCE, "second-look") as pool:
            looks = [pool.submit(self._score, [each], heard.sound) for each in words]
            free = heard.free_score
            if free is None:
                free = self._score(self._model.free_json, heard.sound)[1]
            heard_as = [look.result() for look in looks]
        seconds = max(_LEAST_S, (heard.t_end_ms - heard.t_start_ms) / 1000)
        return [
            (score - free) / seconds if text == wanted else None
            for (text, score), wanted in zip(heard_as, words, strict=True)
        ]

    def _score(self, phrases: list[str] | str, sound: bytes) -> tuple[str, float]:
        import vosk

        listed = phrases if isinstance(phrases, str) else json.dumps(phrases, ensure_ascii=False)
        recogniser = vosk.KaldiRecognizer(self._model.handle, RATE_HZ, listed)
        recogniser.SetMaxAlternatives(1)
        recogniser.AcceptWaveform(sound)
        best: dict[str, Any] = json.loads(recogniser.FinalResult())["alternatives"][0]
        return best["text"], best["confidence"]
