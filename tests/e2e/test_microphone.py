"""The voice process on a real sound server: it dies, comes back in another format, loses or mutes
its microphone, and hears a command that is said into the room."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import MicrophoneSettings, VoiceSettings
from kiosk.wire import PairedLink
from kiosk.wire.messages import Health, Listen, Message, VoiceMatched, VoiceRefused, VoiceView
from kiosk.workers import hearing
from kiosk.workers import voice as worker
from tests.helpers.sound_server import DEADLINE_S, MICROPHONE, SoundServer
from voice.events import Answer, Context, Gate, ListeningState
from voice.noise import pink
from voice.recogniser import Heard
from voice.room import Room
from voice.sound_files import RATE_HZ, read_chunks

SPEECH = Path(__file__).resolve().parents[2] / "assets" / "demo" / "speech"
TONE = (8000 * np.sin(np.arange(30 * RATE_HZ) * 2 * np.pi * 440 / RATE_HZ)).astype(np.int16)
TONE_DB = 20 * np.log10(8000 / np.sqrt(2) / 32768)


class Deaf:
    """Ears that understand nothing: here it is the sound that counts."""

    partial = ""
    woken: "Deaf | None" = None
    snr_db: float | None = None

    def listen(self, room: Room, context: Context, gate: Gate) -> "Deaf":
        return self

    def feed(self, samples: bytes) -> Heard | None:
        return None

    def finish(self) -> Heard | None:
        return None

    def decide(self, heard: Heard, t_ms: int) -> Answer | None:
        raise AssertionError("nothing was heard")


class Wall:
    """The ui's end of the link."""

    def __init__(self, link: PairedLink) -> None:
        self.link = link

    def until(self, wanted: Callable[[Message], bool]) -> Message:
        last: Message | None = None
        end = time.monotonic() + DEADLINE_S
        while time.monotonic() < end:
            message = self.link.receive(0.1)
            if message is not None:
                last = message
                if wanted(message):
                    return message
        raise AssertionError(f"not seen in {DEADLINE_S} s; the last was {last}")

    def health(self, state: str) -> Health:
        found = self.until(lambda m: isinstance(m, Health) and m.state == state)
        assert isinstance(found, Health)
        return found

    def hears(self, wanted: Callable[[float], bool]) -> None:
        """Listens until the level in dB is what is wanted. Presses again where a virtual microphone
        stalled at its start, as they sometimes do."""

        def heard(message: Message) -> bool:
            if not isinstance(message, VoiceView):
                return False
            if message.status.state in (ListeningState.UNAVAILABLE, ListeningState.RESTING):
                self.link.send(Listen(8.0))
                return False
            return wanted(message.status.level_db)

        self.link.send(Listen(8.0))
        self.until(heard)

    def hears_the_tone(self) -> None:
        """At the right loudness: nothing of the format was misread."""
        self.hears(lambda level_db: bool(abs(level_db - TONE_DB) < 1.5))


@contextmanager
def hearing_wall(
    load: Callable[[Settings], hearing.Ears], source: str = MICROPHONE, echo_device: str = ""
) -> Iterator[Wall]:
    mine, theirs = PairedLink.pair()
    settings = Settings(
        microphone=MicrophoneSettings(source=source), voice=VoiceSettings(echo_device=echo_device)
    )
    thread = threading.Thread(
        target=worker.run, args=(settings, mine, SystemClock(), load), name="voice"
    )
    thread.start()
    try:
        yield Wall(theirs)
    finally:
        mine.stopped.set()
        thread.join(DEADLINE_S)
        assert not thread.is_alive()


@pytest.fixture
def server(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    server = SoundServer(tmp_path_factory.mktemp("sound"), monkeypatch)
    server.start()
    yield server
    server.kill()


@pytest.mark.slow
def test_the_sound_server_dies_and_comes_back_in_another_format(server: SoundServer) -> None:
    with hearing_wall(lambda _: Deaf()) as wall:
        wall.health("running")
        server.play(TONE.tobytes())
        wall.hears_the_tone()
        server.kill()
        assert "마이크" in wall.health("degraded").reason.ko
        server.start(rate_hz=44_100, channels=1)
        wall.health("running")
        server.play(TONE.tobytes())
        wall.hears_the_tone()


@pytest.mark.slow
def test_the_microphone_is_unplugged_and_another_one_of_its_name_plugged_in(
    server: SoundServer,
) -> None:
    with hearing_wall(lambda _: Deaf()) as wall:
        wall.health("running")
        server.unplug()
        assert "끊겼습니다" in wall.health("degraded").reason.ko
        server.plug_in(rate_hz=96_000, channels=6)
        wall.health("running")
        server.play(TONE.tobytes())
        wall.hears_the_tone()


@pytest.mark.slow
def test_what_the_wall_plays_is_recorded_beside_and_taken_out_of_the_microphone(
    server: SoundServer,
) -> None:
    """Both are sources of the sound server by name; here the wall's loudspeaker is all that sounds
    in the room, so that in the end next to nothing is heard."""
    room = "pulse:room.monitor"
    server.play(pink(60.0, seed=1))
    with hearing_wall(lambda _: Deaf(), room) as wall:
        wall.health("running")
        wall.hears(lambda level_db: level_db > -30)
    with hearing_wall(lambda _: Deaf(), room, echo_device=room) as wall:
        wall.health("running")
        for _ in range(10):  # not once by chance: the noise goes on all the while
            wall.hears(lambda level_db: -90 < level_db < -50)


@pytest.mark.slow
def test_a_muted_microphone_is_told_until_somebody_is_heard(server: SoundServer) -> None:
    with hearing_wall(lambda _: Deaf()) as wall:
        wall.health("running")
        server.play(TONE.tobytes())
        wall.hears_the_tone()
        server.mute(True)
        assert "아무 소리도" in wall.health("degraded").reason.ko
        server.mute(False)
        server.play(TONE.tobytes())
        wall.health("running")


@pytest.mark.slow
def test_a_command_said_into_the_room_is_understood(server: SoundServer) -> None:
    with hearing_wall(hearing.load_ears) as wall:
        wall.health("running")
        wall.link.send(Listen(8.0))
        server.play(b"".join(read_chunks(SPEECH / "first_screen.flac")) + bytes(2 * RATE_HZ))
        answer = wall.until(lambda m: isinstance(m, VoiceMatched | VoiceRefused))
        assert isinstance(answer, VoiceMatched)
        assert answer.match.command == "nav.home"
