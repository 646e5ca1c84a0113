"""What panels read. Every query is total: without a readable cache the answer is empty.

Import this module late in the ui process (it brings SQLAlchemy); the rows themselves come from
`kiosk.wire.city`, which is light. All methods may be called from any thread.
"""

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import msgspec
from sqlalchemy import Engine

from kiosk.cache import lines
from kiosk.cache.lines import Choice
from kiosk.cache.reading import Reading
from kiosk.cache.schema import VERSION_OF
from kiosk.wire.city import (
    CITY_AREA,
    EVERYONE,
    Camera,
    Complaint,
    ComplaintCount,
    District,
    Incident,
    Indicator,
    Item,
    Kind,
    Neighbourhood,
    Observation,
    OrderStatus,
    Period,
    Place,
    Sex,
    Source,
)
from kiosk.wire.names import PlaceName
from kiosk.wire.series import SeriesKey, SparkPoint

__all__ = [
    "CITY_AREA",
    "CacheMeta",
    "Camera",
    "District",
    "Incident",
    "Indicator",
    "Observation",
    "Repositories",
    "Source",
]

R = TypeVar("R")
MOST_COMPLAINTS = 500
MOST_ORDERS = 200
_WHOLE = "SELECT body FROM {table} ORDER BY position, key"
_COMPLAINTS = (
    "SELECT body FROM complaints {where} ORDER BY open DESC, position DESC, key DESC LIMIT ?"
)
_COUNTED = (
    "SELECT district, count(*), sum(instr(key, '/') > 0) FROM places WHERE kind = ? "
    "GROUP BY district"
)
_ITEMS = "SELECT body FROM items WHERE {where} ORDER BY position, key"


