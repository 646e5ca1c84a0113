"""The microphone's sound in a recording: only where an installer ticked it, and heard again."""

import stat
import threading
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kiosk.app.lamps import top_bar
from kiosk.app.recordings import Recordings
from kiosk.app.world import WallWorld
from kiosk.core.clock import ManualClock, SystemClock
from kiosk.core.invocation import Source, Status
from kiosk.core.profiles import Profile, Profiles
from kiosk.core.state import RecordingView, replace
from kiosk.inputs.recorded import (
    SCHEMA,
    Answered,
    Header,
    Heard,
    WallInput,
    WallSession,
    read_wall_session,
    write_wall_session,
)
from kiosk.settings import Settings
from kiosk.settings.model import CitySettings, MicrophoneSettings, PathSettings, RecordingSettings
from kiosk.tools.replay.sources import find_sources
from kiosk.tools.replay.timeline import read_timeline
from kiosk.wire import PairedLink, Text
from kiosk.wire.messages import (
    Device,
    DropSound,
    KeepSound,
    Listen,
    Message,
    Record,
    Recording,
    Role,
    SoundHeard,
    SoundLost,
    TabletRequest,
    VoiceMatched,
)
from kiosk.workers import voice as worker
from kiosk.workers.recorder import FOLDER, RecordingError
from kiosk.workers.sound_file import SoundFile
from tests.helpers.heart import Heart
from tests.unit.test_voice_worker import MATCH, PlayedEars, Plug, Wall, speak
from voice.events import Answer, Context, Gate, IntentMatch, ListeningState
from voice.sound_files import RATE_HZ, read_part

