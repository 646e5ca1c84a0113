"""Distances and directions on the Earth, and marks that keep apart. No Qt."""

import itertools
import math
from collections.abc import Sequence

EARTH_KM = 6371.0088  # mean radius, IUGG
FARTHEST_KM = math.pi * EARTH_KM
ROUNDS = 300


def from_city(lat: float, lon: float, city: tuple[float, float]) -> tuple[float, float]:
    """Great-circle distance in km and initial bearing in degrees, on a sphere (haversine)."""
    a, b = math.radians(city[0]), math.radians(lat)
    d = math.radians(lon - city[1])
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(d / 2) ** 2
    km = 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
    east = math.sin(d) * math.cos(b)
    north = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(d)
    return km, math.degrees(math.atan2(east, north)) % 360.0


def apart(points: Sequence[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """The points moved as little as it takes until any two are `least` from one another: each pair
    that is nearer is pushed apart along the line between them, in rounds."""
    moved = list(points)
    for _ in range(ROUNDS):
        near = False
        for i, j in itertools.combinations(range(len(moved)), 2):
            far = math.dist(moved[i], moved[j])
            if far >= least - 0.5:
                continue
            near = True
            x, y = moved[j][0] - moved[i][0], moved[j][1] - moved[i][1]
            along = (x / far, y / far) if far > 0 else (math.cos(i), math.sin(i))
            push = (least - far) / 2
            moved[i] = moved[i][0] - along[0] * push, moved[i][1] - along[1] * push
            moved[j] = moved[j][0] + along[0] * push, moved[j][1] + along[1] * push
        if not near:
            break
    return moved
