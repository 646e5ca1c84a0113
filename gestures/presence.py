"""Whether a person is near, from the camera's pictures; none outlives the look at it.

A hand that is followed is a person. Otherwise a face is looked for: where it was last, and where
something stirs. What stirs without a face (a tree, a curtain, a screen) is only a reason to look.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gestures.camera import Picture, Rgb
from gestures.faces import Box, FaceFinder
from gestures.nearness import GONE_MS, Nearness

CELL_PX = 40
CHANGED_LEVELS = 4  # of 255 in a cell's mean, as for hands (gestures/stir.py)
AROUND_CELLS = 2  # a face may keep still above what moves
PX_PER_MS = 250  # looking at so many pixels in vain is paid with a millisecond's rest
FACES = 1.5  # around a face, in its widths: how far a person moves between two looks


class PresenceWatch:
    """Looks at a few pictures a second, and only where something stirs or a face was."""

    def __init__(self, faces: FaceFinder | None) -> None:
        """faces: None sees people by their hands alone."""
        self._faces = faces
        self._nearness = Nearness()
        self._before: NDArray[np.int16] | None = None
        self._face: Box | None = None
        self._face_ms = 0
        self._rests_until_ms: float = 0.0

    @property
    def near(self) -> bool:
        """Somebody is near."""
        return self._nearness.near

    def see(self, picture: Picture, hand: bool) -> None:
        """Takes the next picture. hand: one is followed in it."""
        t_ms = picture.t_ms
        if not self._nearness.due(t_ms):
            return
        if hand:
            self._nearness.tell(True, t_ms)
        elif t_ms >= self._rests_until_ms:
            self._nearness.tell(self._look(picture), t_ms)

    def _look(self, picture: Picture) -> bool:
        if self._faces is None:
            return False
        stirs = self._stirring(picture.rgb)
        found = self._find(self._faces, picture, self._around_face(picture))
        if found is None:
            found = self._find(self._faces, picture, stirs)
        if found is not None:
            self._face, self._face_ms = found, picture.t_ms
        return found is not None

    def _find(self, faces: FaceFinder, picture: Picture, part: Box | None) -> Box | None:
        if part is None:
            return None
        found = faces.find(picture.rgb, part)
        if found is None:
            pixels = (part.right - part.left) * (part.bottom - part.top)
            self._rests_until_ms = picture.t_ms + pixels / PX_PER_MS
        return found

    def _around_face(self, picture: Picture) -> Box | None:
        face = self._face
        if face is None or picture.t_ms - self._face_ms > GONE_MS:
            return None
        margin = round(FACES * (face.right - face.left))
        return _grown(face, margin, picture.rgb)

    def _stirring(self, rgb: Rgb) -> Box | None:
        """What has changed since the last look."""
        now = _cells(rgb)
        before, self._before = self._before, now
        if before is None or before.shape != now.shape:
            return None
        rows, columns = np.nonzero(np.abs(now - before) > CHANGED_LEVELS)
        if not rows.size:
            return None
        left, right = int(columns.min()) * CELL_PX, (int(columns.max()) + 1) * CELL_PX
        top, bottom = int(rows.min()) * CELL_PX, (int(rows.max()) + 1) * CELL_PX
        return _grown(Box(left, top, right, bottom), AROUND_CELLS * CELL_PX, rgb)


def _grown(box: Box, margin_px: int, rgb: Rgb) -> Box:
    height, width = rgb.shape[:2]
    return Box(
        max(0, box.left - margin_px),
        max(0, box.top - margin_px),
        min(width, box.right + margin_px),
        min(height, box.bottom + margin_px),
    )


def _cells(rgb: Rgb) -> NDArray[np.int16]:
    """Mean green per cell of CELL_PX; every second row and column is enough."""
    import cv2

    rows, columns = max(1, rgb.shape[0] // CELL_PX), max(1, rgb.shape[1] // CELL_PX)
    green = np.ascontiguousarray(rgb[::2, ::2, 1])
    cells: NDArray[np.int16] = cv2.resize(
        green, (columns, rows), interpolation=cv2.INTER_AREA
    ).astype(np.int16)
    return cells
