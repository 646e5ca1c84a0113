"""Main of the voice process: microphone or recording in; understood commands and health out."""

import logging
import math
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.wire import Link, Text
from kiosk.wire.messages import (
    CallNow,
    DropSound,
    Health,
    KeepSound,
    Listen,
    Message,
    ReplayClip,
    SoundHeard,
    SoundLost,
    State,
    Stop,
    StopListening,
    VoiceChoice,
    VoiceMatched,
    VoiceRefused,
    VoiceView,
)
from kiosk.wire.text import Language
from kiosk.workers.hearing import Ears, EarsLoader, Listener, load_ears, load_english
from kiosk.workers.listening_window import ListeningWindow
from kiosk.workers.microphone_health import explain, muted, without_microphone
from kiosk.workers.recorder import RecordingError
from kiosk.workers.shared_microphone import SharedMicrophone
from kiosk.workers.sound_file import SoundFile
from voice.echo import EchoFreeMicrophone
from voice.errors import SoundFileError, VoiceError
from voice.events import (
    Answer,
    Choice,
    Context,
    Gate,
    IntentMatch,
    ListeningState,
    NoMatch,
    VoiceStatus,
)
from voice.level import SILENCE_DB
from voice.microphone import Microphone
from voice.room import Room
from voice.sound_files import Replay, check_sound

WORKER = "voice"
RETRY_MS = 2000.0
WAIT_S = 0.05  # the longest that a stop has to wait
VIEW_MS = 100.0
LOADING_GRACE_S = 0.5
SOUND_FILES = (".wav", ".flac", ".ogg")

log = logging.getLogger(__name__)


class Sound(Protocol):
    """Where sound comes from: what has come since the last call, 16 kHz mono 16-bit."""

    def due(self) -> list[bytes]: ...


class LiveSound(Sound, Protocol):
    """A microphone: whether it delivers nothing but silence, and how often sound was lost."""

    @property
    def muted(self) -> bool: ...

    @property
    def overflows(self) -> int: ...

    def close(self) -> None: ...


OpenMicrophone = Callable[[str, Callable[[], float]], LiveSound]


def run(
    settings: Settings,
    link: Link,
    clock: Clock,
    load: Callable[[Settings], Ears] = load_ears,
    open_microphone: OpenMicrophone | None = None,
    load_english: Callable[[Settings], Ears] = load_english,
) -> None:
    """Serves until the link stops. Sound stays in this process's memory; it is kept from KeepSound
    to DropSound, which an installer asked for at the wall, and never otherwise.

    Takes Listen (opens a window, or lengthens the open one), StopListening, and ReplayClip (the
    recording is heard in the open window, or in one opened for it). Sends VoiceView ten times a
    second while a window is open, and one VoiceMatched, VoiceRefused or VoiceChoice that ends it.
    With a call in the settings it hears all the time, and tells of what begins with the call. Where
    there shall be no microphone the models (590 MB, three seconds of a core) are
    loaded when the first recording is to be heard, which waits for them.
    """
    worker = _Worker(settings, link, clock, open_microphone or _microphones(settings))
    worker.load(lambda: load(settings))
    if settings.voice.models.get("en"):
        worker.load_english(lambda: load_english(settings))
    try:
        worker.serve()
    finally:
        worker.close()


def _microphones(settings: Settings) -> OpenMicrophone:
    """How this site's microphone is opened: with the wall's own sound taken out, or as it is."""
    played = settings.voice.echo_device
    if not played:
        return Microphone

    def open_echo_free(name: str, monotonic_ms: Callable[[], float]) -> LiveSound:
        return EchoFreeMicrophone(
            Microphone(name, monotonic_ms),
            lambda: Microphone(played, monotonic_ms, lost_after_ms=math.inf),
            monotonic_ms,
        )

    return open_echo_free


