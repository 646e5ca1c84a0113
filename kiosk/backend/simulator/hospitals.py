"""Beds of emergency rooms as the demonstration plays them; the hospitals themselves are real."""

from collections.abc import Iterable

import msgspec

from kiosk.backend.simulator.noise import smooth, stream, unit
from kiosk.pack import here
from kiosk.wire.city import Place

KIND = "health.emergency_hospital"
BEDS = "er.beds_left"
STANDARD = "er.beds_standard"
PERIOD_MS = 300_000  # as often as hospitals report
SPELL_MS = 6 * 3_600_000
LATE_SHARE = 0.06  # of hospitals that report nothing new for a spell
NEVER_SHARE = 0.04  # of hospitals that don't report at all
SWINGS_A_DAY = 4.0
DAY_MS = 86_400_000
SMALL = (3, 9)  # beds of a room whose class the pack does not name


class HospitalCourse:
    """Tells a hospital anew when it has reported again. Nothing but seed and time counts."""

    def __init__(self, places: Iterable[Place], seed: int) -> None:
        self._places = tuple(place for place in places if place.kind == KIND)
        self._seed = seed
        self._told: dict[str, int | None] = {}

    def step(self, now_ms: int) -> list[Place]:
        """Hospitals of which there is news since the step before."""
        rows = []
        for place in self._places:
            slot_ms = self._reported_ms(place, now_ms)
            if place.id not in self._told or self._told[place.id] != slot_ms:
                self._told[place.id] = slot_ms
                rows.append(self._row(place, slot_ms))
        return rows

    def tell_all_again(self) -> None:
        """The rows of the last step were lost: the next step gives everything."""
        self._told.clear()

    def ids(self) -> frozenset[str]:
        """None of its own: the hospitals are on a list."""
        return frozenset()

    def _reported_ms(self, place: Place, now_ms: int) -> int | None:
        course = stream(self._seed, place.id, "reports")
        if unit(course, 0) < NEVER_SHARE:
            return None
        spell = now_ms // SPELL_MS
        if unit(course, 1 + spell) < LATE_SHARE:
            now_ms = spell * SPELL_MS
        offset_ms = int(unit(stream(self._seed, place.id, "phase"), 0) * PERIOD_MS)
        return (now_ms - offset_ms) // PERIOD_MS * PERIOD_MS + offset_ms

    def _row(self, place: Place, slot_ms: int | None) -> Place:
        if slot_ms is None:
            return msgspec.structs.replace(place, t_ms=None, simulated=True)
        beds, share = self._beds(place), stream(self._seed, place.id, "beds")
        free = 0.42 + 0.4 * smooth(share, slot_ms / DAY_MS * SWINGS_A_DAY)
        readings = {BEDS: float(round(beds * free)), STANDARD: float(beds)}
        return msgspec.structs.replace(place, readings=readings, t_ms=slot_ms, simulated=True)

    def _beds(self, place: Place) -> int:
        room = here().emergency.rooms.get(str(place.attributes.get("class")))
        low, high = room.beds if room is not None else SMALL
        return low + int(unit(stream(self._seed, place.id, "size"), 0) * (high - low + 1))
