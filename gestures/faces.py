"""Faces that look towards the camera, and how far away they are. Nobody is recognised."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gestures.camera import Rgb
from gestures.errors import ModelError

CASCADE = "haarcascade_frontalface_alt2.xml"  # inside OpenCV's own package
FACE_M = 0.16  # width of the square that the cascade puts on an adult's face, median of 18 people
SMALLEST_PX = 26  # a little more than the 20 pixels that the cascade was trained on
NEAREST_M = 0.4
SMALL_FACE = 0.85  # of FACE_M: the smallest adult's face that still counts at near_m
SCALE_STEP = 1.1
NEIGHBOURS = 4


class Box(NamedTuple):
    """A part of a picture, in its pixels."""

    left: int
    top: int
    right: int
    bottom: int


class FaceFinder:
    """Looks for faces up to a distance.

    near_m: faces farther away do not count. lens_deg: horizontal angle of the lens, degrees.
    """

    def __init__(self, near_m: float, lens_deg: float) -> None:
        """Raises ModelError."""
        self._near_m = near_m
        self._focal = 0.5 / math.tan(math.radians(lens_deg) / 2)  # in widths of the picture
        self._cascade = _cascade()

    def find(self, rgb: Rgb, part: Box) -> Box | None:
        """The largest near face in a part of a picture; how wide it is tells how far it is, as a
        pinhole camera shows it."""
        import cv2

        width = rgb.shape[1]
        at_near_px = FACE_M * self._focal * width / self._near_m
        scale = min(1.0, SMALLEST_PX / at_near_px)
        grey = cv2.cvtColor(rgb[part.top : part.bottom, part.left : part.right], cv2.COLOR_RGB2GRAY)
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        least = round(at_near_px * scale * SMALL_FACE)
        most = round(at_near_px * scale * self._near_m / NEAREST_M)
        found = self._cascade.detectMultiScale(
            small, SCALE_STEP, NEIGHBOURS, minSize=(least, least), maxSize=(most, most)
        )
        if not len(found):
            return None
        x, y, side, _ = (round(float(v) / scale) for v in max(found, key=lambda box: box[2]))
        left, top = part.left + x, part.top + y
        return Box(left, top, left + side, top + side)


@cache
def _cascade() -> Any:
    import cv2
    import cv2.data

    file = Path(cv2.data.haarcascades) / CASCADE
    found = cv2.CascadeClassifier(str(file)) if file.is_file() else None
    if found is None or found.empty():
        raise ModelError(f"{file}: OpenCV's face cascade is missing; install opencv-python again")
    return found
