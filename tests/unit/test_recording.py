"""Recordings from the wall: asked by a finger, shown by a lamp, whole or not there at all."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import cv2
import msgspec
import numpy as np
import pytest

from gestures.events import GestureKind
from gestures.replay import replay_stream
from gestures.session import Session, read, write
from kiosk.app.lamps import top_bar
from kiosk.app.world import WallWorld
from kiosk.core.clock import ManualClock, SystemClock
from kiosk.core.invocation import Source, Status
from kiosk.core.profiles import Profile, Profiles
from kiosk.core.state import RecordingView, ViewState, replace
from kiosk.panels import Live
from kiosk.panels.system.presenter import SystemPresenter
from kiosk.settings import Settings
from kiosk.settings.model import (
    CameraSettings,
    CitySettings,
    PathSettings,
    RecordingSettings,
)
from kiosk.wire import PairedLink
from kiosk.wire.messages import (
    Device,
    GestureSeen,
    Message,
    Record,
    Recording,
    Role,
    StopRecording,
    TabletRequest,
)
from kiosk.wire.text import Text
from kiosk.workers import gestures as worker
from kiosk.workers import recorder
from kiosk.workers.recorder import Recorder, RecordingError, public_name
from tests.helpers.hands import DEMO
from tests.helpers.heart import Heart

DEADLINE_S = 15.0
CLIP = DEMO / "palm_swipe_down.jsonl"
PART_MS = (400, 1800)  # a palm, then a swipe down


class Wall:
    """The ui's end of the link."""

    def __init__(self, link: PairedLink) -> None:
        self.link = link
        self.seen: list[GestureSeen] = []

    def until(self, wanted: Callable[[Message], bool]) -> Message:
        end = time.monotonic() + DEADLINE_S
        while time.monotonic() < end:
            message = self.link.receive(0.1)
            if isinstance(message, GestureSeen):
                self.seen.append(message)
            if message is not None and wanted(message):
                return message
        raise AssertionError(f"not seen in {DEADLINE_S} s")

    def recording(self) -> Recording:
        found = self.until(lambda m: isinstance(m, Recording))
        assert isinstance(found, Recording)
        return found

    def gesture(self, kind: GestureKind) -> None:
        self.until(lambda m: isinstance(m, GestureSeen) and m.event.kind is kind)


class Running(NamedTuple):
    wall: Wall
    folder: Path
    end: Callable[[], None]


def settings_in(data: Path) -> Settings:
    """The camera sees a palm and a swipe over and over."""
    session = read(CLIP)
    frames = tuple(f for f in session.frames if PART_MS[0] <= f.t_ms < PART_MS[1])
    clip = data / CLIP.name
    write(clip, Session(session.header, frames))
    camera = CameraSettings(source=str(clip))
    return Settings(camera=camera, paths=PathSettings(data_dir=str(data)))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    inner, outer = PairedLink.pair()
    settings = settings_in(tmp_path)
    thread = threading.Thread(target=worker.run, args=(settings, inner, SystemClock()))
    thread.start()

    def end() -> None:
        outer.stopped.set()
        thread.join(DEADLINE_S)
        assert not thread.is_alive()

    yield Running(Wall(outer), tmp_path / recorder.FOLDER, end)
    end()


