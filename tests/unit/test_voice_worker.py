"""The voice process, run inside the test: windows, recordings, a microphone that comes and goes."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import MicrophoneSettings, VoiceSettings
from kiosk.wire import PairedLink
from kiosk.wire.messages import (
    Health,
    Listen,
    Message,
    ReplayClip,
    StopListening,
    VoiceChoice,
    VoiceMatched,
    VoiceRefused,
    VoiceView,
)
from kiosk.wire.text import Language
from kiosk.workers import voice as worker
from voice.errors import MicrophoneBusy, MicrophoneLost, MicrophoneMissing, ModelError
from voice.events import (
    Answer,
    Choice,
    Context,
    Gate,
    IntentMatch,
    ListeningState,
    NoMatch,
    NoMatchReason,
)
from voice.noise import pink
from voice.recogniser import Heard
from voice.room import Room
from voice.sound_files import CHUNK_BYTES

DEADLINE_S = 10.0
CLIP = Path(__file__).resolve().parents[2] / "assets" / "demo" / "speech" / "map.flac"
MATCH = IntentMatch("nav.home", {}, "처음으로", "처음으로", 0.9, 1)
ANSWERS: dict[str, Answer] = {
    "match": MATCH,
    "refuse": NoMatch("", NoMatchReason.UNKNOWN, (MATCH,), 1),
    "ask": Choice((MATCH, MATCH), "처음으로", 1),
}


class PlayedEars:
    """Hears `word` after `chunks` pieces of sound; a cough ("") gets no answer."""

    woken: "PlayedEars | None" = None

    def __init__(self, word: str = "match", chunks: int = 3) -> None:
        self.word = word
        self.chunks = chunks
        self.heard = 0
        self.partial = ""
        self.snr_db: float | None = None
        self.room = Room("never")
        self.context = Context.ANY

    def listen(self, room: Room, context: Context, gate: Gate) -> "PlayedEars":
        self.heard = 0
        self.context = context
        self.room = room
        return self

    def feed(self, samples: bytes) -> Heard | None:
        self.heard += 1
        self.room.overhear(samples)
        self.snr_db = self.room.snr_db
        return self.finish() if self.heard == self.chunks else None

    def finish(self) -> Heard | None:
        return Heard(self.word, 0, 0, 0) if self.heard else None

    def decide(self, heard: Heard, t_ms: int) -> Answer | None:
        return ANSWERS.get(heard.bound)


class PlayedMicrophone:
    def __init__(self) -> None:
        self.chunks: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
        self.closed = threading.Event()
        self.muted = False
        self.overflows = 0

    def due(self) -> list[bytes]:
        found = []
        while not self.chunks.empty():
            chunk = self.chunks.get()
            if isinstance(chunk, Exception):
                raise chunk
            found.append(chunk)
        return found

    def close(self) -> None:
        self.closed.set()


class Plug:
    """Opens what is plugged in now."""

    def __init__(self) -> None:
        self.inside: PlayedMicrophone | Exception = PlayedMicrophone()

    def __call__(self, name: str, monotonic_ms: Callable[[], float]) -> PlayedMicrophone:
        if isinstance(self.inside, Exception):
            raise self.inside
        return self.inside


class Wall:
    """The ui's end of the link."""

    def __init__(self, link: PairedLink) -> None:
        self.link = link
        self.seen: list[Message] = []

    def until(self, wanted: Callable[[Message], bool]) -> Message:
        end = time.monotonic() + DEADLINE_S
        while time.monotonic() < end:
            message = self.link.receive(0.1)
            if message is not None:
                self.seen.append(message)
                if wanted(message):
                    return message
        raise AssertionError(f"not seen in {DEADLINE_S} s; the last were {self.seen[-5:]}")

    def health(self, state: str) -> Health:
        found = self.until(lambda m: isinstance(m, Health) and m.state == state)
        assert isinstance(found, Health)
        return found

    def view(self, state: ListeningState) -> VoiceView:
        found = self.until(lambda m: isinstance(m, VoiceView) and m.status.state is state)
        assert isinstance(found, VoiceView)
        return found

    def answer(self) -> Message:
        return self.until(lambda m: isinstance(m, VoiceMatched | VoiceRefused | VoiceChoice))


