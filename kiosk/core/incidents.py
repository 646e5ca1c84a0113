"""What happens in the city: which comes first, and how far things are from it."""

import math
from collections.abc import Iterable
from typing import Protocol, TypeVar

from kiosk.pack.clock import midnight_ms
from kiosk.wire.city import SEVERITIES, Incident

EARTH_RADIUS_M = 6_371_008.8  # mean radius of the WGS84 ellipsoid (IUGG)


class Located(Protocol):
    """Something that stands somewhere, or nobody knows where."""

    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...


L = TypeVar("L", bound=Located)


def distance_m(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Great-circle distance between two points in degrees (haversine formula)."""
    north, south = math.radians(lat), math.radians(to_lat)
    rise = math.sin((south - north) / 2) ** 2
    turn = math.sin(math.radians(to_lon - lon) / 2) ** 2
    share = rise + math.cos(north) * math.cos(south) * turn
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, share)))


def by_distance(found: Iterable[L], lat: float, lon: float) -> list[tuple[float, L]]:
    """Metres and thing, the nearest first; what stands nowhere known is left out."""
    known = [
        (distance_m(lat, lon, each.lat, each.lon), each)
        for each in found
        if each.lat is not None and each.lon is not None
    ]
    return sorted(known, key=lambda pair: pair[0])


def ranked(incidents: Iterable[Incident]) -> list[Incident]:
    """The most urgent first: what still runs, the graver, of equals the newer; then what is over,
    the newest first. A place in this order is an incident's number in lists, maps and speech."""
    return sorted(incidents, key=_urgency)


def _urgency(incident: Incident) -> tuple[bool, int, int, str]:
    over = incident.ended_ms is not None
    grave = 0 if over else SEVERITIES.index(incident.severity)
    return over, -grave, -incident.t_ms, incident.id


def of_the_day(incidents: Iterable[Incident], now_ms: int) -> list[Incident]:
    """What began or ended since midnight, and what still runs; the most urgent first."""
    today_ms = midnight_ms(now_ms)
    return ranked(i for i in incidents if i.ended_ms is None or max(i.t_ms, i.ended_ms) >= today_ms)
