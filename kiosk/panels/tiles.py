"""Areas as a grid of tiles for a thumb: neighbours lie beside one another, roughly. No Qt."""

import math
from collections.abc import Sequence

MOST_COLUMNS = 6

Point = tuple[float, float]


def tiles(middles: Sequence[Point]) -> tuple[tuple[int, int], ...]:
    """Column and row of each area, from 0, by its middle (x to the east, y to the south).

    Rows are filled from the north, each from the west; the last one may be short.
    """
    columns = min(MOST_COLUMNS, max(1, math.ceil(math.sqrt(len(middles)))))
    southward = sorted(range(len(middles)), key=lambda n: (middles[n][1], n))
    found: dict[int, tuple[int, int]] = {}
    for first in range(0, len(southward), columns):
        row = sorted(southward[first : first + columns], key=lambda n: (middles[n][0], n))
        found.update((n, (column, first // columns)) for column, n in enumerate(row))
    return tuple(found[n] for n in range(len(middles)))
