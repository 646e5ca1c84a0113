"""Water of the purification plants as the demonstration plays it; the plants are real."""

from collections.abc import Iterable

import msgspec

from kiosk.backend.simulator.noise import smooth, stream
from kiosk.wire.city import Place

KIND = "water.plant"
PERIOD_MS = 600_000
DAY_MS = 86_400_000
SWINGS_A_DAY = 3.0
RANGES: dict[str, tuple[float, float, int]] = {
    "water.turbidity": (0.03, 0.09, 2),
    "water.chlorine": (0.35, 0.75, 2),
    "water.ph": (6.9, 7.6, 1),
}
"""Lowest and highest of an ordinary day, and decimals."""


class PlantCourse:
    """Tells each plant anew every ten minutes. Nothing but seed and time counts."""

    def __init__(self, places: Iterable[Place], seed: int) -> None:
        self._places = tuple(place for place in places if place.kind == KIND)
        self._seed = seed
        self._told_ms: int | None = None

    def step(self, now_ms: int) -> list[Place]:
        """Every plant when there is news since the step before."""
        slot_ms = now_ms // PERIOD_MS * PERIOD_MS
        if slot_ms == self._told_ms:
            return []
        self._told_ms = slot_ms
        return [self._row(place, slot_ms) for place in self._places]

    def tell_all_again(self) -> None:
        """The rows of the last step were lost: the next step gives everything."""
        self._told_ms = None

    def _row(self, place: Place, slot_ms: int) -> Place:
        readings: dict[str, float | str | None] = {}
        for kind, (low, high, decimals) in RANGES.items():
            course = stream(self._seed, place.id, kind)
            share = 0.5 + 0.5 * smooth(course, slot_ms / DAY_MS * SWINGS_A_DAY)
            readings[kind] = round(low + (high - low) * share, decimals)
        return msgspec.structs.replace(place, readings=readings, t_ms=slot_ms, simulated=True)
