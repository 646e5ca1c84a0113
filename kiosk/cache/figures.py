"""Observations as narrow rows: the number of their series, time, value, flags, note.

Beside the city's own lines stands what a board of small lines draws of them (`sparks`): the last
figure of each quarter of an hour as JSON, made again whenever one of the line's rows was written.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from kiosk.wire.city import CITY_AREA, EVERYONE, Observation, Period, Sex
from kiosk.wire.series import QUARTER_MS, SIMULATED, SeriesKey, flags_of, note_of, series_key

MOST_ROWS = 1000
SPARK_POINTS = 124  # ten years of months; of what comes all day a day and the night before
Stored = tuple[int, int, float | None, int, str | None]

_INSERT = (
    "INSERT INTO {table} (series, t_ms, value, flags, note) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT ({key}) DO UPDATE SET t_ms = excluded.t_ms, value = excluded.value, "
    "flags = excluded.flags, note = excluded.note"
)
_OBSERVATION = _INSERT.format(table="observations", key="series, t_ms")
_LATEST = (
    _INSERT.format(table="latest", key="series") + " WHERE excluded.t_ms >= latest.t_ms "
    f"OR (excluded.flags & {SIMULATED}) <> (latest.flags & {SIMULATED})"
)
_FIND = (
    "SELECT id FROM series WHERE indicator = ? AND period = ? AND sex = ? AND age = ? AND area = ?"
)
_ADD = "INSERT INTO series (indicator, period, sex, age, area) VALUES (?, ?, ?, ?, ?) RETURNING id"
_SPARK = (
    "REPLACE INTO sparks (series, body) SELECT ?1, json_group_array(json_array(newest, value)) "  # noqa: S608
    "FROM (SELECT * FROM (SELECT max(t_ms) AS newest, value FROM (SELECT t_ms, value "
    f"FROM observations WHERE series = ?1 ORDER BY t_ms DESC LIMIT {MOST_ROWS}) "
    f"GROUP BY t_ms / {QUARTER_MS} ORDER BY newest DESC LIMIT {SPARK_POINTS}) ORDER BY newest)"
)
_PRUNE = (
    "DELETE FROM observations WHERE t_ms < ? AND series IN "
    "(SELECT id FROM series WHERE indicator = ? AND period = ?)"
)
_SPARKED = ("", EVERYONE, EVERYONE, CITY_AREA)


class FigureWriter:
    """Writes observations, within the transaction of the caller.

    The numbers of series are remembered, and which have a small line; `forget` after a transaction
    that was taken back.
    """

    def __init__(self) -> None:
        self._numbers: dict[SeriesKey, int] = {}
        self._sparked: set[int] = set()

    def forget(self) -> None:
        self._numbers.clear()
        self._sparked.clear()

    def write(
        self, connection: Connection, kept: Sequence[Observation], shown: Iterable[Observation]
    ) -> None:
        """`kept` goes into the series, the newest of `shown` becomes the latest figure."""
        if kept:
            stored = [self._stored(connection, row) for row in kept]
            connection.exec_driver_sql(_OBSERVATION, stored)
            self._spark(connection, {row[0] for row in stored})
        if newest := _newest(self._stored(connection, row) for row in shown if not row.period):
            connection.exec_driver_sql(_LATEST, newest)

    def delete(self, connection: Connection, table: str, key: str) -> None:
        """Deletes the row that the backend names so (kiosk.wire.city.figure_key)."""
        indicator, area, *rest = key.split("/")
        t_ms, period, sex, age = _rest(table, rest)
        number = self._number(connection, (indicator, period, sex, age, area))
        where = "series = ?" if table == "latest" else "series = ? AND t_ms = ?"
        params = (number,) if table == "latest" else (number, t_ms)
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where}", params)  # noqa: S608
        self._spark(connection, {number})

    def prune(self, connection: Connection, indicator: str, period: Period, before_ms: int) -> int:
        """Drops figures of one kind that are older; how many."""
        found = connection.exec_driver_sql(_PRUNE, (before_ms, indicator, period))
        if found.rowcount and not period:
            number = self._number(connection, (indicator, *_SPARKED))
            self._spark(connection, {number})
        return int(found.rowcount)

    def _spark(self, connection: Connection, touched: set[int]) -> None:
        """Draws the small lines of these series anew, of those that have one."""
        if of_city := [(number,) for number in touched & self._sparked]:
            connection.exec_driver_sql(_SPARK, of_city)

    def _stored(self, connection: Connection, row: Observation) -> Stored:
        number = self._numbers.get(series_key(row))
        if number is None:
            number = self._number(connection, series_key(row))
        return number, row.t_ms, row.value, flags_of(row), note_of(row)

    def _number(self, connection: Connection, key: SeriesKey) -> int:
        number = connection.exec_driver_sql(_FIND, key).scalar()
        if number is None:
            number = connection.exec_driver_sql(_ADD, key).scalar_one()
        self._numbers[key] = int(number)
        if key[1:] == _SPARKED:
            self._sparked.add(int(number))
        return int(number)


def _rest(table: str, rest: Sequence[str]) -> tuple[int, str, Sex, str]:
    """Time, period, sex and age of a key; a latest figure's has no time."""
    t_ms, *people = ("0", *rest) if table == "latest" else rest
    period, sex, age = people or ("", EVERYONE, EVERYONE)
    return int(t_ms), period, sex, age  # type: ignore[return-value]


def _newest(figures: Iterable[Stored]) -> list[Any]:
    """The newest figure of each series; of two at one time the later one."""
    found: dict[int, Stored] = {}
    for figure in figures:
        if figure[0] not in found or figure[1] >= found[figure[0]][1]:
            found[figure[0]] = figure
    return list(found.values())
