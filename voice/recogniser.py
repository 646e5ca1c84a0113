"""Sound to two hearings of it: one bound to our phrases, one free.

The bound hearing decides which command is meant; the free one, made only while the bound one holds
words of ours, says whether anything of the kind was really said. Vosk calls release Python's lock.
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from voice.errors import ModelError
from voice.level import SILENCE_DB, level_db
from voice.matcher import Matcher
from voice.phrase_list import PhraseList, make_phrase_list, wanted_words
from voice.sound_files import RATE_HZ
from voice.vocabulary import read_vocabulary

_LOOK_BACK_MS = 1200  # sound kept from before the first word: a word shows up that much late
_LONGEST_MS = 15_000  # an utterance that runs on is cut here
_STABLE_MS = 300  # a whole phrase that stays this long is the end of the sentence
_QUIET_MS = 600  # so long a pause ends any sentence, whatever the model's own rules say
_QUIET_DB = 25.0  # a pause is this far below the loudest of the sentence
_BYTES_PER_MS = RATE_HZ * 2 // 1000
_LOG_WARNINGS = -1  # Vosk's log level: warnings and errors only


class Heard(msgspec.Struct, frozen=True):
    """One utterance. Times are milliseconds of sound since the recogniser started."""

    bound: str  # in words of our phrases and fillers, without spaces
    free: str  # in any words, without spaces; "" when nothing of ours was in it
    t_start_ms: int
    t_end_ms: int
    t_decided_ms: int


class SpeechModel:
    """A loaded model and the phrase list made for it. One may serve many recognisers."""

    def __init__(self, handle: Any, phrases: PhraseList) -> None:
        self.handle = handle
        self.phrases = phrases

    @classmethod
    def load(cls, model_dir: Path, matcher: Matcher, fillers: tuple[str, ...]) -> "SpeechModel":
        """Takes about 3 s and 600 MB. Raises ModelError, VocabularyError."""
        wanted = wanted_words(matcher.grammar, fillers)
        vocabulary = read_vocabulary(model_dir, wanted)
        phrases = make_phrase_list(matcher.grammar, fillers, vocabulary)
        import vosk

        vosk.SetLogLevel(_LOG_WARNINGS)
        try:
            handle = vosk.Model(str(model_dir))
        except Exception as error:  # vosk raises nothing more precise
            raise ModelError(f"{model_dir}: the speech model can't be loaded") from error
        return cls(handle, phrases)


class Recogniser:
    """Hears one stream of 16 kHz mono 16-bit sound. Not thread-safe: one for each thread."""

    def __init__(self, model: SpeechModel, matcher: Matcher) -> None:
        import vosk

        self._vosk = vosk
        self._model = model
        self._matcher = matcher
        self._fillers = frozenset(model.phrases.fillers)
        self._bound = vosk.KaldiRecognizer(model.handle, RATE_HZ, model.phrases.as_json())
        self._bound.SetWords(True)
        self._heard_ms = 0
        self._begin()

    def feed(self, samples: bytes) -> Heard | None:
        """Takes the next sound; the utterance when one has just ended, else None."""
        self._heard_ms += len(samples) // _BYTES_PER_MS
        self._kept += samples
        ended = bool(self._bound.AcceptWaveform(samples))
        if ended:
            return self._end(json.loads(self._bound.Result()))
        self._follow(samples)
        too_long = self._heard_ms - self._begun_ms > _LONGEST_MS and self._partial
        if self._complete() or self._quiet_ms >= _QUIET_MS or too_long:
            return self.finish()
        return None

    def finish(self) -> Heard | None:
        """Ends the utterance now; None when there was no speech."""
        return self._end(json.loads(self._bound.FinalResult()))

    @property
    def partial(self) -> str:
        """What of our words has been heard so far."""
        return " ".join(w for w in self._partial.split() if w not in self._fillers)

    def _begin(self) -> None:
        self._kept = b""
        self._begun_ms = self._heard_ms
        self._free: Any | None = None
        self._partial = ""
        self._stable_ms = 0
        self._quiet_ms = 0
        self._loudest_db = SILENCE_DB

    def _follow(self, samples: bytes) -> None:
        """Takes the partial hearing, and starts or feeds the free one."""
        partial = json.loads(self._bound.PartialResult())["partial"]
        duration_ms = len(samples) // _BYTES_PER_MS
        self._stable_ms = self._stable_ms + duration_ms if partial == self._partial else 0
        self._partial = partial
        self._listen_for_pause(level_db(samples), duration_ms)
        if self._free is not None:
            self._free.AcceptWaveform(samples)
        elif self._has_words(partial):
            self._start_free()
        elif not partial:
            self._kept = self._kept[-_LOOK_BACK_MS * _BYTES_PER_MS :]

    def _listen_for_pause(self, level: float, duration_ms: int) -> None:
        """Counts the quiet after speech. The model's own rules miss the dead silence of a muted
        microphone or of a recording's end, because no breath of noise tells them of a pause."""
        self._loudest_db = max(self._loudest_db, level)
        quiet = bool(self._partial) and level < self._loudest_db - _QUIET_DB
        self._quiet_ms = self._quiet_ms + duration_ms if quiet else 0

    def _start_free(self) -> None:
        self._free = self._vosk.KaldiRecognizer(self._model.handle, RATE_HZ)
        self._free.AcceptWaveform(self._kept)

    def _has_words(self, text: str) -> bool:
        """Whether at least two syllables of it are words of ours."""
        return sum(len(word) for word in text.split() if word not in self._fillers) >= 2

    def _complete(self) -> bool:
        """Whether what was heard is a whole phrase that no longer phrase could continue."""
        if not self._partial or self._stable_ms < _STABLE_MS:
            return False
        return self._matcher.completes(self._partial)

    def _end(self, result: dict[str, Any]) -> Heard | None:
        text = result["text"]
        if text and self._free is None and self._has_words(text):
            self._start_free()
        free = json.loads(self._free.FinalResult())["text"] if self._free is not None else ""
        words = result.get("result", [])
        heard = None
        if text:
            heard = Heard(
                bound="".join(text.split()),
                free="".join(free.split()),
                t_start_ms=int(words[0]["start"] * 1000) if words else self._begun_ms,
                t_end_ms=int(words[-1]["end"] * 1000) if words else self._heard_ms,
                t_decided_ms=self._heard_ms,
            )
        self._begin()
        return heard
