"""Where complaints of one kind gather: a place to look at, rather than so many cases. No Qt."""

import math
from collections.abc import Iterable, Sequence

import msgspec

from kiosk.wire.city import Complaint

NEAR_KM = 0.7  # some ten minutes on foot: one street or square, not one district
LEAST = 3  # two may be chance
KM_A_DEGREE = 111.2  # of latitude, on the mean sphere


class Cluster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Open complaints of one kind, each near another of them, oldest first; their middle."""

    rows: tuple[Complaint, ...]
    lat: float
    lon: float


def clusters(rows: Iterable[Complaint]) -> tuple[Cluster, ...]:
    """The largest first, of two alike the one that is older. Closed ones gather nowhere."""
    kinds: dict[str, list[Complaint]] = {}
    for row in rows:
        if row.lat is not None and row.lon is not None and not closed(row):
            kinds.setdefault(row.kind, []).append(row)
    found = [_cluster(group) for of_kind in kinds.values() for group in _groups(of_kind)]
    kept = [cluster for cluster in found if len(cluster.rows) >= LEAST]
    return tuple(sorted(kept, key=lambda c: (-len(c.rows), c.rows[0].t_ms, c.rows[0].id)))


def closed(row: Complaint) -> bool:
    return row.status == "closed" or row.step == "done"


def _groups(rows: Sequence[Complaint]) -> list[list[Complaint]]:
    """Single linkage: whoever is near one of a group belongs to it, and joins groups that it is
    near to."""
    groups: list[list[Complaint]] = []
    for row in rows:
        near = [group for group in groups if any(_km(row, other) <= NEAR_KM for other in group)]
        groups = [group for group in groups if not any(group is one for one in near)]
        groups.append([row, *(other for group in near for other in group)])
    return groups


def _cluster(rows: Sequence[Complaint]) -> Cluster:
    ordered = tuple(sorted(rows, key=lambda row: (row.t_ms, row.id)))
    lat = math.fsum(row.lat or 0.0 for row in ordered) / len(ordered)
    lon = math.fsum(row.lon or 0.0 for row in ordered) / len(ordered)
    return Cluster(ordered, lat, lon)


def _km(a: Complaint, b: Complaint) -> float:
    """Distance on a plane that touches the city: exact to a metre within a few kilometres."""
    assert a.lat is not None
    assert a.lon is not None
    assert b.lat is not None
    assert b.lon is not None
    east = (a.lon - b.lon) * math.cos(math.radians(a.lat))
    return math.hypot(a.lat - b.lat, east) * KM_A_DEGREE