@contextmanager
def running(
    ears: Callable[[Settings], PlayedEars],
    plug: Plug,
    source: str = "default",
    english: Callable[[Settings], PlayedEars] | None = None,
) -> Iterator[Wall]:
    mine, theirs = PairedLink.pair()
    models: dict[Language, str] = {"en": "a-folder"} if english else {}
    settings = Settings(
        microphone=MicrophoneSettings(source=source), voice=VoiceSettings(models=models)
    )
    args = (settings, mine, SystemClock(), ears, plug, english or ears)
    thread = threading.Thread(target=worker.run, args=args, name="voice")
    thread.start()
    try:
        yield Wall(theirs)
    finally:
        mine.stopped.set()
        thread.join(2.0)
        assert not thread.is_alive()


def speak(plug: Plug, chunks: int = 5) -> None:
    assert isinstance(plug.inside, PlayedMicrophone)
    for _ in range(chunks):
        plug.inside.chunks.put(bytes(CHUNK_BYTES))


@pytest.mark.parametrize(
    ("word", "kind"), [("match", VoiceMatched), ("refuse", VoiceRefused), ("ask", VoiceChoice)]
)
def test_a_window_ends_with_one_answer(word: str, kind: type[Message]) -> None:
    plug = Plug()
    with running(lambda _: PlayedEars(word), plug) as wall:
        wall.health("running")
        wall.link.send(Listen(8.0))
        first = wall.view(ListeningState.LISTENING)
        assert 7.0 < first.status.seconds_left <= 8.0
        speak(plug)
        assert isinstance(wall.answer(), kind)
        wall.view(ListeningState.RESTING)


def test_nothing_is_heard_without_a_window() -> None:
    plug = Plug()
    ears = PlayedEars()
    with running(lambda _: ears, plug) as wall:
        wall.health("running")
        speak(plug, 20)
        assert isinstance(plug.inside, PlayedMicrophone)
        sound = plug.inside.chunks
        wait(lambda: sound.empty())
        assert ears.heard == 0


def test_a_press_listens_for_as_long_as_the_settings_say() -> None:
    with running(lambda _: PlayedEars(), Plug()) as wall:
        wall.health("running")
        wall.link.send(Listen())
        first = wall.view(ListeningState.LISTENING)
        assert 7.0 < first.status.seconds_left <= Settings().voice.window_s


def test_a_press_says_whether_the_wall_asks_something() -> None:
    ears = PlayedEars()
    with running(lambda _: ears, Plug()) as wall:
        wall.health("running")
        wall.link.send(Listen(context=Context.ASKED))
        wall.view(ListeningState.LISTENING)
        assert ears.context is Context.ASKED


def called(word: str) -> PlayedEars:
    """Ears that hear all the time, and this."""
    ears = PlayedEars("refuse")
    ears.woken = PlayedEars(word)
    return ears


def test_a_call_with_a_command_counts_without_a_window() -> None:
    plug = Plug()
    with running(lambda _: called("match"), plug) as wall:
        wall.health("running")
        speak(plug)
        assert isinstance(wall.answer(), VoiceMatched)
        assert not any(isinstance(m, VoiceView) and m.status.seconds_left for m in wall.seen)


def test_of_what_does_not_begin_with_the_call_nothing_is_told() -> None:
    plug = Plug()
    ears = called("refuse")
    with running(lambda _: ears, plug) as wall:
        wall.health("running")
        speak(plug)
        assert ears.woken is not None
        woken = ears.woken
        wait(lambda: woken.heard == 5)
        wall.link.send(Listen(0.2))
        answer = wall.answer()
        assert isinstance(answer, VoiceRefused)
        assert answer.no_match.reason is NoMatchReason.SILENCE, (
            "the window's, not of the talk before"
        )


