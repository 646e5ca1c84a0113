"""Observations as narrow rows: the number of their series, time, value, flags, note.

Beside the city's own lines stands what a board of small lines draws of them (`sparks`): the last
figure of each quarter of an hour as JSON, made again whenever one of the line's rows was written.
"""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection

from kiosk.wire.city import CITY_AREA, EVERYONE, Latest, Observation, Period, Sex
from kiosk.wire.series import QUARTER_MS, SIMULATED, SeriesKey, flags_of, note_of, series_key

MOST_ROWS = 1000
SPARK_POINTS = 124  # ten years of months; of what comes all day a day and the night before
Stored = tuple[int, int, float | None, int, str]

# Binding None costs SQLite's driver more than all else of a row, so no note is written as "".
_INSERT = (
    "INSERT INTO {table} (series, t_ms, value, flags, note) VALUES (?, ?, ?, ?, nullif(?, '')) "
    "ON CONFLICT ({key}) DO UPDATE SET value = excluded.value, flags = excluded.flags, "
    "note = excluded.note"
)
_OBSERVATION = _INSERT.format(table="observations", key="series, t_ms")
_LATEST = (
    _INSERT.format(table="latest", key="series")
    + ", t_ms = excluded.t_ms WHERE excluded.t_ms >= latest.t_ms "
    f"OR (excluded.flags & {SIMULATED}) <> (latest.flags & {SIMULATED})"
)
_ADD = (
    "INSERT INTO series (indicator, period, sex, age, area) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)
_FIND = (
    "SELECT series.id, indicator, period, sex, age, area "
    "FROM json_each(?) AS named CROSS JOIN series "
    "WHERE indicator = named.value ->> 0 AND period = named.value ->> 1 "
    "AND sex = named.value ->> 2 AND age = named.value ->> 3 AND area = named.value ->> 4"
)
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
_encode = msgspec.json.Encoder().encode
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

    def write(self, connection: Connection, rows: Sequence[Observation | Latest]) -> None:
        """Observations go into their series; the newest of all becomes the latest figure."""
        figures = [row if isinstance(row, Observation) else row.observation for row in rows]
        stored: list[Stored] = [
            (number, figure.t_ms, figure.value, flags_of(figure), note_of(figure) or "")
            for number, figure in zip(self._series(connection, figures), figures, strict=True)
        ]
        kept = [
            line for line, row in zip(stored, rows, strict=True) if isinstance(row, Observation)
        ]
        if kept:
            connection.exec_driver_sql(_OBSERVATION, kept)
            self._spark(connection, {line[0] for line in kept})
        newest: dict[int, Stored] = {}
        for line, figure in zip(stored, figures, strict=True):
            if not figure.period and (line[0] not in newest or line[1] >= newest[line[0]][1]):
                newest[line[0]] = line
        if newest:
            connection.exec_driver_sql(_LATEST, list(newest.values()))

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

    def _series(self, connection: Connection, figures: Sequence[Observation]) -> list[int]:
        """The number of each figure's series."""
        keys = list(map(series_key, figures))
        found = [number for number in map(self._numbers.get, keys) if number is not None]
        if len(found) == len(keys):
            return found
        self._learn(connection, keys)
        return [self._numbers[key] for key in keys]

    def _number(self, connection: Connection, key: SeriesKey) -> int:
        if key not in self._numbers:
            self._learn(connection, [key])
        return self._numbers[key]

    def _learn(self, connection: Connection, keys: Iterable[SeriesKey]) -> None:
        """Numbers of series that are not known yet; those that are new get one."""
        unknown = [key for key in dict.fromkeys(keys) if key not in self._numbers]
        connection.exec_driver_sql(_ADD, unknown)
        for number, *key in connection.exec_driver_sql(_FIND, (_encode(unknown).decode(),)):
            self._numbers[tuple(key)] = number
            if tuple(key[1:]) == _SPARKED:
                self._sparked.add(number)


def _rest(table: str, rest: Sequence[str]) -> tuple[int, str, Sex, str]:
    """Time, period, sex and age of a key; a latest figure's has no time."""
    t_ms, *people = ("0", *rest) if table == "latest" else rest
    period, sex, age = people or ("", EVERYONE, EVERYONE)
    return int(t_ms), period, sex, age  # type: ignore[return-value]
