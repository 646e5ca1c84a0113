"""When the wall says that everything is on."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from kiosk.app.readiness import Readiness
from kiosk.wire.messages import CameraState, FullyOn, Message


class Start:
    """A wall that comes on: its processes, the cameras of its panel, and what was announced."""

    def __init__(self, *cameras: str) -> None:
        self.states: dict[str, CameraState] = {}
        self.processes = [SimpleNamespace(name="video", state="running")]
        self.panels = SimpleNamespace(filled=True, cameras=lambda: cameras)
        self.said: list[Message] = []
        world = SimpleNamespace(processes=lambda: self.processes, now_ms=lambda: 1000)
        self.readiness = Readiness(
            cast(Any, world), cast(Any, self.panels), self.states, self.said.append
        )

    def hear(self, camera: str, word: Any) -> None:
        self.states[camera] = CameraState(camera=camera, state=word)
        self.readiness.tick()


def test_every_camera_live_is_on_once() -> None:
    start = Start("a", "b")
    start.readiness.tick()
    start.hear("a", "live")
    assert start.said == [], "nobody knows yet how b is"
    start.hear("b", "delayed")
    start.hear("b", "live")
    assert start.said == [FullyOn(1000)]


@pytest.mark.parametrize("word", ["lost", "stale", "off"])
def test_a_dead_camera_holds_nothing_back_once_it_says_so(word: str) -> None:
    start = Start("a", "b")
    start.hear("a", "live")
    start.hear("b", "connecting")
    assert start.said == []
    start.hear("b", word)
    assert start.said == [FullyOn(1000, silent=1)]


@pytest.mark.parametrize("lacking", ["processes", "data", "start"])
def test_what_is_still_to_come_is_waited_for(lacking: str) -> None:
    start = Start("a")
    if lacking == "processes":
        start.processes.clear()
    elif lacking == "start":
        start.processes[0].state = "starting"
    start.panels.filled = lacking != "data"
    start.hear("a", "live")
    assert start.said == []
