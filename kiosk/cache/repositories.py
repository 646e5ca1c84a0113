"""What panels read. Every query is total: without a readable cache the answer is empty.

Import this module late in the ui process (it brings SQLAlchemy); the rows themselves come from
`kiosk.wire.city`, which is light. All methods may be called from any thread.
"""

import logging
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Engine, Select, Table, select
from sqlalchemy.exc import DBAPIError

from kiosk.cache import schema
from kiosk.cache.lines import Choice, FigureReader, people
from kiosk.wire.city import (
    CITY_AREA,
    EVERYONE,
    PERIODS,
    Camera,
    Complaint,
    District,
    Incident,
    Indicator,
    Item,
    Kind,
    Observation,
    OrderStatus,
    Period,
    Place,
    Sex,
    Source,
)
from kiosk.wire.series import SeriesKey

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

_log = logging.getLogger(__name__)
R = TypeVar("R")
MOST_COMPLAINTS = 500


class CacheMeta(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the cache has followed the backend; `last_success_ms` is the last good pull."""

    epoch: str = ""
    revision: int = 0
    last_success_ms: int | None = None


class Repositories:
    """Read access to the cache."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._figures = FigureReader(engine)

    def districts(self) -> tuple[District, ...]:
        """All districts in the order of their codes."""
        return self._catalogue(schema.districts, District)

    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the order of the catalogue."""
        return self._catalogue(schema.indicators, Indicator)

    def sources(self) -> tuple[Source, ...]:
        return self._catalogue(schema.sources, Source)

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of data of the catalogue, in the order of their ids."""
        return self._catalogue(schema.kinds, Kind)

    def places(self, kind: str, district: str | None = None) -> tuple[Place, ...]:
        """Places of one kind, everywhere or in one district, in the order of their ids."""
        table = schema.places
        query = select(table.c.body).where(table.c.kind == kind).order_by(table.c.key)
        if district is not None:
            query = query.where(table.c.district == district)
        return tuple(msgspec.json.decode(row.body, type=Place) for row in self._rows(query))

    def complaints(self, limit: int = MOST_COMPLAINTS) -> tuple[Complaint, ...]:
        """The newest complaints, newest first."""
        table = schema.complaints
        order = (table.c.position.desc(), table.c.key.desc())
        query = select(table.c.body).order_by(*order).limit(limit)
        return tuple(msgspec.json.decode(row.body, type=Complaint) for row in self._rows(query))

    def items(self, *kinds: str) -> tuple[Item, ...]:
        """Items of some kinds, of every kind without any, in the order of their positions."""
        table = schema.items
        query = select(table.c.body).order_by(table.c.position, table.c.key)
        if kinds:
            query = query.where(table.c.kind.in_(kinds))
        return self._items(query)

    def children(self, parent: str) -> tuple[Item, ...]:
        """What an item is made of, in the order of their positions."""
        table = schema.items
        query = select(table.c.body).order_by(table.c.position, table.c.key)
        return self._items(query.where(table.c.parent == parent))

    def item(self, key: str) -> Item | None:
        """One item by its id."""
        table = schema.items
        return next(iter(self._items(select(table.c.body).where(table.c.key == key))), None)

    def newest_items(self, kind: str, limit: int) -> tuple[Item, ...]:
        """Items of one kind, the highest positions first: what comes live, newest first."""
        table = schema.items
        order = (table.c.position.desc(), table.c.key.desc())
        query = select(table.c.body).where(table.c.kind == kind).order_by(*order).limit(limit)
        return self._items(query)

    def cameras(self) -> tuple[Camera, ...]:
        """All cameras in the order of their numbers."""
        return self._catalogue(schema.cameras, Camera)

    def incidents(self, *, ended: bool = False) -> tuple[Incident, ...]:
        """Open incidents, newest first; with `ended`, those that are over as well."""
        found = self._catalogue(schema.incidents, Incident)
        return tuple(i for i in reversed(found) if ended or i.ended_ms is None)

    def orders(self) -> tuple[OrderStatus, ...]:
        """How far the backend says that orders have come, in the order of their writing."""
        return self._catalogue(schema.orders_told, OrderStatus)

    def latest(self, indicators: Sequence[str], area: str = CITY_AREA) -> dict[str, Observation]:
        """Indicator id -> its newest observation; ids without any are left out."""
        found = self._figures.newest(Choice().of_indicators(indicators, area))
        return {row.indicator: row for row in found.values()}

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
        return _by_area(self._figures.newest(asked, until_ms))

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
        return _by_area(self._figures.newest(asked, until_ms))

    def breakdown(
        self,
        indicator: str,
        area: str = CITY_AREA,
        *,
        period: Period = "year",
        until_ms: int | None = None,
    ) -> dict[tuple[Sex, str], Observation]:
        """Sex and age group -> the newest figure that is not later than `until_ms`."""
        found = self._figures.newest(people(indicator, area, (period,)), until_ms)
        return {(row.sex, row.age): row for row in found.values()}

    def offers(self, indicator: str, area: str = CITY_AREA) -> frozenset[tuple[Period, Sex, str]]:
        """Period, sex and age group of every line that an indicator has for an area."""
        found = self._figures.newest(people(indicator, area, PERIODS))
        return frozenset((row.period, row.sex, row.age) for row in found.values())

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
        return {key[4]: rows for key, rows in self._figures.lines(asked, since_ms).items()}

    def many_series(
        self, indicators: Sequence[str], area: str = CITY_AREA, since_ms: int = 0
    ) -> dict[str, tuple[Observation, ...]]:
        """Indicator id -> its series, for a board of sparklines in one query: of what comes every
        few minutes about half."""
        asked = Choice().of_indicators(indicators, area)
        found = self._figures.lines(asked, since_ms, sparse=True)
        return {key[0]: rows for key, rows in found.items()}

    def meta(self) -> CacheMeta:
        table = schema.meta
        values = {row.key: row.value for row in self._rows(select(table))}
        success = values.get("last_success_ms")
        return CacheMeta(
            epoch=values.get("epoch", ""),
            revision=int(values.get("revision", 0)),
            last_success_ms=int(success) if success else None,
        )

    def _items(self, query: Select[Any]) -> tuple[Item, ...]:
        return tuple(msgspec.json.decode(row.body, type=Item) for row in self._rows(query))

    def _catalogue(self, table: Table, kind: type[R]) -> tuple[R, ...]:
        query = select(table.c.body).order_by(table.c.position, table.c.key)
        return tuple(msgspec.json.decode(row.body, type=kind) for row in self._rows(query))

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(query).all()
        except DBAPIError as error:
            _log.warning("the cache can't be read: %s", error.orig)
            return []


def _by_area(found: dict[SeriesKey, Observation]) -> dict[str, Observation]:
    return {row.area: row for row in found.values()}
