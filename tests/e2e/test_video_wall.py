"""The video process against bad cameras: honest states, other tiles untouched, quick to stop."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import CitySettings, PathSettings, VideoSettings
from kiosk.video.scaling import Scaler
from kiosk.video.worker import run
from kiosk.wire import PairedLink
from kiosk.wire.messages import CameraState, CameraView, Health, ShowCameras
from kiosk.wire.rings import Frame, RingReader, ring_path
from tests.helpers.fake_camera import FakeCamera

STALE_S, LOST_S = 1.0, 2.0


class Wall:
    """The worker on a thread, and the ui's end of its link."""

    def __init__(self, folder: Path, *, demo: bool = True) -> None:
        self._folder = folder
        worker_end, self._link = PairedLink.pair()
        self.settings = Settings(
            city=CitySettings(demo=demo),
            video=VideoSettings(fps=30, stale_s=STALE_S, lost_s=LOST_S, hidden_s=0),
            paths=PathSettings(runtime_dir=str(folder), data_dir=str(folder)),
        )
        self.states: dict[str, CameraState] = {}
        self.told: list[CameraState] = []
        self.health: Health | None = None
        self.thread = threading.Thread(target=run, args=(self.settings, worker_end, SystemClock()))
        self.thread.start()

    def show(self, *cameras: tuple[str, str], size: tuple[int, int] = (160, 90)) -> None:
        views = tuple(CameraView(name, url, *size, fps=30) for name, url in cameras)
        self._link.send(ShowCameras(views))

    def wait(self, done: Callable[[], bool], timeout_s: float = 8.0) -> None:
        until = time.monotonic() + timeout_s
        while True:
            if done():
                return
            assert time.monotonic() < until, f"not in {timeout_s} s: {self.told}"
            self.listen()

    def listen(self) -> None:
        message = self._link.receive(0.02)
        if isinstance(message, CameraState):
            self.states[message.camera] = message
            self.told.append(message)
        if isinstance(message, Health):
            self.health = message

    def stay(self, seconds: float) -> None:
        """Listens for so long: what must not happen needs time to happen."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.listen()

    def state(self, camera: str) -> str | None:
        return self.states[camera].state if camera in self.states else None

    def frame(self, camera: str) -> Frame | None:
        reader = RingReader(ring_path(self._folder, camera))
        try:
            return reader.latest()
        finally:
            reader.close()

    def stop(self) -> float:
        started = time.monotonic()
        self._link.stopped.set()
        self.thread.join()
        return time.monotonic() - started


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[Wall]:
    wall = Wall(tmp_path)
    yield wall
    wall.stop()


def test_a_live_camera_shows_at_the_size_of_its_tile(wall: Wall) -> None:
    with FakeCamera() as camera:
        wall.show(("a", camera.url))
        wall.wait(lambda: wall.state("a") == "live")
        assert wall.states["a"].ring == str(ring_path(Path(wall.settings.paths.runtime_dir), "a"))
        frame = wall.frame("a")
        assert frame is not None
        assert (frame.width_px, frame.height_px) == (160, 90)
        assert abs(frame.t_ms - time.time() * 1000) < 1000
        wall.stop()


def test_the_picture_s_grey_comes_through(wall: Wall) -> None:
    with FakeCamera("frozen") as camera:
        camera.value = 200
        wall.show(("a", camera.url))
        wall.wait(lambda: wall.frame("a") is not None)
        frame = wall.frame("a")
        assert frame is not None
        blue, green, red = frame.pixels[:3]
        assert max(abs(value - 200) for value in (blue, green, red)) <= 3
        wall.stop()


def test_a_tile_changes_size_without_a_new_connection(wall: Wall) -> None:
    with FakeCamera() as camera:
        for size in ((160, 90), (640, 360), (160, 90)):
            wall.show(("a", camera.url), size=size)
            wall.wait(lambda size=size: _size(wall.frame("a")) == size)  # type: ignore[misc]
        assert camera.connections == 1
        wall.stop()


def test_a_camera_off_the_wall_is_closed_and_its_picture_gone(wall: Wall) -> None:
    with FakeCamera() as one, FakeCamera() as two:
        wall.show(("a", one.url), ("b", two.url))
        wall.wait(lambda: wall.state("a") == wall.state("b") == "live")
        wall.show(("b", two.url))
        wall.wait(lambda: wall.frame("a") is None)
        assert wall.frame("b") is not None
        assert two.connections == 1
        wall.stop()


def test_a_new_ui_that_asks_again_is_told_every_state_at_once(wall: Wall) -> None:
    with FakeCamera() as camera:
        wall.show(("a", camera.url))
        wall.wait(lambda: wall.state("a") == "live")
        wall.states.clear()
        wall.show(("a", camera.url))
        wall.wait(lambda: wall.state("a") == "live", 1.0)
        assert camera.connections == 1
        wall.stop()


@pytest.mark.parametrize("mood", ["silent", "garbage"])
def test_a_camera_that_stops_moving_gets_stale_then_lost_and_comes_back(
    wall: Wall, mood: str
) -> None:
    with FakeCamera() as bad, FakeCamera() as good:
        wall.show(("bad", bad.url), ("good", good.url))
        wall.wait(lambda: wall.state("bad") == wall.state("good") == "live")
        bad.mood = mood  # type: ignore[assignment]
        wall.wait(lambda: wall.state("bad") == "stale", STALE_S + 2)
        last_ms = wall.states["bad"].frame_t_ms
        assert last_ms is not None
        assert time.time() * 1000 - last_ms >= STALE_S * 1000
        wall.wait(lambda: wall.state("bad") == "lost", LOST_S + 2)
        assert wall.states["bad"].frame_t_ms == last_ms
        frame = wall.frame("bad")
        assert frame is not None
        assert frame.t_ms == last_ms
        bad.mood = "live"
        wall.wait(lambda: wall.state("bad") == "live")
        assert [s.state for s in wall.told if s.camera == "good"][-1] == "live"
        assert good.connections == 1
        wall.stop()


def test_a_camera_whose_scene_stands_still_stays_stale_until_it_moves(wall: Wall) -> None:
    with FakeCamera() as camera:
        wall.show(("a", camera.url))
        wall.wait(lambda: wall.state("a") == "live")
        camera.mood = "frozen"
        wall.wait(lambda: wall.state("a") == "stale", STALE_S + 2)
        last_ms = wall.states["a"].frame_t_ms
        wall.stay(LOST_S + 1)
        assert (wall.state("a"), wall.states["a"].frame_t_ms) == ("stale", last_ms)
        assert wall.states["a"].reason.en == "Nothing moves; the camera still sends"
        camera.mood = "live"
        wall.wait(lambda: wall.state("a") == "live", 1.0)
        assert camera.connections == 1
        wall.stop()


def test_an_empty_street_at_night_is_live_by_the_noise_of_its_sensor(wall: Wall) -> None:
    with FakeCamera("night") as camera:
        wall.show(("a", camera.url))
        wall.wait(lambda: wall.state("a") == "live")
        wall.stay(LOST_S + 1)
        assert {state.state for state in wall.told if state.frame_t_ms is not None} == {"live"}
        camera.mood = "frozen"
        wall.wait(lambda: wall.state("a") == "stale", STALE_S + 2)
        wall.stop()


@pytest.mark.parametrize("mood", ["hung", "refused", "moved", "garbage"])
def test_a_camera_that_never_shows_is_lost_and_costs_the_others_nothing(
    wall: Wall, mood: str
) -> None:
    with FakeCamera(mood) as bad, FakeCamera() as good:  # type: ignore[arg-type]
        wall.show(("bad", bad.url), ("good", good.url))
        wall.wait(lambda: wall.state("good") == "live")
        wall.wait(lambda: wall.state("bad") == "lost")
        assert wall.states["bad"].frame_t_ms is None
        assert wall.frame("bad") is None
        assert wall.health is not None
        assert wall.health.state == "running"
        assert bad.connections < 40  # a few for each try: redirects are followed, not for ever
        assert wall.stop() < 1.0


def test_a_picture_that_can_t_be_drawn_ends_no_camera_and_tells_no_address(
    wall: Wall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(_scaler: Scaler, _picture: object, _tile: object) -> None:
        raise RuntimeError(f"no way to draw {camera.url}")

    with FakeCamera() as camera:
        monkeypatch.setattr(Scaler, "planes", breaks)
        wall.show(("a", camera.url))
        wall.wait(lambda: "a" in wall.states and wall.states["a"].attempt > 1)
        monkeypatch.undo()
        wall.wait(lambda: wall.state("a") == "live")
        wall.stop()
    assert "RuntimeError" in caplog.text
    assert str(camera.port) not in caplog.text


def test_stops_within_a_second_while_a_camera_hangs(wall: Wall) -> None:
    with FakeCamera("hung") as camera:
        wall.show(("a", camera.url))
        wall.wait(lambda: camera.connections > 0)
        assert wall.stop() < 1.0


def test_the_lamp_says_when_every_camera_is_lost(wall: Wall) -> None:
    with FakeCamera("refused") as camera:
        wall.show(("a", camera.url))
        wall.wait(lambda: wall.health is not None and wall.health.state == "degraded")
        assert wall.health is not None
        assert wall.health.reason.ko
        wall.stop()


def test_addresses_of_this_machine_are_off_outside_the_demonstration(tmp_path: Path) -> None:
    wall = Wall(tmp_path, demo=False)
    with FakeCamera() as camera:
        wall.show(("a", camera.url), ("b", "file:///etc/passwd"))
        wall.wait(lambda: wall.state("a") == wall.state("b") == "off")
        wall.stop()
        assert camera.connections == 0


def test_a_camera_that_changes_its_resolution_goes_on(wall: Wall) -> None:
    with FakeCamera() as camera:
        wall.show(("a", camera.url))
        wall.wait(lambda: wall.state("a") == "live")
        camera.size = (320, 240)
        wall.wait(lambda: _size(wall.frame("a")) == (160, 120))
        wall.stop()


def _size(frame: Frame | None) -> tuple[int, int] | None:
    return None if frame is None else (frame.width_px, frame.height_px)
