"""The video process against awkward streams of a real RTSP server, and lines that go dead.

The server is Debian's, see tests/helpers/rtsp_server.py for what it needs; without it these skip.
"""

import contextlib
import selectors
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import PathSettings, VideoSettings
from kiosk.video.kept import KeptPictures
from kiosk.video.wall import KEPT, Wall
from kiosk.wire.messages import CameraState, CameraView, Region
from kiosk.wire.rings import Frame, RingReader, last_sequence, ring_path

PYTHON = Path("/usr/bin/python3")
SERVER = Path(__file__).parents[1] / "helpers" / "rtsp_server.py"
STALE_S, LOST_S = 1.5, 3.0


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    if not PYTHON.exists():
        pytest.skip(f"no {PYTHON} on this machine")
    pipe = subprocess.PIPE
    with subprocess.Popen([PYTHON, SERVER], stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            pytest.skip("no RTSP server on this machine: see tests/helpers/rtsp_server.py")
        yield int(line)
        process.kill()


class Watched:
    """A wall of cameras and what it tells."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.states: dict[str, CameraState] = {}
        self.settings = Settings(
            video=VideoSettings(fps=30, stale_s=STALE_S, lost_s=LOST_S, hidden_s=30),
            paths=PathSettings(runtime_dir=str(folder), data_dir=str(folder)),
        )
        self.wall = Wall(self.settings, SystemClock(), self._hear)

    def _hear(self, state: CameraState) -> None:
        self.states[state.camera] = state

    def show(self, *views: CameraView) -> None:
        self.wall.show(views)

    def wait(self, done: Callable[[], bool], timeout_s: float = 20.0) -> float:
        begin = time.monotonic()
        while not done():
            assert time.monotonic() - begin < timeout_s, f"not in {timeout_s} s: {self.states}"
            self.wall.tick()
            time.sleep(0.02)
        return time.monotonic() - begin

    def state(self, camera: str = "a") -> str:
        return self.states[camera].state

    def is_live(self) -> bool:
        return self.state() == "live"

    def more(self, pictures: int, camera: str = "a") -> None:
        """Waits for so many further pictures."""
        ring = ring_path(self.folder, camera)
        until = last_sequence(ring) + pictures
        self.wait(lambda: last_sequence(ring) >= until)

    def frame(self, camera: str = "a") -> Frame | None:
        reader = RingReader(ring_path(self.folder, camera))
        try:
            return reader.latest()
        finally:
            reader.close()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(tmp_path)
    yield watched
    watched.wall.stop()


def view(port: int, path: str, sub: str = "", **fields: object) -> CameraView:
    base = f"rtsp://127.0.0.1:{port}"
    sub_url = base + sub if sub else ""
    return CameraView("a", base + path, 480, 270, 30.0, sub_url, **fields)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/slices", "/b-frames", "/large"])
def test_awkward_streams_are_live(watched: Watched, port: int, path: str) -> None:
    watched.show(view(port, path))
    watched.wait(watched.is_live)
    watched.more(8)
    state = watched.states["a"]
    assert (state.codec, state.decoder, state.attempt) == ("h264", "software", 0)
    assert (state.width_px, state.height_px) in {(640, 360), (3840, 2160)}
    frame = watched.frame()
    assert frame is not None
    assert (frame.width_px, frame.height_px) == (480, 270)


@pytest.mark.slow
def test_a_stream_that_changes_its_size_goes_on(watched: Watched, port: int) -> None:
    watched.show(view(port, "/changing-size"))
    seen: set[tuple[int, int]] = set()

    def both() -> bool:
        state = watched.states["a"]
        seen.add((state.width_px, state.height_px))
        return {(640, 360), (320, 240)} <= seen

    watched.wait(watched.is_live)
    watched.wait(both)
    assert watched.states["a"].attempt == 0


@pytest.mark.slow
def test_who_comes_between_rare_key_frames_waits_and_says_so(watched: Watched, port: int) -> None:
    other = CameraView("first", f"rtsp://127.0.0.1:{port}/rare-key-frames", 480, 270)
    watched.show(other)
    watched.wait(lambda: watched.state("first") == "live")
    watched.show(other, view(port, "/rare-key-frames"))
    assert watched.state() == "connecting"
    watched.wait(watched.is_live)
    assert watched.states["a"].attempt == 0, "it was not given up for another connection"


@pytest.mark.slow
def test_the_smaller_stream_in_a_tile_the_main_one_in_full_and_no_gap(
    watched: Watched, port: int
) -> None:
    watched.show(view(port, "/main", "/cam"))
    watched.wait(watched.is_live)
    assert (watched.states["a"].stream, watched.states["a"].width_px) == ("sub", 640)
    watched.show(view(port, "/main", "/cam", purpose="full"))
    states = set()

    def is_main() -> bool:
        states.add(watched.state())
        return watched.states["a"].stream == "main"

    watched.wait(is_main)
    assert watched.states["a"].width_px == 1280
    watched.show(view(port, "/main", "/cam"))
    took = watched.wait(lambda: watched.states["a"].stream == "sub")
    assert states == {"live"}
    assert took < 2.0, "it had stayed open"


@pytest.mark.slow
def test_a_camera_out_of_sight_is_back_at_once(watched: Watched, port: int) -> None:
    watched.show(view(port, "/cam"))
    watched.wait(watched.is_live)
    watched.show()
    assert watched.wall.states() == {}
    watched.more(1)
    watched.show(view(port, "/cam"))
    assert watched.is_live()
    watched.more(5)
    assert watched.states["a"].attempt == 0


@pytest.mark.slow
def test_a_part_of_the_picture_fills_the_tile(watched: Watched, port: int) -> None:
    part = Region(0.5, 0.25, 0.25, 0.25)
    watched.show(view(port, "/main", region=part))
    watched.wait(watched.is_live)
    frame = watched.frame()
    assert frame is not None
    assert (frame.width_px, frame.height_px, frame.region) == (480, 270, part)


@pytest.mark.slow
def test_the_camera_s_own_time_is_told(watched: Watched, port: int) -> None:
    watched.show(view(port, "/cam"))
    watched.wait(lambda: watched.states["a"].camera_t_ms is not None)
    told = watched.states["a"]
    assert told.camera_t_ms is not None
    assert told.frame_t_ms is not None
    assert abs(told.camera_t_ms - told.frame_t_ms) < 2000, "the same machine's clock"


class Line:
    """A line to a server that can go dead: nothing comes any more, and nobody hangs up."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._dead = threading.Event()
        self._ended = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def cut(self) -> None:
        self._dead.set()

    def mend(self) -> None:
        """For new connections; the old ones stay dead."""
        self._dead = threading.Event()

    def close(self) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for thread in self._threads:
            thread.join()

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._carry, args=(near, self._dead))
            self._threads.append(thread)
            thread.start()

    def _carry(self, near: socket.socket, dead: threading.Event) -> None:
        far = socket.create_connection(("127.0.0.1", self._target))
        with near, far, selectors.DefaultSelector() as ready, contextlib.suppress(OSError):
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while not self._ended.is_set():
                for key, _ in ready.select(0.05):
                    if dead.is_set():
                        self._ended.wait(0.05)
                        continue
                    data = key.fileobj.recv(1 << 16)  # type: ignore[union-attr]
                    if not data:
                        return
                    key.data.sendall(data)


