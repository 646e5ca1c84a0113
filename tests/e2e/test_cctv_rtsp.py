"""The camera panel over the video process and a real RTSP server: tiles, full screen and back.

The server is Debian's (apt: gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good
gstreamer1.0-plugins-ugly) under /usr/bin/python3; without it the tests skip.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.app.cameras import Cameras
from kiosk.app.hub import Hub
from kiosk.core.camera_wall import CameraWall
from kiosk.core.clock import SystemClock
from kiosk.core.state import Place, ViewState, replace
from kiosk.panels.cctv.presenter import CctvData, CctvPresenter
from kiosk.panels.cctv.view import CctvView
from kiosk.panels.panel import Live
from kiosk.settings import Settings
from kiosk.settings.model import PathSettings
from kiosk.ui.charts.camera_model import SHOWS
from kiosk.ui.charts.camera_tile import CameraTile
from kiosk.ui.theme import make_theme
from kiosk.video.worker import run
from kiosk.wire import PairedLink
from kiosk.wire.city import Camera
from kiosk.wire.messages import CameraState, Message
from kiosk.wire.text import Text
from tests.e2e.test_video_rtsp import PYTHON, SERVER, gstreamer

__all__ = ["gstreamer"]
SOON_S = 15.0


class Server:
    """The RTSP server's process, and how often somebody connected to it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([PYTHON, SERVER], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self._lines = self.process.stdout
        self.port = int(self._lines.readline())
        self.connections = 0
        self._thread = threading.Thread(target=self._count)
        self._thread.start()

    def _count(self) -> None:
        for _ in self._lines:
            self.connections += 1

    def stop(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()
        self._thread.join()
        self._lines.close()


class Desk:
    """The panel on a wall of its own, the video process on a thread, and the link between them."""

    server: Server

    def __init__(self, qtbot: QtBot, folder: Path, port: int) -> None:
        self.settings = Settings(paths=PathSettings(runtime_dir=str(folder), data_dir=str(folder)))
        worker_end, self._link = PairedLink.pair()
        self._thread = threading.Thread(target=run, args=(self.settings, worker_end, SystemClock()))
        self._thread.start()
        self.cameras = Cameras(cast(Hub, self), folder, self.settings.video.fps)
        url = f"rtsp://127.0.0.1:{port}"
        rows = tuple(
            Camera(name, n, Text(name, name), 37.5, 127.0, "", "street", f"{url}/main", True, sub)
            for n, (name, sub) in enumerate((("a", f"{url}/cam"), ("b", f"{url}/cam")), start=1)
        )
        self.cameras.take_rows(rows)
        self._data = CctvData(rows, None)
        self._presenter = CctvPresenter()
        self.state = ViewState(place=Place("cctv"), cctv=CameraWall(tiles=4))
        self.view = CctvView(make_theme(1920, 1080), self.cameras.frames)
        qtbot.addWidget(self.view)
        self.view.resize(1848, 842)
        self.view.show()

    def send(self, worker: str, message: Message) -> bool:
        """As the hub does."""
        assert worker == "video"
        self._link.send(message)
        return True

    def turn(self) -> None:
        """One turn of the wall's loop."""
        message = self._link.receive(0.01)
        if isinstance(message, CameraState):
            self.cameras.receive(message)
        now_ms = round(time.time() * 1000)
        live = Live(cameras=self.cameras.current())
        self.view.set_view_model(self._presenter.present(self.state, self._data, live, now_ms))
        self.view.set_now(now_ms)
        self.cameras.show(self.view.wanted())
        QApplication.processEvents()

    def until(self, done: Callable[[], bool], always: Callable[[], bool] = lambda: True) -> None:
        end_s = time.monotonic() + SOON_S
        while not done():
            assert time.monotonic() < end_s, self.cameras.states
            assert self.server.process.poll() is None, "the RTSP server has ended by itself"
            self.turn()
            assert always(), self.cameras.states

    def tile(self, camera: str) -> CameraTile | None:
        grid = self.view.stage if self.state.place.camera else self.view.cameras
        return next((t for t in grid.tiles if t.model.camera == camera), None)

    def shows(self, camera: str) -> bool:
        tile = self.tile(camera)
        return tile is not None and tile.seen > 0 and tile.caption.state() in SHOWS

    def width_px(self, camera: str) -> int:
        picture = self.cameras.frames.newest(camera)
        return picture.image.width() if picture is not None else 0

    def stop(self) -> None:
        self._link.stopped.set()
        self._thread.join()
        self.cameras.close()


@pytest.fixture
def server(gstreamer: None) -> Iterator[Server]:
    made = Server()
    yield made
    made.stop()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, server: Server) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, server.port)
    made.server = server
    yield made
    made.stop()


@pytest.mark.slow
def test_to_full_screen_into_it_and_back_without_a_gap_and_without_reopening(
    desk: Desk, server: Server
) -> None:
    desk.until(lambda: desk.shows("a") and desk.shows("b"))
    assert {s.stream for s in desk.cameras.states.values()} == {"sub"}
    before = server.connections
    desk.state = replace(desk.state, place=Place("cctv", camera="a"))
    desk.turn()

    def shows_a() -> bool:
        return desk.shows("a")

    desk.until(lambda: desk.cameras.states["a"].stream == "main", always=shows_a)
    tile = desk.tile("a")
    assert tile is not None
    wide = tile.wanted().width_px
    desk.until(lambda: abs(desk.width_px("a") - wide) <= 2, always=shows_a)

    zoomed = msgspec.structs.replace(desk.state.cctv, zoom=2.0, x=0.25, y=0.25)
    desk.state = replace(desk.state, cctv=zoomed)

    def part() -> float:
        picture = desk.cameras.frames.newest("a")
        return picture.region.width if picture is not None else 0.0

    desk.until(lambda: part() == pytest.approx(0.5, abs=0.01), always=shows_a)

    desk.state = replace(desk.state, place=Place("cctv"), cctv=CameraWall(tiles=4))
    desk.turn()
    desk.until(lambda: desk.cameras.states["a"].stream == "sub", always=shows_a)
    desk.until(lambda: desk.shows("a") and desk.shows("b"))
    assert server.connections == before + 1, "the main stream was opened once, nothing else"


@pytest.mark.slow
def test_a_hung_server_is_told_on_every_tile_and_its_return_as_well(
    desk: Desk, server: Server
) -> None:
    desk.until(lambda: desk.shows("a") and desk.shows("b"))
    os.kill(server.process.pid, signal.SIGSTOP)
    words: list[str] = []

    def stale() -> bool:
        tiles = [desk.tile("a"), desk.tile("b")]
        words[:] = [t.caption.state() for t in tiles if t is not None]
        return words == ["stale", "stale"]

    desk.until(stale)
    tile = desk.tile("a")
    assert tile is not None
    assert tile.seen > 0, "the last picture stays"
    assert "멈춤" in tile.caption.said().ko
    os.kill(server.process.pid, signal.SIGCONT)
    desk.until(lambda: desk.shows("a") and desk.shows("b"))
