"""Which cameras a second video process takes: one decodes nine large streams at most."""

from collections.abc import Mapping
from queue import Empty, SimpleQueue

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.video.apart import Apart
from kiosk.wire.messages import CameraState, CameraView, Message, ShowCameras

LARGE_PX = 1280 * 720
LARGE_LIMIT = 9
_AGAIN_MS = 2000.0


def beyond(
    views: tuple[CameraView, ...], large: frozenset[str], there: frozenset[str]
) -> tuple[CameraView, ...]:
    """Those for the second process: large ones past the ninth; who is `there` stays there."""
    stay = [view for view in views if view.camera in there]
    here = [view for view in views if view.camera in large and view.camera not in there]
    return (*stay, *here[LARGE_LIMIT:])


class Second:
    """A second video process, there only while it has cameras. Used by one thread."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._apart: Apart | None = None
        self._views: tuple[CameraView, ...] = ()
        self._told: SimpleQueue[Message] = SimpleQueue()
        self._started_ms = -_AGAIN_MS
        self.states: dict[str, CameraState] = {}

    @property
    def cameras(self) -> frozenset[str]:
        return frozenset(view.camera for view in self._views)

    def show(self, views: tuple[CameraView, ...]) -> None:
        self._views = views
        self.states = {name: s for name, s in self.states.items() if name in self.cameras}
        if not views:
            self.close()
        elif self._apart is not None:
            self._apart.send(ShowCameras(views))
        else:
            self._start()

    def news(self) -> list[CameraState]:
        """What it has told since; starts it again when it has died, but not at once again."""
        if self._apart is not None and not self._apart.alive:
            self.close()
        if self._apart is None and self._views:
            self._start()
        news: list[CameraState] = []
        while True:
            try:
                message = self._told.get_nowait()
            except Empty:
                return news
            if isinstance(message, CameraState) and message.camera in self.cameras:
                self.states[message.camera] = message
                news.append(message)

    def close(self) -> None:
        if self._apart is not None:
            self._apart.close()
            self._apart = None

    def _start(self) -> None:
        now_ms = self._clock.monotonic_ms()
        if now_ms - self._started_ms < _AGAIN_MS:
            return
        self._started_ms = now_ms
        self._apart = Apart(self._settings, self._told.put)
        self._apart.send(ShowCameras(self._views))


def large_ones(states: Mapping[str, CameraState]) -> frozenset[str]:
    """Cameras whose stream is known to be large."""
    return frozenset(
        name for name, state in states.items() if state.width_px * state.height_px >= LARGE_PX
    )
