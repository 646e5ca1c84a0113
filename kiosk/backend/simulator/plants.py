"""Water of purification plants and rivers as the demonstration plays it; plants and stations are
real."""

from collections.abc import Mapping

import msgspec

from kiosk.backend.simulator.noise import smooth, stream
from kiosk.backend.simulator.reporting import ReportingCourse
from kiosk.wire.city import Place

PLANT, RIVER = "water.plant", "water.river"
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


class WaterCourse(ReportingCourse):
    """What plants and stations measure."""

    kinds = frozenset(RANGES)

    def row(self, place: Place, slot_ms: int) -> Place:
        readings: dict[str, float | str | None] = {}
        for kind, (low, high, decimals) in RANGES[place.kind].items():
            course = stream(self.seed, place.id, kind)
            share = 0.5 + 0.5 * smooth(course, slot_ms / DAY_MS * SWINGS_A_DAY)
            readings[kind] = round(low + (high - low) * share, decimals)
        return msgspec.structs.replace(place, readings=readings, t_ms=slot_ms, simulated=True)
