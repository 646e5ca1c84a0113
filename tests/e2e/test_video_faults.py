"""The video process against awkward streams of a real RTSP server, and lines that go dead.

The server is Debian's, see tests/helpers/rtsp_server.py for what it needs; without it these skip.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.video import reasons
from kiosk.video.kept import KeptPictures
from kiosk.video.wall import KEPT
from kiosk.wire.messages import CameraView, Region
from tests.helpers.line import Line
from tests.helpers.rtp_altered import Garbled, NoFirstKeyFrame
from tests.helpers.rtsp import rtsp_server
from tests.helpers.watched import LOST_S, STALE_S, Watched


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with rtsp_server() as port:
        yield port


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
def test_no_key_frame_for_20_seconds_is_waited_for_and_told(watched: Watched, port: int) -> None:
    """Whoever comes just after one; who was there before goes on without one."""
    other = CameraView("first", f"rtsp://127.0.0.1:{port}/no-key-frames", 480, 270)
    watched.show(other)
    watched.wait(lambda: watched.state("first") == "live")
    line = Line(port, NoFirstKeyFrame())
    try:
        watched.show(other, view(line.port, "/no-key-frames"))
        watched.wait(lambda: watched.state() == "lost")
        assert watched.states["a"].reason == reasons.NO_KEY_FRAME
        assert watched.frame() is None
        watched.wait(watched.is_live, 30)
        watched.more(5)
        assert watched.states["a"].attempt == 0, "it was not given up for another connection"
        assert not watched.states["a"].reason.ko
        assert watched.state("first") == "live"
    finally:
        watched.wall.stop()
        line.close()


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
def test_garbage_in_mid_stream_is_not_live_and_costs_the_others_nothing(
    watched: Watched, port: int
) -> None:
    garbled = Garbled()
    line = Line(port, garbled)
    try:
        good = CameraView("good", f"rtsp://127.0.0.1:{port}/cam", 480, 270)
        watched.show(view(line.port, "/cam"), good)
        watched.wait(lambda: watched.is_live() and watched.state("good") == "live")
        garbled.on = True
        watched.wait(lambda: watched.state() in ("stale", "lost"), LOST_S + 3)
        assert watched.states["a"].reason.ko
        assert watched.frame() is not None, "the last picture stays"
        watched.more(10, "good")
        assert watched.state("good") == "live"
        assert watched.states["good"].attempt == 0
        garbled.on = False
        watched.wait(watched.is_live, 30)
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