@pytest.mark.slow
def test_a_line_that_goes_dead_is_found_out_and_left(watched: Watched, port: int) -> None:
    line = Line(port)
    try:
        watched.show(view(line.port, "/cam"))
        watched.wait(watched.is_live)
        line.cut()
        watched.wait(lambda: watched.state() == "stale", STALE_S + 2)
        frame = watched.frame()
        assert frame is not None, "the last picture stays"
        watched.wait(lambda: watched.state() == "lost", LOST_S + 3)
        line.mend()
        watched.wait(watched.is_live)
    finally:
        watched.wall.stop()
        line.close()


@pytest.mark.slow
def test_a_start_without_network_shows_what_was_kept(tmp_path: Path, port: int) -> None:
    first = Watched(tmp_path)
    first.show(view(port, "/cam"))
    first.wait(first.is_live)
    first.wait(lambda: any((tmp_path / KEPT).glob("*.jpg")))
    first.wall.stop()
    later = Watched(tmp_path)
    later.show(view(1, "/cam"))
    try:
        state = later.states["a"]
        assert (state.state, state.kept) == ("connecting", True)
        frame = later.frame()
        assert frame is not None
        assert frame.t_ms == state.frame_t_ms
        assert frame.t_ms <= first.states["a"].frame_t_ms  # type: ignore[operator]
        later.wait(lambda: later.state() == "lost")
        assert later.states["a"].kept
        assert later.states["a"].reason.ko
    finally:
        later.wall.stop()
    assert KeptPictures(tmp_path / KEPT, later.settings.video, SystemClock()).find("a") is not None
