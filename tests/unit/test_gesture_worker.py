"""The gestures process, run inside the test: camera, clips, loss and recovery."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from gestures.events import EngageState, GestureKind, HandFrame, Phase
from gestures.session import Session, write
from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import CameraSettings
from kiosk.wire import PairedLink
from kiosk.wire.messages import (
    GestureSeen,
    GestureView,
    Health,
    Message,
    ReplayClip,
    Stop,
)
from kiosk.workers import gestures as worker
from tests.helpers.hands import DEMO, demo

DEADLINE_S = 10.0
CLIP = DEMO / "palm_swipe_down.jsonl"


class Wall:
    """The ui's end of the link."""

    def __init__(self, link: PairedLink) -> None:
        self.link = link
        self.messages: list[Message] = []

    def until(self, wanted: Callable[[Message], bool]) -> Message:
        """The next message that is wanted; fails at the deadline."""
        end = time.monotonic() + DEADLINE_S
        while time.monotonic() < end:
            message = self.link.receive(0.1)
            if message is None:
                continue
            self.messages.append(message)
            if wanted(message):
                return message
        raise AssertionError(f"not seen in {DEADLINE_S} s; the last were {self.messages[-5:]}")

    def health(self, state: str) -> Health:
        found = self.until(lambda m: isinstance(m, Health) and m.state == state)
        assert isinstance(found, Health)
        return found

    def gesture(self, kind: GestureKind) -> GestureSeen:
        found = self.until(lambda m: isinstance(m, GestureSeen) and m.event.kind is kind)
        assert isinstance(found, GestureSeen)
        return found


