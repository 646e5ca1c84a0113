"""Ten years of months, and of years by sex and age, of a demonstration that began today.

A figure follows from seed and time as the live ones do: the same ordinary day, times the days of
the month, times a slow course through the years.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from kiosk.backend.simulator.course import Course
from kiosk.backend.simulator.noise import signed, smooth, stream
from kiosk.backend.simulator.signals import DAY_MS, Moment
from kiosk.backend.spans import span
from kiosk.wire.city import CITY_AREA, Observation, Sex

YEARS = 10
YEAR_MS = 365.25 * DAY_MS
SWING = 0.12  # how far the years lie apart
UNEVEN = 0.03  # how far districts and months stray from their share
SEXES: tuple[tuple[Sex, float], ...] = (("male", 0.487), ("female", 0.513))

Group = tuple[str, Sex, str]


class AgeShare(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An age group and the part of all people who are in it."""

    group: str
    share: float


def months(course: Course, indicator: str, decimals: int, now_ms: int) -> Iterator[Observation]:
    """Months of ten years up to the last one that is over, city and districts."""
    for start_ms in _starts(now_ms):
        for area, value in month(course, start_ms).items():
            yield Observation(
                indicator, area, start_ms, round(value, decimals), simulated=True, period="month"
            )


def people(
    course: Course, indicator: str, ages: Sequence[AgeShare], now_ms: int
) -> Iterator[Observation]:
    """Sums of those years that are there whole, by sex, by age and by both; each adds up."""
    years: dict[int, list[dict[str, float]]] = {}
    for start_ms in _starts(now_ms):
        years.setdefault(span("year", start_ms)[0], []).append(month(course, start_ms))
    whole_years = {t_ms: found for t_ms, found in years.items() if len(found) == 12}
    for t_ms, found in whole_years.items():
        areas = {area: math.fsum(one[area] for one in found) for area in found[0]}
        for (area, sex, age), value in _groups(course, areas, ages).items():
            yield Observation(
                indicator, area, t_ms, value, simulated=True, sex=sex, age=age, period="year"
            )


def month(course: Course, start_ms: int) -> dict[str, float]:
    """Area -> the month's sum of what is counted, its mean of what is a level."""
    end_ms = span("month", start_ms)[1]
    days = (end_ms - start_ms) / DAY_MS
    at = Moment.of((start_ms + end_ms) // 2)
    signal = course.signal
    day = math.fsum(signal.hours)
    if signal.kind == "level":
        day, days = day / len(signal.hours), 1.0
    week = (5 + 2 * signal.weekend) / 7
    city = day * signal.months[at.month] * week * days + signal.offsets[at.month]
    swing = smooth(stream(course.seed, signal.indicator, "decade"), start_ms / YEAR_MS / 2)
    city *= 1 + SWING * swing
    found = {
        code: course.within(city * share * (1 + UNEVEN * _stray(course, code, start_ms)))
        for code, share in course.shares.items()
    }
    if course.included is not None:
        for code, value in month(course.included, start_ms).items():
            if code in found:
                found[code] += value
    if not found:
        return {CITY_AREA: course.within(city)}
    total = math.fsum(found.values())
    found[CITY_AREA] = total / len(found) if signal.city == "mean" else total
    return found


def _groups(
    course: Course, areas: Mapping[str, float], ages: Sequence[AgeShare]
) -> dict[Group, float]:
    """Every area's people by sex, age and both; those of the city are its districts' together."""
    found: dict[Group, float] = {}
    parts = {area: value for area, value in areas.items() if area != CITY_AREA} or areas
    for area, whole in parts.items():
        for sex, age, share in _shares(course, area, ages):
            value = float(round(whole * share))
            for key in {(area, sex, age), (CITY_AREA, sex, age)}:
                found[key] = found.get(key, 0.0) + value
    return found


def _shares(
    course: Course, area: str, ages: Sequence[AgeShare]
) -> Iterator[tuple[Sex, str, float]]:
    for sex, of_sex in SEXES:
        yield sex, "all", of_sex
    strayed = {
        a.group: a.share * (1 + 3 * UNEVEN * _stray(course, f"{area}{a.group}", 0)) for a in ages
    }
    total = math.fsum(strayed.values())
    for group, share in strayed.items():
        yield "all", group, share / total
        for sex, of_sex in SEXES:
            yield sex, group, of_sex * share / total


def _stray(course: Course, area: str, t_ms: int) -> float:
    return signed(stream(course.seed, course.signal.indicator, area, "decade"), t_ms // DAY_MS)


def _starts(now_ms: int) -> list[int]:
    """Starts of the months of YEARS years that are over, oldest first."""
    starts = []
    start_ms = span("month", now_ms)[0]
    for _ in range(YEARS * 12):
        start_ms = span("month", start_ms - 1)[0]
        starts.append(start_ms)
    return starts[::-1]
