"""Drawing for backdrops and sprites: twice the size, then scaled down, so that edges are smooth."""

import math
from collections.abc import Sequence

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from kiosk.backend.scenes.light import Colour

WIDTH_PX = 640
HEIGHT_PX = 360

Pixels = npt.NDArray[np.uint8]
Point = tuple[float, float]

_OVER = 2
_SHIFT = 4


class View(msgspec.Struct, frozen=True):
    """A camera over flat ground: metres to pixels.

    x to the right, y up from the ground, z away from the camera (> 0). `horizon_px` is the row
    where the ground ends, `centre_px` the column that z runs into.
    """

    horizon_px: float
    focal_px: float
    height_m: float
    centre_px: float = WIDTH_PX / 2

    def at(self, x_m: float, y_m: float, z_m: float) -> Point:
        scale = self.focal_px / max(z_m, 0.5)
        return self.centre_px + x_m * scale, self.horizon_px + (self.height_m - y_m) * scale

    def ground(self, points: Sequence[Point]) -> list[Point]:
        """(x, z) on the ground."""
        return [self.at(x, 0, z) for x, z in points]


def mix_quad(quad: Sequence[Point], u: float, v: float) -> Point:
    """The point of a quad (corners 00, 10, 11, 01) at 0..1, 0..1."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    low, high = (ax + (bx - ax) * u, ay + (by - ay) * u), (dx + (cx - dx) * u, dy + (cy - dy) * u)
    return low[0] + (high[0] - low[0]) * v, low[1] + (high[1] - low[1]) * v


def patch(quad: Sequence[Point], box: tuple[float, float, float, float]) -> list[Point]:
    """A part (u0, v0, u1, v1) of a quad."""
    u0, v0, u1, v1 = box
    return [mix_quad(quad, u, v) for u, v in ((u0, v0), (u1, v0), (u1, v1), (u0, v1))]


class Canvas:
    """A picture in the making; coordinates are pixels of the finished one."""

    def __init__(self, width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX, channels: int = 3):
        shape = (height_px * _OVER, width_px * _OVER, channels)
        self.width_px, self.height_px = width_px, height_px
        self._pixels: Pixels = np.zeros(shape, np.uint8)

    def fade(self, top_px: float, bottom_px: float, top: Colour, bottom: Colour) -> None:
        """Rows from one colour to another."""
        first, last = round(top_px * _OVER), round(bottom_px * _OVER)
        part = np.linspace(0, 1, max(last - first, 1))[:, None, None]
        band = np.array(top) + (np.array(bottom) - np.array(top)) * part
        rows = self._pixels[max(first, 0) : max(last, 0)]
        rows[:] = band[len(band) - len(rows) :][: len(rows)].astype(np.uint8)

    def polygon(self, points: Sequence[Point], colour: tuple[int, ...]) -> None:
        fixed = np.round(np.clip(np.array(points), -9e3, 9e3) * (_OVER << _SHIFT)).astype(np.int32)
        cv2.fillPoly(self._pixels, [fixed], colour, cv2.LINE_AA, _SHIFT)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour)

    def line(self, a: Point, b: Point, width_px: float, colour: Colour) -> None:
        """A stroke; drawn as a quad, so that thin ones keep their width."""
        length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
        dx, dy = (b[1] - a[1]) / length * width_px / 2, (a[0] - b[0]) / length * width_px / 2
        quad = [(a[0] + dx, a[1] + dy), (b[0] + dx, b[1] + dy)]
        self.polygon([*quad, (b[0] - dx, b[1] - dy), (a[0] - dx, a[1] - dy)], colour)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: tuple[int, ...]) -> None:
        turns = np.linspace(0, 2 * math.pi, 28, endpoint=False)
        self.polygon([(x + rx * math.cos(t), y + ry * math.sin(t)) for t in turns], colour)

    def glow(self, x: float, y: float, radius_px: float, colour: Colour, part: float) -> None:
        """Adds light that falls off to nothing at the radius."""
        add_glow(self._pixels, x * _OVER, y * _OVER, radius_px * _OVER, colour, part)

    def finish(self) -> Pixels:
        size = (self.width_px, self.height_px)
        return cv2.resize(self._pixels, size, interpolation=cv2.INTER_AREA)  # type: ignore[no-any-return]


def add_glow(
    pixels: Pixels, x: float, y: float, radius: float, colour: Colour, part: float
) -> None:
    x0, x1 = max(int(x - radius), 0), min(int(x + radius) + 1, pixels.shape[1])
    y0, y1 = max(int(y - radius), 0), min(int(y + radius) + 1, pixels.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    dx, dy = np.arange(x0, x1)[None, :] - x, np.arange(y0, y1)[:, None] - y
    fall = np.clip(1 - np.sqrt(dx * dx + dy * dy) / max(radius, 1e-6), 0, 1) ** 2 * part
    area = pixels[y0:y1, x0:x1]
    area[:] = np.minimum(area + fall[..., None] * np.array(colour), 255).astype(np.uint8)


def vignette(pixels: Pixels) -> Pixels:
    """Darkens the corners a little, as a camera's lens does."""
    height, width = pixels.shape[:2]
    x, y = np.linspace(-1, 1, width)[None, :], np.linspace(-1, 1, height)[:, None]
    fall = 1 - 0.16 * np.clip(x * x + y * y - 0.5, 0, None)
    return (pixels * fall[..., None]).astype(np.uint8)
