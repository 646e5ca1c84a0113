"""The store's observations: ten million narrow rows with revisions, in a table of their own.

A row that is gone stays as a mark without figures, so that its going has a revision too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, select, text, tuple_

from kiosk.backend.schema import observations as table
from kiosk.wire.city import EVERYONE, Observation, Period, figure_key
from kiosk.wire.series import (
    PROVISIONAL,
    SIMULATED,
    SeriesKey,
    flags_of,
    note_of,
    observation,
    series_key,
)

_FIND = text(
    "SELECT id FROM series WHERE indicator = :indicator AND period = :period AND sex = :sex "
    "AND age = :age AND area = :area"
)
_ADD = text(
    "INSERT INTO series (indicator, period, sex, age, area) "
    "VALUES (:indicator, :period, :sex, :age, :area) RETURNING id"
)
_UPSERT = text(
    "INSERT INTO observations (series, t_ms, revision, value, flags, note, weight) "
    "VALUES (:series, :t_ms, :revision, :value, :flags, :note, :weight) "
    "ON CONFLICT (series, t_ms) DO UPDATE SET revision = excluded.revision, "
    "value = excluded.value, flags = excluded.flags, note = excluded.note, weight = excluded.weight"
)
_STORED = select(
    table.c.series, table.c.t_ms, table.c.value, table.c.flags, table.c.note, table.c.weight
).where(tuple_(table.c.series, table.c.t_ms).in_(bindparam("places", expanding=True)))
_CHANGES = text(
    "SELECT o.series, o.revision, s.indicator, s.period, s.sex, s.age, s.area, o.t_ms, o.value, "
    "o.flags, o.note FROM observations o JOIN series s ON s.id = o.series "
    "WHERE o.revision > :since AND o.revision <= :head ORDER BY o.revision LIMIT :limit"
)
_GONE = text(
    "UPDATE observations SET revision = :revision, value = NULL, flags = NULL, note = NULL, "
    "weight = NULL WHERE series = :series AND t_ms = :t_ms"
)
_FORGET = text(
    "DELETE FROM observations WHERE t_ms < :before_ms AND series IN "
    "(SELECT id FROM series WHERE indicator = :indicator AND period = :period)"
)
_WRONG = text(
    "SELECT s.indicator, s.period, s.sex, s.age, s.area, o.t_ms FROM series s "  # noqa: S608
    "JOIN observations o ON o.series = s.id WHERE s.indicator = :indicator "
    f"AND o.flags IS NOT NULL AND (o.flags & {SIMULATED}) = :flag"
)
_PARTS = text(
    "SELECT t_ms, value, flags, weight FROM observations WHERE series = :series "
    "AND t_ms >= :from_ms AND t_ms < :until_ms AND flags IS NOT NULL ORDER BY t_ms"
)
_PROVISIONAL = text(
    "SELECT s.indicator, s.period, s.sex, s.age, s.area, o.t_ms FROM series s "  # noqa: S608
    "JOIN observations o ON o.series = s.id WHERE s.period = :period AND o.t_ms >= :since_ms "
    f"AND o.flags IS NOT NULL AND (o.flags & {PROVISIONAL}) <> 0"
)
_NO_HEAD = 2**63 - 1
_encode = msgspec.json.Encoder().encode
Entry = tuple[Observation, float | None]
Narrow = tuple[float | None, int | None, str | None, float | None]


Key = tuple[str, str] | tuple[int, int]


class Changed(NamedTuple):
    """A change of the row that `key` stands for within this store, as JSON (`told`)."""

    revision: int
    key: Key
    told: str


class Part(msgspec.Struct, frozen=True, gc=False):
    """A figure that a rollup is made of; `weight` is how many figures it was made of itself."""

    t_ms: int
    value: float | None
    flags: int
    weight: float | None


class Figures:
    """Reads and writes within the transaction of the caller, who also gives the revisions.

    The numbers of series are remembered; `forget_numbers` after a transaction was taken back.
    """

    def __init__(self) -> None:
        self._numbers: dict[SeriesKey, int] = {}

    def forget_numbers(self) -> None:
        self._numbers.clear()

    def write(self, connection: Connection, numbered: Sequence[tuple[int, Entry]]) -> None:
        params = [
            {
                "series": self._number(connection, series_key(row)),
                "t_ms": row.t_ms,
                "revision": revision,
                "value": row.value,
                "flags": flags_of(row),
                "note": note_of(row),
                "weight": weight,
            }
            for revision, (row, weight) in numbered
        ]
        if params:
            connection.execute(_UPSERT, params)

    def stored(
        self, connection: Connection, rows: Sequence[Observation]
    ) -> dict[tuple[SeriesKey, int], Narrow]:
        """By series and time, what is stored of these."""
        series: dict[int, SeriesKey] = {}
        places: list[tuple[int, int]] = []
        for row in rows:
            key = series_key(row)
            number = self._known(connection, key)
            if number is not None:
                series[number] = key
                places.append((number, row.t_ms))
        if not places:
            return {}
        found = connection.execute(_STORED, {"places": places})
        return {(series[number], t_ms): tuple(rest) for number, t_ms, *rest in found}

    def delete(self, connection: Connection, numbered: Iterable[tuple[int, str]]) -> None:
        """Marks rows as gone, by their keys (kiosk.wire.city.figure_key)."""
        for revision, key in numbered:
            series, t_ms = _named(key)
            params = {"series": self._number(connection, series), "t_ms": t_ms}
            connection.execute(_GONE, {**params, "revision": revision})

    def changes(self, connection: Connection, asked: Mapping[str, int]) -> list[Changed]:
        """At most `limit` of the changes after `since` up to `head`, in their order."""
        return [_change(*row) for row in connection.execute(_CHANGES, asked)]

    def touched(
        self, connection: Connection, since: int, limit: int
    ) -> list[tuple[int, SeriesKey, int]]:
        """Revision, series and time of what has changed."""
        asked = {"since": since, "head": _NO_HEAD, "limit": limit}
        found = connection.execute(_CHANGES, asked)
        return [
            (revision, (indicator, period, sex, age, area), t_ms)
            for _, revision, indicator, period, sex, age, area, t_ms, *_ in found
        ]

    def parts(
        self, connection: Connection, key: SeriesKey, from_ms: int, until_ms: int
    ) -> tuple[Part, ...]:
        """Figures of a series within a period, in the order of time."""
        series = self._known(connection, key)
        if series is None:
            return ()
        params = {"series": series, "from_ms": from_ms, "until_ms": until_ms}
        return tuple(Part(*row) for row in connection.execute(_PARTS, params))

    def forget(self, connection: Connection, indicator: str, period: Period, before_ms: int) -> int:
        """Drops older figures, told to nobody; how many."""
        params = {"indicator": indicator, "period": period, "before_ms": before_ms}
        return int(connection.execute(_FORGET, params).rowcount)

    def keys(self, connection: Connection, indicator: str, *, simulated: bool) -> list[str]:
        """Keys of an indicator's figures that are simulated, or that are not."""
        flag = SIMULATED if simulated else 0
        found = connection.execute(_WRONG, {"indicator": indicator, "flag": flag})
        return [_key(tuple(names), t_ms) for *names, t_ms in found]

    def provisional(
        self, connection: Connection, period: Period, since_ms: int
    ) -> list[tuple[SeriesKey, int]]:
        """Series and time of figures of a kind of period that may still change."""
        found = connection.execute(_PROVISIONAL, {"period": period, "since_ms": since_ms})
        return [((i, p, sex, age, area), t_ms) for i, p, sex, age, area, t_ms in found]

    def _number(self, connection: Connection, key: SeriesKey) -> int:
        number = self._known(connection, key)
        if number is None:
            number = int(connection.execute(_ADD, _params(key)).scalar_one())
            self._numbers[key] = number
        return number

    def _known(self, connection: Connection, key: SeriesKey) -> int | None:
        if key not in self._numbers:
            found = connection.scalar(_FIND, _params(key))
            if found is None:
                return None
            self._numbers[key] = int(found)
        return self._numbers[key]


def narrow(row: Observation, weight: float | None) -> Narrow:
    """Value, flags, note and weight as they are stored."""
    return row.value, flags_of(row), note_of(row), weight


def _params(key: SeriesKey) -> dict[str, object]:
    return dict(zip(("indicator", "period", "sex", "age", "area"), key, strict=True))


def _change(series: int, revision: int, *stored: Any) -> Changed:
    indicator, period, sex, age, area, t_ms, value, flags, note = stored
    key: SeriesKey = (indicator, period, sex, age, area)
    if flags is None:
        gone = _encode(_key(key, t_ms)).decode()
        told = f'{{"revision":{revision},"table":"observations","key":{gone}}}'
    else:
        row = observation(key, (t_ms, value, flags, note))
        told = f'{{"revision":{revision},"row":{_encode(row).decode()}}}'
    return Changed(revision, (series, t_ms), told)


def _key(key: Any, t_ms: int) -> str:
    return figure_key(observation(key, (t_ms, None, 0, None)))


def _named(key: str) -> tuple[SeriesKey, int]:
    indicator, area, t_ms, *people = key.split("/")
    period, sex, age = people or ("", EVERYONE, EVERYONE)
    return (indicator, period, sex, age, area), int(t_ms)
