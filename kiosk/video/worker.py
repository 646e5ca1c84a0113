"""Main of the video process: follows what the wall wants to show and tells how each camera is."""

import contextlib
import threading
from collections import Counter
from collections.abc import Iterator

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.video.cores import Cores, Linux
from kiosk.video.shares import Second, beyond, large_ones
from kiosk.video.wall import Wall
from kiosk.wire import Link, Text
from kiosk.wire.messages import CameraState, CameraView, Health, ShowCameras, State, Stop

_TICK_S = 0.1


def run(settings: Settings, link: Link, clock: Clock, *, alone: bool = False) -> None:
    """Serves `ShowCameras` until the link stops; pictures go to runtime_dir/rings/<camera>.ring.

    Past nine large streams a second process takes the others, unless this one is `alone`.
    """
    both = _Both(settings, link, clock, alone=alone)
    told: Health | None = None
    try:
        with _own_cores(clock) as cores:
            while not link.stopped.is_set():
                message = link.receive(_TICK_S)
                if isinstance(message, Stop):
                    return
                if isinstance(message, ShowCameras):
                    both.show(message.views)
                both.tick()
                if cores is not None:
                    cores.tick()
                health = _health(Counter(state.state for state in both.states().values()))
                if health != told:
                    told = health
                    link.send(health)
    finally:
        both.stop()


@contextlib.contextmanager
def _own_cores(clock: Clock) -> Iterator[Cores | None]:
    """Of a process that does nothing else; of one whose main thread is another's, none."""
    if threading.current_thread() is not threading.main_thread() or not Linux.known():
        yield None
        return
    cores = Cores(Linux(), clock)
    try:
        yield cores
    finally:
        cores.close()


class _Both:
    """This process's cameras and the second one's."""

    def __init__(self, settings: Settings, link: Link, clock: Clock, *, alone: bool) -> None:
        self._link = link
        self._alone = alone
        self._views: tuple[CameraView, ...] = ()
        self._wall = Wall(settings, clock, link.send)
        self._second = Second(settings, clock)

    def show(self, views: tuple[CameraView, ...]) -> None:
        self._views = views
        there = () if self._alone else beyond(views, self._large(), self._second.cameras)
        names = {view.camera for view in there}
        if there or self._second.cameras:
            self._wall.drop(names)
            self._second.show(there)
        self._wall.show(tuple(view for view in views if view.camera not in names))

    def tick(self) -> None:
        self._wall.tick()
        for state in self._second.news():
            self._link.send(state)
        if not self._alone:
            there = beyond(self._views, self._large(), self._second.cameras)
            if len(there) > len(self._second.cameras):
                self.show(self._views)

    def states(self) -> dict[str, CameraState]:
        return self._second.states | self._wall.states()

    def stop(self) -> None:
        self._wall.stop()
        self._second.close()

    def _large(self) -> frozenset[str]:
        return large_ones(self._wall.states())


def _health(counts: "Counter[str]") -> Health:
    """One lost camera is its tile's affair; the lamp changes when none shows anything."""
    total = sum(counts.values())
    silent = counts["lost"] + counts["off"]
    state: State = "running"
    reason = Text("", "")
    if total and silent == total:
        state = "degraded"
        reason = Text("모든 카메라 영상이 끊겼습니다", "Every camera has lost its picture")
    elif silent:
        reason = Text(f"카메라 {total}대 중 {silent}대 끊김", f"{silent} of {total} cameras lost")
    return Health(worker="video", state=state, reason=reason)
