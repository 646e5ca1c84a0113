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
from kiosk.wire import Text
from kiosk.wire.city import (
    CITY_AREA,
    Camera,
    Complaint,
    District,
    Incident,
    Indicator,
    Kind,
    Observation,
    OrderStatus,
    Place,
    Source,
)

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


class CacheMeta(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the cache has followed the backend; `last_success_ms` is the last good pull."""

    epoch: str = ""
    revision: int = 0
    last_success_ms: int | None = None


class Repositories:
    """Read access to the cache."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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

    def complaints(self) -> tuple[Complaint, ...]:
        """Complaints, newest first."""
        return tuple(reversed(self._catalogue(schema.complaints, Complaint)))

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
        table = schema.latest
        query = select(table).where(table.c.indicator.in_(indicators), table.c.area == area)
        return {row.indicator: row for row in self._observations(query)}

    def by_district(self, indicator: str) -> dict[str, Observation]:
        """District code -> newest observation; districts without any are left out."""
        table = schema.latest
        query = select(table).where(table.c.indicator == indicator, table.c.area != CITY_AREA)
        return {row.area: row for row in self._observations(query)}

    def series(
        self, indicator: str, area: str = CITY_AREA, since_ms: int = 0
    ) -> tuple[Observation, ...]:
        """Observations from `since_ms` on in the order of time, the newest figure last."""
        return self.many_series([indicator], area, since_ms).get(indicator, ())

    def many_series(
        self, indicators: Sequence[str], area: str = CITY_AREA, since_ms: int = 0
    ) -> dict[str, tuple[Observation, ...]]:
        """Indicator id -> its series, for a board of sparklines in one query."""
        found: dict[str, list[Observation]] = {}
        for table in (schema.observations, schema.latest):
            query = (
                select(table)
                .where(
                    table.c.indicator.in_(indicators),
                    table.c.area == area,
                    table.c.t_ms >= since_ms,
                )
                .order_by(table.c.indicator, table.c.t_ms)
            )
            for row in self._observations(query):
                series = found.setdefault(row.indicator, [])
                if not series or row.t_ms > series[-1].t_ms:
                    series.append(row)
        return {indicator: tuple(series) for indicator, series in found.items()}

    def meta(self) -> CacheMeta:
        table = schema.meta
        values = {row.key: row.value for row in self._rows(select(table))}
        success = values.get("last_success_ms")
        return CacheMeta(
            epoch=values.get("epoch", ""),
            revision=int(values.get("revision", 0)),
            last_success_ms=int(success) if success else None,
        )

    def _catalogue(self, table: Table, kind: type[R]) -> tuple[R, ...]:
        query = select(table.c.body).order_by(table.c.position, table.c.key)
        return tuple(msgspec.json.decode(row.body, type=kind) for row in self._rows(query))

    def _observations(self, query: Select[Any]) -> list[Observation]:
        return [_observation(row) for row in self._rows(query)]

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(query).all()
        except DBAPIError as error:
            _log.warning("the cache can't be read: %s", error.orig)
            return []


def _observation(row: Any) -> Observation:
    note = Text(row.note_ko, row.note_en) if row.note_ko is not None else None
    return Observation(
        row.indicator, row.area, row.t_ms, row.value, row.simulated, row.provisional, note
    )
