"""Where things lie on the map: a flat local projection, and room for a label. No Qt.

Over a city (some 40 km) an equirectangular projection around its middle is true to about 0.1 %:
x is scaled by cos(latitude), so that a kilometre is as long to the east as to the north.
"""

import math
from collections.abc import Sequence

import msgspec

M_PER_DEGREE_LAT = 110_950.0  # WGS84 at 37.5 degrees north
M_PER_DEGREE_LON_EQUATOR = 111_320.0
MOST_LABEL_POINTS = 48

Point = tuple[float, float]
Ring = Sequence[Sequence[float]]


class Projection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Degrees to metres east (x) and south (y) of the middle (`lon0`, `lat0`)."""

    lon0: float
    lat0: float

    def metres(self, lon: float, lat: float) -> Point:
        across = M_PER_DEGREE_LON_EQUATOR * math.cos(math.radians(self.lat0))
        return (lon - self.lon0) * across, (self.lat0 - lat) * M_PER_DEGREE_LAT

    def ring(self, ring: Ring) -> tuple[Point, ...]:
        return tuple(self.metres(point[0], point[1]) for point in ring)


def projection_for(rings: Sequence[Ring]) -> Projection:
    """A projection around the middle of all rings. Raises ValueError when there is no point."""
    lons = [point[0] for ring in rings for point in ring]
    lats = [point[1] for ring in rings for point in ring]
    if not lons:
        raise ValueError("no boundary point: a map needs at least one ring of [lon, lat]")
    return Projection((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)


def contains(rings: Sequence[Sequence[Point]], x: float, y: float) -> bool:
    """Even-odd rule over all rings, so that holes and islands both come out right."""
    inside = False
    for ring in rings:
        previous = ring[-1]
        for point in ring:
            (x1, y1), (x2, y2) = previous, point
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
            previous = point
    return inside


def clearance(rings: Sequence[Sequence[Point]], x: float, y: float, stretch: float) -> float:
    """Distance to the nearest edge with y stretched: a label is wider than it is high."""
    best = math.inf
    for ring in rings:
        ax, ay = ring[-1][0] - x, (ring[-1][1] - y) * stretch
        for point in ring:
            bx, by = point[0] - x, (point[1] - y) * stretch
            dx, dy = bx - ax, by - ay
            length = dx * dx + dy * dy
            t = 0.0 if length == 0 else min(1.0, max(0.0, -(ax * dx + ay * dy) / length))
            px, py = ax + t * dx, ay + t * dy
            best = min(best, px * px + py * py)
            ax, ay = bx, by
    return math.sqrt(best)


def label_points(
    rings: Sequence[Sequence[Point]], stretch: float = 2.0, steps: int = 9
) -> tuple[Point, ...]:
    """Places for a label inside the shape, the roomiest first, of equal ones the more central.

    A grid of `steps` x `steps` over the shape, then a finer one around the best point.
    """
    largest = max(rings, key=_box_area)
    x1, y1, x2, y2 = _box(largest)
    found = _candidates(rings, (x1, y1, x2, y2), steps, stretch)
    if not found:
        return (((x1 + x2) / 2, (y1 + y2) / 2),)
    _, bx, by = max(found)
    rx, ry = (x2 - x1) / steps, (y2 - y1) / steps
    found += _candidates(rings, (bx - rx, by - ry, bx + rx, by + ry), 5, stretch)
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    found.sort(key=lambda f: (-round(f[0], 3), math.dist((f[1], f[2]), middle)))
    return tuple((x, y) for _, x, y in found[:MOST_LABEL_POINTS])


def _candidates(
    rings: Sequence[Sequence[Point]],
    box: tuple[float, float, float, float],
    steps: int,
    stretch: float,
) -> list[tuple[float, float, float]]:
    x1, y1, x2, y2 = box
    found = []
    for row in range(steps):
        y = y1 + (y2 - y1) * (row + 0.5) / steps
        for column in range(steps):
            x = x1 + (x2 - x1) * (column + 0.5) / steps
            if contains(rings, x, y):
                found.append((clearance(rings, x, y, stretch), x, y))
    return found


def _box(ring: Sequence[Point]) -> tuple[float, float, float, float]:
    xs = [x for x, _ in ring]
    ys = [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _box_area(ring: Sequence[Point]) -> float:
    x1, y1, x2, y2 = _box(ring)
    return (x2 - x1) * (y2 - y1)


def scale_bar_m(m_per_px: float, most_px: float) -> int:
    """The longest round length (1, 2 or 5 times a power of ten, in metres) within `most_px`."""
    most_m = max(1.0, m_per_px * most_px)
    power = 10 ** math.floor(math.log10(most_m))
    return int(max(step * power for step in (1, 2, 5) if step * power <= most_m))
