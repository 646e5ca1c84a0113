"""Everything that turns sound into answers, loaded beside the worker's loop."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kiosk.settings import Settings
from voice.errors import VoiceError
from voice.events import Answer
from voice.grammar import load_grammar
from voice.judge import Judge
from voice.matcher import Matcher
from voice.model_files import Endpoints, find_model, with_endpoints
from voice.phrase_list import read_fillers
from voice.recogniser import Heard, Recogniser, SpeechModel

LANGUAGE = "ko"  # the language of the model that comes with the kiosk
_CONFIG = Path(__file__).parents[2] / "config"


class Listener(Protocol):
    """Hears one listening window."""

    @property
    def partial(self) -> str: ...

    def feed(self, samples: bytes) -> Heard | None: ...

    def finish(self) -> Heard | None: ...


class Ears(Protocol):
    """A loaded model: a fresh listener for each window, and what an utterance means."""

    def listen(self) -> Listener: ...

    def decide(self, heard: Heard, t_ms: int) -> Answer | None: ...


class VoskEars:
    """Vosk with the phrases of the configuration. Loading takes about 3 s and 600 MB."""

    def __init__(self, settings: Settings) -> None:
        """Raises VoiceError."""
        config = Path(settings.paths.config_dir or _CONFIG) / "voice" / LANGUAGE
        self._matcher = Matcher(load_grammar(config))
        self._judge = Judge(self._matcher)
        model_dir = find_model(LANGUAGE)
        if settings.paths.runtime_dir:
            cache_dir = Path(settings.paths.runtime_dir) / "voice"
            model_dir = with_endpoints(model_dir, cache_dir, Endpoints())
        fillers = read_fillers(config / "fillers.txt")
        self._model = SpeechModel.load(model_dir, self._matcher, fillers)

    def listen(self) -> Listener:
        return Recogniser(self._model, self._matcher)

    def decide(self, heard: Heard, t_ms: int) -> Answer | None:
        return self._judge.decide(heard, t_ms)


class EarsLoader:
    """Loads in a thread: the model's constructor can't be interrupted, the worker can."""

    def __init__(self, load: Callable[[], Ears]) -> None:
        self.ears: Ears | None = None
        self.error: Exception | None = None
        self._load = load
        # a daemon: a worker that is told to stop does not wait for the model
        self._thread = threading.Thread(target=self._run, name="voice-model", daemon=True)
        self._thread.start()

    def join(self, timeout_s: float) -> None:
        self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            self.ears = self._load()
        except VoiceError as error:
            self.error = error
        except Exception as error:
            self.error = error
            raise
