"""Which city cameras the wall shows, and how each of them is."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from kiosk.app.frames import RingFrames
from kiosk.app.hub import Hub
from kiosk.wire.city import Camera
from kiosk.wire.messages import CameraState, CameraView, ShowCameras

VIDEO = "video"


class Cameras:
    """Tells the video process what is wanted, once; keeps the states that it tells."""

    def __init__(self, hub: Hub, runtime_dir: Path, fps: float) -> None:
        self._hub = hub
        self._fps = fps
        self._rows: dict[str, Camera] = {}
        self._asked: tuple[CameraView, ...] | None = None
        self.frames = RingFrames(runtime_dir)
        self.states: dict[str, CameraState] = {}

    def take_rows(self, cameras: tuple[Camera, ...]) -> None:
        self._rows = {camera.id: camera for camera in cameras}

    def take_state(self, state: CameraState) -> None:
        self.states[state.camera] = state
        self.frames.take_state(state)

    def current(self) -> dict[str, CameraState]:
        """The states with the time of the picture on the wall.

        The video process tells a state when it changes; newer pictures of a live camera come
        through its ring alone.
        """
        shown = self.frames.shown_t_ms
        return {
            camera: msgspec.structs.replace(
                state, frame_t_ms=max(state.frame_t_ms or 0, shown[camera])
            )
            if camera in shown
            else state
            for camera, state in self.states.items()
        }

    def show(self, wanted: Mapping[str, tuple[int, int]]) -> None:
        """`wanted`: camera id -> size of its picture in pixels; all others are closed."""
        self.frames.keep_only(frozenset(wanted))
        views = tuple(
            CameraView(camera, self._rows[camera].url, width, height, self._fps)
            for camera, (width, height) in wanted.items()
            if camera in self._rows and width > 0 and height > 0
        )
        if views != self._asked and self._hub.send(VIDEO, ShowCameras(views)):
            self._asked = views

    def forget_asked(self) -> None:
        """A new video process knows nothing."""
        self._asked = None

    def close(self) -> None:
        self.frames.close()
