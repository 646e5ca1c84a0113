"""Reads figures of the cache: which series there are, their lines, their newest figures.

Series are found first, by short ranges of the index; then each one's rows lie side by side. Rows
are taken as plain tuples: a board reads ten thousand of them while a finger waits.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

import pysqlite3.dbapi2
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from kiosk.wire.city import CITY_AREA, EVERYONE, Observation, Period, Sex
from kiosk.wire.series import SeriesKey, observations

MOST_ROWS = 1000
_DISTRICT_DIGITS = 5

_SERIES = "SELECT id, indicator, period, sex, age, area FROM series WHERE "
_LINE = (
    "SELECT t_ms, value, flags, note FROM observations WHERE series = ? AND t_ms >= ? "  # noqa: S608
    f"ORDER BY t_ms DESC LIMIT {MOST_ROWS}"
)
_SPARSE = (
    "SELECT t_ms, value, flags, note FROM observations WHERE series = ?1 AND t_ms >= ?2 "  # noqa: S608
    "AND (t_ms / 600000 - (SELECT max(t_ms) FROM observations WHERE series = ?1) / 600000) % 2 = 0 "
    f"ORDER BY t_ms DESC LIMIT {MOST_ROWS}"
)
_LATEST = "SELECT t_ms, value, flags, note FROM latest WHERE series = ? AND t_ms >= ?"
_NEWEST = (
    "SELECT t_ms, value, flags, note FROM observations WHERE series = ? AND t_ms <= ? "
    "ORDER BY t_ms DESC LIMIT 1"
)
_FOR_EVER = 2**62

_log = logging.getLogger(__name__)
_Asked = tuple[str, tuple[Any, ...]]


class Choice:
    """Which series: those of a period, a sex, an age group, of one indicator or several areas."""

    def __init__(self, period: Period = "", sex: Sex = "all", age: str = EVERYONE) -> None:
        self._people = (period, sex, age)

    def of_indicators(self, indicators: Sequence[str], area: str) -> _Asked:
        return self._where(f"indicator IN ({_marks(indicators)}) AND area = ?", *indicators, area)

    def of_areas(self, indicator: str, areas: Sequence[str]) -> _Asked:
        return self._where(f"indicator = ? AND area IN ({_marks(areas)})", indicator, *areas)

    def of_districts(self, indicator: str) -> _Asked:
        where = "indicator = ? AND area > ? AND length(area) = ?"
        return self._where(where, indicator, CITY_AREA, _DISTRICT_DIGITS)

    def of_neighbourhoods(self, indicator: str, district: str) -> _Asked:
        after = f"{district[:-1]}{chr(ord(district[-1]) + 1)}"
        return self._where("indicator = ? AND area > ? AND area < ?", indicator, district, after)

    def _where(self, where: str, *params: str | int) -> _Asked:
        return f"period = ? AND sex = ? AND age = ? AND {where}", (*self._people, *params)


def people(indicator: str, area: str, periods: Sequence[Period]) -> _Asked:
    """Every sex and age group that an indicator has for an area."""
    where = f"indicator = ? AND period IN ({_marks(periods)}) AND area = ?"
    return where, (indicator, *periods, area)


class FigureReader:
    """Every query is total: without a readable cache the answer is empty."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def lines(
        self, asked: _Asked, since_ms: int, *, sparse: bool = False
    ) -> dict[SeriesKey, tuple[Observation, ...]]:
        """Each series' rows from `since_ms` on in the order of time, at most the newest MOST_ROWS,
        the figure of this moment last; series without any are left out.

        `sparse` is for lines as small as a thumb: every other ten minutes, counted from the newest
        row, which leaves what comes every 20 minutes or every hour as it is.
        """
        query = _SPARSE if sparse else _LINE
        return self._each(
            asked, lambda cursor, number, key: _line(query, cursor, number, key, since_ms)
        )

    def newest(self, asked: _Asked, until_ms: int | None = None) -> dict[SeriesKey, Observation]:
        """Each series' newest figure that is not later than `until_ms`."""
        found = self._each(asked, lambda cursor, number, key: _last(cursor, number, key, until_ms))
        return {key: rows[0] for key, rows in found.items()}

    def _each(self, asked: _Asked, read: Any) -> dict[SeriesKey, tuple[Observation, ...]]:
        where, params = asked
        found: dict[SeriesKey, tuple[Observation, ...]] = {}
        try:
            with self._engine.connect() as connection:
                cursor = connection.connection.cursor()
                for number, *key in cursor.execute(_SERIES + where, params).fetchall():
                    if rows := read(cursor, number, tuple(key)):
                        found[tuple(key)] = rows
        except (DBAPIError, pysqlite3.dbapi2.Error) as error:
            _log.warning("the cache can't be read: %s", error)
            return {}
        return found


def _line(
    query: str, cursor: Any, number: int, key: SeriesKey, since_ms: int
) -> tuple[Observation, ...]:
    rows = cursor.execute(query, (number, since_ms)).fetchall()
    rows.reverse()
    if not key[1]:
        moment = cursor.execute(_LATEST, (number, since_ms)).fetchone()
        if moment is not None and (not rows or moment[0] > rows[-1][0]):
            rows.append(moment)
    return observations(key, rows)


def _last(
    cursor: Any, number: int, key: SeriesKey, until_ms: int | None
) -> tuple[Observation, ...]:
    row = None
    if not key[1] and until_ms is None:
        row = cursor.execute(_LATEST, (number, 0)).fetchone()
    if row is None:
        last_ms = _FOR_EVER if until_ms is None else until_ms
        row = cursor.execute(_NEWEST, (number, last_ms)).fetchone()
    return () if row is None else observations(key, (row,))


def _marks(names: Iterable[str]) -> str:
    return ", ".join("?" for _ in names)