Start = Callable[[str], Wall]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts the worker on a camera and stops it after the test."""
    started: list[tuple[Wall, threading.Thread]] = []

    def begin(source: str) -> Wall:
        inner, outer = PairedLink.pair()
        settings = Settings(camera=CameraSettings(source=source))
        thread = threading.Thread(target=worker.run, args=(settings, inner, SystemClock()))
        thread.start()
        wall = Wall(outer)
        started.append((wall, thread))
        return wall

    yield begin
    for wall, thread in started:
        wall.link.stopped.set()
        thread.join(DEADLINE_S)
        assert not thread.is_alive()


def part(path: Path, name: str, until_ms: int, from_ms: int = 0) -> Path:
    """A part of a session, so that a test need not wait for the whole."""
    session = demo(name)
    frames = tuple(
        HandFrame(f.t_ms - from_ms, f.hands, f.aspect)
        for f in session.frames
        if from_ms <= f.t_ms < until_ms
    )
    write(path, Session(session.header, frames))
    return path


@pytest.fixture
def clip(tmp_path: Path) -> str:
    """Palm, then swipe down, in 1.4 s."""
    return str(part(tmp_path / "clip.jsonl", "palm_swipe_down", 1800, 400))


def test_a_recorded_session_is_a_camera(start: Start) -> None:
    before_ms = int(time.time() * 1000)
    wall = start(str(CLIP))
    assert wall.health("running").worker == "gestures"
    palm = wall.gesture(GestureKind.PALM_HOLD).event
    swipe = wall.gesture(GestureKind.SWIPE_DOWN).event
    assert palm.phase is Phase.FIRED
    assert before_ms <= palm.t_ms < swipe.t_ms <= time.time() * 1000  # epoch, when it was seen
    assert swipe.t_ms - palm.t_ms == pytest.approx(660, abs=300)  # on the recording's own times
    views = [m.status for m in wall.messages if isinstance(m, GestureView)]
    assert EngageState.ENGAGED in {view.state for view in views}
    assert any(len(view.skeleton) == 21 for view in views)


def test_a_recording_used_as_camera_starts_again_at_its_end(start: Start, tmp_path: Path) -> None:
    path = part(tmp_path / "short.jsonl.gz", "palm_fist_palm", 300)
    wall = start(str(path))
    for _ in range(2):
        wall.until(lambda m: isinstance(m, GestureView) and len(m.status.skeleton) == 21)
        wall.until(lambda m: isinstance(m, GestureView) and m.status.skeleton == ())


def test_without_a_camera_clips_still_act(start: Start, clip: str) -> None:
    wall = start("none")
    assert wall.health("degraded").reason.en == "Set to run without a camera"
    wall.link.send(ReplayClip(clip))
    wall.gesture(GestureKind.PALM_HOLD)
    wall.gesture(GestureKind.SWIPE_DOWN)
    ended = wall.until(
        lambda m: isinstance(m, GestureView) and m.status.state is EngageState.SEARCHING
    )
    assert isinstance(ended, GestureView)


def test_a_clip_starts_with_the_clutch_open(start: Start, clip: str) -> None:
    wall = start("none")
    wall.link.send(ReplayClip(clip))
    wall.gesture(GestureKind.SWIPE_DOWN)
    wall.link.send(ReplayClip(clip))
    wall.gesture(GestureKind.PALM_HOLD)
    wall.gesture(GestureKind.SWIPE_DOWN)


def test_a_clip_that_can_not_be_read_changes_nothing(
    start: Start, tmp_path: Path, clip: str
) -> None:
    (tmp_path / "bad.jsonl").write_text("{")
    wall = start("none")
    wall.link.send(ReplayClip(str(tmp_path / "bad.jsonl")))
    wall.link.send(ReplayClip(str(tmp_path / "missing.mp4")))
    wall.link.send(ReplayClip(clip))
    wall.gesture(GestureKind.PALM_HOLD)


def test_a_missing_camera_is_told_and_taken_when_it_comes(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RETRY_MS", 200.0)
    path = tmp_path / "later.jsonl"
    wall = start(str(path))
    told = wall.health("degraded")
    assert told.reason.ko == "카메라를 찾을 수 없습니다"
    part(tmp_path / "copy.jsonl", "palm_fist_palm", 900).rename(path)
    wall.health("running")
    wall.gesture(GestureKind.PALM_HOLD)


def test_a_camera_lost_while_running_is_told_and_taken_again(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RETRY_MS", 200.0)
    path = part(tmp_path / "camera.jsonl", "palm_fist_palm", 300)
    wall = start(str(path))
    wall.health("running")
    path.unlink()
    told = wall.health("degraded")  # at the end of its first round
    assert told.reason.en == "No camera was found"
    part(tmp_path / "again.jsonl", "palm_fist_palm", 900).rename(path)
    wall.health("running")
    wall.gesture(GestureKind.PALM_HOLD)


def test_a_broken_recording_is_told(start: Start, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"type": "header", "schema": "other/1"}\n')
    told = start(str(tmp_path / "bad.jsonl")).health("degraded")
    assert told.reason.en == "The hand session given as camera can't be read"


def test_a_recording_without_frames_is_told(start: Start, tmp_path: Path) -> None:
    path = part(tmp_path / "empty.jsonl", "palm_fist_palm", 0)
    told = start(str(path)).health("degraded")
    assert told.reason.en == "The recording given as camera can't be read"


def test_a_clip_stands_in_for_the_camera_and_says_so(start: Start, clip: str) -> None:
    wall = start("none")
    wall.health("degraded")
    wall.link.send(ReplayClip(clip))
    assert wall.health("running").reason.en == "Replaying recorded hands"
    assert wall.health("degraded").reason.en == "Set to run without a camera"
    assert sum(isinstance(m, Health) for m in wall.messages) == 4  # starting, and these three


def test_stop_ends_it_within_its_wait() -> None:
    inner, outer = PairedLink.pair()
    settings = Settings(camera=CameraSettings(source=str(CLIP)))
    thread = threading.Thread(target=worker.run, args=(settings, inner, SystemClock()))
    thread.start()
    Wall(outer).health("running")
    outer.send(Stop())
    thread.join(1.0)
    assert not thread.is_alive()


def test_messages_survive_the_wire(start: Start, clip: str) -> None:
    wall = start(clip)
    seen = wall.gesture(GestureKind.PALM_HOLD)
    assert msgspec.json.decode(msgspec.json.encode(seen), type=GestureSeen) == seen
