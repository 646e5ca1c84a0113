"""The simulated camera network and the video process together, over real HTTP on loopback."""

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.backend import cameras
from kiosk.backend.catalogue import load_cameras
from kiosk.core.clock import SystemClock
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.settings.model import DemoSettings, PathSettings, VideoSettings
from kiosk.video import worker
from kiosk.wire import PairedLink
from kiosk.wire.messages import CameraState, CameraView, Health, ShowCameras
from kiosk.wire.rings import RingReader, ring_path

Main = Callable[[Settings, PairedLink, SystemClock], None]


class Process:
    """A process's main on a thread, as the supervisor would start and kill it."""

    def __init__(self, main: Main, settings: Settings) -> None:
        end, self.link = PairedLink.pair()
        self._thread = threading.Thread(target=main, args=(settings, end, SystemClock()))
        self._thread.start()

    def stop(self) -> None:
        self.link.stopped.set()
        self._thread.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        demo=DemoSettings(cameras_port=free_port()),
        video=VideoSettings(stale_s=1, lost_s=2, hidden_s=0),
        paths=PathSettings(runtime_dir=str(tmp_path), data_dir=str(tmp_path)),
    )


@pytest.fixture
def network(settings: Settings) -> Iterator[Process]:
    process = started_network(settings)
    yield process
    process.stop()


def started_network(settings: Settings) -> Process:
    process = Process(cameras.run, settings)
    health = process.link.receive(10)
    assert isinstance(health, Health)
    assert health.state == "running"
    return process


@pytest.fixture
def video(settings: Settings) -> Iterator[Process]:
    process = Process(worker.run, settings)
    yield process
    process.stop()


def url(settings: Settings, camera: str) -> str:
    return f"http://127.0.0.1:{settings.demo.cameras_port}/camera/{camera}.mjpg"


def nine(settings: Settings) -> tuple[CameraView, ...]:
    names = [entry.id for entry in load_cameras(pack_folder(settings))[:9]]
    return tuple(CameraView(name, url(settings, name), 480, 270) for name in names)


def follow(
    video: Process, states: dict[str, CameraState], done: Callable[[], bool], timeout_s: float
) -> float:
    """Takes the worker's messages until `done`; returns the seconds it took."""
    started = time.monotonic()
    while not done():
        assert time.monotonic() - started < timeout_s, f"not in {timeout_s} s: {states}"
        message = video.link.receive(0.05)
        if isinstance(message, CameraState):
            states[message.camera] = message
    return time.monotonic() - started


@pytest.mark.slow
def test_nine_cameras_live_lost_with_their_network_and_live_again(
    settings: Settings, network: Process, video: Process
) -> None:
    views, states = nine(settings), dict[str, CameraState]()

    def all_are(state: str) -> Callable[[], bool]:
        return lambda: len(states) == 9 and all(s.state == state for s in states.values())

    video.link.send(ShowCameras(views))
    # 3 s is the product's bar; a test machine may have other work
    follow(video, states, all_are("live"), 10.0)

    killed_ms = time.time() * 1000
    network.stop()
    follow(video, states, all_are("lost"), 6.0)
    for state in states.values():
        assert state.frame_t_ms is not None
        assert killed_ms - 2000 < state.frame_t_ms < killed_ms + 1000
        assert state.attempt > 0
        reader = RingReader(ring_path(Path(settings.paths.runtime_dir), state.camera))
        frame = reader.latest()
        reader.close()
        assert frame is not None
        assert frame.t_ms == state.frame_t_ms

    network_again = started_network(settings)
    try:
        follow(video, states, all_are("live"), 10.0)
    finally:
        video.stop()
        network_again.stop()
    assert not list(Path(settings.paths.runtime_dir).rglob("*.ring"))


def test_the_network_answers_as_cameras_do_and_knows_its_own_only(
    settings: Settings, network: Process
) -> None:
    camera = load_cameras(pack_folder(settings))[0].id
    with urllib.request.urlopen(url(settings, camera), timeout=5) as answer:
        assert answer.headers["Content-Type"].startswith("multipart/x-mixed-replace")
        start = answer.read(4096)
    assert b"Content-Type: image/jpeg" in start
    assert b"\xff\xd8\xff" in start
    with pytest.raises(urllib.error.HTTPError, match="404") as refusal:
        urllib.request.urlopen(url(settings, "nowhere"), timeout=5)
    refusal.value.close()


def test_the_network_listens_on_loopback_only(settings: Settings, network: Process) -> None:
    listening = {
        line.split()[1].split(":")[0]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{settings.demo.cameras_port:04X}") and " 0A " in line
    }
    assert listening == {"0100007F"}


def test_fewer_cameras_when_the_settings_say_so(settings: Settings) -> None:
    few = msgspec.structs.replace(
        settings, demo=DemoSettings(cameras=1, cameras_port=settings.demo.cameras_port)
    )
    process = started_network(few)
    try:
        second = load_cameras(pack_folder(few))[1].id
        with pytest.raises(urllib.error.HTTPError, match="404") as refusal:
            urllib.request.urlopen(url(few, second), timeout=5)
        refusal.value.close()
    finally:
        process.stop()
