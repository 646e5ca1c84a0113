"""A video beside a recording: only for an installer who asked for it, with the lamp lit."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CODEC = "MJPG"


class VideoFile:
    """Motion-JPEG in an .avi, made when the first picture comes; nominal rate, no sound."""

    def __init__(self, path: Path, fps: float) -> None:
        self.path = path
        self.trouble = False
        self._fps = fps
        self._writer: Any = None

    def show(self, t_ms: int, rgb: NDArray[np.uint8]) -> None:
        """Writes a picture; `trouble` afterwards when the file can't be written."""
        import cv2  # late: a recording without video needs none

        if self._writer is None:
            height, width = rgb.shape[:2]
            fourcc = cv2.VideoWriter.fourcc(*CODEC)
            self._writer = cv2.VideoWriter(str(self.path), fourcc, self._fps, (width, height))
            self.trouble = not self._writer.isOpened()
            if not self.trouble:
                self.path.chmod(0o600)
        self._writer.write(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))

    def close(self) -> None:
        if self._writer is not None:
            self._writer.release()
