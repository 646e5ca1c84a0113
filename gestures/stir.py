"""Where something moves in front of the camera: elsewhere, no hand need be looked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gestures.camera import Rgb
from gestures.crop import Crop

CELL_PX = 40  # a cell averages 400 pixels: a camera's noise of 10 levels becomes 0.5
CHANGED_LEVELS = 4  # of 255, in any cell

Place = tuple[float, float]


class Stir:
    """Compares each picture with the one before, in coarse cells."""

    def __init__(self) -> None:
        self._before: NDArray[np.int16] | None = None
        self._changed_ms = np.empty((0, 0), np.int64)
        self._t_ms = 0

    def see(self, rgb: Rgb, t_ms: int) -> None:
        """Takes the next picture; everything in the first one counts as moving."""
        now = _cells(rgb)
        before, self._before = self._before, now
        self._t_ms = t_ms
        if before is None or before.shape != now.shape:
            self._changed_ms = np.full(now.shape, t_ms, np.int64)
        else:
            self._changed_ms[np.abs(now - before) > CHANGED_LEVELS] = t_ms

    def anywhere(self, within_ms: int) -> bool:
        """Whether anything has moved in so many milliseconds."""
        return bool((self._t_ms - self._changed_ms < within_ms).any())

    def places(self, within_ms: int, part: Crop, without: Crop | None = None) -> list[Place]:
        """The cells (their middles in pixels, from left to right) in which something has moved in
        so many milliseconds, in a part of the picture, or in it without a part of it.

        None of them when everything has, as in a first picture.
        """
        moving = self._t_ms - self._changed_ms < within_ms
        if moving.all():
            return []
        if without is not None:
            moving[_cells_of(without)] = False
        rows, columns = _cells_of(part)
        return [
            ((columns.start + x + 0.5) * CELL_PX, (rows.start + y + 0.5) * CELL_PX)
            for x, y in np.argwhere(moving[rows, columns].T).tolist()
        ]


def _cells_of(crop: Crop) -> tuple[slice, slice]:
    left, top = max(0, crop.x // CELL_PX), max(0, crop.y // CELL_PX)
    right, bottom = -(-(crop.x + crop.side) // CELL_PX), -(-(crop.y + crop.side) // CELL_PX)
    return slice(top, max(0, bottom)), slice(left, max(0, right))


def _cells(rgb: Rgb) -> NDArray[np.int16]:
    """Mean green per cell; every second row and column is enough."""
    import cv2

    rows, columns = rgb.shape[0] // CELL_PX, rgb.shape[1] // CELL_PX
    if not rows or not columns:
        return np.zeros((rows, columns), np.int16)
    green = np.ascontiguousarray(rgb[: rows * CELL_PX : 2, : columns * CELL_PX : 2, 1])
    means: Rgb = cv2.resize(green, (columns, rows), interpolation=cv2.INTER_AREA)
    return means.astype(np.int16)
