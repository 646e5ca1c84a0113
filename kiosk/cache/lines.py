"""Reads figures of the cache: which series there are, their lines, their newest figures.

Series are found first, by short ranges of an index; each one's rows lie side by side. An answer
takes one statement or two, however many series it is of.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from kiosk.cache.reading import Reading
from kiosk.wire.city import CITY_AREA, EVERYONE, Observation, Period, Sex
from kiosk.wire.series import SeriesKey, SparkPoint, observation, observations

MOST_ROWS = 1000

_SERIES = "SELECT id, indicator, period, sex, age, area FROM series AS s WHERE "
_LINE = (
    "SELECT t_ms, value, flags, note FROM observations WHERE series = ? AND t_ms >= ? "  # noqa: S608
    f"ORDER BY t_ms DESC LIMIT {MOST_ROWS}"
)
_LATEST = "SELECT t_ms, value, flags, note FROM latest WHERE series = ? AND t_ms >= ?"
_MOMENTS = (
    "SELECT s.indicator, s.period, s.sex, s.age, s.area, f.t_ms, f.value, f.flags, f.note "
    "FROM series AS s LEFT JOIN latest AS f ON f.series = s.id WHERE "
)
_ALL_MOMENTS = (
    "SELECT s.indicator, s.period, s.sex, s.age, s.area, f.t_ms, f.value, f.flags, f.note "
    "FROM latest AS f CROSS JOIN series AS s ON s.id = f.series "
    "WHERE s.sex = ? AND s.age = ? AND (s.area = ? OR s.area IN (SELECT key FROM districts))"
)
_AT_THE_END = (
    "SELECT s.indicator, s.period, s.sex, s.age, s.area, f.t_ms, f.value, f.flags, f.note "
    "FROM series AS s JOIN observations AS f ON f.series = s.id AND f.t_ms = "
    "(SELECT {end}(t_ms) FROM observations WHERE series = s.id AND t_ms <= ?) WHERE "
)
_SPARKS = (
    "SELECT s.indicator, k.body, f.t_ms, f.value FROM series AS s "
    "LEFT JOIN sparks AS k ON k.series = s.id LEFT JOIN latest AS f ON f.series = s.id WHERE "
)
_OFFERED = (
    "SELECT s.period, s.sex, s.age FROM series AS s WHERE indicator = ? AND area = ? "
    "AND EXISTS (SELECT 1 FROM observations WHERE series = s.id)"
)
_APART = (
    "SELECT DISTINCT indicator, 'sex' FROM series WHERE area = ? AND sex <> 'all' "
    "UNION SELECT DISTINCT indicator, 'age' FROM series WHERE area = ? AND age <> 'all'"
)
_FOR_EVER = 2**62

_Asked = tuple[str, tuple[Any, ...]]
_points = msgspec.json.Decoder(tuple[SparkPoint, ...]).decode


class Choice:
    """Which series: those of a period, a sex, an age group, of one indicator or several areas."""

    def __init__(self, period: Period = "", sex: Sex = "all", age: str = EVERYONE) -> None:
        self._people = (period, sex, age)

    def of_indicators(self, indicators: Sequence[str], area: str) -> _Asked:
        return self._where(f"indicator IN ({_marks(indicators)}) AND area = ?", *indicators, area)

    def of_areas(self, indicator: str, areas: Sequence[str]) -> _Asked:
        return self._where(f"indicator = ? AND area IN ({_marks(areas)})", indicator, *areas)

    def of_districts(self, indicator: str) -> _Asked:
        where = "indicator = ? AND area IN (SELECT key FROM districts)"
        return self._where(where, indicator)

    def of_neighbourhoods(self, indicator: str, district: str) -> _Asked:
        after = f"{district[:-1]}{chr(ord(district[-1]) + 1)}"
        return self._where("indicator = ? AND area > ? AND area < ?", indicator, district, after)

    def _where(self, where: str, *params: str | int) -> _Asked:
        return f"period = ? AND sex = ? AND age = ? AND {where}", (*self._people, *params)


def people(indicator: str, area: str, period: Period) -> _Asked:
    """Every sex and age group that an indicator has for an area."""
    return "indicator = ? AND period = ? AND area = ?", (indicator, period, area)


def offered(reading: Reading, indicator: str, area: str) -> frozenset[tuple[Period, Sex, str]]:
    """Period, sex and age group of every line of an indicator for an area that has rows."""
    return frozenset(tuple(row) for row in reading.rows(_OFFERED, (indicator, area)))


def apart(reading: Reading, area: str) -> dict[str, frozenset[str]]:
    """Indicator -> by what it tells the people of an area apart, "sex" or "age"."""
    found: dict[str, set[str]] = {}
    for indicator, by in reading.rows(_APART, (area,) * 2):
        found.setdefault(indicator, set()).add(by)
    return {indicator: frozenset(by) for indicator, by in found.items()}


def lines(
    reading: Reading, asked: _Asked, since_ms: int
) -> dict[SeriesKey, tuple[Observation, ...]]:
    """Each series' rows from `since_ms` on in the order of time, at most the newest MOST_ROWS, the
    figure of this moment last; series without any are left out."""
    where, params = asked
    found: dict[SeriesKey, tuple[Observation, ...]] = {}
    for number, *key in reading.rows(_SERIES + where, params):
        if rows := _line(reading, number, tuple(key), since_ms):
            found[tuple(key)] = rows
    return found


def sparks(
    reading: Reading, indicators: Sequence[str], area: str
) -> dict[str, tuple[SparkPoint, ...]]:
    """Indicator -> its small line, as it was written beside the figures, with the figure of this
    moment last."""
    where, params = Choice().of_indicators(indicators, area)
    found: dict[str, tuple[SparkPoint, ...]] = {}
    for indicator, body, t_ms, value in reading.rows(_SPARKS + where, params):
        points = () if body is None else _points(body)
        if t_ms is not None and (not points or t_ms > points[-1].t_ms):
            points = (*points, SparkPoint(t_ms, value))
        if points:
            found[indicator] = points
    return found


def newest(
    reading: Reading, asked: _Asked, until_ms: int | None = None
) -> dict[SeriesKey, Observation]:
    """Each series' newest figure that is not later than `until_ms`."""
    if until_ms is not None:
        return _at_the_end(reading, asked, "max", until_ms)
    where, params = asked
    moments = reading.rows(_MOMENTS + where, params)
    if all(row[5] is not None for row in moments):
        return _keyed(moments)
    kept = _at_the_end(reading, asked, "max")
    return kept | _keyed(row for row in moments if row[5] is not None)


