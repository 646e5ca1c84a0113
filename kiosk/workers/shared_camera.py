"""The wall's pictures for a call that both sides accepted; the camera stays the gestures'."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kiosk.core.clock import Clock
from kiosk.wire.calls import Call, shares_camera
from kiosk.wire.rings import RingWriter, ring_path
from kiosk.wire.shared import WALL_CAMERA

WIDTH_PX = 640
"""Pictures are made this wide: a tablet's screen shows no more of them, and half a core is the
price of larger ones."""


class SharedCamera:
    """Puts the pictures that it is shown into shared memory, while a call says so. The ring, and
    with it the last picture, goes when the call does."""

    def __init__(self, runtime_dir: Path, clock: Clock) -> None:
        self._path = ring_path(runtime_dir, WALL_CAMERA)
        self._clock = clock
        self._ring: RingWriter | None = None
        self.on = False

    def follow(self, call: Call | None) -> None:
        self.on = shares_camera(call)
        if not self.on:
            self.close()

    def show(self, t_ms: int, rgb: NDArray[np.uint8]) -> None:
        """A picture of the camera, (height, width, 3) of 8-bit RGB; `t_ms` is the camera's."""
        if not self.on:
            return
        import cv2  # late: a recorded session has no pictures

        height, width = rgb.shape[:2]
        share = min(1.0, WIDTH_PX / width)
        size = max(2, round(width * share) & ~1), max(2, round(height * share) & ~1)
        small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA) if share < 1 else rgb
        pixels = cv2.cvtColor(small, cv2.COLOR_RGB2BGRA)
        shown = pixels.shape[1], pixels.shape[0]
        if self._ring is None or (self._ring.width_px, self._ring.height_px) != shown:
            if self._ring is not None:
                self._ring.close()
            self._ring = RingWriter(self._path, *shown)
        self._ring.write(np.ascontiguousarray(pixels).data, self._clock.now_ms())

    def close(self) -> None:
        if self._ring is not None:
            self._ring.close(remove=True)
            self._ring = None
