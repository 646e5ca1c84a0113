"""The Korean plane grid as latitude and longitude: EPSG:5181, GRS80, centre 38 N 127 E.

Inverse of the transverse Mercator projection after J. P. Snyder, "Map Projections: A Working
Manual" (USGS 1395, 1987), formulas 3-26 and 8-12 to 8-18: exact to a millimetre in Korea.
"""

import math

SEMI_MAJOR_M = 6378137.0
FLATTENING = 1 / 298.257222101
FALSE_EAST_M, FALSE_NORTH_M = 200_000.0, 500_000.0
CENTRE_LAT, CENTRE_LON = math.radians(38), math.radians(127)
E2 = FLATTENING * (2 - FLATTENING)
SECOND_E2 = E2 / (1 - E2)
# Seoul and what is around it on this grid: the two ranges share no number.
EAST_M = (150_000.0, 260_000.0)
NORTH_M = (390_000.0, 500_000.0)


def wgs84(east_m: float, north_m: float) -> tuple[float, float]:
    """Latitude and longitude in degrees of a point inside EAST_M and NORTH_M."""
    foot = _footpoint(_meridian_m(CENTRE_LAT) + north_m - FALSE_NORTH_M)
    sine, tangent2 = math.sin(foot), math.tan(foot) ** 2
    c = SECOND_E2 * math.cos(foot) ** 2
    root = math.sqrt(1 - E2 * sine**2)
    across_m, along_m = SEMI_MAJOR_M / root, SEMI_MAJOR_M * (1 - E2) / root**3
    d = (east_m - FALSE_EAST_M) / across_m
    lat = foot - across_m * math.tan(foot) / along_m * (
        d**2 / 2
        - (5 + 3 * tangent2 + 10 * c - 4 * c**2 - 9 * SECOND_E2) * d**4 / 24
        + (61 + 90 * tangent2 + 298 * c + 45 * tangent2**2 - 252 * SECOND_E2 - 3 * c**2)
        * d**6
        / 720
    )
    lon = CENTRE_LON + (
        d
        - (1 + 2 * tangent2 + c) * d**3 / 6
        + (5 - 2 * c + 28 * tangent2 - 3 * c**2 + 8 * SECOND_E2 + 24 * tangent2**2) * d**5 / 120
    ) / math.cos(foot)
    return math.degrees(lat), math.degrees(lon)


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
