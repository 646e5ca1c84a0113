"""The video process against a real RTSP server: H.264 over TCP, killed, stopped, and back.

The server is Debian's (apt: gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good
gstreamer1.0-plugins-ugly) under /usr/bin/python3; without it the tests skip.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import PathSettings, VideoSettings
from kiosk.video.worker import run
from kiosk.wire import PairedLink
from kiosk.wire.messages import CameraState, CameraView, ShowCameras
from kiosk.wire.rings import RingReader, ring_path

PYTHON = Path("/usr/bin/python3")
SERVER = Path(__file__).parents[1] / "helpers" / "rtsp_server.py"
PROBE = "import gi; gi.require_version('GstRtspServer', '1.0'); gi.require_version('Gst', '1.0')"
PLUGINS = (
    "import gi; gi.require_version('Gst', '1.0'); from gi.repository import Gst; Gst.init(None);"
    "assert Gst.ElementFactory.find('x264enc') and Gst.ElementFactory.find('rtph264pay')"
)


@pytest.fixture(scope="module")
def gstreamer() -> None:
    for probe in (PROBE, PLUGINS):
        if (
            not PYTHON.exists()
            or subprocess.run([PYTHON, "-c", probe], capture_output=True).returncode
        ):
            pytest.skip(
                "no RTSP server on this machine: apt gir1.2-gst-rtsp-server-1.0 python3-gi "
                "gstreamer1.0-plugins-good gstreamer1.0-plugins-ugly"
            )


@pytest.fixture
def server(gstreamer: None) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen([PYTHON, SERVER], stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.send_signal(signal.SIGCONT)
        process.kill()


@pytest.mark.slow
def test_rtsp_shows_is_found_out_when_stopped_and_comes_back(
    tmp_path: Path, server: "subprocess.Popen[str]"
) -> None:
    assert server.stdout is not None
    port = int(server.stdout.readline())
    settings = Settings(
        video=VideoSettings(stale_s=1, lost_s=2),
        paths=PathSettings(runtime_dir=str(tmp_path), data_dir=str(tmp_path)),
    )
    worker_end, link = PairedLink.pair()
    thread = threading.Thread(target=run, args=(settings, worker_end, SystemClock()))
    thread.start()
    try:
        url = f"rtsp://127.0.0.1:{port}/cam"
        link.send(ShowCameras((CameraView("a", url, 480, 270),)))
        wait_for(link, "live", 10)
        reader = RingReader(ring_path(tmp_path, "a"))
        frame = reader.latest()
        assert frame is not None
        assert (frame.width_px, frame.height_px) == (480, 270)
        first = reader.sequence()
        until = time.monotonic() + 10
        while reader.sequence() < first + 10 and time.monotonic() < until:
            link.receive(0.02)
        assert reader.sequence() >= first + 10
        os.kill(server.pid, signal.SIGSTOP)
        wait_for(link, "stale", 5)
        wait_for(link, "lost", 5)
        os.kill(server.pid, signal.SIGCONT)
        wait_for(link, "live", 15)
        reader.close()
    finally:
        stopping = time.monotonic()
        link.stopped.set()
        thread.join()
    assert time.monotonic() - stopping < 1.0


def wait_for(link: PairedLink, state: str, timeout_s: float) -> None:
    until, told = time.monotonic() + timeout_s, []
    while time.monotonic() < until:
        message = link.receive(0.1)
        if isinstance(message, CameraState):
            told.append(message)
            if message.state == state:
                return
    raise AssertionError(f"not {state} in {timeout_s} s: {told}")
