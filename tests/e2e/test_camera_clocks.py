"""Cameras whose clocks jump: the age of a picture stays what it is, and the clock is told of."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from kiosk.panels.cameras import tile
from kiosk.ui.charts.camera_model import clock_words
from kiosk.wire.city import Camera
from kiosk.wire.messages import CameraState, CameraView, CameraWord
from kiosk.wire.text import Text
from tests.helpers.hls_packager import Packager
from tests.helpers.line import Line
from tests.helpers.rtp_altered import RtpClocks
from tests.helpers.rtsp import rtsp_server
from tests.helpers.watched import Watched
from tests.helpers.web_server import Asked, WebServer

HOUR_S = 3600.0


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(tmp_path)
    yield watched
    watched.wall.stop()


def view(url: str) -> CameraView:
    return CameraView("a", url, 480, 270, 30.0)


def apart_s(state: CameraState) -> float | None:
    """How far the camera's clock is ahead of ours, as its tile has it."""
    camera = Camera("a", 1, Text("a", "a"), 37.5, 127.0, "11110", "street", "", simulated=False)
    clock_ms = tile(camera, {"a": state}, False).clock_ms
    return None if clock_ms is None else clock_ms / 1000


def follow(watched: Watched, done: Callable[[CameraState], bool]) -> tuple[set[CameraWord], int]:
    """Until it is so; all states on the way, and the longest delay."""
    states: set[CameraWord] = set()
    delays_ms = [0]

    def look() -> bool:
        state = watched.wall.states()["a"]
        states.add(state.state)
        delays_ms.append(state.delay_ms)
        return done(state)

    watched.wait(look)
    return states, max(delays_ms)


# ---- RTSP


@pytest.mark.slow
@pytest.mark.parametrize("by_s", [HOUR_S, -HOUR_S], ids=["forwards", "backwards"])
def test_a_wall_clock_that_jumps_ages_no_picture(watched: Watched, by_s: float) -> None:
    clocks = RtpClocks()
    with rtsp_server() as port:
        line = Line(port, clocks)
        try:
            watched.show(view(f"rtsp://127.0.0.1:{line.port}/cam"))
            watched.wait(lambda: watched.wall.states()["a"].camera_t_ms is not None)
            assert apart_s(watched.wall.states()["a"]) == pytest.approx(0, abs=2)
            clocks.clock_s = by_s
            states, delay_ms = follow(watched, lambda s: abs(apart_s(s) or 0) > HOUR_S / 2)
            state = watched.wall.states()["a"]
        finally:
            watched.wall.stop()
            line.close()
    assert states == {"live"}
    assert delay_ms < 1500
    assert apart_s(state) == pytest.approx(by_s, abs=3)
    said = clock_words(round(by_s * 1000))
    assert said.ko
    assert said.en


@pytest.mark.slow
@pytest.mark.parametrize("by_s", [HOUR_S, -HOUR_S, 4.0], ids=["forwards", "backwards", "a-little"])
def test_time_stamps_that_jump_age_no_picture(watched: Watched, by_s: float) -> None:
    clocks = RtpClocks()
    with rtsp_server() as port:
        line = Line(port, clocks)
        try:
            watched.show(view(f"rtsp://127.0.0.1:{line.port}/cam"))
            watched.wait(watched.is_live)
            watched.more(10)
            clocks.stamps_s = by_s
            ages_ms = []
            until = time.monotonic() + 2

            def look(state: CameraState) -> bool:
                ages_ms.append(time.time() * 1000 - (state.frame_t_ms or 0))
                return time.monotonic() > until

            states, delay_ms = follow(watched, look)
        finally:
            watched.wall.stop()
            line.close()
    assert states == {"live"}
    assert delay_ms < 1500
    assert max(ages_ms) < 1500


# ---- MPEG-TS


