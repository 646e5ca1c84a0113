"""Writes the cache: a page of changes at a time, each in one transaction with its cursor."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from kiosk.cache import schema
from kiosk.cache.engine import open_for_writing
from kiosk.cache.figures import FigureWriter
from kiosk.cache.files import (
    DamagedFile,
    aside_files,
    create_whole,
    identity,
    remove,
    set_aside,
)
from kiosk.wire import city
from kiosk.wire.city import ChangesPage, Latest, Observation, Row

KEPT_ASIDE = 2
_SET_META = text(
    "INSERT INTO meta (key, value) VALUES (:key, :value) "
    "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_encode = msgspec.json.Encoder().encode


class Cursor(msgspec.Struct, frozen=True):
    """The backend's store that the cache follows, the revision reached, the last good pull."""

    epoch: str
    revision: int
    last_success_ms: int | None


class CacheWriter:
    """The one writer of the cache. Methods raise SQLAlchemy's DBAPIError when the disk fails."""

    def __init__(self, file: Path) -> None:
        self._engine = open_for_writing(file, "NORMAL")
        self._figures = FigureWriter()

    @classmethod
    def open(cls, file: Path, now_ms: int) -> tuple["CacheWriter", str]:
        """The writer, and why the old file was set aside ("" when it was not).

        A cache that is damaged or of another version is set aside and starts empty: the backend
        has everything that was in it.
        """
        why = ""
        try:
            found = identity(file)
            if found not in (None, (schema.CACHE_APPLICATION_ID, schema.CACHE_VERSION)):
                why = f"identity {found}"
        except DamagedFile as damage:
            why = damage.why
        if why:
            cls.set_aside(file, now_ms)
        if not file.exists():
            create_whole(file, _create)
        return cls(file), why

    @staticmethod
    def set_aside(file: Path, now_ms: int) -> None:
        """Renames a damaged cache; of earlier ones only the newest are kept."""
        set_aside(file, now_ms)
        for old in aside_files(file)[:-KEPT_ASIDE]:
            remove(old)

    def close(self) -> None:
        self._engine.dispose()

    def cursor(self) -> Cursor:
        """How far the cache follows its backend."""
        with self._engine.begin() as connection:
            rows = connection.execute(text("SELECT key, value FROM meta")).all()
        values: dict[str, str] = {row.key: row.value for row in rows}
        success = values.get("last_success_ms")
        return Cursor(
            epoch=values.get("epoch", ""),
            revision=int(values.get("revision", 0)),
            last_success_ms=int(success) if success else None,
        )

    def apply(self, page: ChangesPage, now_ms: int) -> frozenset[str]:
        """Writes a page and its cursor in one transaction; the tables that it touched."""
        with self._transaction() as connection:
            self._write_rows(connection, [c.row for c in page.rows if c.row is not None])
            for change in page.rows:
                if change.row is None and change.table is not None:
                    self._delete(connection, change.table, change.key)
            _set_meta(
                connection,
                epoch=page.epoch,
                revision=str(page.revision),
                last_success_ms=str(now_ms),
            )
            touched = _tables(page)
            _set_versions(connection, touched & schema.catalogue_tables.keys())
        return touched

    def belongs_to(self, district: str) -> bool:
        """Empties a cache that was kept for another district; whether it was."""
        with self._engine.begin() as connection:
            kept = connection.scalar(text("SELECT value FROM meta WHERE key = 'district'")) or ""
            filled = connection.scalar(text("SELECT value FROM meta WHERE key = 'epoch'"))
            _set_meta(connection, district=district)
        if kept == district or not filled:
            return False
        self.start_again("")
        return True

    def start_again(self, epoch: str) -> None:
        """Empties the cache for a backend whose history is another one."""
        self._figures.forget()
        with self._transaction() as connection:
            for table in (*schema.catalogue_tables, "observations", "latest", "sparks", "series"):
                connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - own names
            _set_meta(connection, epoch=epoch, revision="0")
            _set_versions(connection, schema.catalogue_tables)

    def confirm(self, epoch: str, revision: int, now_ms: int) -> None:
        """The backend was asked and had no rows that are new."""
        with self._engine.begin() as connection:
            _set_meta(connection, epoch=epoch, revision=str(revision), last_success_ms=str(now_ms))

    def keep_house(self, now_ms: int) -> int:
        """Drops figures that are older than their indicator keeps them; how many."""
        dropped = 0
        with self._engine.begin() as connection:
            bodies = connection.execute(text("SELECT body FROM indicators")).scalars().all()
            for body in bodies:
                indicator = msgspec.json.decode(body, type=city.Indicator)
                for period, kept_s in city.kept_s(indicator).items():
                    before_ms = now_ms - kept_s * 1000
                    dropped += self._figures.prune(connection, indicator.id, period, before_ms)
        return dropped

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """What was remembered of rows that are not there after all is forgotten."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except BaseException:
            self._figures.forget()
            raise

    def _write_rows(self, connection: Connection, rows: Iterable[Row]) -> None:
        figures: list[Observation | Latest] = []
        catalogue: dict[str, list[tuple[Any, ...]]] = {}
        for row in rows:
            if isinstance(row, (Observation, Latest)):
                figures.append(row)
            else:
                table, params = _catalogue_row(row)
                catalogue.setdefault(table, []).append(params)
        for table, many in catalogue.items():
            connection.exec_driver_sql(_insert(table), many)
        if figures:
            self._figures.write(connection, figures)

    def _delete(self, connection: Connection, table: str, key: str) -> None:
        if table in schema.catalogue_tables:
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608
        else:
            self._figures.delete(connection, table, key)


def _create(file: Path) -> None:
    engine = open_for_writing(file, "NORMAL")
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.CACHE_APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {schema.CACHE_VERSION}")
            schema.cache_metadata.create_all(connection)
    finally:
        engine.dispose()


_FOUND_BY = {
    "places": ("kind", "district", "name"),
    "items": ("kind", "parent"),
    "complaints": ("district", "open"),
}


def _insert(table: str) -> str:
    columns = ("key", "position", "body", *_FOUND_BY.get(table, ()))
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "  # noqa: S608
        f"ON CONFLICT (key) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in columns[1:])}"
    )


def _catalogue_row(row: Row) -> tuple[str, tuple[Any, ...]]:
    """Table, and key, position and body of a row, with what else it is found by."""
    more: tuple[str | int, ...] = ()
    match row:
        case city.District() | city.Neighbourhood():
            key, position = row.code, 0
        case city.Indicator():
            key, position = row.id, row.order
        case city.Camera():
            key, position = row.id, row.number
        case city.Incident():
            key, position = row.id, row.t_ms
        case city.OrderStatus():
            key, position = row.id, row.order.t_ms
        case city.Source() | city.Kind():
            key, position = row.id, 0
        case city.Complaint():
            key, position, more = row.id, row.t_ms, (row.district, int(row.open))
        case city.Place():
            key, position, more = row.id, 0, (row.kind, row.district, row.name)
        case city.Item():
            key, position, more = row.id, row.position, (row.kind, row.parent)
        case _:
            raise TypeError(f"no catalogue row: {type(row).__name__}")
    return str(row.__struct_config__.tag), (key, position, _encode(row).decode(), *more)


def _tables(page: ChangesPage) -> frozenset[str]:
    """Those that a page writes; a latest figure counts as an observation."""
    kinds = {type(change.row) for change in page.rows if change.row is not None}
    gone = {change.table for change in page.rows if change.row is None and change.table is not None}
    names = {str(kind.__struct_config__.tag) for kind in kinds} | gone
    return frozenset("observations" if name == "latest" else name for name in names)


def _set_versions(connection: Connection, tables: Iterable[str]) -> None:
    """Tells readers that what they remember of these tables is old."""
    version = secrets.token_hex(8)
    if versions := {schema.VERSION_OF.format(table=table): version for table in tables}:
        _set_meta(connection, **versions)


def _set_meta(connection: Connection, **values: str) -> None:
    connection.execute(_SET_META, [{"key": key, "value": value} for key, value in values.items()])
