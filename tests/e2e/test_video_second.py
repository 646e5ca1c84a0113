"""Large streams past the limit are decoded by a second process, which may die."""

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import PathSettings, VideoSettings
from kiosk.video import shares
from kiosk.video.apart import Apart
from kiosk.video.shares import LARGE_LIMIT, beyond
from kiosk.video.worker import run
from kiosk.wire import PairedLink
from kiosk.wire.messages import CameraState, CameraView, ShowCameras
from kiosk.wire.rings import last_sequence, ring_path
from tests.helpers.fake_camera import FakeCamera

HD = (1280, 720)


def views(count: int) -> tuple[CameraView, ...]:
    return tuple(CameraView(f"c{n}", "http://camera/x", 160, 90) for n in range(count))


def names(shown: tuple[CameraView, ...]) -> list[str]:
    return [view.camera for view in shown]


def test_only_large_streams_past_the_ninth_go_elsewhere_and_stay_there() -> None:
    everyone = frozenset(names(views(16)))
    assert beyond(views(16), frozenset(), frozenset()) == ()
    assert beyond(views(9), everyone, frozenset()) == ()
    moved = beyond(views(16), everyone, frozenset())
    assert names(moved) == [f"c{n}" for n in range(LARGE_LIMIT, 16)]
    assert beyond(views(16), frozenset(names(views(9))), frozenset(names(moved))) == moved
    assert beyond(views(9), frozenset(), frozenset(names(moved))) == ()


@pytest.mark.slow
def test_a_second_process_takes_over_and_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Apart] = []

    class Watched(Apart):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)  # type: ignore[arg-type]
            started.append(self)

    monkeypatch.setattr(shares, "LARGE_LIMIT", 1)
    monkeypatch.setattr(shares, "Apart", Watched)
    settings = Settings(
        video=VideoSettings(hidden_s=0),
        paths=PathSettings(runtime_dir=str(tmp_path), data_dir=str(tmp_path)),
    )
    worker_end, link = PairedLink.pair()
    states: dict[str, CameraState] = {}

    def wait(done: Callable[[], bool], timeout_s: float = 30.0) -> None:
        until = time.monotonic() + timeout_s
        while not done():
            assert time.monotonic() < until, states
            message = link.receive(0.05)
            if isinstance(message, CameraState):
                states[message.camera] = message

    def pictures() -> list[int]:
        return [last_sequence(ring_path(tmp_path, name)) for name in ("a", "b")]

    thread = threading.Thread(target=run, args=(settings, worker_end, SystemClock()))
    thread.start()
    with FakeCamera(size=HD) as one, FakeCamera(size=HD) as two:
        cameras = {"a": one, "b": two}
        try:
            link.send(ShowCameras(tuple(CameraView(n, c.url, 160, 90) for n, c in cameras.items())))
            wait(lambda: len(started) == 1)
            begin = pictures()
            wait(lambda: all(now > then + 5 for now, then in zip(pictures(), begin, strict=True)))
            wait(lambda: [state.state for state in states.values()] == ["live", "live"])
            os.kill(started[0].process.pid, signal.SIGKILL)
            wait(lambda: len(started) == 2)
            began = two.connections
            wait(lambda: two.connections > began or pictures()[1] > 5)
            assert one.connections == 1
            link.send(ShowCameras(()))
            wait(lambda: not started[1].alive)
        finally:
            link.stopped.set()
            thread.join()
