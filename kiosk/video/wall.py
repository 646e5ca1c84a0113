"""The set of cameras on the wall: opens, resizes and closes streams, and tells their states."""

from collections.abc import Callable
from pathlib import Path

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.video.address import AddressError, check_address
from kiosk.video.freshness import state_of
from kiosk.video.stream import Stream, Tile
from kiosk.wire.messages import CameraState, CameraView
from kiosk.wire.rings import ring_path

_STOP_WAIT_MS = 500.0


class Wall:
    """Streams by camera id; a camera whose address is refused is `off`. Used by one thread."""

    def __init__(self, settings: Settings, clock: Clock, tell: Callable[[CameraState], object]):
        self._settings = settings
        self._clock = clock
        self._tell = tell
        self._runtime_dir = Path(settings.paths.runtime_dir)
        self._streams: dict[str, Stream] = {}
        self._refused: set[str] = set()
        self._closing: list[Stream] = []
        self._told: dict[str, CameraState] = {}

    def show(self, views: tuple[CameraView, ...]) -> None:
        """Makes exactly these cameras the open ones, and tells every one's state afresh."""
        wanted = {view.camera: view for view in views}
        for camera, stream in list(self._streams.items()):
            if camera not in wanted or wanted[camera].url != stream.url:
                self._close(camera)
        self._refused.clear()
        for view in wanted.values():
            tile = Tile(
                max(1, view.width_px),
                max(1, view.height_px),
                max(0.1, min(view.fps, self._settings.video.fps)),
            )
            if view.camera in self._streams:
                self._streams[view.camera].resize(tile)
            else:
                self._open(view, tile)
        self._told.clear()
        self.tell_changes()

    def states(self) -> dict[str, CameraState]:
        video, now_ms = self._settings.video, self._clock.monotonic_ms()
        states = {camera: CameraState(camera=camera, state="off") for camera in self._refused}
        for camera, stream in self._streams.items():
            progress = stream.progress
            states[camera] = CameraState(
                camera=camera,
                state=state_of(progress, now_ms, video),
                frame_t_ms=progress.frame_t_ms,
                delay_ms=progress.delay_ms,
                camera_t_ms=progress.camera_t_ms,
                attempt=progress.attempt,
                ring=str(stream.ring) if progress.frame_t_ms is not None else None,
            )
        return states

    def tell_changes(self) -> None:
        """Tells the states that changed; a newer picture of a live camera is no change."""
        for camera, state in self.states().items():
            told = self._told.get(camera)
            if told is None or _differs(told, state):
                self._told[camera] = state
                self._tell(state)

    def stop(self) -> None:
        """Closes everything in well under a second; a hung camera's thread ends by itself."""
        for camera in list(self._streams):
            self._close(camera)
        until_ms = self._clock.monotonic_ms() + _STOP_WAIT_MS
        for stream in self._closing:
            stream.join(max(0.0, (until_ms - self._clock.monotonic_ms()) / 1000))

    def _open(self, view: CameraView, tile: Tile) -> None:
        loopback = self._settings.city.demo
        try:
            check_address(view.url, loopback=loopback)
            ring = ring_path(self._runtime_dir, view.camera)
        except (AddressError, ValueError):
            self._refused.add(view.camera)
            return
        stream = Stream(
            view.camera,
            view.url,
            ring,
            tile,
            self._clock,
            self._settings.video.lost_s,
            loopback=loopback,
        )
        self._streams[view.camera] = stream
        stream.start()

    def _close(self, camera: str) -> None:
        stream = self._streams.pop(camera)
        stream.stop()
        self._closing = [old for old in self._closing if not old.join(0)]
        self._closing.append(stream)


def _differs(told: CameraState, state: CameraState) -> bool:
    if (told.state, told.attempt, told.ring) != (state.state, state.attempt, state.ring):
        return True
    return state.state != "live" and told.frame_t_ms != state.frame_t_ms
