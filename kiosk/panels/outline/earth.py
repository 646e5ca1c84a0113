"""Distances and directions on the Earth. No Qt."""

import math

EARTH_KM = 6371.0088  # mean radius, IUGG
FARTHEST_KM = math.pi * EARTH_KM


def from_city(lat: float, lon: float, city: tuple[float, float]) -> tuple[float, float]:
    """Great-circle distance in km and initial bearing in degrees, on a sphere (haversine)."""
    a, b = math.radians(city[0]), math.radians(lat)
    d = math.radians(lon - city[1])
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(d / 2) ** 2
    km = 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
    east = math.sin(d) * math.cos(b)
    north = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(d)
    return km, math.degrees(math.atan2(east, north)) % 360.0
