"""Which city cameras the wall shows, and how each of them is."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from kiosk.app.hub import Hub
from kiosk.app.part import Part
from kiosk.ui.charts.camera_model import Wanted
from kiosk.ui.charts.frames import RingFrames
from kiosk.wire.city import Camera
from kiosk.wire.messages import CameraState, CameraView, ShowCameras

VIDEO = "video"


class Cameras(Part):
    """Tells the video process what is wanted, once; keeps the states that it tells."""

    hears = (CameraState,)

    def __init__(self, hub: Hub, runtime_dir: Path, fps: float) -> None:
        self._hub = hub
        self._fps = fps
        self._rows: dict[str, Camera] = {}
        self._wanted: Mapping[str, Wanted] = {}
        self._asked: tuple[CameraView, ...] | None = None
        self.frames = RingFrames(runtime_dir)
        self.states: dict[str, CameraState] = {}

    def take_rows(self, cameras: tuple[Camera, ...]) -> None:
        self._rows = {camera.id: camera for camera in cameras}

    def row(self, camera: str) -> Camera | None:
        return self._rows.get(camera)

    def receive(self, message: CameraState) -> None:
        self.states[message.camera] = message

    def current(self) -> dict[str, CameraState]:
        """The states with the time of the picture on the wall.

        The video process tells a state when it changes; newer pictures of a live camera come
        through its ring alone.
        """
        return {camera: self._with_newest(state) for camera, state in self.states.items()}

    def _with_newest(self, state: CameraState) -> CameraState:
        picture, told_ms = self.frames.newest(state.camera), state.frame_t_ms or 0
        if picture is None or picture.t_ms <= told_ms:
            return state
        return msgspec.structs.replace(
            state, frame_t_ms=picture.t_ms, camera_t_ms=picture.camera_t_ms
        )

    def show(self, wanted: Mapping[str, Wanted]) -> None:
        """Exactly these are asked for; of a hidden one no picture is read."""
        self._wanted = wanted
        seen = (camera for camera, wish in wanted.items() if wish.purpose != "hidden")
        self.frames.keep_only(frozenset(seen))
        views = tuple(
            self._view(self._rows[camera], wish)
            for camera, wish in wanted.items()
            if camera in self._rows and wish.width_px > 0 and wish.height_px > 0
        )
        if views != self._asked and self._hub.send(VIDEO, ShowCameras(views)):
            self._asked = views

    def _view(self, row: Camera, wish: Wanted) -> CameraView:
        return CameraView(
            camera=row.id,
            url=row.url,
            width_px=wish.width_px,
            height_px=wish.height_px,
            fps=self._fps,
            sub_url=row.sub_url,
            purpose=wish.purpose,
            region=wish.region,
            login=row.login,
            signed=row.signed,
        )

    def came(self, worker: str) -> None:
        """A new video process is told again."""
        if worker == VIDEO:
            self._asked = None
            self.show(self._wanted)

    def close(self) -> None:
        self.frames.close()
