"""The set of cameras on the wall: opens, shows, hides and closes them, and tells their states."""

from collections.abc import Callable
from pathlib import Path

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.video import reasons
from kiosk.video.address import AddressError
from kiosk.video.camera import Camera
from kiosk.video.kept import KeptPictures
from kiosk.video.source import Means
from kiosk.video.stream import Stream
from kiosk.wire.messages import CameraState, CameraView
from kiosk.wire.text import Text

KEPT = "cameras"
# Cameras out of sight that stay open: more would be decoded and remembered for nobody.
HIDDEN_LIMIT = 16
_STOP_WAIT_MS = 500.0
# A newer picture of a live camera is no news; one that comes so much later than before is.
_DELAY_NEWS_MS = 500


class Wall:
    """Cameras by id; one whose address is refused is `off`. Used by one thread."""

    def __init__(self, settings: Settings, clock: Clock, tell: Callable[[CameraState], object]):
        self._settings = settings
        self._clock = clock
        self._tell = tell
        self._means = Means.of(settings, clock)
        self._kept = KeptPictures(Path(settings.paths.data_dir) / KEPT, settings.video, clock)
        self._cameras: dict[str, Camera] = {}
        self._refused: dict[str, Text] = {}
        self._closing: list[Stream] = []
        self._told: dict[str, CameraState] = {}

    def show(self, views: tuple[CameraView, ...]) -> None:
        """Makes exactly these cameras the seen ones, and tells every one's state afresh."""
        wanted = {view.camera: view for view in views}
        for name, camera in self._cameras.items():
            if name not in wanted:
                camera.hide()
        self._refused.clear()
        for view in wanted.values():
            self._show(view)
        self._told.clear()
        self.tick()

    def _show(self, view: CameraView) -> None:
        try:
            if view.camera in self._cameras:
                self._cameras[view.camera].show(view)
            else:
                self._cameras[view.camera] = self._opened(view)
        except (AddressError, ValueError) as error:
            self._refused[view.camera] = reasons.reason_of(error)
            if view.camera in self._cameras:
                self._close(view.camera)

    def _opened(self, view: CameraView) -> Camera:
        return Camera(view, self._settings, self._clock, self._means, self._kept)

    def states(self) -> dict[str, CameraState]:
        """Of the cameras on the wall; nobody asks after those out of sight."""
        states = {
            name: CameraState(camera=name, state="off", reason=reason, refused=True)
            for name, reason in self._refused.items()
        }
        for name, camera in self._cameras.items():
            if camera.hidden_ms is None:
                states[name] = camera.state()
        return states

    def drop(self, cameras: set[str]) -> None:
        """Closes these at once: another process opens them."""
        for name in cameras & self._cameras.keys():
            self._close(name)

    def tick(self) -> None:
        """Closes what has been out of sight for long, and tells the states that changed."""
        self._close_hidden()
        for camera in self._cameras.values():
            camera.tick()
        for name, state in self.states().items():
            told = self._told.get(name)
            if told is None or _differs(told, state):
                self._told[name] = state
                self._tell(state)

    def stop(self) -> None:
        """Closes everything in well under a second; a hung camera's thread ends by itself."""
        for camera in list(self._cameras):
            self._close(camera)
        until_ms = self._clock.monotonic_ms() + _STOP_WAIT_MS
        for stream in self._closing:
            stream.join(max(0.0, (until_ms - self._clock.monotonic_ms()) / 1000))

    def _close_hidden(self) -> None:
        hidden = sorted(
            (camera.hidden_ms, name)
            for name, camera in self._cameras.items()
            if camera.hidden_ms is not None
        )
        until_ms = self._clock.monotonic_ms() - self._settings.video.hidden_s * 1000
        for place, (since_ms, name) in enumerate(reversed(hidden)):
            if since_ms <= until_ms or place >= HIDDEN_LIMIT:
                self._close(name)

    def _close(self, camera: str) -> None:
        streams = self._cameras.pop(camera).stop()
        self._closing = [old for old in self._closing if not old.join(0)]
        self._closing += streams


def _differs(told: CameraState, state: CameraState) -> bool:
    """Whether there is more news than a newer picture that comes as promptly as before."""
    if state.state != "live" and told.frame_t_ms != state.frame_t_ms:
        return True
    if abs(told.delay_ms - state.delay_ms) > _DELAY_NEWS_MS:
        return True
    return _steady(told) != _steady(state)


def _steady(state: CameraState) -> tuple[object, ...]:
    """What changes seldom."""
    known = state.camera_t_ms is not None
    return (
        state.state,
        state.attempt,
        state.ring,
        known,
        state.period_ms,
        state.kept,
        state.codec,
        state.decoder,
        state.width_px,
        state.height_px,
        state.stream,
        state.reason,
        state.refused,
    )
