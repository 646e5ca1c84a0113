"""Camera pictures from the rings of the video process, as Qt images."""

from pathlib import Path

from PySide6.QtGui import QImage

from kiosk.wire.messages import CameraState, CameraWord
from kiosk.wire.rings import RingReader, ring_path


class RingFrames:
    """Implements the tiles' FrameSource. A picture is handed out once; then None until the next."""

    def __init__(self, runtime_dir: Path) -> None:
        self._runtime_dir = runtime_dir
        self._readers: dict[str, RingReader] = {}
        self._seen: dict[str, int] = {}
        self._states: dict[str, CameraWord] = {}
        self.shown_t_ms: dict[str, int] = {}

    def take_state(self, state: CameraState) -> None:
        self._states[state.camera] = state.state

    def latest(self, camera_id: str) -> tuple[QImage, int, CameraWord] | None:
        reader = self._readers.get(camera_id)
        if reader is None:
            reader = RingReader(ring_path(self._runtime_dir, camera_id))
            self._readers[camera_id] = reader
        if reader.sequence() == self._seen.get(camera_id):
            return None
        frame = reader.latest()
        if frame is None:
            return None
        self._seen[camera_id] = frame.sequence
        self.shown_t_ms[camera_id] = frame.t_ms
        image = QImage(
            frame.pixels,
            frame.width_px,
            frame.height_px,
            frame.stride,
            QImage.Format.Format_RGB32,
        ).copy()  # a QImage does not keep the bytes that it was made from
        return image, frame.t_ms, self._states.get(camera_id, "live")

    def keep_only(self, cameras: frozenset[str]) -> None:
        """Closes the rings of cameras that are no longer on the wall."""
        for camera in [name for name in self._readers if name not in cameras]:
            self._readers.pop(camera).close()
            self._seen.pop(camera, None)
            self.shown_t_ms.pop(camera, None)

    def forget_seen(self) -> None:
        """The next question is answered with the newest picture again: a new tile has none."""
        self._seen.clear()

    def close(self) -> None:
        self.keep_only(frozenset())