def test_a_window_without_speech_says_so() -> None:
    with running(lambda _: PlayedEars(), Plug()) as wall:
        wall.health("running")
        wall.link.send(Listen(0.2))
        answer = wall.answer()
        assert isinstance(answer, VoiceRefused)
        assert answer.no_match.reason is NoMatchReason.SILENCE


def test_a_cough_keeps_the_window_open() -> None:
    plug = Plug()
    with running(lambda _: PlayedEars(""), plug) as wall:
        wall.health("running")
        wall.link.send(Listen(0.5))
        speak(plug)
        answer = wall.answer()
        assert isinstance(answer, VoiceRefused)
        assert answer.no_match.reason is NoMatchReason.SILENCE


def test_listening_can_be_stopped_without_an_answer() -> None:
    plug = Plug()
    with running(lambda _: PlayedEars(), plug) as wall:
        wall.health("running")
        wall.link.send(Listen(8.0))
        wall.view(ListeningState.LISTENING)
        wall.link.send(StopListening())
        wall.view(ListeningState.RESTING)
        assert not any(isinstance(m, VoiceMatched | VoiceRefused) for m in wall.seen)


@pytest.mark.parametrize(
    "error", [MicrophoneMissing("none"), MicrophoneBusy("held by another program")]
)
def test_a_microphone_that_is_not_there_is_told_and_tried_again(error: Exception) -> None:
    plug = Plug()
    plug.inside = error
    with running(lambda _: PlayedEars(), plug) as wall:
        assert "마이크" in wall.health("degraded").reason.ko
        wall.link.send(Listen(8.0))
        wall.view(ListeningState.UNAVAILABLE)
        plug.inside = PlayedMicrophone()
        wall.health("running")


def test_a_microphone_that_is_pulled_out_comes_back_by_itself() -> None:
    plug = Plug()
    with running(lambda _: PlayedEars(), plug) as wall:
        wall.health("running")
        wall.link.send(Listen(8.0))
        wall.view(ListeningState.LISTENING)
        pulled, plug.inside = plug.inside, MicrophoneMissing("none")
        assert isinstance(pulled, PlayedMicrophone)
        pulled.chunks.put(MicrophoneLost("pulled out"))
        wall.view(ListeningState.UNAVAILABLE)
        assert "끊겼습니다" in wall.health("degraded").reason.ko
        assert pulled.closed.is_set()
        plug.inside = PlayedMicrophone()
        wall.health("running")
        wall.link.send(Listen(8.0))
        speak(plug)
        assert isinstance(wall.answer(), VoiceMatched)


def test_a_muted_microphone_is_told_until_it_is_heard_again() -> None:
    plug = Plug()
    with running(lambda _: PlayedEars(), plug) as wall:
        wall.health("running")
        assert isinstance(plug.inside, PlayedMicrophone)
        plug.inside.muted = True
        assert "아무 소리도" in wall.health("degraded").reason.ko
        plug.inside.muted = False
        wall.health("running")


def test_the_meter_tells_of_noise_before_anybody_speaks_and_of_lost_sound(
    caplog: pytest.LogCaptureFixture,
) -> None:
    plug = Plug()
    with running(lambda _: PlayedEars(chunks=9), plug) as wall:
        wall.health("running")
        assert isinstance(plug.inside, PlayedMicrophone)
        for chunk in chunks_of(pink(1.0, seed=1)):  # overheard: no window is open
            plug.inside.chunks.put(chunk)
        wait(lambda: plug.inside.chunks.empty())  # type: ignore[union-attr]
        plug.inside.overflows = 3  # before the window: no concern of it
        wait(lambda: "3 times" in caplog.text)
        wall.link.send(Listen(8.0))
        plug.inside.chunks.put(bytes(CHUNK_BYTES))
        seen = wall.until(lambda m: isinstance(m, VoiceView) and m.status.snr_db is not None)
        assert isinstance(seen, VoiceView)
        assert seen.status.snr_db is not None
        assert seen.status.snr_db < 5
        assert seen.status.overflows == 0
        plug.inside.overflows = 5
        wall.until(lambda m: isinstance(m, VoiceView) and m.status.overflows == 2)


