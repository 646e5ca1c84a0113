"""Small pictures with transparency, and how they are laid on a frame."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from kiosk.backend.scenes.canvas import (
    HEIGHT_PX,
    WIDTH_PX,
    Canvas,
    Pixels,
    Point,
    View,
    add_glow,
    patch,
)
from kiosk.backend.scenes.light import Colour

Box = tuple[float, float, float, float]
Decal = tuple[Box, Colour]
At = Callable[[float, float, float], Point]
"""From a thing's own metres (x right, y up, z away) to pixels around its foot point."""

SHADOW = 95
_BLACK: Colour = (0, 0, 0)
# a picture serves a stretch of depths: its foot point wanders by a few pixels
_MARGIN_PX = 24
_SMALL_PX = 4000


class Sprite:
    """Colours times alpha, what of the ground shows through, and where the foot point lies."""

    def __init__(self, light: Pixels, through: Pixels, left_px: int, top_px: int) -> None:
        self._light = light
        # what shows through, for each colour; kept single where it would cost memory
        small = through.size <= _SMALL_PX
        self._through: Pixels = cv2.merge((through,) * 3) if small else through
        self._left_px = left_px
        self._top_px = top_px
        self._height_px, self._width_px = through.shape

    @property
    def size_bytes(self) -> int:
        return self._light.nbytes + self._through.nbytes

    def lay(self, frame: Pixels, x_px: float, y_px: float) -> None:
        """Lays the sprite with its foot point at x, y; what is outside the frame is cut off."""
        x, y = round(x_px) + self._left_px, round(y_px) + self._top_px
        right, bottom = x + self._width_px, y + self._height_px
        light, through = self._light, self._through
        if x < 0 or y < 0 or right > frame.shape[1] or bottom > frame.shape[0]:
            x0, y0 = max(x, 0), max(y, 0)
            right, bottom = min(right, frame.shape[1]), min(bottom, frame.shape[0])
            if x0 >= right or y0 >= bottom:
                return
            light = light[y0 - y : bottom - y, x0 - x : right - x]
            through = through[y0 - y : bottom - y, x0 - x : right - x]
            x, y = x0, y0
        if through.ndim == 2:
            through = cv2.merge((through, through, through))
        area = frame[y:bottom, x:right]
        area[:] = cv2.add(cv2.multiply(area, through, scale=1 / 255), light)


class Sketch:
    """Collects a sprite's shapes in pixels around its foot point, then makes the sprite."""

    def __init__(self) -> None:
        self._shapes: list[tuple[list[Point], Colour, int]] = []
        self._glows: list[tuple[float, float, float, Colour, float]] = []

    def polygon(self, points: Sequence[Point], colour: Colour, alpha: int = 255) -> None:
        self._shapes.append((list(points), colour, alpha))

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        turns = np.linspace(0, 2 * np.pi, 16, endpoint=False)
        self.polygon([(x + rx * np.cos(t), y + ry * np.sin(t)) for t in turns], colour)

    def shadow(self, x: float, y: float, rx: float, ry: float) -> None:
        turns = np.linspace(0, 2 * np.pi, 16, endpoint=False)
        self.polygon([(x + rx * np.cos(t), y + ry * np.sin(t)) for t in turns], _BLACK, SHADOW)

    def glow(self, x: float, y: float, radius_px: float, colour: Colour, part: float) -> None:
        self._glows.append((x, y, radius_px, colour, part))

    def sprite(self, foot: Point) -> Sprite:
        """The sprite, for a foot point about here on the frame; what can't be seen is cut off."""
        xs = [x for points, *_ in self._shapes for x, _ in points]
        ys = [y for points, *_ in self._shapes for _, y in points]
        xs += [g[0] + side * g[2] for g in self._glows for side in (-1, 1)]
        ys += [g[1] + side * g[2] for g in self._glows for side in (-1, 1)]
        left = max(int(np.floor(min(xs))) - 1, -int(foot[0]) - _MARGIN_PX)
        top = max(int(np.floor(min(ys))) - 1, -int(foot[1]) - _MARGIN_PX)
        right = min(int(np.ceil(max(xs))) + 2, WIDTH_PX - int(foot[0]) + _MARGIN_PX)
        bottom = min(int(np.ceil(max(ys))) + 2, HEIGHT_PX - int(foot[1]) + _MARGIN_PX)
        width, height = max(right - left, 1), max(bottom - top, 1)
        colours, cover = Canvas(width, height), Canvas(width, height, 1)
        for points, colour, alpha in self._shapes:
            moved = [(x - left, y - top) for x, y in points]
            colours.polygon(moved, colour)
            cover.polygon(moved, (alpha,))
        light = colours.finish()
        through = 255 - cover.finish().reshape(height, width)
        for x, y, radius_px, colour, part in self._glows:
            add_glow(light, x - left, y - top, radius_px, colour, part)
        return Sprite(light, through, left, top)


class Frustum:
    """A solid with a flat floor and a flat, maybe smaller, roof: (x0, x1, z0, z1) at y0 and y1."""

    def __init__(self, floor: Box, roof: Box, y0: float, y1: float) -> None:
        self._floor, self._roof, self._y0, self._y1 = floor, roof, y0, y1

    def draw(
        self,
        sketch: Sketch,
        at: At,
        faces: dict[str, tuple[Colour, tuple[Decal, ...]]],
    ) -> None:
        """Draws the faces that look at the camera: near, far, left, right, top."""
        x0, x1, z0, z1 = self._floor
        low = [at(x, self._y0, z) for x, z in ((x0, z0), (x1, z0), (x1, z1), (x0, z1))]
        x0, x1, z0, z1 = self._roof
        high = [at(x, self._y1, z) for x, z in ((x0, z0), (x1, z0), (x1, z1), (x0, z1))]
        quads = {
            "far": (low[2], low[3], high[3], high[2]),
            "left": (low[3], low[0], high[0], high[3]),
            "right": (low[1], low[2], high[2], high[1]),
            "top": (high[0], high[1], high[2], high[3]),
            "near": (low[0], low[1], high[1], high[0]),
        }
        for name, quad in quads.items():
            if name in faces and _turns_to_camera(quad):
                colour, decals = faces[name]
                sketch.polygon(quad, colour)
                for box, paint in decals:
                    sketch.polygon(patch(quad, box), paint)


def _turns_to_camera(quad: Sequence[Point]) -> bool:
    """Corners run against the clock on the screen (y down) when the face looks at the camera."""
    area = 0.0
    for (ax, ay), (bx, by) in zip(quad, [*quad[1:], quad[0]], strict=True):
        area += ax * by - bx * ay
    return area < 0


def placed(view: View, x_m: float, z_m: float) -> tuple[Point, At]:
    """(foot point on the screen, projection around it) of a thing that stands at x, z."""
    foot = view.at(x_m, 0, z_m)

    def at(x: float, y: float, z: float) -> Point:
        px, py = view.at(x_m + x, y, z_m + z)
        return px - foot[0], py - foot[1]

    return foot, at
