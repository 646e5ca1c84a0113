"""A camera whose address is a signature: renewed while it plays, replaced when it expires."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import PathSettings
from kiosk.video.worker import run
from kiosk.wire import PairedLink
from kiosk.wire.messages import CameraState, CameraView, ShowCameras
from tests.helpers.hls_packager import Packager
from tests.helpers.web_server import Asked, WebServer


class Signed:
    """Serves a packager's folder to whoever has a signature that is good now."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.good = {"first"}
        self.asked: list[str] = []

    def page(self, signature: str) -> Callable[[Asked], None]:
        def answer(asked: Asked) -> None:
            self.asked.append(signature)
            if signature not in self.good:
                asked.give(403)
                return
            text = (self._folder / "live.m3u8").read_text()
            asked.give(200, text.replace("live", "/live").encode())

        return answer


@pytest.mark.slow
def test_a_renewed_signature_breaks_nothing_and_an_expired_one_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "hls"
    folder.mkdir()
    settings = Settings(
        paths=PathSettings(runtime_dir=str(tmp_path / "run"), data_dir=str(tmp_path / "data"))
    )
    signed = Signed(folder)
    pages = {f"76/{word}=": signed.page(word) for word in ("first", "second")}
    worker_end, link = PairedLink.pair()
    thread = threading.Thread(target=run, args=(settings, worker_end, SystemClock()))
    with Packager(folder), WebServer(folder, **pages) as server:
        thread.start()
        try:

            def show(word: str) -> None:
                url = f"{server.base}/76/{word}="
                link.send(ShowCameras((CameraView("its/1", url, 160, 90, signed=True),)))

            show("first")
            follow(link, lambda state: state.frame_t_ms is not None, 20)
            signed.good.add("second")
            show("second")
            follow(link, lambda state: "second" not in signed.asked, 1.5, always=True)
            signed.good.remove("first")
            follow(link, lambda state: "second" in signed.asked and state.state != "lost", 20)
            follow(link, lambda state: state.state in ("live", "delayed"), 20)
        finally:
            link.stopped.set()
            thread.join()


def follow(
    link: PairedLink,
    holds: Callable[[CameraState], bool],
    seconds: float,
    *,
    always: bool = False,
) -> None:
    """Until the last state told holds, or as long as it does throughout."""
    until, last = time.monotonic() + seconds, CameraState(camera="", state="connecting")
    while time.monotonic() < until:
        message = link.receive(0.05)
        if isinstance(message, CameraState):
            last = message
        if holds(last) != always:
            assert not always, last
            return
    assert always, last
