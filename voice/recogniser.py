"""Sound to two hearings of it: one bound to our phrases, one free.

The bound hearing (words of our phrases, and fillers) says which command is meant; it makes words
of ours out of any talk. The free one says what was really spoken: a phrase list of Korean words cut
into syllables, that is, a bigram of syllables. Against the model's full language model it is as
good a witness (median similarity to what was said .61 to .62 on 47 synthetic clips, tenth
percentile .40 to .36) at less than half of the work, so both run all the time and the answer waits
for neither. Vosk calls release Python's lock.
"""

import json
from collections.abc import Container
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from voice.errors import ModelError
from voice.events import Context, Gate
from voice.level import SILENCE_DB, level_db
from voice.matcher import Matcher
from voice.phrase_list import PhraseList, as_heard, free_list, make_phrase_list, read_words
from voice.sound_files import RATE_HZ

_LONGEST_MS = 15_000  # an utterance that runs on is cut here
_STABLE_MS = 200  # a whole phrase that stays this long is the end of the sentence
_PAUSES_MS = (100, 250)  # pauses after which it is looked whether the sentence is over
_WHOLE_QUIET_MS = 250  # so long a pause ends any whole phrase; a shorter one a whole phrase that
# no longer one begins with
_QUIET_MS = 450  # so long a pause ends any sentence, whatever the model's own rules say
_QUIET_DB = 27.0  # a pause is this far below the loudest 20 ms of the sentence
_BYTES_PER_MS = RATE_HZ * 2 // 1000
_FRAME_BYTES = 20 * _BYTES_PER_MS
_DITHER = np.rint(np.random.default_rng(1).normal(size=10 * RATE_HZ)).astype(np.int32)
_LOG_WARNINGS = -1  # Vosk's log level: warnings and errors only


class BestPath(msgspec.Struct, frozen=True):
    """What a decoder finds likeliest, and the log-likelihood of that (nats)."""

    text: str
    score: float


class Heard(msgspec.Struct, frozen=True):
    """One utterance. Times are milliseconds of sound since the recogniser started."""

    bound: str  # in words of our phrases and fillers
    t_start_ms: int
    t_end_ms: int
    t_decided_ms: int
    sound: bytes = b""  # all of it, from the end of the utterance before on
    free: BestPath | None = None  # the free hearing, where that ran along
    context: Context = Context.ANY
    gate: Gate = Gate.OPEN
    snr_db: float | None = None  # of the room at the end of the utterance, when it was measured


class SpeechModel:
    """A loaded model and the two phrase lists made for it. One may serve many recognisers."""

    def __init__(
        self, handle: Any, phrases: PhraseList, free: str, answers: Container[str] = ()
    ) -> None:
        self.handle = handle
        self.vocabulary = _Vocabulary(handle)
        self.fillers = frozenset(phrases.fillers)
        self.free_json = free
        self._bound = {Context.ANY: phrases.as_json(), Context.ASKED: phrases.as_json()}
        self._bound[Context.UNASKED] = phrases.without(answers).as_json()

    def bound(self, context: Context) -> Any:
        """A decoder bound to what may be said: it tells words with their times. Takes 60 ms."""
        decoder = self._decoder(self._bound[context])
        decoder.SetWords(True)
        return decoder

    def scoring(self, listed: str, most: int = 1) -> Any:
        """A decoder bound to a list of phrases as JSON: it tells its likeliest `most` paths and
        their scores. Takes 25 ms for free syllables, less than 1 for a phrase."""
        decoder = self._decoder(listed)
        decoder.SetMaxAlternatives(most)  # the only way to be told scores
        return decoder

    def _decoder(self, listed: str) -> Any:
        import vosk

        return vosk.KaldiRecognizer(self.handle, RATE_HZ, listed)

    @classmethod
    def of(cls, handle: Any, matcher: Matcher, lists: Path) -> "SpeechModel":
        """`handle` is from `load_model`; `lists` a folder with fillers.txt and free_words.txt.

        Raises VocabularyError, GrammarError.
        """
        fillers = read_words(lists / "fillers.txt")
        free_words = read_words(lists / "free_words.txt")
        vocabulary = _Vocabulary(handle)
        phrases = make_phrase_list(matcher.grammar, fillers, vocabulary)
        grammar = matcher.grammar
        answers = [p.spoken for p in grammar.phrases if p.command in grammar.answers]
        said = {heard for phrase in answers if (heard := as_heard(phrase, vocabulary)) is not None}
        return cls(handle, phrases, free_list(free_words, vocabulary, grammar.language), said)


