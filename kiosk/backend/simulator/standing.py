"""Places that only the demonstration has: car parks, access points of the Wi-Fi, community centres.

No list of them with positions is at hand, so they stand around the centres of the neighbourhoods,
say that they are the demonstration's, and make way for those of a system that tells of its own.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import msgspec

from kiosk.backend.neighbourhoods import NeighbourhoodEntry
from kiosk.backend.simulator.noise import signed, smooth, stream, unit
from kiosk.wire.city import Place

LOT, POINT, CENTRE = "parking.lot", "wifi.point", "welfare.centre"
LOT_SOURCE, POINT_SOURCE, CENTRE_SOURCE = "demo-lots", "demo-access-points", "demo-centres"
LOTS = 550  # the goal of the city's digital plan of 2016
PUBLIC_SHARE = 0.6
POINTS_EACH = 3
PERIOD_MS = 600_000
DAY_MS = 86_400_000
SWINGS_A_DAY = 5.0
AROUND_M = 420.0  # how far from a neighbourhood's centre
M_PER_DEGREE = 111_320.0
SILENT_SHARE = 0.05  # of the car parks whose cars nobody counts
OPEN_SHARE, PREPARING_SHARE = 0.82, 0.11

Entries = Callable[[], Sequence[NeighbourhoodEntry]]


class StandingCourse:
    """Tells points and centres once, car parks anew every ten minutes. Nothing but seed and time
    counts; `entries` are the neighbourhoods, read when they are first told."""

    def __init__(self, entries: Entries, seed: int) -> None:
        self._entries = entries
        self._seed = seed
        self._lots: tuple[Place, ...] | None = None
        self._told_ms: int | None = None

    def step(self, now_ms: int) -> list[Place]:
        """What there is news of since the step before."""
        slot_ms = now_ms // PERIOD_MS * PERIOD_MS
        if slot_ms == self._told_ms:
            return []
        first, self._told_ms = self._told_ms is None, slot_ms
        if self._lots is None:
            self._lots = tuple(self._all_lots())
        still = [*self._points(), *self._centres()] if first else []
        return [*still, *(self._counted(lot, slot_ms) for lot in self._lots)]

    def tell_all_again(self) -> None:
        """The rows of the last step were lost: the next step gives everything."""
        self._told_ms = None

    def ids(self) -> frozenset[str]:
        """Of everything that it has told."""
        told = [*(self._lots or ()), *self._points(), *self._centres()] if self._lots else []
        return frozenset(place.id for place in told)

    def _all_lots(self) -> Iterator[Place]:
        entries = self._entries()
        for n in range(LOTS if entries else 0):
            entry = entries[n * len(entries) // LOTS]
            draws = stream(self._seed, "lot", str(n))
            public = unit(draws, 0) < PUBLIC_SHARE
            fee = 0 if unit(draws, 1) < 0.1 else 150 + 50 * int(unit(draws, 1) * 8)
            lot = self._place(LOT, LOT_SOURCE, entry, n, f"시연 {entry.name.ko} 주차장")
            attributes = {
                "kind_name": "공영" if public else "민영",
                "fee": float(fee),
                "fee_min": 5.0,
                "weekday_from": "0000" if unit(draws, 2) < 0.5 else "0700",
                "weekday_to": "2400" if unit(draws, 2) < 0.5 else "2200",
            }
            readings = {"parking.capacity": float(20 + int(unit(draws, 3) ** 2 * 380))}
            yield msgspec.structs.replace(lot, attributes=attributes, readings=readings)

    def _counted(self, lot: Place, slot_ms: int) -> Place:
        course = stream(self._seed, lot.id, "cars")
        if unit(course, 0) < SILENT_SHARE:
            return msgspec.structs.replace(lot, t_ms=slot_ms)
        room = float(str(lot.readings["parking.capacity"]))
        share = 0.62 + 0.42 * smooth(course, slot_ms / DAY_MS * SWINGS_A_DAY)
        parked = float(round(room * min(1.0, max(0.0, share))))
        readings = {**lot.readings, "parking.parked": parked, "parking.free": room - parked}
        return msgspec.structs.replace(lot, readings=readings, t_ms=slot_ms)

    def _points(self) -> Iterator[Place]:
        for entry in self._entries():
            for n in range(POINTS_EACH):
                name = f"시연 {entry.name.ko} 와이파이 {n + 1}"
                yield self._place(POINT, POINT_SOURCE, entry, n, name)

    def _centres(self) -> Iterator[Place]:
        for entry in self._entries():
            drawn = unit(stream(self._seed, "centre", entry.code), 0)
            state = "open" if drawn < OPEN_SHARE else "planned"
            if OPEN_SHARE <= drawn < OPEN_SHARE + PREPARING_SHARE:
                state = "preparing"
            yield Place(
                id=f"{CENTRE_SOURCE}-{entry.code}",
                source_id=CENTRE_SOURCE,
                kind=CENTRE,
                name=f"{entry.name.ko} 주민센터",
                district=entry.district,
                lat=entry.lat,
                lon=entry.lon,
                attributes={"rollout": state, "neighbourhood": entry.code},
                simulated=True,
            )

    def _place(self, kind: str, source: str, entry: NeighbourhoodEntry, n: int, name: str) -> Place:
        """One near the neighbourhood's centre, its number in its id."""
        draws = stream(self._seed, kind, entry.code, str(n))
        north, east = (AROUND_M * signed(draws, k) for k in (4, 5))
        across = M_PER_DEGREE * math.cos(math.radians(entry.lat))
        return Place(
            id=f"{source}-{entry.code}-{n}",
            source_id=source,
            kind=kind,
            name=name,
            district=entry.district,
            lat=round(entry.lat + north / M_PER_DEGREE, 6),
            lon=round(entry.lon + east / across, 6),
            simulated=True,
        )
