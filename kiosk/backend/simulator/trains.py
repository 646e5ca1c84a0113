"""Trains of the subway as the demonstration plays them; the stations are real.

The list of stations says nothing of lines: a station has one way up and one down.
"""

import msgspec

from kiosk.backend.simulator.noise import stream, unit
from kiosk.backend.simulator.reporting import PERIOD_MS, ReportingCourse
from kiosk.backend.simulator.signals import Moment
from kiosk.wire.city import TRAIN, Place

KIND = "subway.station"
AHEAD_MS = 2 * PERIOD_MS  # trains are told so far ahead, until the next report and a late one
WAYS = ("상행", "하행")
# Minutes between trains in each hour of the day, midnight first; None: none runs. Made up.
EVERY_MIN: tuple[int | None, ...] = (
    *(10, None, None, None, None, 9, 6, 4, 3, 4, 6, 6),
    *(6, 6, 6, 6, 5, 4, 3, 3, 5, 6, 7, 8),
)


class TrainCourse(ReportingCourse):
    """The trains that come next at each station."""

    kinds = (KIND,)

    def row(self, place: Place, slot_ms: int) -> Place:
        readings: dict[str, float | str | None] = {}
        every_min = EVERY_MIN[int(Moment.of(slot_ms).hour)]
        for way in WAYS if every_min else ():
            step_ms = (every_min or 1) * 60_000
            shift = int(unit(stream(self.seed, place.id, way), 0) * step_ms)
            first = -(-(slot_ms - shift) // step_ms)
            for n in range(AHEAD_MS // step_ms + 1):
                at_ms = (first + n) * step_ms + shift
                readings[f"{TRAIN}//{way}/{at_ms // step_ms % 10_000}"] = at_ms / 1000
        return msgspec.structs.replace(place, readings=readings, t_ms=slot_ms, simulated=True)
