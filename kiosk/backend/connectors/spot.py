"""Coordinates: which of the two is the latitude, and can they be true?"""

from typing import NamedTuple

from kiosk.backend.connectors.figure import is_missing, number
from kiosk.backend.connectors.normal import Quality
from kiosk.pack import here

KOREA_LAT = (33.0, 39.0)
KOREA_LON = (124.0, 132.0)


class Spot(NamedTuple):
    """WGS84 degrees, both None when there are none that can be true."""

    lat: float | None = None
    lon: float | None = None
    quality: Quality = "good"
    note: str = ""


def korean_spot(lat: object, lon: object) -> Spot:
    """A place in Korea: the two put right where the source swapped them, suspect outside."""
    if is_missing(lat) or is_missing(lon):
        return Spot()
    north, east = number(lat), number(lon)
    if north is None or east is None or (north, east) == (0, 0):
        return Spot(quality="suspect", note="the coordinates are no place")
    if _within(north, KOREA_LAT) and _within(east, KOREA_LON):
        return Spot(north, east)
    if _within(east, KOREA_LAT) and _within(north, KOREA_LON):
        return Spot(east, north, note="latitude and longitude were swapped")
    return Spot(quality="suspect", note=f"the coordinates {north:g}, {east:g} are not in Korea")


def world_spot(lat: object, lon: object) -> Spot:
    """A place anywhere: what is swapped can be told only where it would lie in the city."""
    if is_missing(lat) or is_missing(lon):
        return Spot()
    north, east = number(lat), number(lon)
    if north is None or east is None:
        return Spot(quality="suspect", note="the coordinates are no place")
    box = here().bounds
    if box.holds(east, north) and not box.holds(north, east):
        return Spot(east, north, note="latitude and longitude were swapped")
    if (north, east) != (0, 0) and abs(north) <= 90 and abs(east) <= 180:
        return Spot(north, east)
    return Spot(quality="suspect", note=f"the coordinates {north:g}, {east:g} are no place")


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
