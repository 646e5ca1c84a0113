"""Sound to two hearings of it: one bound to our phrases, one free.

The bound hearing (words of our phrases, and fillers) says which command is meant; it makes words
of ours out of any talk. The free one says what was really spoken: a phrase list of Korean words cut
into syllables, that is, a bigram of syllables. Against the model's full language model it is as
good a witness (median similarity to what was said .61 to .62 on 47 synthetic clips, tenth
percentile .40 to .36) at less than half of the work, so both run all the time and the answer waits
for neither. Vosk calls release Python's lock.
"""

import json
from collections.abc import Callable, Container
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np

from voice.errors import ModelError
from voice.events import Context, Gate
from voice.features import Found
from voice.grammar import Phrase
from voice.level import SILENCE_DB, level_db
from voice.matcher import Matcher, meaning
from voice.phrase_list import PhraseList, as_heard, free_list, make_phrase_list, read_words
from voice.sound_files import BYTES_PER_MS, RATE_HZ

_LONGEST_MS = 15_000  # an utterance that runs on is cut here
_STABLE_MS = 200  # a whole phrase that stays this long is the end of the sentence
_SHORT_MS = 100  # so long a pause ends a whole phrase that no longer one begins with ...
_WHOLE_MS = 250  # ... any whole phrase ...
_ANY_MS = 450  # ... and any sentence, whatever the model's own rules say. (Of 124 sentences of the
# fitted voices 47 have a pause of 100 ms within, 14 one of 250, 2 one of 400, none one of 450.)
_QUIET_DB = 27.0  # a pause is this far below the loudest 20 ms of the sentence
_FRAME_BYTES = 20 * BYTES_PER_MS
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
    found: Found | None = None  # what it may have been, where that was found out in the pause


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


class Considers(Protocol):
    """See `voice.judge.Judge`."""

    def find(self, heard: Heard) -> Found: ...

    def chosen(self, heard: Heard) -> Phrase | None: ...


