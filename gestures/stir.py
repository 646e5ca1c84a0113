"""Whether anything moves in front of the camera: where nothing does, no hand need be looked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gestures.camera import Rgb

CELL_PX = 40  # a cell averages 400 pixels: a camera's noise of 10 levels becomes 0.5
CHANGED_LEVELS = 4.0  # of 255, in any cell
LASTS_MS = 2000


class Stir:
    """Compares each picture with the one before, in coarse cells."""

    def __init__(self) -> None:
        self._before: NDArray[np.float32] | None = None
        self._until_ms = 0

    def moves(self, rgb: Rgb, t_ms: int) -> bool:
        """True from a change until LASTS_MS after it; the first picture is a change."""
        now = _cells(rgb)
        before, self._before = self._before, now
        if (
            before is None
            or before.shape != now.shape
            or float(np.abs(now - before).max(initial=0.0)) > CHANGED_LEVELS
        ):
            self._until_ms = t_ms + LASTS_MS
        return t_ms < self._until_ms


def _cells(rgb: Rgb) -> NDArray[np.float32]:
    """Mean green per cell; every second row and column is enough."""
    rows, columns = rgb.shape[0] // CELL_PX, rgb.shape[1] // CELL_PX
    green = rgb[: rows * CELL_PX : 2, : columns * CELL_PX : 2, 1]
    half = CELL_PX // 2
    cells = green.reshape(rows, half, columns, half)
    means: NDArray[np.float32] = cells.mean(axis=(1, 3), dtype=np.float32)
    return means
