"""The water level that a river camera's gauge shows: the same figure as the wall's indicator."""

from collections.abc import Callable
from pathlib import Path

from kiosk.backend.catalogue import load_city, read
from kiosk.backend.simulator.course import Course
from kiosk.backend.simulator.declared import SignalFile
from kiosk.wire.city import CITY_AREA

ORDINARY_M = 2.0


def river_level(folder: Path, seed: int) -> Callable[[int], float]:
    """Metres on the gauge at an epoch time in ms, as the source last told it.

    `folder` is the city's, whose pack names the indicator; without one the water stays where it
    ordinarily is. Raises SettingsError when its files do not fit.
    """
    signals = read(folder / "simulation.toml", SignalFile).signal
    city = load_city(folder)
    signal = next((s for s in signals if s.indicator == city.pack.gauge), None)
    indicator = next((i for i in city.indicators if i.id == city.pack.gauge), None)
    if signal is None or indicator is None:
        return lambda _t_ms: ORDINARY_M
    course = Course(signal, {}, indicator.period_s * 1000, seed)

    def level_m(t_ms: int) -> float:
        return course.values(course.slot_ms(t_ms))[CITY_AREA] or 0.0

    return level_m
