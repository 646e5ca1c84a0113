"""The printed board (ChArUco: a chessboard with markers in its white squares) before the camera.

From several views of it the lens is known (Zhang, 2000), from one upright view where the camera
hangs and how it is turned.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gestures.camera import Rgb

COLUMNS, ROWS = 7, 5  # squares; an A3 sheet across holds them at 52 mm
SQUARE_MM = 52.0
MARKER_PART = 0.75  # of a square's side
LEAST_CORNERS = 8
LEAST_VIEWS, MOST_VIEWS = 6, 24
NINETY_FIVE = 1.96  # deviations of a normal value
UNLIKE = 0.03  # of the width: a corner must lie so far from where all kept views have it
TILTED_DEG, LEAST_TILTED = 12.0, 4  # a lens can't be told from boards that all face the camera

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """Inner corners of the board that one picture shows.

    corners: (n, 2) pixels. ids: (n,) which of the board's corners. mirrored: the board was only
    readable with left and right exchanged; corners are those of the exchanged picture.
    """

    corners: NDArray[np.float32]
    ids: NDArray[np.int32]
    mirrored: bool = False


@dataclass(frozen=True)
class Lens:
    """focal_px: in pixels of a picture of width_px. error_px: how far, in the mean, the corners lie
    from where this lens would show them. sure_px: half of the interval in which the focal length
    lies with 95 % probability."""

    focal_px: float
    width_px: int
    error_px: float
    sure_px: float
    views: int
    matrix: Floats
    distortion: Floats

    @property
    def horizontal_deg(self) -> float:
        """The angle between the left and the right edge of the picture."""
        return _angle(self.width_px, self.focal_px)

    @property
    def sure_deg(self) -> float:
        """Half of the interval in which the angle lies with 95 % probability."""
        near = max(1.0, self.focal_px - self.sure_px)
        return _angle(self.width_px, near) - self.horizontal_deg


@dataclass(frozen=True)
class Mounting:
    """Where the camera hangs, seen from the board. tilt_deg: downwards; roll_deg: clockwise as the
    camera looks; above_m: higher than the board's middle; distance_m: to the board's middle."""

    distance_m: float
    above_m: float
    tilt_deg: float
    roll_deg: float


@cache
def board() -> Any:
    """OpenCV's board with squares of side 1."""
    words = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    return cv2.aruco.CharucoBoard((COLUMNS, ROWS), 1.0, MARKER_PART, words)


def drawn_board(square_px: int) -> Rgb:
    """The board as a picture, for printing, without a margin."""
    grey = board().generateImage((COLUMNS * square_px, ROWS * square_px))
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), dtype=np.uint8)


@cache
def _detector() -> Any:
    return cv2.aruco.CharucoDetector(board())


def find_board(rgb: Rgb) -> View | None:
    """The board in a picture, or None."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    for mirrored in (False, True):
        corners, ids, _, _ = _detector().detectBoard(cv2.flip(grey, 1) if mirrored else grey)
        if ids is not None and len(ids) >= LEAST_CORNERS:
            return View(
                np.asarray(corners, np.float32).reshape(-1, 2),
                np.asarray(ids, np.int32).reshape(-1),
                mirrored,
            )
    return None


def unlike(views: Iterable[View], width_px: int) -> list[View]:
    """Views that differ from one another, at most MOST_VIEWS: a board held still says no more in a
    hundred pictures than in one."""
    kept: list[View] = []
    for view in views:
        if len(kept) < MOST_VIEWS and all(_apart(view, old) > UNLIKE * width_px for old in kept):
            kept.append(view)
    return kept


def measure_lens(views: Sequence[View], width_px: int, height_px: int) -> Lens | None:
    """The lens that shows the board so; None when the views are too few, or too few of them tilted.

    The middle of the picture is taken for the middle of the lens, and pixels for square, as in any
    webcam: so few views do not tell more.
    """
    if len(views) < LEAST_VIEWS:
        return None
    start = float(width_px)
    matrix = np.array([[start, 0, width_px / 2], [0, start, height_px / 2], [0, 0, 1]], np.float64)
    flags = cv2.CALIB_USE_INTRINSIC_GUESS | cv2.CALIB_FIX_PRINCIPAL_POINT
    flags |= cv2.CALIB_FIX_ASPECT_RATIO | cv2.CALIB_ZERO_TANGENT_DIST
    flags |= cv2.CALIB_FIX_K2 | cv2.CALIB_FIX_K3
    error_px, found, distortion, turns, _, spread, _, _ = cv2.calibrateCameraExtended(
        [_points(view) for view in views],
        [view.corners for view in views],
        (width_px, height_px),
        matrix,
        np.zeros(5),
        flags=flags,
    )
    if sum(_tilt_deg(turn) >= TILTED_DEG for turn in turns) < LEAST_TILTED:
        return None
    camera = np.asarray(found, np.float64)
    bent = np.asarray(distortion, np.float64)
    sure_px = NINETY_FIVE * float(np.asarray(spread).ravel()[:2].max())
    return Lens(float(camera[0, 0]), width_px, float(error_px), sure_px, len(views), camera, bent)


def _tilt_deg(turn: Any) -> float:
    """Of a board, out of the plane of the picture."""
    axes, _ = cv2.Rodrigues(turn)
    return math.degrees(math.acos(max(-1.0, min(1.0, float(axes[2, 2])))))


def _angle(width_px: int, focal_px: float) -> float:
    return 2 * math.degrees(math.atan(width_px / 2 / focal_px))


def lens_of(horizontal_deg: float, width_px: int, height_px: int) -> Lens:
    """A lens without distortion, by its angle."""
    focal = width_px / 2 / math.tan(math.radians(horizontal_deg) / 2)
    matrix = np.array([[focal, 0, width_px / 2], [0, focal, height_px / 2], [0, 0, 1]])
    return Lens(focal, width_px, 0.0, 0.0, 0, matrix, np.zeros(5))


def measure_mounting(view: View, lens: Lens, square_m: float) -> Mounting | None:
    """From the board held upright and level; None when its place can't be told. With a square of 1
    all lengths are in squares."""
    good, turn, place = cv2.solvePnP(
        _points(view) * square_m, view.corners, lens.matrix, lens.distortion
    )
    if not good:
        return None
    axes, _ = cv2.Rodrigues(turn)
    down = np.asarray(axes[:, 1], np.float64)  # the board's own down is the world's
    half = np.array([COLUMNS / 2, ROWS / 2, 0.0]) * square_m
    middle = np.asarray(place, np.float64).reshape(3) + np.asarray(axes, np.float64) @ half
    return Mounting(
        distance_m=float(np.linalg.norm(middle)),
        above_m=float(middle @ down),
        tilt_deg=math.degrees(math.asin(max(-1.0, min(1.0, float(down[2]))))),
        roll_deg=math.degrees(math.atan2(float(down[0]), float(down[1]))),
    )


def _points(view: View) -> NDArray[np.float32]:
    """Where the seen corners lie on the board, in squares."""
    corners = np.asarray(board().getChessboardCorners(), np.float32)
    return np.asarray(corners[view.ids], np.float32)


def _apart(view: View, other: View) -> float:
    """Largest distance between corners that both show, pixels; infinite when there is none."""
    _, mine, theirs = np.intersect1d(view.ids, other.ids, return_indices=True)
    if not len(mine):
        return math.inf
    steps = view.corners[mine] - other.corners[theirs]
    return float(np.linalg.norm(steps, axis=1).max())