def test_no_microphone_is_a_choice_and_a_clip_is_heard_all_the_same() -> None:
    """Nothing is loaded before there is something to hear, and that waits for it."""
    loads: list[Settings] = []

    def load(settings: Settings) -> PlayedEars:
        loads.append(settings)
        return PlayedEars()

    with running(load, Plug(), "none") as wall:
        assert "설정" in wall.health("degraded").reason.ko
        assert loads == []
        for _ in range(2):
            wall.link.send(ReplayClip(str(CLIP)))
            assert isinstance(wall.answer(), VoiceMatched)
        assert len(loads) == 1


def test_a_clip_that_nothing_can_hear_is_no_wait_for_ever() -> None:
    def load(settings: Settings) -> PlayedEars:
        raise ModelError("no model here")

    with running(load, Plug(), "none") as wall:
        wall.health("degraded")
        wall.link.send(ReplayClip(str(CLIP)))
        wall.health("failed")
        wall.view(ListeningState.UNAVAILABLE)


def test_every_window_hears_the_recording_that_is_the_microphone() -> None:
    with running(lambda _: PlayedEars(), Plug(), str(CLIP)) as wall:
        wall.health("running")
        for _ in range(2):
            wall.link.send(Listen(8.0))
            assert isinstance(wall.answer(), VoiceMatched)


def test_a_recording_that_is_not_there_degrades(tmp_path: Path) -> None:
    with running(lambda _: PlayedEars(), Plug(), str(tmp_path / "none.wav")) as wall:
        assert "녹음" in wall.health("degraded").reason.ko


def test_a_clip_that_is_no_sound_opens_no_window(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("no sound")
    with running(lambda _: PlayedEars(), Plug()) as wall:
        wall.health("running")
        wall.link.send(ReplayClip(str(tmp_path / "a.wav")))
        wall.view(ListeningState.UNAVAILABLE)


def test_a_model_that_can_not_be_loaded_is_a_failure_with_its_reason() -> None:
    def broken(_settings: Settings) -> PlayedEars:
        raise ModelError("not a model")

    with running(broken, Plug()) as wall:
        assert "모델" in wall.health("failed").reason.ko


def test_a_site_with_a_model_of_english_hears_it() -> None:
    plug = Plug()
    korean, english = PlayedEars(), PlayedEars()
    with running(lambda _: korean, plug, english=lambda _: english) as wall:
        wall.health("running")
        wall.link.send(Listen(8.0, language="en"))
        speak(plug)
        wall.answer()
        assert korean.heard == 0
        assert english.heard
        wall.link.send(Listen(8.0))
        speak(plug)
        wall.answer()
        assert korean.heard


def test_a_model_of_english_that_can_not_be_loaded_leaves_korean() -> None:
    plug = Plug()

    def broken(_settings: Settings) -> PlayedEars:
        raise ModelError("no folder")

    korean = PlayedEars()
    with running(lambda _: korean, plug, english=broken) as wall:
        wall.health("running")
        wall.link.send(Listen(8.0, language="en"))
        speak(plug)
        wall.answer()
        assert korean.heard


def test_stopping_does_not_wait_for_the_model() -> None:
    loaded = threading.Event()

    def slow(_settings: Settings) -> PlayedEars:
        loaded.wait(DEADLINE_S)
        return PlayedEars()

    with running(slow, Plug()) as wall:
        wall.health("starting")
        wall.link.send(Listen(8.0))
        wall.view(ListeningState.UNAVAILABLE)
        started = time.monotonic()
    try:
        assert time.monotonic() - started < 1.0
    finally:
        loaded.set()


def chunks_of(sound: bytes) -> list[bytes]:
    return [sound[i : i + CHUNK_BYTES] for i in range(0, len(sound), CHUNK_BYTES)]


def wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE_S
    while not holds():
        assert time.monotonic() < end
        threading.Event().wait(0.01)
