"""Trains of the subway as the demonstration plays them; the stations are real.

The list of stations says nothing of lines: a station has one way up and one down.
"""

from collections.abc import Iterable

import msgspec

from kiosk.backend.simulator.noise import stream, unit
from kiosk.backend.simulator.signals import Moment
from kiosk.wire.city import TRAIN, Place

KIND = "subway.station"
PERIOD_MS = 600_000
AHEAD_MS = 2 * PERIOD_MS  # trains are told so far ahead, until the next report and a late one
WAYS = ("상행", "하행")
# Minutes between trains in each hour of the day, midnight first; None: none runs. Made up.
EVERY_MIN: tuple[int | None, ...] = (
    *(10, None, None, None, None, 9, 6, 4, 3, 4, 6, 6),
    *(6, 6, 6, 6, 5, 4, 3, 3, 5, 6, 7, 8),
)


class TrainCourse:
    """Tells each station anew every ten minutes. Nothing but seed and time counts."""

    def __init__(self, places: Iterable[Place], seed: int) -> None:
        self._places = tuple(place for place in places if place.kind == KIND)
        self._seed = seed
        self._told_ms: int | None = None

    def step(self, now_ms: int) -> list[Place]:
        """Every station when there is news since the step before."""
        slot_ms = now_ms // PERIOD_MS * PERIOD_MS
        if slot_ms == self._told_ms:
            return []
        self._told_ms = slot_ms
        every = EVERY_MIN[int(Moment.of(slot_ms).hour)]
        return [self._row(place, slot_ms, every) for place in self._places]

    def tell_all_again(self) -> None:
        """The rows of the last step were lost: the next step gives everything."""
        self._told_ms = None

    def ids(self) -> frozenset[str]:
        """None of its own: the stations are on a list."""
        return frozenset()

    def _row(self, place: Place, slot_ms: int, every_min: int | None) -> Place:
        readings: dict[str, float | str | None] = {}
        for way in WAYS if every_min else ():
            assert every_min is not None
            step_ms = every_min * 60_000
            shift = int(unit(stream(self._seed, place.id, way), 0) * step_ms)
            first = -(-(slot_ms - shift) // step_ms)
            for n in range(AHEAD_MS // step_ms + 1):
                at_ms = (first + n) * step_ms + shift
                readings[f"{TRAIN}//{way}/{at_ms // step_ms % 10_000}"] = at_ms / 1000
        return msgspec.structs.replace(place, readings=readings, t_ms=slot_ms, simulated=True)
