"""Camera pictures from the rings of the video process, as Qt images."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from kiosk.ui.charts.camera_model import Picture, Shared
from kiosk.wire.rings import Frame, InRing, RingReader, ring_path

_FORMAT = QImage.Format.Format_RGB32


class RingFrames:
    """Implements the tiles' FrameSource. The newest picture of each camera on the wall is kept: a
    tile that takes over from another one begins with it."""

    def __init__(self, runtime_dir: Path) -> None:
        self._runtime_dir = runtime_dir
        self._readers: dict[str, RingReader] = {}
        self._newest: dict[str, Picture] = {}

    def latest(self, camera_id: str, seen: int) -> Picture | None:
        reader = self._readers.get(camera_id)
        if reader is None:
            reader = RingReader(ring_path(self._runtime_dir, camera_id))
            self._readers[camera_id] = reader
        kept = self._newest.get(camera_id)
        found = reader.look(0 if kept is None else kept.sequence)
        if found is not None:
            kept = self._newest[camera_id] = _shared(reader, found)
        return None if kept is None or kept.sequence == seen else kept

    def newest(self, camera_id: str) -> Picture | None:
        """The last picture that a tile was given, still shared with its writer."""
        return self._newest.get(camera_id)

    def keep_only(self, cameras: frozenset[str]) -> None:
        """Closes the rings of cameras that are no longer on the wall."""
        for camera in [name for name in self._readers if name not in cameras]:
            self._readers.pop(camera).close()
            self._newest.pop(camera, None)

    def close(self) -> None:
        self.keep_only(frozenset())


def _picture(image: QImage, frame: Frame, shared: Shared | None = None) -> Picture:
    return Picture(image, frame.t_ms, frame.sequence, frame.region, frame.camera_t_ms, shared)


def _shared(reader: RingReader, found: InRing) -> Picture:
    frame, pixels = found.frame, memoryview(found.frame.pixels)
    image = QImage(pixels, frame.width_px, frame.height_px, frame.stride, _FORMAT)
    return _picture(image, frame, Shared(pixels, found.is_whole, partial(_copied, reader)))


def _copied(reader: RingReader) -> Picture | None:
    """The newest picture in memory of its own."""
    images: list[QImage] = []

    def target(width_px: int, height_px: int) -> memoryview:
        images.append(QImage(width_px, height_px, _FORMAT))
        pixels: memoryview = images[-1].bits()  # type: ignore[assignment]
        return pixels

    frame = reader.latest(target)
    return None if frame is None else _picture(images[-1], frame)
