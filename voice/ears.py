"""Everything between sound and answer for one language, loaded once."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import msgspec

from voice.events import Answer, NoMatch, NoMatchReason
from voice.grammar import Grammar, load_grammar
from voice.judge import Judge
from voice.matcher import Matcher
from voice.model_files import Endpoints, find_model, with_endpoints
from voice.recogniser import Heard, Recogniser, SpeechModel, load_model
from voice.room import Room
from voice.second_look import SecondLook

_USES_OF_A_RECOGNISER = 50  # its search graph grows with use; building one takes 0.2 s
_TOO_NOISY_DB = 3.0  # below it wrong commands appear (docs/voice.md)


class Listener:
    """Hears one stretch of sound: the noise of its room, and what is said in it."""

    def __init__(self, recogniser: Recogniser, room: Room) -> None:
        self._recogniser = recogniser
        self._room = room

    @property
    def partial(self) -> str:
        """What of our words has been heard so far."""
        return self._recogniser.partial

    @property
    def snr_db(self) -> float | None:
        return self._room.snr_db

    def feed(self, samples: bytes) -> Heard | None:
        """Takes 16-bit mono samples at 16 kHz; the utterance when one has just ended, else None."""
        return self._in_time(self._recogniser.feed(self._room.clean(samples)))

    def finish(self) -> Heard | None:
        """Ends the utterance now; None when there was no speech."""
        return self._in_time(self._recogniser.finish())

    def _in_time(self, heard: Heard | None) -> Heard | None:
        if heard is None:
            return None
        late_ms = self._room.delay_ms
        return msgspec.structs.replace(
            heard,
            t_start_ms=max(0, heard.t_start_ms - late_ms),
            t_end_ms=max(0, heard.t_end_ms - late_ms),
            snr_db=self._room.snr_db,
        )


class Ears:
    """A loaded model: one recogniser that starts afresh for each stretch of listening, a judge."""

    def __init__(self, matcher: Matcher, model: SpeechModel) -> None:
        self.matcher = matcher
        self._model = model
        self._judge = Judge(matcher, SecondLook(model).evidence)
        self._recogniser = Recogniser(model, matcher)
        self._uses = 0

    def listen(self, room: Room | None = None) -> Listener:
        """A listener with nothing heard, in a room not known before unless `room` is given. The
        listener of an earlier call must not be used any more."""
        self._uses += 1
        if self._uses % _USES_OF_A_RECOGNISER == 0:
            self._recogniser = Recogniser(self._model, self.matcher)
        else:
            self._recogniser.restart()
        return Listener(self._recogniser, room or Room())

    def decide(self, heard: Heard, t_ms: int) -> Answer | None:
        """What was meant; a refusal when the room was too noisy for any answer to be trusted."""
        answer = self._judge.decide(heard, t_ms)
        noisy = heard.snr_db is not None and heard.snr_db < _TOO_NOISY_DB
        return NoMatch("", NoMatchReason.NOISY, (), t_ms) if answer and noisy else answer


def load_ears(
    config: Path,
    *,
    matcher: Matcher | None = None,
    grammar: Callable[[], Grammar] | None = None,
    model_dir: Path | None = None,
    cache_dir: Path | None = None,
) -> Ears:
    """Loads the model for a language folder (`config/voice/ko`): about 2 s and 600 MB; the grammar,
    of that folder alone unless `grammar` makes another, is read meanwhile.

    With `cache_dir` the model gets our endpoint rules through a linked copy there. Raises
    VoiceError: GrammarError, ModelError or VocabularyError.
    """
    directory = find_model(config.name, model_dir)
    if cache_dir is not None:
        directory = with_endpoints(directory, cache_dir, Endpoints())
    model: Future[Any] = Future()
    # A daemon: a process that is told to stop does not wait for the model.
    threading.Thread(target=_fulfil, args=(model, directory), name="model", daemon=True).start()
    try:
        matcher = matcher or Matcher(grammar() if grammar else load_grammar(config))
    except BaseException:
        model.exception()  # nobody is left behind loading
        raise
    return Ears(matcher, SpeechModel.of(model.result(), matcher, config))


def _fulfil(model: "Future[Any]", directory: Path) -> None:
    try:
        model.set_result(load_model(directory))
    except BaseException as error:
        model.set_exception(error)