class Recogniser:
    """Hears one stream of 16 kHz mono 16-bit sound. Not thread-safe: one for each thread.

    Every utterance has decoders of its own, so that what was heard before changes nothing, and
    what they hold is given back. The free one runs along after a press; with the gate held open
    only while what is heard may be becoming a phrase of ours: on talk it rests.

    In a pause the sentence is heard out (partial results lag 300 ms behind) and weighed: what it
    would come to says how long is waited for more. When it goes on, it is heard anew from its
    beginning; when it doesn't, the answer is there already.
    """

    def __init__(
        self,
        model: SpeechModel,
        matcher: Matcher,
        judge: Considers,
        context: Context = Context.ANY,
        gate: Gate = Gate.OPEN,
    ) -> None:
        self._model = model
        self._context = context
        self._gate = gate
        self._matcher = matcher
        self._judge = judge
        self._heard_ms = 0
        self._bound: Any = None
        self._free: Any = None
        self._pause: Heard | None = None  # heard out, while it lasts
        self._snr_db: float | None = None
        self._begin()

    @property
    def partial(self) -> str:
        """What of our words has been heard so far."""
        return " ".join(w for w in self._partial.split() if w not in self._model.fillers)

    def feed(self, samples: bytes, snr_db: float | None = None) -> Heard | None:
        """Takes the next sound, and how far speech stands out of the noise in it; the utterance
        when one has just ended, else None."""
        loudness = samples
        samples = dithered(samples, len(self._sound))
        self._heard_ms += len(samples) // BYTES_PER_MS
        self._snr_db = snr_db
        self._sound += samples
        goes_on = self._follow_pause(loudness)
        if self._pause is not None:
            if not goes_on:
                return self._end(self._pause) if self._quiet_ms >= self._waits_ms else None
            self._pause, samples = None, bytes(self._sound)
        self._bound = self._bound or self._model.bound(self._context)
        if self._free is not None:
            self._hear_freely(samples)
        if self._bound.AcceptWaveform(samples):
            return self._end(self._so_far(self._bound.Result, self._free))
        self._follow_words(len(loudness) // BYTES_PER_MS)
        return self._end_of_sentence()

    def finish(self) -> Heard | None:
        """Ends the utterance now; None when there was no speech."""
        if self._pause is not None:
            return self._end(self._pause)
        if self._bound is None:
            return None
        return self._end(self._so_far(self._bound.FinalResult, self._free))

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
        self._pause = None
        self._waits_ms = _ANY_MS
        self._may_be_ours = False
        self._loudest_db = SILENCE_DB
        self._snr_db = None
        self._run_along()

    def _run_along(self) -> None:
        """The free hearing, where it will be of use."""
        wanted = self._gate is Gate.PTT or self._may_be_ours
        if not wanted:
            self._free = None
        elif self._free is None:
            self._free = self._model.scoring(self._model.free_json)
            if self._sound:
                self._hear_freely(bytes(self._sound))

    def _follow_pause(self, samples: bytes) -> bool:
        """Counts how long it is quiet; whether anything was said.

        The model's own rules miss the dead silence of a muted microphone or of a recording's end,
        because no breath of noise tells them of a pause.
        """
        spoken = False
        for at in range(0, len(samples), _FRAME_BYTES):
            frame = samples[at : at + _FRAME_BYTES]
            level = level_db(frame)
            self._loudest_db = max(self._loudest_db, level)
            if level >= self._loudest_db - _QUIET_DB:
                self._quiet_ms, spoken = 0, True
            else:
                self._quiet_ms += len(frame) // BYTES_PER_MS
        return spoken

    def _follow_words(self, duration_ms: int) -> None:
        """Counts how long the bound hearing has stayed the same."""
        partial = json.loads(self._bound.PartialResult())["partial"]
        self._stable_ms = self._stable_ms + duration_ms if partial == self._partial else 0
        if partial != self._partial:
            self._partial = partial
            self._may_be_ours = self._matcher.nearly(partial)
            self._run_along()

    def _end_of_sentence(self) -> Heard | None:
        if not self._partial:
            return None
        if self._quiet_ms >= _ANY_MS or self._heard_ms - self._begun_ms > _LONGEST_MS:
            return self.finish()
        if self._stable_ms >= _STABLE_MS and self._matcher.completes(self._partial):
            return self.finish()
        pressed = self._gate is Gate.PTT
        if (pressed or self._may_be_ours) and self._quiet_ms >= _SHORT_MS:
            return self._hear_out()
        return None

    def _hear_out(self) -> Heard | None:
        heard = self._so_far(self._bound.FinalResult, self._free)
        if heard is None:
            return self._end(None)
        self._bound = self._free = None
        self._pause = msgspec.structs.replace(heard, found=self._judge.find(heard))
        self._waits_ms = self._wait(heard.bound, self._judge.chosen(self._pause))
        return self._end(self._pause) if self._quiet_ms >= self._waits_ms else None

    def _wait(self, bound: str, chosen: Phrase | None) -> int:
        """How long it has to be quiet until the sentence is over, in milliseconds."""
        whole = self._matcher.phrase(bound)
        if chosen is None or whole is None or meaning(whole) != meaning(chosen):
            return _ANY_MS
        return _SHORT_MS if self._matcher.completes(bound) else _WHOLE_MS

    def _hear_freely(self, samples: bytes) -> None:
        """Where it sees a pause its scores no longer are of the whole: it is of no use then."""
        if self._free.AcceptWaveform(samples):
            self._free = None

    def _so_far(self, end_bound: Callable[[], str], free: Any) -> Heard | None:
        """What the two hearings came to, both ended at the same time; None when nobody spoke."""
        with ThreadPoolExecutor(1, "free-hearing") as pool:
            freely = None if free is None else pool.submit(paths, free)
            result = json.loads(end_bound())
        words = result.get("result", [])
        if not words:
            return None
        return Heard(
            bound=result["text"],
            t_start_ms=self._begun_ms + int(words[0]["start"] * 1000),
            t_end_ms=self._begun_ms + int(words[-1]["end"] * 1000),
            t_decided_ms=self._heard_ms,
            sound=bytes(self._sound),
            free=None if freely is None else freely.result()[0],
            context=self._context,
            gate=self._gate,
            snr_db=self._snr_db,
        )

    def _end(self, heard: Heard | None) -> Heard | None:
        self._begin()
        if heard is None:
            return None
        return msgspec.structs.replace(heard, t_decided_ms=self._heard_ms)