class CacheMeta(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the cache has followed the backend; `last_success_ms` is the last good pull."""

    epoch: str = ""
    revision: int = 0
    last_success_ms: int | None = None


class Repositories:
    """Read access to the cache. What is always read whole is decoded once for each state of it."""

    def __init__(self, engine: Engine) -> None:
        self._reading = Reading(engine)
        self._kept: dict[str, tuple[str, tuple[object, ...]]] = {}

    @contextmanager
    def at_once(self) -> Iterator["Repositories"]:
        """The cache as it is at one moment, for a panel's several questions."""
        there = copy.copy(self)
        with self._reading.at_once() as there._reading:
            yield there

    # ---- what the city has

    def districts(self) -> tuple[District, ...]:
        """All districts in the order of their codes."""
        return self._catalogue("districts", District)

    def neighbourhoods(self) -> tuple[Neighbourhood, ...]:
        """All neighbourhoods in the order of their codes, district by district."""
        return self._catalogue("neighbourhoods", Neighbourhood)

    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the order of the catalogue."""
        return self._catalogue("indicators", Indicator)

    def sources(self) -> tuple[Source, ...]:
        return self._catalogue("sources", Source)

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of data of the catalogue, in the order of their ids."""
        return self._catalogue("kinds", Kind)

    def places(self, kind: str, district: str | None = None) -> tuple[Place, ...]:
        """Places of one kind, everywhere or in one district, in the order of their ids."""
        where, params = "kind = ?", [kind]
        if district is not None:
            where, params = "kind = ? AND district = ?", [kind, district]
        found = self._reading.rows(f"SELECT body FROM places WHERE {where} ORDER BY key", params)  # noqa: S608
        return _decoded(found, Place)

    def place_counts(self, kind: str) -> dict[str, tuple[int, int]]:
        """District ("" where it is not known) -> how many places of one kind there are, and how
        many of them a system of the register told of. Counts however many there are."""
        found = self._reading.rows(_COUNTED, (kind,))
        return {district: (every, told) for district, every, told in found}

    def place_names(self, kinds: Sequence[str]) -> tuple[PlaceName, ...]:
        """Names of the places of some kinds, and where they stand, district by district."""
        marks = ", ".join("?" * len(kinds))
        asked = (
            "SELECT key, kind, name, district, "  # noqa: S608
            "json_extract(body, '$.lat'), json_extract(body, '$.lon') "
            f"FROM places WHERE kind IN ({marks}) "
            "ORDER BY kind, district, key"
        )
        return tuple([PlaceName(*row) for row in self._reading.rows(asked, tuple(kinds))])

    def systems_of_places(self) -> frozenset[str]:
        """Ids of the systems that tell of places."""
        asked = "SELECT DISTINCT substr(key, 1, instr(key, '/') - 1) FROM places"
        found = self._remembered(
            "places/systems",
            "places",
            lambda: tuple(str(system) for (system,) in self._reading.rows(asked)),
        )
        return frozenset(found) - {""}

    def complaints(
        self, limit: int = MOST_COMPLAINTS, district: str | None = None
    ) -> tuple[Complaint, ...]:
        """Complaints of the city or of a district: those that are open, then the others; of both
        the newest first."""
        if district is not None:
            asked = _COMPLAINTS.format(where="WHERE district = ?")
            return _decoded(self._reading.rows(asked, (district, limit)), Complaint)
        asked = _COMPLAINTS.format(where="")
        return self._remembered(
            f"complaints/{limit}",
            "complaints",
            lambda: _decoded(self._reading.rows(asked, (limit,)), Complaint),
        )

    def complaint(self, key: str) -> Complaint | None:
        """One complaint by its id."""
        asked = "SELECT body FROM complaints WHERE key = ?"
        return next(iter(_decoded(self._reading.rows(asked, (key,)), Complaint)), None)

    def complaint_counts(self) -> dict[str, ComplaintCount]:
        """District -> how many there are, of all complaints, however many; "" where not known."""
        found = self._reading.rows("SELECT district, every, still FROM complaint_counts")
        return {district: ComplaintCount(every, still) for district, every, still in found}

    def items(self, *kinds: str) -> tuple[Item, ...]:
        """Items of some kinds, of every kind without any, in the order of their positions."""
        where = f"kind IN ({', '.join('?' * len(kinds))})" if kinds else "true"
        name = f"items of {' '.join(kinds)}"
        return self._remembered(name, "items", lambda: self._items(where, *kinds))

    def children(self, parent: str) -> tuple[Item, ...]:
        """What an item is made of, in the order of their positions."""
        return self._items("parent = ?", parent)

    def item(self, key: str) -> Item | None:
        """One item by its id."""
        return next(iter(self._items("key = ?", key)), None)

    def newest_items(self, kind: str, limit: int) -> tuple[Item, ...]:
        """Items of one kind, the highest positions first: what comes live, newest first."""
        asked = "SELECT body FROM items WHERE kind = ? ORDER BY position DESC, key DESC LIMIT ?"
        return _decoded(self._reading.rows(asked, (kind, limit)), Item)

    def cameras(self) -> tuple[Camera, ...]:
        """All cameras in the order of their numbers."""
        return self._catalogue("cameras", Camera)

    def incidents(self, *, ended: bool = False) -> tuple[Incident, ...]:
        """Open incidents, newest first; with `ended`, those that are over as well."""
        found = self._catalogue("incidents", Incident)
        return tuple(i for i in reversed(found) if ended or i.ended_ms is None)

    def orders(self) -> tuple[OrderStatus, ...]:
        """How far the backend says that orders have come, in the order of their writing."""
        return self._catalogue("orders", OrderStatus)

    def newest_orders(self, limit: int = MOST_ORDERS) -> tuple[OrderStatus, ...]:
        """The same of those that were written last."""
        asked = "SELECT body FROM orders ORDER BY position DESC, key DESC LIMIT ?"
        return self._remembered(
            f"orders/{limit}",
            "orders",
            lambda: _decoded(self._reading.rows(asked, (limit,)), OrderStatus),
        )

    # ---- figures

    def latest(self, indicators: Sequence[str], area: str = CITY_AREA) -> dict[str, Observation]:
        """Indicator id -> its newest observation; ids without any are left out."""
        found = lines.newest(self._reading, Choice().of_indicators(indicators, area))
        return {row.indicator: row for row in found.values()}

    def all_latest(self) -> dict[tuple[str, str], Observation]:
        """Indicator id and code of the city or a district -> its newest observation."""
        return {(key[0], key[4]): row for key, row in lines.moments(self._reading).items()}

    def by_district(
        self,
        indicator: str,
        *,
        period: Period = "",
        sex: Sex = "all",
        age: str = EVERYONE,
        until_ms: int | None = None,
    ) -> dict[str, Observation]:
        """District code -> its newest observation, with `until_ms` the newest that is not later;
        districts without any are left out."""
        asked = Choice(period, sex, age).of_districts(indicator)
        return _by_area(lines.newest(self._reading, asked, until_ms))

    def first_by_area(self, indicator: str, areas: Sequence[str]) -> dict[str, Observation]:
        """Area -> its first observation that is kept; areas without any are left out."""
        return _by_area(lines.oldest(self._reading, Choice().of_areas(indicator, areas)))

    def by_neighbourhood(
        self,
        indicator: str,
        district: str,
        *,
        period: Period = "",
        sex: Sex = "all",
        age: str = EVERYONE,
        until_ms: int | None = None,
    ) -> dict[str, Observation]:
        """Code of each neighbourhood of a district -> its newest observation, in the same way."""
        asked = Choice(period, sex, age).of_neighbourhoods(indicator, district)
        return _by_area(lines.newest(self._reading, asked, until_ms))

    def breakdown(
        self,
        indicator: str,
        area: str = CITY_AREA,
        *,
        period: Period = "year",
        until_ms: int | None = None,
    ) -> dict[tuple[Sex, str], Observation]:
        """Sex and age group -> the newest figure that is not later than `until_ms`."""
        found = lines.newest(self._reading, lines.people(indicator, area, period), until_ms)
        return {(row.sex, row.age): row for row in found.values()}

    def offers(self, indicator: str, area: str = CITY_AREA) -> frozenset[tuple[Period, Sex, str]]:
        """Period, sex and age group of every line that an indicator has for an area."""
        return lines.offered(self._reading, indicator, area)

    def apart(self, area: str = CITY_AREA) -> dict[str, frozenset[str]]:
        """Indicator -> by what it tells people apart, "sex" or "age"; those that do not are left
        out."""
        return lines.apart(self._reading, area)

    def series(
        self,
        indicator: str,
        area: str = CITY_AREA,
        since_ms: int = 0,
        *,
        period: Period = "",
        sex: Sex = "all",
        age: str = EVERYONE,
    ) -> tuple[Observation, ...]:
        """Observations from `since_ms` on in the order of time, the newest figure last; of very
        many the newest."""
        found = self.compare(indicator, (area,), since_ms, period=period, sex=sex, age=age)
        return found.get(area, ())

    def compare(
        self,
        indicator: str,
        areas: Sequence[str],
        since_ms: int = 0,
        *,
        period: Period = "",
        sex: Sex = "all",
        age: str = EVERYONE,
    ) -> dict[str, tuple[Observation, ...]]:
        """Area -> its series, for lines beside one another; areas without any are left out."""
        asked = Choice(period, sex, age).of_areas(indicator, areas)
        return {key[4]: rows for key, rows in lines.lines(self._reading, asked, since_ms).items()}

    def sparks(self, indicators: Sequence[str]) -> dict[str, tuple[SparkPoint, ...]]:
        """Indicator id -> the city's line as small as a board draws it: the last figure of each
        quarter of an hour, the newest figure last."""
        return lines.sparks(self._reading, indicators, CITY_AREA)

    # ----

    def meta(self) -> CacheMeta:
        values = dict(tuple(row) for row in self._reading.rows("SELECT key, value FROM meta"))
        success = values.get("last_success_ms")
        return CacheMeta(
            epoch=values.get("epoch", ""),
            revision=int(values.get("revision", 0)),
            last_success_ms=int(success) if success else None,
        )

    def _items(self, where: str, *params: str) -> tuple[Item, ...]:
        return _decoded(self._reading.rows(_ITEMS.format(where=where), params), Item)

    def _catalogue(self, table: str, kind: type[R]) -> tuple[R, ...]:
        asked = _WHOLE.format(table=table)
        return self._remembered(table, table, lambda: _decoded(self._reading.rows(asked), kind))

    def _remembered(
        self, name: str, table: str, read: Callable[[], tuple[R, ...]]
    ) -> tuple[R, ...]:
        """What was read before if the table is as it was then. Its version is asked first: rows
        that are newer than the version are read again, the other way round would keep old ones."""
        asked = "SELECT value FROM meta WHERE key = ?"
        found = self._reading.rows(asked, (VERSION_OF.format(table=table),))
        version = found[0][0] if found else None
        kept = self._kept.get(name)
        if kept is not None and kept[0] == version:
            return kept[1]  # type: ignore[return-value]  # kept under the name that it was read by
        rows = read()
        if version is not None:
            self._kept[name] = (version, rows)
        return rows


def _decoded(rows: Sequence[tuple[str]], kind: type[R]) -> tuple[R, ...]:
    decode = msgspec.json.Decoder(kind).decode
    return tuple([decode(body) for (body,) in rows])


def _by_area(found: dict[SeriesKey, Observation]) -> dict[str, Observation]:
    return {row.area: row for row in found.values()}