def stream_of_jumps(by_s: float) -> Callable[[Asked], None]:
    """A transport stream as a camera sends it, whose clock jumps after two seconds."""

    def page(asked: Asked) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", "video/mp2t")
        asked.end_headers()
        asked.close_connection = True
        options = {"mpegts_flags": "resend_headers", "flush_packets": "1"}
        container: Any = av.open(asked.wfile, "w", format="mpegts", container_options=options)
        how = {"preset": "ultrafast", "tune": "zerolatency", "g": "15"}
        stream: Any = container.add_stream("libx264", rate=15, options=how)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        began = time.monotonic()
        for number in count():
            time.sleep(max(0.0, began + number / 15 - time.monotonic()))
            grey = np.full((90, 160, 3), number * 5 % 200 + 20, np.uint8)
            frame: Any = av.VideoFrame.from_ndarray(grey, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 15)
            for packet in stream.encode(frame):
                if number >= 30:
                    packet.pts += round(by_s / packet.time_base)
                    packet.dts = packet.pts
                container.mux(packet)

    return page


@pytest.mark.slow
def test_a_transport_stream_whose_clock_jumps_is_as_old_as_before(watched: Watched) -> None:
    with WebServer(cam=stream_of_jumps(HOUR_S)) as server:
        watched.show(view(f"{server.base}/cam"))
        watched.wait(watched.is_live)
        begun = time.monotonic()
        states, delay_ms = follow(watched, lambda _: time.monotonic() > begun + 4)
        watched.wall.stop()
    assert states == {"live"}
    assert delay_ms < 1500
    assert watched.states["a"].attempt == 0


# ---- HLS

DATE = re.compile(r"(?<=#EXT-X-PROGRAM-DATE-TIME:)(\S+)")


class Moved:
    """The playlist of a packager with its clock moved, once it is asked to be."""

    def __init__(self, playlist: Path) -> None:
        self.by_s = 0.0
        self.told = True
        self._playlist = playlist
        self._moved: set[str] = set()
        self._seen: set[str] = set()

    def __call__(self, asked: Asked) -> None:
        """Segments that were listed before keep their time."""
        words = DATE.sub(self._date, self._playlist.read_text())
        if not self.told:
            words = "\n".join(x for x in words.splitlines() if "DATE-TIME" not in x)
        asked.give(200, words.encode(), Content_Type="application/vnd.apple.mpegurl")

    def _date(self, found: "re.Match[str]") -> str:
        words = found[0]
        if not self.by_s:
            self._seen.add(words)
        elif words not in self._seen:
            moment = datetime.fromisoformat(words) + timedelta(seconds=self.by_s)
            return moment.isoformat(timespec="milliseconds")
        return words


@pytest.mark.slow
@pytest.mark.parametrize("by_s", [HOUR_S, -300.0], ids=["forwards", "backwards"])
def test_a_playlist_whose_clock_jumps_is_as_late_as_before(
    tmp_path: Path, watched: Watched, by_s: float
) -> None:
    page = Moved(tmp_path / "live.m3u8")
    with Packager(tmp_path), WebServer(tmp_path, **{"live.m3u8": page}) as server:
        watched.show(view(f"{server.base}/live.m3u8"))
        watched.wait(lambda: watched.wall.states()["a"].delay_ms > 500)
        page.by_s = by_s
        least_ms = []

        def jumped(state: CameraState) -> bool:
            least_ms.append(state.delay_ms)
            return abs(apart_s(state) or 0) > abs(by_s) / 2

        states, delay_ms = follow(watched, jumped)
        watched.wall.stop()
    assert "stale" not in states
    assert min(least_ms) > 500
    assert delay_ms < 12_000


@pytest.mark.slow
def test_a_playlist_without_a_clock_is_late_by_what_it_lists(
    tmp_path: Path, watched: Watched
) -> None:
    page = Moved(tmp_path / "live.m3u8")
    page.told = False
    with Packager(tmp_path), WebServer(tmp_path, **{"live.m3u8": page}) as server:
        time.sleep(4)
        watched.show(view(f"{server.base}/live.m3u8"))
        watched.wait(lambda: watched.state() == "delayed")
        state = watched.wall.states()["a"]
        watched.wall.stop()
    assert state.camera_t_ms is None
    assert 2000 < state.delay_ms < 12_000, "three segments of a second"