def moments(reading: Reading) -> dict[SeriesKey, Observation]:
    """The newest figure of everything that is told moment by moment, of the city and districts."""
    return _keyed(reading.rows(_ALL_MOMENTS, (EVERYONE, EVERYONE, CITY_AREA)))


def oldest(reading: Reading, asked: _Asked) -> dict[SeriesKey, Observation]:
    """Each series' first figure that is kept."""
    return _at_the_end(reading, asked, "min")


def _at_the_end(
    reading: Reading, asked: _Asked, end: str, until_ms: int = _FOR_EVER
) -> dict[SeriesKey, Observation]:
    where, params = asked
    return _keyed(reading.rows(_AT_THE_END.format(end=end) + where, (until_ms, *params)))


def _keyed(rows: Iterable[Any]) -> dict[SeriesKey, Observation]:
    found = {}
    for indicator, period, sex, age, area, *row in rows:
        key = (indicator, period, sex, age, area)
        found[key] = observation(key, row)
    return found


def _line(reading: Reading, number: int, key: SeriesKey, since_ms: int) -> tuple[Observation, ...]:
    rows = list(reversed(reading.rows(_LINE, (number, since_ms))))
    if not key[1]:
        for moment in reading.rows(_LATEST, (number, since_ms)):
            if not rows or moment[0] > rows[-1][0]:
                rows.append(moment)
    return observations(key, rows)


def _marks(names: Iterable[str]) -> str:
    return ", ".join("?" for _ in names)
