"""Moving pictures to measure with: a clip's, or a hand that the program draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gestures.camera import Picture, Rgb, open_camera
from gestures.errors import UnreadableFileError
from gestures.events import Hand
from gestures.session import read

FPS = 30
SIZE = (1280, 720)
MOST = 60  # pictures kept: 170 MB at 720p
DRAWN = Path(__file__).parents[1] / "assets/demo/hands/palm_fist_palm.jsonl"
SKIN, SHADE, ROOM = (224, 172, 138), (150, 100, 75), (96, 104, 112)
BONES = (
    *((0, 1), (1, 2), (2, 3), (3, 4), (0, 5), (5, 6), (6, 7), (7, 8), (9, 10), (10, 11), (11, 12)),
    *((13, 14), (14, 15), (15, 16), (0, 17), (17, 18), (18, 19), (19, 20), (5, 9), (9, 13)),
)
PALM = [0, 1, 5, 9, 13, 17]


class Footage:
    """Pictures forwards and backwards without end, 30 a second; they stay in memory."""

    def __init__(self, pictures: list[Rgb]) -> None:
        self._pictures = pictures
        self._index = 0

    @property
    def size_mb(self) -> float:
        """What the pictures take in memory."""
        return sum(picture.nbytes for picture in self._pictures) / 1e6

    def next(self) -> Picture:
        """The next one; its time rises for ever."""
        there_and_back = max(1, 2 * len(self._pictures) - 2)
        at = self._index % there_and_back
        rgb = self._pictures[min(at, there_and_back - at)]
        self._index += 1
        return Picture(round(self._index * 1000 / FPS), rgb)


def of_clip(clip: Path, height: int | None = None) -> Footage:
    """A clip's first pictures, as they are or scaled to a height in pixels. Raises CameraError."""
    camera = open_camera(str(clip), SIZE, lambda: 0, FPS)
    pictures: list[Rgb] = []
    try:
        while len(pictures) < MOST and (picture := camera.read()) is not None:
            pictures.append(picture.rgb if height is None else _scaled(picture.rgb, height))
    finally:
        camera.close()
    if not pictures:
        raise UnreadableFileError(str(clip), "no picture in it")
    return Footage(pictures)


def _scaled(rgb: Rgb, height: int) -> Rgb:
    import cv2

    width = round(rgb.shape[1] * height / rgb.shape[0])
    scaled: Rgb = cv2.resize(rgb, (width, height), interpolation=cv2.INTER_LINEAR)
    return scaled


def drawn() -> Footage:
    """A hand that was recorded, drawn at 1280x720. Raises SessionError."""
    frames = [frame for frame in read(DRAWN).frames if frame.hands][:MOST]
    return Footage([_picture(frame.hands[0], frame.aspect) for frame in frames])


def _picture(hand: Hand, aspect: float) -> Rgb:
    """Bones as thick strokes, first in the colour of the shade around them, then in the skin's."""
    import cv2

    width, height = SIZE
    points: NDArray[np.int32] = np.array(
        [
            (round(width / 2 + (x - 0.5) * aspect * height), round(y * height))
            for x, y, _ in hand.lm
        ],
        np.int32,
    )
    palm = float(np.linalg.norm(points[9] - points[0]))
    elbow = points[0] + 2 * (points[0] - points[9])
    rgb = np.full((height, width, 3), ROOM, np.uint8)
    for colour, thick in ((SHADE, 0.05), (SKIN, 0.0)):
        cv2.line(rgb, points[0].tolist(), elbow.tolist(), colour, round((0.55 + thick) * palm))
        for a, b in BONES:
            start, end = points[a].tolist(), points[b].tolist()
            cv2.line(rgb, start, end, colour, round((0.22 + thick) * palm), cv2.LINE_AA)
        cv2.fillPoly(rgb, [points[PALM]], colour)
    soft: Rgb = cv2.GaussianBlur(rgb, (5, 5), 0)
    return soft
