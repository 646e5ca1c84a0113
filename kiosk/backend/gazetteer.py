"""Which district something lies in: by code, by the address, by its coordinates."""

import itertools
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from kiosk.backend.catalogue import DistrictEntry
from kiosk.wire.city import Point

Ring = tuple[Point, ...]


class Gazetteer:
    """Districts of one city. `boundaries` is called when the first coordinates are asked about."""

    def __init__(
        self,
        districts: Iterable[DistrictEntry],
        boundaries: Callable[[], Mapping[str, tuple[Ring, ...]]],
    ) -> None:
        names = [(name, d.code) for d in districts for name in (d.name.ko, d.name.en)]
        self._names = dict(names)
        self._codes = frozenset(self._names.values())
        self._length = max(map(len, self._codes), default=0)
        self._boundaries = boundaries

    def district(
        self, place: str | None, lat: float | None, lon: float | None, address: str = ""
    ) -> str:
        """Code of the district, "" when it is none of this city or can't be told."""
        if place is not None and place[: self._length] in self._codes:
            return place[: self._length]
        for word in address.split():
            if word in self._names:
                return self._names[word]
        return "" if lat is None or lon is None else self._at(lat, lon)

    @cached_property
    def _rings(self) -> tuple[tuple[str, tuple[float, float, float, float], Ring], ...]:
        return tuple(
            (code, _box(ring), ring) for code, rings in self._boundaries().items() for ring in rings
        )

    def _at(self, lat: float, lon: float) -> str:
        for code, (west, south, east, north), ring in self._rings:
            if west <= lon <= east and south <= lat <= north and _inside(ring, lon, lat):
                return code
        return ""


def _box(ring: Ring) -> tuple[float, float, float, float]:
    x, y = [point[0] for point in ring], [point[1] for point in ring]
    return min(x), min(y), max(x), max(y)


def _inside(ring: Ring, x: float, y: float) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    inside = False
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            inside = not inside
    return inside