SOON_MS = 60_000
TONE = (np.sin(np.arange(RATE_HZ // 10) / 5) * 8000).astype(np.int16).tobytes()


def settings_in(folder: Path, megabytes: int = 100) -> Settings:
    return Settings(
        microphone=MicrophoneSettings(source="default"),
        paths=PathSettings(data_dir=str(folder), runtime_dir=str(folder)),
        recordings=RecordingSettings(megabytes=megabytes),
    )


class Hearing:
    """The voice process in a thread, with a microphone that is spoken into by the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self.plug = Plug()
        mine, theirs = PairedLink.pair()
        self.wall = Wall(theirs)
        self.clock = SystemClock()
        ears: Callable[[Settings], PlayedEars] = lambda _: PlayedEars()  # noqa: E731
        args = (settings_in(folder), mine, self.clock, ears, self.plug, ears)
        self.thread = threading.Thread(target=worker.run, args=args, name="voice")
        self.thread.start()
        self.wall.health("running")

    def keep(self, for_ms: int = SOON_MS) -> None:
        self.wall.link.send(KeepSound("one", self.clock.now_ms() + for_ms))

    def press(self, chunks: int = 5) -> VoiceMatched:
        self.wall.link.send(Listen(8.0))
        self.wall.view(ListeningState.LISTENING)
        speak(self.plug, chunks)
        found = self.wall.until(lambda m: isinstance(m, VoiceMatched))
        assert isinstance(found, VoiceMatched)
        return found

    def files(self) -> list[str]:
        return sorted(f.name for f in self.folder.iterdir()) if self.folder.exists() else []

    def close(self) -> None:
        self.wall.link.stopped.set()
        self.thread.join(5.0)
        assert not self.thread.is_alive()


@pytest.fixture
def hearing(tmp_path: Path) -> Iterator[Hearing]:
    made = Hearing(tmp_path)
    yield made
    made.close()


def test_without_a_wish_nothing_is_kept_however_much_is_said(hearing: Hearing) -> None:
    hearing.press()
    hearing.press()
    hearing.close()
    assert hearing.files() == []


def test_what_is_heard_from_the_wish_on_is_kept_until_it_is_taken_back(hearing: Hearing) -> None:
    hearing.press(3)
    hearing.keep()
    hearing.press(3)
    part = hearing.wall.until(lambda m: isinstance(m, SoundHeard))
    assert hearing.files() == ["unfinished-one.wav"]
    hearing.wall.link.send(DropSound())
    hearing.press(3)  # answered after the file was closed, and no part of it
    hearing.close()
    assert hearing.files() == ["one.wav"]
    file = hearing.folder / "one.wav"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with wave.open(str(file)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (RATE_HZ, 1, 2)
        length_ms = sound.getnframes() * 1000 // RATE_HZ
    assert isinstance(part, SoundHeard)
    assert 0 <= part.from_ms < part.to_ms <= length_ms
    assert not [m for m in hearing.wall.seen if isinstance(m, SoundLost)]


def test_it_ends_by_itself_when_its_time_is_up(hearing: Hearing) -> None:
    hearing.keep(for_ms=0)
    speak(hearing.plug)
    lost = hearing.wall.until(lambda m: isinstance(m, SoundLost))
    assert isinstance(lost, SoundLost)
    assert "up" in lost.reason.en
    hearing.press()
    hearing.close()
    assert hearing.files() == ["one.wav"]


class TestFile:
    def test_one_that_breaks_off_can_be_heard(self, tmp_path: Path) -> None:
        file = SoundFile(settings_in(tmp_path), KeepSound("a", SOON_MS), ManualClock(1))
        file.add([TONE] * 10)
        unfinished = tmp_path / FOLDER / "unfinished-a.wav"
        with wave.open(str(unfinished)) as sound:  # as a power cut leaves it
            assert sound.getnframes() == RATE_HZ
        file.finish()

    def test_of_nothing_nothing_is_left(self, tmp_path: Path) -> None:
        SoundFile(settings_in(tmp_path), KeepSound("a", SOON_MS), ManualClock(1)).finish()
        assert list((tmp_path / FOLDER).iterdir()) == []

    def test_recordings_take_no_more_room_than_they_may(self, tmp_path: Path) -> None:
        settings = settings_in(tmp_path, megabytes=1)
        file = SoundFile(settings, KeepSound("a", SOON_MS), ManualClock(1))
        for _ in range(40):  # 1.3 MB
            file.add([TONE] * 10)
        assert file.over is not None
        assert "MB" in file.over.en
        kept = file.length_ms
        file.add([TONE])
        assert file.length_ms == kept
        file.finish()
        assert [f.name for f in (tmp_path / FOLDER).iterdir()] == ["unfinished-a.wav"]
        with pytest.raises(RecordingError, match="Delete old"):
            SoundFile(settings, KeepSound("b", SOON_MS), ManualClock(1))

    def test_a_folder_that_cannot_be_written_is_named(self, tmp_path: Path) -> None:
        (tmp_path / FOLDER).write_text("a file in its way")
        with pytest.raises(RecordingError, match="can't be written"):
            SoundFile(settings_in(tmp_path), KeepSound("b", SOON_MS), ManualClock(1))


class Room:
    """The wall's side of it."""

    def __init__(self, folder: Path, *, deaf: bool = False) -> None:
        self.heart = Heart()
        self.folder = folder
        self.sent: list[tuple[str, Message]] = []
        self.deaf = deaf
        self.recordings = Recordings(
            intake=self.heart.intake,
            store=self.heart.store,
            world=self.heart.world,
            clock=self.heart.clock,
            send=self._send,
            folder=folder,
            redact=self.heart.registry.redact,
        )

    def _send(self, to: str, message: Message) -> bool:
        self.sent.append((to, message))
        return not self.deaf

    def begin(self, *, sound: bool = True) -> int:
        until_ms = self.heart.clock.now_ms() + SOON_MS
        self.recordings.receive(Recording(until_ms, name="one", sound=sound))
        return until_ms

    @property
    def view(self) -> RecordingView | None:
        return self.heart.store.state.recording


def test_the_microphone_is_asked_and_told_when_it_is_over(tmp_path: Path) -> None:
    room = Room(tmp_path)
    until_ms = room.begin()
    assert room.sent == [("voice", KeepSound("one", until_ms))]
    assert room.view == RecordingView(until_ms, sound=True)
    room.recordings.receive(Recording(None, reason=Text("끝", "over")))
    assert room.sent[-1] == ("voice", DropSound())
    assert read_wall_session(tmp_path / "one.wall.jsonl").header.sound == "one.wav"


def test_without_the_tick_the_microphone_is_not_asked(tmp_path: Path) -> None:
    room = Room(tmp_path)
    until_ms = room.begin(sound=False)
    assert room.sent == []
    assert room.view == RecordingView(until_ms)
    room.recordings.receive(Recording(None))
    assert read_wall_session(tmp_path / "one.wall.jsonl").header.sound == ""


@pytest.mark.parametrize("how", ["lost", "told", "deaf"])
def test_the_lamp_says_no_longer_that_sound_is_kept_when_it_is_not(
    tmp_path: Path, how: str
) -> None:
    room = Room(tmp_path, deaf=how == "deaf")
    until_ms = room.begin()
    if how == "lost":
        room.recordings.lost("voice")
    elif how == "told":
        room.recordings.receive(SoundLost(Text("가득 참", "full")))
    assert room.view == RecordingView(until_ms)  # the hands are recorded on
    room.recordings.close()


def test_a_part_that_was_answered_stands_in_the_session(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.begin()
    room.heart.clock.advance(700)
    room.heart.intake.voice(MATCH)
    room.recordings.receive(SoundHeard(100, 600, Context.ANY))
    room.recordings.receive(Recording(None))
    lines = read_wall_session(tmp_path / "one.wall.jsonl").lines
    assert [type(line) for line in lines[1:]] == [Answered, Heard]
    assert lines[-1] == Heard(700, "one.wav", 100, 600)


def test_the_lamps_say_what_is_kept() -> None:
    clock = ManualClock()
    world = WallWorld({}, clock)
    world.take_presence("voice", True)
    for recording, words in (
        (RecordingView(SOON_MS), "REC 손 기록"),
        (RecordingView(SOON_MS, video=True), "REC 영상 기록"),
        (RecordingView(SOON_MS, sound=True), "REC 소리 기록"),
        (RecordingView(SOON_MS, video=True, sound=True), "REC 영상·소리 기록"),
    ):
        bar = top_bar("home", Text("", ""), world, CitySettings(), False, False, recording)
        assert bar.lamps[0].name.ko == words


# ---- who may


def of(role: Role) -> Heart:
    heart = Heart()
    known = heart.world.profiles.profile
    profiles = Profiles((*known, Profile("one", Text("사람", "Person"), role)))
    heart.world.profiles = heart.intake._profiles = profiles
    heart.store.put(replace(heart.store.state, profile="one"))
    return heart


SOUND = ("gestures.record_sound", "gestures.record_both")


@pytest.mark.parametrize("command", [*SOUND, "gestures.record_tick"])
def test_only_an_installer_may_have_sound_kept(command: str) -> None:
    args = {"what": "sound"} if command.endswith("tick") else {}
    roles: tuple[Role, ...] = ("mayor", "official", "tester")
    for role in roles:
        heart = of(role)
        assert heart.intake.touch(command, args, "system").status is Status.DENIED
        assert heart.records[-1].status is Status.DENIED
        device = Device("t-1", "tablet", role, "", 0)
        asked = heart.intake.tablet(TabletRequest("r", "t-1", command, args), device)
        assert asked.status is Status.DENIED


@pytest.mark.parametrize("command", SOUND)
def test_it_is_asked_back_and_never_begun_by_voice_or_hand(command: str) -> None:
    heart = of("installer")
    said = IntentMatch(command, {}, "소리까지 기록해", "소리까지 기록해", 1.0, 0)
    assert heart.intake.voice(said).status is Status.DENIED
    assert heart.intake.pointed(command, {}, "pinch_tap").status is Status.DENIED
    assert heart.intake.touch(command, {}, "system").status is Status.NEEDS_CONFIRM
    assert heart.sent == []
    heart.intake.touch("confirm.accept", {}, "confirm")
    (send,) = heart.sent
    assert send.message == Record(5, video=command.endswith("both"), sound=True)


def test_a_tick_is_seen_and_taken_back() -> None:
    heart = of("installer")
    for what in ("sound", "video", "video"):
        assert heart.intake.touch("gestures.record_tick", {"what": what}, "system").done
    assert heart.store.state.ticked == {"sound"}
    assert heart.records[-1].source is Source.TOUCH


# ---- heard again


class Understanding:
    """What the ears make of a part of sound, and what they were asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def text(self, text: str) -> Answer:
        raise AssertionError(text)

    def sound(
        self, file: str, gate: Gate, context: Context, part_ms: tuple[int, int] | None = None
    ) -> tuple[tuple[int, Answer], ...]:
        self.asked.append((Path(file).name, gate, context, part_ms))
        again = IntentMatch("panel.open", {"panel": "map"}, "지도", "지도", 1.0, 0)
        return ((part_ms[1] if part_ms else 0, again),)


LINES: tuple[WallInput, ...] = (
    Answered(500, MATCH),  # of another time: nobody keeps its sound
    Answered(900, MATCH),
    Heard(900, "one.wav", 100, 600, Context.ASKED),
)


def answers(folder: Path, understanding: Understanding) -> list[str]:
    write_wall_session(
        folder / "one.wall.jsonl", WallSession(Header(SCHEMA, sound="one.wav"), LINES)
    )
    (source,) = find_sources([folder])
    timeline = read_timeline(source, lambda: understanding)
    found = [entry for _, entry in timeline.entries if isinstance(entry, Answered)]
    return [one.answer.command for one in found if isinstance(one.answer, IntentMatch)]


def test_where_the_sound_is_there_it_is_heard_in_the_answers_place(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "one.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(TONE * 10)
    understanding = Understanding()
    assert answers(tmp_path, understanding) == ["nav.home", "panel.open"]
    assert understanding.asked == [("one.wav", Gate.PTT, Context.ASKED, (100, 600))]
    part = b"".join(read_part(tmp_path / "one.wav", 150, 420))
    assert part == (TONE * 10)[150 * 32 : 420 * 32]


def test_where_it_is_not_the_answers_stand(tmp_path: Path) -> None:
    assert answers(tmp_path, Understanding()) == ["nav.home", "nav.home"]
