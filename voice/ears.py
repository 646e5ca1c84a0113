"""Everything between sound and answer for one language, loaded once."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from voice.confusions import Confusions, confusions_file, read_confusions
from voice.events import TOO_NOISY_DB, Answer, Context, Gate, NoMatch, NoMatchReason
from voice.grammar import Grammar, load_grammar
from voice.judge import Judge, SpeechRules, read_rules
from voice.matcher import Matcher
from voice.model_files import find_model, with_our_rules
from voice.periods import Today
from voice.recogniser import BestPath, Heard, Recogniser, SpeechModel, load_model
from voice.room import Room
from voice.second_look import SecondLook
from voice.wake import woken


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
        cleaned = self._room.clean(samples)
        return self._in_time(self._recogniser.feed(cleaned, self._room.snr_db))

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
        )


class Ears:
    """A loaded model and a judge of what it hears. `woken` hears all the time, and only what begins
    with the call; None: nobody wants that."""

    woken: "Ears | None" = None

    def __init__(
        self, matcher: Matcher, model: SpeechModel, rules: SpeechRules, confusions: Confusions
    ) -> None:
        self.matcher = matcher
        self.rules = rules
        self.model = model
        self.judge = self.judge_with(confusions)

    def judge_with(self, confusions: Confusions) -> Judge:
        """A judge that takes other sounds for each other; see `voice.fitting`."""
        return Judge(self.matcher, SecondLook(self.model), self.rules, confusions)

    def freely(self, heard: Heard) -> BestPath:
        """What was heard without our phrases in mind."""
        return SecondLook(self.model).freely(heard)

    def listen(
        self,
        room: Room | None = None,
        context: Context = Context.ANY,
        gate: Gate = Gate.OPEN,
    ) -> Listener:
        """A listener with nothing heard, in a room not known before unless `room` is given."""
        recogniser = Recogniser(self.model, self.matcher, self.judge, context, gate)
        return Listener(recogniser, room or Room())

    def decide(self, heard: Heard, t_ms: int) -> Answer | None:
        """What was meant; a refusal when the room was too noisy for any answer to be trusted."""
        return unless_noisy(self.judge.decide(heard, t_ms), heard.snr_db, t_ms)


def unless_noisy(answer: Answer | None, snr_db: float | None, t_ms: int) -> Answer | None:
    """The answer, or that it is too noisy for any; None stays None: nobody spoke."""
    if answer is None or snr_db is None or snr_db >= TOO_NOISY_DB:
        return answer
    return NoMatch("", NoMatchReason.NOISY, (), t_ms)


def load_ears(
    config: Path,
    *,
    matcher: Matcher | None = None,
    grammar: Callable[[], Grammar] | None = None,
    model_dir: Path | None = None,
    cache_dir: Path | None = None,
    wake: str = "",
    today: Today | None = None,
) -> Ears:
    """Loads the model for a language folder (`config/voice/ko`): about 2 s and 600 MB; the grammar,
    of that folder alone unless `grammar` makes another, is read meanwhile.

    `today` is what 지난달 counts from, `wake` the call that `Ears.woken` listens for. The model
    gets our rules through a linked copy in `cache_dir`, or in a passing folder. Raises VoiceError:
    GrammarError, ModelError or VocabularyError.
    """
    directory = find_model(config.name, model_dir)
    fitted = config.with_suffix(".toml")
    # nobody has recorded commands in another language: those weights are the best guess for it
    rules = read_rules(fitted if fitted.is_file() else config.with_name("ko.toml"))
    confusions = read_confusions(confusions_file(fitted))
    model: Future[Any] = Future()
    # A daemon: a process that is told to stop does not wait for the model.
    threading.Thread(
        target=_fulfil, args=(model, directory, cache_dir), name="model", daemon=True
    ).start()
    try:
        known = grammar or (lambda: load_grammar(config))
        matcher = matcher or (Matcher(known(), today=today) if today else Matcher(known()))
    except BaseException:
        model.exception()  # nobody is left behind loading
        raise
    handle = model.result()
    ears = Ears(matcher, SpeechModel.of(handle, matcher, config), rules, confusions)
    if wake:
        called = Matcher(woken(matcher.grammar, wake))
        ears.woken = Ears(called, SpeechModel.of(handle, called, config), rules, confusions)
    return ears


def _fulfil(model: "Future[Any]", directory: Path, cache_dir: Path | None) -> None:
    try:
        with TemporaryDirectory(prefix="kiosk-voice-") as passing:
            model.set_result(load_model(with_our_rules(directory, cache_dir or Path(passing))))
    except BaseException as error:
        model.set_exception(error)
