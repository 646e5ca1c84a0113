"""Which places of a kind there are: of the city how many, of a district each; one place told by
several is one. No Qt."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.panels.places.kinds.kind import PlaceKind
from kiosk.wire.city import Place

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

OF_A_SYSTEM = "/"  # stands in the ids of what a system of the register tells
MADE_UP = "demo-"  # ids of places that only the demonstration has
Found = tuple[tuple[Place, ...], dict[str, int], bool]
"""Places, how many there are in each district, and whether what is shown is the demonstration's."""


def many(repositories: "Repositories", kind: PlaceKind, district: str | None) -> Found:
    """Of the city how many there are, of a district each of them."""
    if district is not None:
        rows = best(repositories.places(kind.kind, district))
        return rows, {}, any(row.simulated for row in rows)
    found = repositories.place_counts(kind.kind)
    real = any(told for _, told in found.values())
    counts = {code: told if real else every for code, (every, told) in found.items()}
    return (), counts, bool(found) and not real


def few(repositories: "Repositories", kind: PlaceKind, district: str | None) -> Found:
    """All of them, or those of a district. In the whole city only a list is shown: its places may
    be real where how they are is not."""
    every = best(repositories.places(kind.kind))
    counts = dict(Counter(row.district for row in every))
    rows = tuple(row for row in every if district in (None, row.district))
    played = any(made_up(row) or (row.simulated and district is not None) for row in rows)
    return rows, counts, played


def best(rows: Sequence[Place]) -> tuple[Place, ...]:
    """Where a system tells of places of a kind, the demonstration's own are not shown beside them,
    and no place that it plays. What a list and systems call by one name is one place: where it
    stands by the list, how it is by all of them."""
    real = [row for row in rows if OF_A_SYSTEM in row.id]
    if not real:
        return tuple(rows)
    listed = {
        row.name: msgspec.structs.replace(row, readings={}, simulated=False)
        for row in rows
        if OF_A_SYSTEM not in row.id and not made_up(row)
    }
    apart = []
    for row in real:
        if row.lat is None and row.name in listed:
            listed[row.name] = _both(listed[row.name], row)
        else:
            apart.append(row)
    return (*apart, *listed.values())


def _both(listed: Place, told: Place) -> Place:
    return msgspec.structs.replace(
        listed,
        source_id=told.source_id,
        readings={**listed.readings, **told.readings},
        t_ms=max(filter(None, (listed.t_ms if listed.readings else None, told.t_ms)), default=None),
    )


def made_up(row: Place) -> bool:
    """Whether only the demonstration has it."""
    return row.id.startswith(MADE_UP)
