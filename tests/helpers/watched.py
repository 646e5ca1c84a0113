"""A wall of cameras for tests, and what it tells of them."""

import time
from collections.abc import Callable
from pathlib import Path

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import PathSettings, VideoSettings
from kiosk.video.wall import Wall
from kiosk.wire.messages import CameraState, CameraView
from kiosk.wire.rings import Frame, RingReader, last_sequence, ring_path

STALE_S, LOST_S = 1.5, 3.0


class Watched:
    """A wall of cameras and what it tells."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.states: dict[str, CameraState] = {}
        self.settings = Settings(
            video=VideoSettings(fps=30, stale_s=STALE_S, lost_s=LOST_S, hidden_s=30),
            paths=PathSettings(runtime_dir=str(folder), data_dir=str(folder)),
        )
        self.wall = Wall(self.settings, SystemClock(), self._hear)

    def _hear(self, state: CameraState) -> None:
        self.states[state.camera] = state

    def show(self, *views: CameraView) -> None:
        self.wall.show(views)

    def wait(self, done: Callable[[], bool], timeout_s: float = 20.0) -> float:
        begin = time.monotonic()
        while not done():
            assert time.monotonic() - begin < timeout_s, f"not in {timeout_s} s: {self.states}"
            self.wall.tick()
            time.sleep(0.02)
        return time.monotonic() - begin

    def state(self, camera: str = "a") -> str:
        return self.states[camera].state

    def is_live(self) -> bool:
        return self.state() == "live"

    def more(self, pictures: int, camera: str = "a") -> None:
        """Waits for so many further pictures."""
        ring = ring_path(self.folder, camera)
        until = last_sequence(ring) + pictures
        self.wait(lambda: last_sequence(ring) >= until)

    def frame(self, camera: str = "a") -> Frame | None:
        reader = RingReader(ring_path(self.folder, camera))
        try:
            return reader.latest()
        finally:
            reader.close()
