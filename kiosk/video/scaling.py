"""From a decoded picture to the pixels of its tile: a part, a size, one pass for each of colours
and shape.

Scaling the planes as they are and turning the small picture into BGRA costs half of doing both in
one go: only without a change of size does the library have its fast way to BGRA.
"""

from fractions import Fraction
from typing import Any

import av
import msgspec
import numpy as np
import numpy.typing as npt

from kiosk.wire.messages import WHOLE, Region
from kiosk.wire.rings import SIDE_LIMIT_PX

Pixels = npt.NDArray[np.uint8]

_ANY_TIME = Fraction(1, 90_000)  # a graph asks for a unit of time; nothing in it looks at one
_FULL_RANGE = ("yuvj420p", "yuvj422p", "yuvj444p", "yuvj440p", "yuvj411p")


class Tile(msgspec.Struct, frozen=True):
    """Where the picture goes: pixels, the part that fills them, pictures a second at most."""

    width_px: int
    height_px: int
    fps: float
    region: Region = WHOLE


def cover_size(tile: Tile, width_px: float, height_px: float) -> tuple[int, int]:
    """The smallest size of the picture's own shape that covers the tile, in pixels."""
    scale = max(tile.width_px / width_px, tile.height_px / height_px)
    scale = min(scale, SIDE_LIMIT_PX / max(width_px, height_px))
    return max(1, round(width_px * scale)), max(1, round(height_px * scale))


class Scaler:
    """Scales pictures to their tile; keeps its tables while the sizes stay. Of one thread."""

    def __init__(self) -> None:
        self._shape = av.video.reformatter.VideoReformatter()
        self._colours = av.video.reformatter.VideoReformatter()
        self._crop: _Crop | None = None

    def planes(self, picture: Any, tile: Tile) -> Any:
        """The tile's part of the picture as YUV planes of the tile's size."""
        if tile.region != WHOLE:
            picture = self._cropped(picture, tile.region)
        width_px, height_px = cover_size(tile, picture.width, picture.height)
        full = picture.color_range == 2 or picture.format.name in _FULL_RANGE
        return self._shape.reformat(
            picture,
            width=width_px,
            height=height_px,
            format="yuv420p",
            interpolation="FAST_BILINEAR",
            src_color_range="JPEG" if full else "MPEG",
            dst_color_range="JPEG" if full else "MPEG",
            threads=1,
        )

    def bgra(self, planes: Any) -> Pixels:
        """(height, width * 4) bytes; a view of memory that lives as long as it."""
        return rows(self._colours.reformat(planes, format="bgra", threads=1), 4)

    def _cropped(self, picture: Any, region: Region) -> Any:
        crop = self._crop
        if crop is None or not crop.fits(picture, region):
            crop = self._crop = _Crop(picture, region)
        return crop.cut(picture)


class _Crop:
    """Cuts a part out of pictures without copying it, on the grid of the colours."""

    def __init__(self, picture: Any, region: Region) -> None:
        self._key = _key(picture, region)
        width_px = max(16, round(picture.width * region.width) & ~1)
        height_px = max(16, round(picture.height * region.height) & ~1)
        left = min(round(picture.width * region.x) & ~1, picture.width - width_px)
        top = min(round(picture.height * region.y) & ~1, picture.height - height_px)
        graph = av.filter.Graph()
        source = graph.add_buffer(
            width=picture.width,
            height=picture.height,
            format=picture.format,
            time_base=_ANY_TIME,
        )
        crop = graph.add("crop", f"{width_px}:{height_px}:{max(0, left)}:{max(0, top)}")
        sink = graph.add("buffersink")
        source.link_to(crop)
        crop.link_to(sink)
        graph.configure()
        self._graph = graph

    def fits(self, picture: Any, region: Region) -> bool:
        return self._key == _key(picture, region)

    def cut(self, picture: Any) -> Any:
        self._graph.push(picture)
        return self._graph.pull()


def _key(picture: Any, region: Region) -> tuple[object, ...]:
    return picture.width, picture.height, picture.format.name, region


def rows(picture: Any, bytes_a_pixel: int) -> Pixels:
    """The first plane as (height, width * bytes_a_pixel) without the padding of its rows."""
    plane = picture.planes[0]
    flat = np.frombuffer(plane, np.uint8)
    padded = flat[: plane.line_size * plane.height].reshape(plane.height, plane.line_size)
    return padded[:, : plane.width * bytes_a_pixel]
