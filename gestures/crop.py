"""Where to look: the palm detector sees its whole input in a small square, so a far hand is only
found in a crop. Search tiles until a hand is found, then keep a crop around it.
"""

from __future__ import annotations

from typing import NamedTuple

from gestures.events import Hand, HandFrame
from gestures.features import measure

FOLLOW_PALMS = 16.0  # side of the crop around a hand: room for a swipe, hand still well above 7.5 %
KEEP_MIDDLE = 0.3  # the crop moves when the hand is farther than this (of the side) from its middle
KEEP_SCALE = 1.5
WHOLE = 1.4  # a crop larger than this (of the picture's height) may as well be all of it
WIDEN_FRAMES = 6  # pictures for which a lost hand is looked for near where it was
WIDEN = 1.8
TILE_SIDES = (0.67, 0.44)  # of the picture's short side: reaches about 2.5 m and 4 m at 1080p
MIN_TILE_PX = 320


class Crop(NamedTuple):
    """A square part of the picture, pixels; it may reach over the picture's edges.

    Always square: MediaPipe projects a turned hand back wrongly from a picture that is not.
    """

    x: int
    y: int
    side: int


class CropPlanner:
    """Says which part of the next picture to look at, from what was seen so far."""

    def __init__(self) -> None:
        self._size = (0, 0)
        self._tiles: list[Crop] = []
        self._next_tile = 0
        self._follow: Crop | None = None
        self._missed = 0

    @property
    def following(self) -> bool:
        return self._follow is not None

    def plan(self, width: int, height: int) -> Crop:
        """The part to look at now, for a picture of this size in pixels."""
        if (width, height) != self._size:
            self._size = (width, height)
            self._tiles = tiles(width, height)
            self._next_tile = 0
            self._follow = None
        if self._follow is None:
            return self._tiles[self._next_tile % len(self._tiles)]
        if self._missed < 2:
            return self._follow
        return self._fit(_grown(self._follow, WIDEN))

    def saw(self, frame: HandFrame) -> None:
        """Takes what was found in the planned part (landmarks of the whole picture)."""
        if not frame.hands:
            self._missed += 1
            if self._follow is None or self._missed > WIDEN_FRAMES:
                self._follow = None
                self._next_tile += 1
            return
        self._missed = 0
        wanted = self._around(frame.hands[0], frame.aspect)
        if wanted is None:
            return
        if self._follow is None or _away(self._follow, wanted):
            self._follow = self._fit(wanted)

    def _around(self, hand: Hand, aspect: float) -> Crop | None:
        features = measure(hand, aspect)
        if features is None:
            return None
        width, height = self._size
        side = max(round(FOLLOW_PALMS * features.palm * height), MIN_TILE_PX)
        x = width - features.place[0] * height
        y = features.place[1] * height
        return Crop(round(x - side / 2), round(y - side / 2), side)

    def _fit(self, crop: Crop) -> Crop:
        """The crop; as high as the picture when it would be about that; or the whole picture."""
        width, height = self._size
        side = crop.side
        if side > WHOLE * height or width < height:
            return _whole(width, height)
        if side >= 0.9 * height:
            x = crop.x + (side - height) // 2
            return Crop(min(max(x, 0), width - height), 0, height)
        pad = side // 4
        x = min(max(crop.x, -pad), width - side + pad)
        y = min(max(crop.y, -pad), height - side + pad)
        return Crop(x, y, side)


def tiles(width: int, height: int) -> list[Crop]:
    """The whole picture, then smaller squares that overlap by a quarter, upper rows first."""
    found = [_whole(width, height)]
    short = min(width, height)
    for part in TILE_SIDES:
        side = round(part * short)
        if side < MIN_TILE_PX:
            continue
        for y in _starts(height, side):
            found += [Crop(x, y, side) for x in _from_middle(_starts(width, side))]
    return found


def _starts(length: int, side: int) -> list[int]:
    count = max(1, -(-(length - side) // round(0.75 * side)) + 1)
    if count == 1:
        return [(length - side) // 2]
    return [round(i * (length - side) / (count - 1)) for i in range(count)]


def _from_middle(starts: list[int]) -> list[int]:
    middle = sum(starts) / len(starts)
    return sorted(starts, key=lambda start: abs(start - middle))


def _whole(width: int, height: int) -> Crop:
    side = max(width, height)
    return Crop((width - side) // 2, (height - side) // 2, side)


def _grown(crop: Crop, factor: float) -> Crop:
    side = round(crop.side * factor)
    grow = (side - crop.side) // 2
    return Crop(crop.x - grow, crop.y - grow, side)


def _away(kept: Crop, wanted: Crop) -> bool:
    """Whether the hand has left the middle of the kept crop, or grown or shrunk too much for it."""
    dx = kept.x - wanted.x + (kept.side - wanted.side) / 2
    dy = kept.y - wanted.y + (kept.side - wanted.side) / 2
    scale = max(kept.side, wanted.side) / min(kept.side, wanted.side)
    return max(abs(dx), abs(dy)) > KEEP_MIDDLE * kept.side or scale > KEEP_SCALE