class _Worker:
    def __init__(
        self, settings: Settings, link: Link, clock: Clock, open_microphone: OpenMicrophone
    ) -> None:
        self._settings = settings
        self._link = link
        self._clock = clock
        self._open_microphone = open_microphone
        self._source = settings.microphone.source
        self._from_file = self._source.lower().endswith(SOUND_FILES)
        self._microphone: LiveSound | None = None
        self._room = self._new_room()
        self._overflows = 0
        self._trouble: tuple[State, Text] | None = None
        self._retry_ms = clock.monotonic_ms()
        self._window: ListeningWindow | None = None
        self._context = Context.ANY
        self._called: Listener | None = None
        self._shared = SharedMicrophone(Path(settings.paths.runtime_dir))
        self._kept: SoundFile | None = None
        self._from_ms: int | None = None  # where the open window's sound begins in what is kept
        self._clip: Path | None = None
        self._english: EarsLoader | None = None
        self._view_ms = clock.monotonic_ms()
        self._health: Health | None = None
        self._ended = False

    def load(self, load: Callable[[], Ears]) -> None:
        self._loader = EarsLoader(load)
        if self._source != "none":
            self._tell("starting", Text("음성 인식을 준비하는 중", "Preparing to hear"))
            self._loader.start()

    def load_english(self, load: Callable[[], Ears]) -> None:
        self._english = EarsLoader(load)
        if self._source != "none":
            self._english.start()

    def serve(self) -> None:
        while not self._stopping():
            message = self._link.receive(WAIT_S)
            if message is not None:
                self._take(message)
            self._keep_source()
            self._report()
            self._hear_clip()
            chunks = self._sound()
            if self._window is not None:
                self._hear(self._window, chunks)

    def close(self) -> None:
        self._shared.close()
        self._drop_sound()
        if self._microphone is not None:
            self._microphone.close()
        self._loader.join(LOADING_GRACE_S)
        if self._english is not None:
            self._english.join(LOADING_GRACE_S)

    # ---- in

    def _take(self, message: Message) -> None:
        match message:
            case Listen(seconds=seconds, context=context, language=language):
                self._listen(seconds or self._settings.voice.window_s, context, language)
            case StopListening():
                self._close_window()
            case ReplayClip(path=path):
                self._clip = Path(path)
                self._loader.start()
            case CallNow(call=call):
                self._shared.follow(call)
            case KeepSound():
                self._keep_sound(message)
            case DropSound():
                self._drop_sound()
            case Stop():
                self._ended = True
            case _:
                log.warning("the voice worker has no use for %s", type(message).__name__)

    def _listen(
        self, seconds: float, context: Context = Context.ANY, language: Language = "ko"
    ) -> None:
        ears = self._ears(language)
        if ears is None:
            self._show(ListeningState.UNAVAILABLE)
            return
        try:
            replay = self._replay()
        except SoundFileError as error:
            log.warning("%s", error)
            replay = None
            self._window = None
        else:
            if self._window is None and (replay is not None or self._microphone is not None):
                room = self._room if replay is None else self._new_room()
                self._window = ListeningWindow(ears, self._clock, room, context)
                live = replay is None and language == "ko"  # as a replay hears it
                self._from_ms = self._kept.length_ms if live and self._kept else None
                self._context = context
        if self._window is None:
            self._show(ListeningState.UNAVAILABLE)
            return
        self._window.lengthen(seconds)
        if replay is not None:
            self._window.replay = replay

    def _hear_clip(self) -> None:
        """The recording that is to be heard, once there are ears for it or can't be any."""
        if self._clip is None:
            return
        if self._loader.ears is not None:
            self._listen(self._settings.voice.window_s)
        elif self._loader.error is not None:
            self._clip = None
            self._show(ListeningState.UNAVAILABLE)

    def _ears(self, language: Language) -> Ears | None:
        """Those of the language; without a model for it, the Korean ones."""
        if language == "en" and self._english is not None:
            if self._english.error is None:
                return self._english.ears
            log.warning("English can't be heard: %s", self._english.error)
            self._english = None
        return self._loader.ears

    def _replay(self) -> Replay | None:
        """The recording that is to be heard instead of the microphone. Raises SoundFileError."""
        clip, self._clip = self._clip, None
        if clip is None and self._from_file and (self._window is None or not self._window.replay):
            clip = Path(self._source)
        return Replay(clip, self._clock.monotonic_ms) if clip is not None else None

    def _new_room(self) -> Room:
        return Room(self._settings.voice.noise_suppression)

    # ---- source

    def _keep_source(self) -> None:
        """Opens the microphone when there is none, every two seconds until it succeeds."""
        now_ms = self._clock.monotonic_ms()
        if self._microphone is not None or now_ms < self._retry_ms:
            return
        self._retry_ms = now_ms + RETRY_MS
        if self._source == "none":
            self._trouble = without_microphone()
            return
        try:
            if self._from_file:
                check_sound(Path(self._source))
            else:
                self._microphone = self._open_microphone(self._source, self._clock.monotonic_ms)
        except VoiceError as error:
            self._complain(error)
            return
        self._trouble = None
        self._overflows = 0

    def _sound(self) -> list[bytes]:
        """What is to be heard; the microphone is read even when nobody listens, and forgotten."""
        heard: list[bytes] = []
        if self._microphone is not None:
            heard = self._live_sound(self._microphone)
            self._shared.give(heard)
            self._write(heard)
        if self._window is None:
            self._overhear(heard)
            return []
        self._called = None
        return heard if self._window.replay is None else self._window.replay.due()

    def _overhear(self, chunks: list[bytes]) -> None:
        """Without a window only a call with a command in the same breath counts, where the settings
        want that; of everything else nothing is told."""
        woken = self._loader.ears.woken if self._loader.ears is not None else None
        if woken is None:
            for chunk in chunks:
                self._room.overhear(chunk)
            return
        self._called = self._called or woken.listen(self._room, Context.UNASKED, Gate.OPEN)
        for chunk in chunks:
            heard = self._called.feed(chunk)
            answer = woken.decide(heard, self._clock.now_ms()) if heard is not None else None
            if answer is not None and not isinstance(answer, NoMatch):
                self._answer(answer)

    def _live_sound(self, microphone: LiveSound) -> list[bytes]:
        try:
            heard = microphone.due()
        except VoiceError as error:
            self._lose_microphone(error)
            return []
        self._trouble = muted() if microphone.muted else None
        lost = microphone.overflows - self._overflows
        if lost:
            self._overflows = microphone.overflows
            log.warning("the microphone's sound was lost %d times", self._overflows)
            if self._window is not None:
                self._window.overflows += lost
        return heard

    def _lose_microphone(self, error: VoiceError) -> None:
        assert self._microphone is not None
        self._microphone.close()
        self._microphone = None
        self._retry_ms = self._clock.monotonic_ms() + RETRY_MS
        self._complain(error)
        if self._window is not None and self._window.replay is None:
            self._window = None
            self._show(ListeningState.UNAVAILABLE)

    def _complain(self, error: VoiceError) -> None:
        """Takes the trouble for the lamp; the log gets it once, not at every new attempt."""
        trouble = explain(error)
        if trouble != self._trouble:
            log.warning("%s", error)
        self._trouble = trouble

    # ---- what is kept

    def _keep_sound(self, wish: KeepSound) -> None:
        if self._kept is not None and self._kept.name == wish.name:
            return
        self._drop_sound()
        try:
            self._kept = SoundFile(self._settings, wish, self._clock)
        except RecordingError as error:
            self._link.send(SoundLost(error.reason))

    def _write(self, heard: list[bytes]) -> None:
        if self._kept is None:
            return
        self._kept.add(heard)
        if (reason := self._kept.over) is not None:
            self._drop_sound()
            self._link.send(SoundLost(reason))

    def _drop_sound(self) -> None:
        kept, self._kept, self._from_ms = self._kept, None, None
        if kept is not None:
            kept.finish()

    def _tell_part(self) -> None:
        """A replay hears the same part again."""
        from_ms, self._from_ms = self._from_ms, None
        kept = self._kept
        if kept is not None and from_ms is not None and kept.length_ms > from_ms:
            self._link.send(SoundHeard(from_ms, kept.length_ms, self._context))

    # ---- hearing

    def _hear(self, window: ListeningWindow, chunks: list[bytes]) -> None:
        answer = window.hear(chunks)
        if answer is not None:
            self._window = None
            self._answer(answer)
            self._tell_part()
            self._show(ListeningState.RESTING)
            return
        now_ms = self._clock.monotonic_ms()
        if now_ms - self._view_ms >= VIEW_MS:
            self._view_ms = now_ms
            self._link.send(VoiceView(window.status()))

    def _close_window(self) -> None:
        if self._window is not None:
            self._window = None
            self._show(ListeningState.RESTING)

    # ---- out

    def _answer(self, answer: Answer) -> None:
        if isinstance(answer, IntentMatch):
            self._link.send(VoiceMatched(answer))
        elif isinstance(answer, Choice):
            self._link.send(VoiceChoice(answer))
        else:
            self._link.send(VoiceRefused(answer))

    def _show(self, state: ListeningState) -> None:
        status = VoiceStatus(self._clock.now_ms(), state, SILENCE_DB, "", 0.0)
        self._link.send(VoiceView(status))

    def _report(self) -> None:
        error = self._loader.error
        if error is not None:
            broken = error if isinstance(error, VoiceError) else VoiceError(str(error))
            self._tell("failed", explain(broken)[1])
        elif self._loader.ears is not None or not self._loader.started:
            self._tell(*(self._trouble or ("running", Text("", ""))))

    def _tell(self, state: State, reason: Text) -> None:
        health = Health(WORKER, state, reason)
        if health != self._health:
            self._health = health
            self._link.send(health)
            if state == "running" and self._window is None:
                self._show(ListeningState.RESTING)

    def _stopping(self) -> bool:
        return self._ended or self._link.stopped.is_set()
