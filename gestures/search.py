"""Where to look next: for any hand in the whole picture, and for one beside a hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gestures.crop import Crop, around, tiles
from gestures.follow import SIDE_PALMS, Spot

Place = tuple[float, float]

WHERE_IT_MOVES = (0.4, 0.75, 1.2)  # sides of the parts, of the picture's short side
# Which part a palm is found in is in part chance: a hand that was just there is looked for in
# parts of several sizes, straight on, beside it, and where something moves.
SIDES = (1.0, 1.5, 0.75)
BESIDE_PALMS = 7.0
GOLDEN = (math.sqrt(5) - 1) / 2  # its multiples fill the unit interval evenly


class Search:
    """Goes through the tiles of a picture over and over, and looks where something moves."""

    def __init__(self, width: int, height: int, last: Spot | None = None) -> None:
        """The picture's size in pixels; last: where a hand was last, to begin there."""
        self._width, self._height = width, height
        self._tiles = tiles(width, height)
        self._sides = [part * min(width, height) for part in WHERE_IT_MOVES]
        if last is not None:
            self._tiles.sort(key=lambda tile: _unlike(tile, last))
            self._sides = [part * SIDE_PALMS * last.palm for part in SIDES]
        self._tile = self._look = 0

    def next(self, moving: Sequence[Place]) -> Crop:
        """The part to look at now; moving: the places where something moves."""
        self._look += 1
        if moving and self._look % 2 == 0:
            side = self._sides[self._look // 2 % len(self._sides)]
            return around(*self._one_of(moving), side, self._width, self._height)
        self._tile += 1
        return self._tiles[(self._tile - 1) % len(self._tiles)]

    def beside(self, hand: Spot, moving: Sequence[Place]) -> Crop:
        """The part near a hand to look at: for another one, or for itself."""
        self._look += 1
        turn, kind = divmod(self._look, 3)
        side = SIDES[turn % len(SIDES)] * SIDE_PALMS * hand.palm
        if moving and kind:
            return around(*self._one_of(moving), side, self._width, self._height)
        step = (0.0, 1.0, -1.0)[turn % 3] * BESIDE_PALMS * hand.palm
        return around(hand.x + step, hand.y, side, self._width, self._height)

    def _one_of(self, places: Sequence[Place]) -> Place:
        """Another one each time, evenly spread over them all."""
        return places[int(self._look * GOLDEN % 1.0 * len(places))]


def _unlike(tile: Crop, last: Spot) -> float:
    """How badly a tile suits a hand: its distance in sides of the tile, and the tile's size."""
    x, y = tile.x + tile.side / 2, tile.y + tile.side / 2
    return math.dist((x, y), last[:2]) / tile.side + abs(
        math.log2(tile.side / (SIDE_PALMS * last.palm))
    )