def only(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_is_recorded_replays_to_the_same_events(running: Running) -> None:
    wall, folder, _ = running
    wall.gesture(GestureKind.PALM_HOLD)  # in the midst of the session
    wall.link.send(Record(1))
    assert wall.recording().until_ms is not None
    wall.seen.clear()
    wall.gesture(GestureKind.SWIPE_DOWN)
    wall.link.send(StopRecording())
    told = wall.recording()
    file = only(folder)
    assert told.until_ms is None
    assert file.name in told.reason.ko
    recorded = read(file)
    assert recorded.events == tuple(replay_stream(file, engaged=False))
    kinds = [event.kind for event in recorded.events]
    assert kinds == [message.event.kind for message in wall.seen]
    assert GestureKind.SWIPE_DOWN in kinds
    assert recorded.frames[0].t_ms == 0
    assert recorded.header.camera == CLIP.name
    assert file.stat().st_mode & 0o077 == 0


def test_a_second_one_is_refused_and_the_first_runs_on(running: Running) -> None:
    wall, _, _ = running
    wall.gesture(GestureKind.PALM_HOLD)
    wall.link.send(Record(1))
    assert wall.recording().until_ms is not None
    wall.link.send(Record(1))
    assert wall.recording().reason.en == "Can't record now"
    wall.link.send(StopRecording())
    assert wall.recording().until_ms is None


def test_the_end_of_the_program_ends_it_whole(running: Running) -> None:
    wall, folder, end = running
    wall.gesture(GestureKind.PALM_HOLD)
    wall.link.send(Record(1))
    wall.recording()
    wall.gesture(GestureKind.PALM_HOLD)
    end()
    file = only(folder)
    assert not file.name.startswith(recorder.UNFINISHED)
    assert read(file).events


class TestRecorder:
    def test_its_time_ends(self, tmp_path: Path) -> None:
        clock = ManualClock()
        made = Recorder(settings_in(tmp_path), Record(2), clock)
        clock.advance(119_999)
        assert made.over is None
        clock.advance(1)
        assert made.over == Text("정한 시간이 되어 기록을 마쳤습니다", "The recording's time is up")

    def test_one_without_frames_leaves_no_file(self, tmp_path: Path) -> None:
        made = Recorder(settings_in(tmp_path), Record(1), ManualClock())
        made.finish(Text("끝", "over"))
        assert list((tmp_path / recorder.FOLDER).iterdir()) == []

    def test_a_folder_that_can_not_be_made_is_a_refusal(self, tmp_path: Path) -> None:
        (tmp_path / recorder.FOLDER).write_text("a file in the way")
        with pytest.raises(RecordingError, match="can't be written"):
            Recorder(settings_in(tmp_path), Record(1), ManualClock())

    def test_little_room_is_a_refusal(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(recorder, "LEAST_FREE_BYTES", 1 << 60)
        with pytest.raises(RecordingError, match="MB are free"):
            Recorder(settings_in(tmp_path), Record(1), ManualClock())
        assert list((tmp_path / recorder.FOLDER).iterdir()) == []

    def test_room_that_runs_out_ends_it_under_the_name_of_an_unfinished_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = Recorder(settings_in(tmp_path), Record(1), ManualClock())
        frames = read(CLIP).frames
        for frame in frames:
            made.add(made.taken(frame), ())
        usage = shutil.disk_usage(tmp_path)._replace(free=1)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
        late_ms = frames[-1].t_ms + recorder.CHECK_MS
        made.add(made.taken(msgspec.structs.replace(frames[-1], t_ms=late_ms)), ())
        reason = made.over
        assert reason is not None
        told = made.finish(reason)
        file = only(tmp_path / recorder.FOLDER)
        assert file.name.startswith(recorder.UNFINISHED)
        assert file.name in told.en
        assert len(read(file).frames) == len(frames) + 1


class TestVideo:
    def test_it_lies_beside_the_recording_under_the_same_name(self, tmp_path: Path) -> None:
        made = Recorder(settings_in(tmp_path), Record(1, video=True), ManualClock())
        assert made.video is not None
        frames = read(CLIP).frames[:5]
        for frame in frames:
            made.video.show(frame.t_ms, np.full((48, 64, 3), (200, 40, 40), np.uint8))
            made.add(made.taken(frame), ())
        assert made.over is None
        made.finish(Text("끝", "over"))
        names = sorted(path.name for path in (tmp_path / recorder.FOLDER).iterdir())
        assert names == sorted([made.path.name.replace(".jsonl.gz", ".avi"), made.path.name])
        capture = cv2.VideoCapture(str(tmp_path / recorder.FOLDER / names[0]))
        pictures = [picture for ok, picture in iter(capture.read, (False, None)) if ok]
        capture.release()
        assert len(pictures) == len(frames)
        blue, _, red = pictures[0][24, 32]
        assert red > 150 > blue

    def test_a_video_that_can_not_be_written_ends_the_recording(self, tmp_path: Path) -> None:
        made = Recorder(settings_in(tmp_path), Record(1, video=True), ManualClock())
        assert made.video is not None
        made.video.path = tmp_path / "gone" / "x.avi"
        made.video.show(0, np.zeros((48, 64, 3), np.uint8))
        reason = made.over
        assert reason is not None
        assert "video" in reason.en
        made.finish(reason)

    def test_an_input_without_pictures_is_refused(self, running: Running) -> None:
        wall, folder, _ = running
        wall.gesture(GestureKind.PALM_HOLD)
        wall.link.send(Record(1, video=True))
        told = wall.recording()
        assert (told.until_ms, told.reason.en) == (None, "This input has no pictures")
        assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("role", "may"), [("mayor", False), ("visitor", False), ("tester", True), ("installer", True)]
)
def test_the_button_stands_there_for_those_who_may(role: Role, may: bool) -> None:
    live = Live(profiles=Profiles((Profile("x", Text("누구", "Somebody"), role),)))
    assert SystemPresenter().present(ViewState(profile="x"), None, live, 0).may_record is may


class TestLimits:
    def test_what_is_too_old_goes_when_the_next_one_begins(self, tmp_path: Path) -> None:
        folder = tmp_path / recorder.FOLDER
        folder.mkdir()
        clock = ManualClock(round(time.time() * 1000))
        for name, days in (("old.jsonl.gz", 31), ("old.wall.jsonl", 31), ("new.jsonl.gz", 29)):
            (folder / name).touch()
            then_s = clock.now_ms() / 1000 - days * recorder.DAY_S
            os.utime(folder / name, (then_s, then_s))
        made = Recorder(settings_in(tmp_path), Record(1), clock)
        kept = sorted(path.name for path in folder.iterdir())
        assert [name for name in kept if not name.startswith("unfinished")] == ["new.jsonl.gz"]
        made.finish(Text("끝", "over"))

    def test_none_begins_when_all_room_is_taken(self, tmp_path: Path) -> None:
        folder = tmp_path / recorder.FOLDER
        folder.mkdir()
        (folder / "large.jsonl.gz").write_bytes(bytes(10_000_000))
        small = RecordingSettings(megabytes=10)
        settings = msgspec.structs.replace(settings_in(tmp_path), recordings=small)
        with pytest.raises(RecordingError) as refused:
            Recorder(settings, Record(1), SystemClock())
        assert "10 MB" in refused.value.reason.en
        assert [path.name for path in folder.iterdir()] == ["large.jsonl.gz"]


@pytest.mark.parametrize(
    ("camera", "name"),
    [
        ("rtsp://user:secret@10.0.0.5:554/live?token=x", "rtsp://10.0.0.5"),
        ("/somewhere/private/clip.jsonl", "clip.jsonl"),
        ("0", "0"),
    ],
)
def test_a_cameras_name_holds_no_secret(camera: str, name: str) -> None:
    assert public_name(camera) == name


def tablet(role: Role) -> Device:
    return Device("t-1", "tablet", role, "", 0)


def of_a_tester() -> Heart:
    """A wall that works for a tester."""
    heart = Heart()
    known = heart.world.profiles.profile
    profiles = Profiles((*known, Profile("tester", Text("시험", "Tester"), "tester")))
    heart.world.profiles = heart.intake._profiles = profiles
    heart.store.put(replace(heart.store.state, profile="tester"))
    return heart


class TestCommands:
    @pytest.mark.parametrize("command", ["gestures.record", "gestures.record_stop"])
    def test_it_is_for_installers_and_testers(self, command: str) -> None:
        heart = Heart()
        until = {"until_ms": heart.clock.now_ms() + 60_000, "video": False, "ko": "", "en": ""}
        if command == "gestures.record_stop":
            heart.intake.system("gestures.recording", until)
        assert heart.intake.touch(command, {}, "system").status is Status.DENIED
        assert heart.records[-1].status is Status.DENIED
        roles: tuple[Role, ...] = ("installer", "tester")
        for role in roles:
            asked = heart.intake.tablet(TabletRequest("r", "t-1", command, {}), tablet(role))
            assert asked.status in (Status.NEEDS_CONFIRM, Status.DONE)

    def test_it_is_asked_back_by_finger_and_by_hand(self) -> None:
        heart = of_a_tester()
        for ask in (heart.intake.touch, heart.intake.pointed):
            assert ask("gestures.record", {}, "system").status is Status.NEEDS_CONFIRM
        assert heart.sent == []

    def test_only_a_finger_or_a_key_says_yes_and_anybody_no(self) -> None:
        heart = of_a_tester()
        heart.intake.touch("gestures.record", {"minutes": 3}, "system")
        assert heart.intake.pointed("confirm.accept", {}, "thumb_up").status is Status.DENIED
        heart.intake.touch("confirm.accept", {}, "confirm")
        assert [send.message for send in heart.sent] == [Record(3)]
        heart.intake.touch("gestures.record", {}, "system")
        assert heart.intake.pointed("nav.dismiss", {}, "thumb_down").done
        assert len(heart.sent) == 1

    def test_video_is_for_installers(self) -> None:
        heart = Heart()
        told = heart.intake.touch("gestures.record_video", {}, "system")
        assert told.status is Status.DENIED

    @pytest.mark.parametrize("minutes", [0, 61])
    def test_its_length_has_bounds(self, minutes: int) -> None:
        heart = of_a_tester()
        told = heart.intake.touch("gestures.record", {"minutes": minutes}, "system")
        assert told.status is Status.BAD_ARGUMENTS

    def test_the_wall_knows_while_it_runs_and_why_it_ended(self) -> None:
        heart = of_a_tester()
        until_ms = heart.clock.now_ms() + 60_000
        told = {"until_ms": until_ms, "video": False, "ko": "", "en": ""}
        heart.intake.system("gestures.recording", told)
        assert heart.store.state.recording == RecordingView(until_ms)
        again = heart.intake.touch("gestures.record", {}, "system")
        assert again.status is Status.UNAVAILABLE
        over = {"until_ms": None, "video": False, "ko": "끝", "en": "over"}
        assert heart.intake.system("gestures.recording", over).reason.ko == "끝"
        assert heart.records[-1].source is Source.SYSTEM
        assert heart.intake.touch("gestures.record", {}, "x").status is Status.NEEDS_CONFIRM


def test_a_red_lamp_counts_the_time_that_is_left() -> None:
    clock = ManualClock()
    recording = RecordingView(clock.now_ms() + 61_000)
    world = WallWorld({}, clock)
    view = top_bar("home", Text("", ""), world, CitySettings(), False, False, recording)
    assert (view.lamps[0].kind, view.lamps[0].reason.ko) == ("recording", "1:01 남음")
