"""Water of purification plants and rivers as the demonstration plays it; plants and stations are
real."""

from collections.abc import Iterable, Mapping

import msgspec

from kiosk.backend.simulator.noise import smooth, stream
from kiosk.wire.city import Place

PLANT, RIVER = "water.plant", "water.river"
PERIOD_MS = 600_000
DAY_MS = 86_400_000
SWINGS_A_DAY = 3.0
Ranges = Mapping[str, tuple[float, float, int]]
RANGES: Mapping[str, Ranges] = {
    PLANT: {
        "water.turbidity": (0.03, 0.09, 2),
        "water.chlorine": (0.35, 0.75, 2),
        "water.ph": (6.9, 7.6, 1),
    },
    RIVER: {
        "water.water_temperature": (7.0, 11.0, 1),
        "water.ph": (7.1, 8.2, 1),
        "water.dissolved_oxygen": (6.2, 11.0, 1),
        "water.organic_carbon": (2.1, 5.6, 1),
        "water.phosphorus": (0.02, 0.16, 3),
    },
}
"""Lowest and highest of an ordinary day, and decimals, by kind of place."""


class WaterCourse:
    """Tells each plant and station anew every ten minutes. Nothing but seed and time counts."""

    def __init__(self, places: Iterable[Place], seed: int) -> None:
        self._places = tuple(place for place in places if place.kind in RANGES)
        self._seed = seed
        self._told_ms: int | None = None

    def step(self, now_ms: int) -> list[Place]:
        """All of them when there is news since the step before."""
        slot_ms = now_ms // PERIOD_MS * PERIOD_MS
        if slot_ms == self._told_ms:
            return []
        self._told_ms = slot_ms
        return [self._row(place, slot_ms) for place in self._places]

    def tell_all_again(self) -> None:
        """The rows of the last step were lost: the next step gives everything."""
        self._told_ms = None

    def ids(self) -> frozenset[str]:
        """None of its own: they are on lists."""
        return frozenset()

    def _row(self, place: Place, slot_ms: int) -> Place:
        readings: dict[str, float | str | None] = {}
        for kind, (low, high, decimals) in RANGES[place.kind].items():
            course = stream(self._seed, place.id, kind)
            share = 0.5 + 0.5 * smooth(course, slot_ms / DAY_MS * SWINGS_A_DAY)
            readings[kind] = round(low + (high - low) * share, decimals)
        return msgspec.structs.replace(place, readings=readings, t_ms=slot_ms, simulated=True)
