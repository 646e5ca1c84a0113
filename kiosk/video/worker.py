"""Main of the video process: follows what the wall wants to show and tells how each camera is."""

from collections import Counter

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.video.wall import Wall
from kiosk.wire import Link, Text
from kiosk.wire.messages import Health, ShowCameras, State, Stop

_TICK_S = 0.1


def run(settings: Settings, link: Link, clock: Clock) -> None:
    """Serves `ShowCameras` until the link stops; pictures go to runtime_dir/rings/<camera>.ring."""
    wall = Wall(settings, clock, link.send)
    told: Health | None = None
    try:
        while not link.stopped.is_set():
            message = link.receive(_TICK_S)
            if isinstance(message, Stop):
                return
            if isinstance(message, ShowCameras):
                wall.show(message.views)
            wall.tick()
            health = _health(Counter(state.state for state in wall.states().values()))
            if health != told:
                told = health
                link.send(health)
    finally:
        wall.stop()


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
