"""Sound to two hearings of it: one bound to our phrases, one free.

The bound hearing (words of our phrases, and fillers) says which command is meant; it makes words
of ours out of any talk. The free one says what was really spoken: a phrase list of Korean words cut
into syllables, that is, a bigram of syllables. Against the model's full language model it is as
good a witness (median similarity to what was said .61 to .62 on 47 synthetic clips, tenth
percentile .40 to .36) at less than half of the work, so both run all the time and the answer waits
for neither. Vosk calls release Python's lock.
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from voice.errors import ModelError
from voice.level import SILENCE_DB, level_db
from voice.matcher import Matcher
from voice.phrase_list import PhraseList, free_list, make_phrase_list, read_words
from voice.sound_files import RATE_HZ

_LONGEST_MS = 15_000  # an utterance that runs on is cut here
_STABLE_MS = 200  # a whole phrase that stays this long is the end of the sentence
_WHOLE_QUIET_MS = 200  # so long a pause ends a sentence that is a whole phrase
_QUIET_MS = 450  # so long a pause ends any sentence, whatever the model's own rules say
_QUIET_DB = 25.0  # a pause is this far below the loudest of the sentence
_BYTES_PER_MS = RATE_HZ * 2 // 1000
_LOG_WARNINGS = -1  # Vosk's log level: warnings and errors only


class Heard(msgspec.Struct, frozen=True):
    """One utterance. Times are milliseconds of sound since the recogniser started."""

    bound: str  # in words of our phrases and fillers
    free: str  # in free syllables, without spaces: close to the sound, no proper spelling
    t_start_ms: int
    t_end_ms: int
    t_decided_ms: int
    sound: bytes = b""  # all of it, from the end of the utterance before on
    free_score: float | None = None  # of the free hearing; None when that came in pieces
    snr_db: float | None = None  # of the room at the end of the utterance, when it was measured


class SpeechModel:
    """A loaded model and the two phrase lists made for it. One may serve many recognisers."""

    def __init__(self, handle: Any, phrases: PhraseList, free: str) -> None:
        self.handle = handle
        self.vocabulary = _Vocabulary(handle)
        self.fillers = frozenset(phrases.fillers)
        self.bound_json = phrases.as_json()
        self.free_json = free

    @classmethod
    def of(cls, handle: Any, matcher: Matcher, lists: Path) -> "SpeechModel":
        """`handle` is from `load_model`; `lists` a folder with fillers.txt and free_words.txt.

        Raises VocabularyError, GrammarError.
        """
        fillers = read_words(lists / "fillers.txt")
        free_words = read_words(lists / "free_words.txt")
        vocabulary = _Vocabulary(handle)
        phrases = make_phrase_list(matcher.grammar, fillers, vocabulary)
        return cls(handle, phrases, free_list(free_words, vocabulary))


class _Vocabulary:
    """The words of a loaded model."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    def __contains__(self, word: object) -> bool:
        return bool(self._handle.vosk_model_find_word(word) >= 0)


def load_model(model_dir: Path) -> Any:
    """Vosk's model: about 2 s, 600 MB, without the interpreter's lock. Raises ModelError."""
    import vosk

    vosk.SetLogLevel(_LOG_WARNINGS)
    try:
        return vosk.Model(str(model_dir))
    except Exception as error:  # vosk raises nothing more precise
        raise ModelError(f"{model_dir}: the speech model can't be loaded") from error


class Recogniser:
    """Hears one stream of 16 kHz mono 16-bit sound. Not thread-safe: one for each thread."""

    def __init__(self, model: SpeechModel, matcher: Matcher) -> None:
        import vosk

        self._matcher = matcher
        self._fillers = model.fillers
        self._bound = vosk.KaldiRecognizer(model.handle, RATE_HZ, model.bound_json)
        self._bound.SetWords(True)
        self._free = vosk.KaldiRecognizer(model.handle, RATE_HZ, model.free_json)
        self._free.SetMaxAlternatives(1)  # the only way to be told scores
        self._heard_ms = 0
        self._restart_ms = 0
        self._begin()

    @property
    def partial(self) -> str:
        """What of our words has been heard so far."""
        return " ".join(w for w in self._partial.split() if w not in self._fillers)

    def feed(self, samples: bytes) -> Heard | None:
        """Takes the next sound; the utterance when one has just ended, else None."""
        duration_ms = len(samples) // _BYTES_PER_MS
        self._heard_ms += duration_ms
        self._sound += samples
        if self._free.AcceptWaveform(samples):
            self._keep_free(self._free.Result())
            self._in_pieces = True
        if self._bound.AcceptWaveform(samples):
            return self._end(json.loads(self._bound.Result()))
        self._follow(samples, duration_ms)
        return self.finish() if self._is_over() else None

    def finish(self) -> Heard | None:
        """Ends the utterance now; None when there was no speech."""
        return self._end(json.loads(self._bound.FinalResult()))

    def restart(self) -> None:
        """Forgets what it heard; times count from here."""
        self.finish()
        self._restart_ms += self._heard_ms
        self._heard_ms = 0
        self._begin()

    def _begin(self) -> None:
        self._free_text = ""
        self._free_score = 0.0
        self._in_pieces = False
        self._sound: bytearray = bytearray()
        self._partial = ""
        self._begun_ms = self._heard_ms
        self._stable_ms = 0
        self._quiet_ms = 0
        self._loudest_db = SILENCE_DB

    def _follow(self, samples: bytes, duration_ms: int) -> None:
        """Counts how long the bound hearing has stayed the same, and how long it is quiet.

        The model's own rules miss the dead silence of a muted microphone or of a recording's end,
        because no breath of noise tells them of a pause.
        """
        partial = json.loads(self._bound.PartialResult())["partial"]
        self._stable_ms = self._stable_ms + duration_ms if partial == self._partial else 0
        self._partial = partial
        level = level_db(samples)
        self._loudest_db = max(self._loudest_db, level)
        quiet = bool(partial) and level < self._loudest_db - _QUIET_DB
        self._quiet_ms = self._quiet_ms + duration_ms if quiet else 0

    def _is_over(self) -> bool:
        if not self._partial:
            return False
        if self._quiet_ms >= _QUIET_MS or self._heard_ms - self._begun_ms > _LONGEST_MS:
            return True
        if self._quiet_ms >= _WHOLE_QUIET_MS and self._matcher.phrase(self._partial) is not None:
            return True
        return self._stable_ms >= _STABLE_MS and self._matcher.completes(self._partial)

    def _keep_free(self, result: str) -> None:
        """The free hearing may see a pause where the bound one sees none: its parts are joined."""
        best = json.loads(result)["alternatives"][0]
        self._free_text += "".join(best["text"].split())
        self._free_score = best["confidence"]

    def _since_restart(self, seconds: float) -> int:
        """Vosk counts from the first sound that it ever heard."""
        return int(seconds * 1000) - self._restart_ms

    def _end(self, result: dict[str, Any]) -> Heard | None:
        self._keep_free(self._free.FinalResult())
        words = result.get("result", [])
        heard = None
        if words:
            heard = Heard(
                bound=result["text"],
                free=self._free_text,
                t_start_ms=self._since_restart(words[0]["start"]),
                t_end_ms=self._since_restart(words[-1]["end"]),
                t_decided_ms=self._heard_ms,
                sound=bytes(self._sound),
                free_score=None if self._in_pieces else self._free_score,
            )
        self._begin()
        return heard
