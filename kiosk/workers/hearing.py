"""Everything that turns sound into answers, loaded beside the worker's loop."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import voice.ears
from kiosk.core.clock import SystemClock
from kiosk.pack.clock import local_time
from kiosk.pack.loading import CONFIG
from kiosk.pack.speech import grammar_of
from kiosk.settings import Settings
from kiosk.wire.text import Language
from voice.errors import VoiceError
from voice.events import Answer, Context, Gate
from voice.recogniser import Heard
from voice.room import Room

LANGUAGE: Language = "ko"  # the language of the model that comes with the kiosk


class Listener(Protocol):
    """Hears one listening window."""

    @property
    def partial(self) -> str: ...

    @property
    def snr_db(self) -> float | None: ...

    def feed(self, samples: bytes) -> Heard | None: ...

    def finish(self) -> Heard | None: ...


class Ears(Protocol):
    """A loaded model: a fresh listener for each window, and what an utterance means."""

    @property
    def woken(self) -> "Ears | None":
        """Those that hear all the time what begins with the call; None: nobody wants that."""
        ...

    def listen(self, room: Room, context: Context, gate: Gate) -> Listener: ...

    def decide(self, heard: Heard, t_ms: int) -> Answer | None: ...


def load_ears(settings: Settings, language: Language = LANGUAGE) -> Ears:
    """Raises VoiceError."""
    config = Path(settings.paths.config_dir or CONFIG) / "voice" / language
    runtime_dir = settings.paths.runtime_dir
    model_dir = settings.voice.models.get(language)
    return voice.ears.load_ears(
        config,
        grammar=lambda: grammar_of(settings, language),
        model_dir=Path(model_dir) if model_dir else None,
        cache_dir=Path(runtime_dir) / "voice" / language if runtime_dir else None,
        wake=settings.voice.wake if language == LANGUAGE else "",
        today=lambda: local_time(SystemClock().now_ms()).date(),
    )


def load_english(settings: Settings) -> Ears:
    """Only for a site that has a model. Raises VoiceError."""
    return load_ears(settings, "en")


class EarsLoader:
    """Loads in a thread once it is started: the model's constructor can't be interrupted, the
    worker can."""

    def __init__(self, load: Callable[[], Ears]) -> None:
        self.ears: Ears | None = None
        self.error: Exception | None = None
        self._load = load
        self._thread: threading.Thread | None = None

    @property
    def started(self) -> bool:
        return self._thread is not None

    def start(self) -> None:
        """Only the first time counts."""
        if self._thread is None:
            # a daemon: a worker that is told to stop does not wait for the model
            self._thread = threading.Thread(target=self._run, name="voice-model", daemon=True)
            self._thread.start()

    def join(self, timeout_s: float) -> None:
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            self.ears = self._load()
        except VoiceError as error:
            self.error = error
        except Exception as error:
            self.error = error
            raise