def dithered(samples: bytes, at: int) -> bytes:
    """With noise of one step of the scale under it, which the model was trained with (digital
    silence is nothing that it knows); always the same noise at the same place (bytes) of an
    utterance, so that the same sound is heard the same. The decoder's own is another every time."""
    values = np.frombuffer(samples, dtype=np.int16).astype(np.int32)
    noise = np.take(_DITHER, np.arange(at // 2, at // 2 + values.size), mode="wrap")
    heard: bytes = np.clip(values + noise, -32768, 32767).astype(np.int16).tobytes()
    return heard


def paths(decoder: Any) -> list[BestPath]:
    """One at least, the likeliest first. Ends the decoding."""
    found = json.loads(decoder.FinalResult())["alternatives"]
    return [BestPath(path["text"], path["confidence"]) for path in found]


class _Vocabulary:
    """The words of a loaded model."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._known: dict[object, bool] = {}

    def __contains__(self, word: object) -> bool:
        """Phrases are made of few words, each asked for again and again while they are listed."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = bool(self._handle.vosk_model_find_word(word) >= 0)
        return known


def load_model(model_dir: Path) -> Any:
    """Vosk's model: about 2 s, 600 MB, without the interpreter's lock. Raises ModelError."""
    import vosk

    vosk.SetLogLevel(_LOG_WARNINGS)
    try:
        return vosk.Model(str(model_dir))
    except Exception as error:  # vosk raises nothing more precise
        raise ModelError(f"{model_dir}: the speech model can't be loaded") from error


class Recogniser:
    """Hears one stream of 16 kHz mono 16-bit sound. Not thread-safe: one for each thread.

    Every utterance has decoders of its own, so that what was heard before changes nothing, and
    what they hold is given back. The free one runs along only while what is heard may be becoming a
    phrase of ours: on talk it rests.
    """

    def __init__(
        self,
        model: SpeechModel,
        matcher: Matcher,
        context: Context = Context.ANY,
        gate: Gate = Gate.OPEN,
    ) -> None:
        self._model = model
        self._context = context
        self._gate = gate
        self._matcher = matcher
        self._heard_ms = 0
        self._bound: Any = None
        self._free: Any = None
        self._looks = 0
        self._may_be_ours = False
        self._begin()

    @property
    def partial(self) -> str:
        """What of our words has been heard so far."""
        return " ".join(w for w in self._partial.split() if w not in self._model.fillers)

    def feed(self, samples: bytes) -> Heard | None:
        """Takes the next sound; the utterance when one has just ended, else None."""
        self._bound = self._bound or self._model.bound(self._context)
        loudness = samples
        samples = dithered(samples, len(self._sound))
        duration_ms = len(samples) // _BYTES_PER_MS
        self._heard_ms += duration_ms
        self._sound += samples
        if self._free is not None:
            self._hear_freely(samples)
        if self._bound.AcceptWaveform(samples):
            return self._end(json.loads(self._bound.Result()))
        self._follow(loudness, duration_ms)
        if self._is_over():
            return self.finish()
        due = sum(self._quiet_ms >= pause for pause in _PAUSES_MS)
        if due > self._looks and self._may_be_ours:
            self._looks = due
            return self._look()
        return None

    def finish(self) -> Heard | None:
        """Ends the utterance now; None when there was no speech."""
        if self._bound is None:
            return None
        return self._end(json.loads(self._bound.FinalResult()))

    def restart(self) -> None:
        """Forgets what it heard; times count from here."""
        self._heard_ms = 0
        self._begin()

    def _begin(self) -> None:
        self._bound = self._free = None
        self._sound = bytearray()
        self._partial = ""
        self._begun_ms = self._heard_ms
        self._stable_ms = 0
        self._quiet_ms = 0
        self._looks = 0  # in this pause
        self._may_be_ours = False
        self._loudest_db = SILENCE_DB

    def _follow(self, samples: bytes, duration_ms: int) -> None:
        """Counts how long the bound hearing has stayed the same, and how long it is quiet.

        The model's own rules miss the dead silence of a muted microphone or of a recording's end,
        because no breath of noise tells them of a pause.
        """
        partial = json.loads(self._bound.PartialResult())["partial"]
        self._stable_ms = self._stable_ms + duration_ms if partial == self._partial else 0
        if partial != self._partial:
            self._partial = partial
            self._may_be_ours = self._matcher.nearly(partial)
            if self._may_be_ours and self._free is None:
                self._free = self._model.scoring(self._model.free_json)
                self._hear_freely(bytes(self._sound))
        for at in range(0, len(samples), _FRAME_BYTES):
            frame = samples[at : at + _FRAME_BYTES]
            level = level_db(frame)
            self._loudest_db = max(self._loudest_db, level)
            if level >= self._loudest_db - _QUIET_DB:
                self._quiet_ms = self._looks = 0
            else:
                self._quiet_ms += len(frame) // _BYTES_PER_MS

    def _is_over(self) -> bool:
        if not self._partial:
            return False
        if self._quiet_ms >= _QUIET_MS or self._heard_ms - self._begun_ms > _LONGEST_MS:
            return True
        return self._stable_ms >= _STABLE_MS and self._matcher.completes(self._partial)

    def _look(self) -> Heard | None:
        """In a pause: what would be heard if it were the end. The partial result lags behind by
        some 300 ms; the true one ends the decoding, which is taken up again when it goes on."""
        result = json.loads(self._bound.FinalResult())
        text = result["text"]
        long = self._quiet_ms >= _WHOLE_QUIET_MS
        if self._matcher.phrase(text) is not None if long else self._matcher.completes(text):
            return self._end(result)
        self._bound = self._model.bound(self._context)
        self._bound.AcceptWaveform(bytes(self._sound))
        return None

    def _hear_freely(self, samples: bytes) -> None:
        """Where it sees a pause its scores no longer are of the whole: it is of no use then."""
        if self._free.AcceptWaveform(samples):
            self._free = None

    def _end(self, result: dict[str, Any]) -> Heard | None:
        words = result.get("result", [])
        heard = None
        if words:
            free = None if self._free is None else paths(self._free)[0]
            heard = Heard(
                bound=result["text"],
                t_start_ms=self._begun_ms + int(words[0]["start"] * 1000),
                t_end_ms=self._begun_ms + int(words[-1]["end"] * 1000),
                t_decided_ms=self._heard_ms,
                sound=bytes(self._sound),
                free=free,
                context=self._context,
                gate=self._gate,
            )
        self._begin()
        return heard
