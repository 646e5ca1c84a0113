"""Plane grids in metres as latitude and longitude, by their EPSG codes.

Inverse of the transverse Mercator projection after J. P. Snyder, "Map Projections: A Working
Manual" (USGS 1395, 1987), formulas 3-21, 3-26, 7-19 and 8-12 to 8-18: exact to a millimetre where a
grid is used. All are on GRS80 or WGS84, which are the same for our purpose; grids on the Bessel
ellipsoid (EPSG:5174, 2097) need a datum shift and are not among them.
"""

import math
import re
from dataclasses import dataclass

SEMI_MAJOR_M = 6378137.0
FLATTENING = 1 / 298.257222101
E2 = FLATTENING * (2 - FLATTENING)
SECOND_E2 = E2 / (1 - E2)
REACH_M = 1_000_000  # east or west of a grid's centre, where its series still holds
_CODE = re.compile(r"EPSG\W+(?:[\d.]*[:/])?(\d{4,6})$", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grid:
    """A transverse Mercator grid: its centre in degrees, scale there, false origin in metres."""

    lat: float
    lon: float
    scale: float
    east_m: float
    north_m: float

    def reaches(self, east_m: float, north_m: float) -> bool:
        """Can the point be one of this grid?"""
        return abs(east_m - self.east_m) <= REACH_M and abs(north_m - self.north_m) <= 1e7

    def degrees(self, east_m: float, north_m: float) -> tuple[float, float]:
        """Latitude and longitude of a point that the grid reaches."""
        foot = _footpoint(
            _meridian_m(math.radians(self.lat)) + (north_m - self.north_m) / self.scale
        )
        sine, tangent2 = math.sin(foot), math.tan(foot) ** 2
        c = SECOND_E2 * math.cos(foot) ** 2
        root = math.sqrt(1 - E2 * sine**2)
        across_m, along_m = SEMI_MAJOR_M / root, SEMI_MAJOR_M * (1 - E2) / root**3
        d = (east_m - self.east_m) / (across_m * self.scale)
        lat = foot - across_m * math.tan(foot) / along_m * (
            d**2 / 2
            - (5 + 3 * tangent2 + 10 * c - 4 * c**2 - 9 * SECOND_E2) * d**4 / 24
            + (61 + 90 * tangent2 + 298 * c + 45 * tangent2**2 - 252 * SECOND_E2 - 3 * c**2)
            * d**6
            / 720
        )
        lon = math.radians(self.lon) + (
            d
            - (1 + 2 * tangent2 + c) * d**3 / 6
            + (5 - 2 * c + 28 * tangent2 - 3 * c**2 + 8 * SECOND_E2 + 24 * tangent2**2) * d**5 / 120
        ) / math.cos(foot)
        return math.degrees(lat), math.degrees(lon)


@dataclass(frozen=True, slots=True)
class WebMercator:
    """EPSG:3857, the grid of web maps: a sphere of the ellipsoid's longer radius."""

    def reaches(self, east_m: float, north_m: float) -> bool:
        """Can the point be one of this grid?"""
        return max(abs(east_m), abs(north_m)) <= math.pi * SEMI_MAJOR_M

    def degrees(self, east_m: float, north_m: float) -> tuple[float, float]:
        """Latitude and longitude; Snyder 7-4 and 7-5."""
        lat = math.atan(math.sinh(north_m / SEMI_MAJOR_M))
        return math.degrees(lat), math.degrees(east_m / SEMI_MAJOR_M)


Plane = Grid | WebMercator

SEOUL = Grid(38, 127, 1, 200_000, 500_000)
PLANES: dict[int, Plane] = {
    5179: Grid(38, 127.5, 0.9996, 1_000_000, 2_000_000),  # all Korea in one (UTM-K)
    5181: SEOUL,
    5182: Grid(38, 127, 1, 200_000, 550_000),  # Jeju
    5180: Grid(38, 125, 1, 200_000, 500_000),
    5183: Grid(38, 129, 1, 200_000, 500_000),
    5184: Grid(38, 131, 1, 200_000, 500_000),
    **{5185 + step: Grid(38, 125 + 2 * step, 1, 200_000, 600_000) for step in range(4)},
    **dict.fromkeys((3857, 900913), WebMercator()),
    **{25800 + zone: Grid(0, 6 * zone - 183, 0.9996, 500_000, 0) for zone in range(28, 39)},
    **{32600 + zone: Grid(0, 6 * zone - 183, 0.9996, 500_000, 0) for zone in range(1, 61)},
    **{32700 + zone: Grid(0, 6 * zone - 183, 0.9996, 500_000, 10_000_000) for zone in range(1, 61)},
}
# Systems in degrees that lie within a metre of WGS84, or are it
DEGREES = frozenset({4326, 4979, 4258, 4269, 4283, 4019, 4737, 6319})


def epsg(name: str) -> int | None:
    """The code in `EPSG:5186`, `urn:ogc:def:crs:EPSG::5186` or `.../def/crs/EPSG/0/5186`; None for
    another name, such as that of CRS84."""
    found = _CODE.search(name.strip())
    return int(found[1]) if found else None


def _meridian_m(lat: float) -> float:
    """Length of the meridian from the equator; Snyder 3-21."""
    e4, e6 = E2**2, E2**3
    return SEMI_MAJOR_M * (
        (1 - E2 / 4 - 3 * e4 / 64 - 5 * e6 / 256) * lat
        - (3 * E2 / 8 + 3 * e4 / 32 + 45 * e6 / 1024) * math.sin(2 * lat)
        + (15 * e4 / 256 + 45 * e6 / 1024) * math.sin(4 * lat)
        - (35 * e6 / 3072) * math.sin(6 * lat)
    )


def _footpoint(meridian_m: float) -> float:
    """The latitude whose meridian is as long; Snyder 7-19 and 3-26."""
    mu = meridian_m / (SEMI_MAJOR_M * (1 - E2 / 4 - 3 * E2**2 / 64 - 5 * E2**3 / 256))
    e1 = (1 - math.sqrt(1 - E2)) / (1 + math.sqrt(1 - E2))
    return (
        mu
        + (3 * e1 / 2 - 27 * e1**3 / 32) * math.sin(2 * mu)
        + (21 * e1**2 / 16 - 55 * e1**4 / 32) * math.sin(4 * mu)
        + (151 * e1**3 / 96) * math.sin(6 * mu)
        + (1097 * e1**4 / 512) * math.sin(8 * mu)
    )
