"""Square parts of a picture, and the tiles in which a hand is searched for.

The palm detector sees its whole input in a small square, so a far hand is only found in a part.
"""

from __future__ import annotations

from typing import NamedTuple

# Sides of the tiles, parts of the picture's short side. A palm is found for certain where it
# measures a tenth to a third of the side: at 1080p and 60 degrees these reach 4 m and 2 m.
TILE_SIDES = (0.35, 0.75)
MIN_TILE_PX = 200
OVERLAP = 0.22  # of a tile's side; a far hand lies wholly within one of two neighbours
OVER_THE_EDGE = 0.25  # of a crop's side: the detector wants room around a hand at the edge


class Crop(NamedTuple):
    """A square part of the picture, pixels; it may reach over the picture's edges.

    Always square: MediaPipe projects a turned hand back wrongly from a picture that is not.
    """

    x: int
    y: int
    side: int


def around(x: float, y: float, side: float, width: int, height: int) -> Crop:
    """A crop around a point of a picture of this size (pixels), no farther over its edges than the
    detector wants."""
    side = min(side, max(width, height))
    pad = OVER_THE_EDGE * side
    return Crop(
        round(_between(-pad, x - side / 2, width - side + pad)),
        round(_between(-pad, y - side / 2, height - side + pad)),
        round(side),
    )


def whole(width: int, height: int) -> Crop:
    """All of a picture."""
    side = max(width, height)
    return Crop((width - side) // 2, (height - side) // 2, side)


def tiles(width: int, height: int) -> list[Crop]:
    """The whole picture, then squares that overlap, from the middle outwards."""
    found = [whole(width, height)]
    short = min(width, height)
    for part in TILE_SIDES:
        side = round(part * short)
        if side >= MIN_TILE_PX:
            columns, rows = _starts(width, side), _starts(height, side)
            level = [Crop(x, y, side) for y in rows for x in columns]
            found += sorted(level, key=lambda tile: _from_middle(tile, width, height))
    return found


def _starts(length: int, side: int) -> list[int]:
    count = max(1, -(-(length - side) // round((1 - OVERLAP) * side)) + 1)
    if count == 1:
        return [(length - side) // 2]
    return [round(i * (length - side) / (count - 1)) for i in range(count)]


def _from_middle(tile: Crop, width: int, height: int) -> float:
    return abs(tile.x + tile.side / 2 - width / 2) + abs(tile.y + tile.side / 2 - height / 2)


def _between(low: float, value: float, high: float) -> float:
    return (low + high) / 2 if low > high else min(max(value, low), high)
