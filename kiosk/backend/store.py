"""The backend's own store: every row once, with the revision of its last change.

A revision is taken under a lock in the same transaction that writes the rows, so that revisions
become visible in their order and a reader that asks for `since` can miss none.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    bindparam,
    event,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError, OperationalError

from kiosk.backend.aside import only_log_is_left, put_aside
from kiosk.backend.engines import file_engine, prepare, server_engine
from kiosk.backend.figures import Changed, Entry, Figures, Part, narrow
from kiosk.backend.schema import rows as table
from kiosk.cache.files import is_damage
from kiosk.cache.watch import suspect, suspected
from kiosk.wire import city
from kiosk.wire.city import Observation, Period, Row, figure_key
from kiosk.wire.series import SeriesKey, series_key

_UPSERT = text(
    "INSERT INTO rows (kind, key, revision, body) VALUES (:kind, :key, :revision, :body) "
    "ON CONFLICT (kind, key) DO UPDATE SET revision = excluded.revision, body = excluded.body"
)
_SET_META = text(
    "INSERT INTO meta (key, value) VALUES (:key, :value) "
    "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_META = text("SELECT value FROM meta WHERE key = :key")
_KEEP = text(
    "INSERT INTO documents (kind, key, body) VALUES (:kind, :key, :body) ON CONFLICT DO NOTHING"
)
_KEPT = text("SELECT body FROM documents WHERE kind = :kind AND key = :key")
_CHANGES = text(
    "SELECT kind, key, revision, body FROM rows WHERE revision > :since AND revision <= :head "
    "ORDER BY revision LIMIT :limit"
)
_STORED = select(table.c.key, table.c.body).where(
    table.c.kind == bindparam("kind"), table.c.key.in_(bindparam("keys", expanding=True))
)
OBSERVATIONS = "observations"
ASKED_AT_ONCE = 200
_encode = msgspec.json.Encoder().encode
Given = tuple[Row, float | None]


class Page(msgspec.Struct, frozen=True):
    """Changes in the order of their revisions, when the newest revision was `head`; `more`: there
    are others after them."""

    epoch: str
    head: int
    rows: tuple[Changed, ...]
    more: bool

    @property
    def revision(self) -> int:
        """Where the next page goes on from."""
        return self.rows[-1].revision if self.more else self.head

    @property
    def body(self) -> bytes:
        """As JSON, ready to send (kiosk.wire.city.ChangesPage)."""
        listed = ",".join([change.told for change in self.rows])
        return (
            f'{{"epoch":"{self.epoch}","revision":{self.revision},"rows":[{listed}],'
            f'"more":{"true" if self.more else "false"},"head":{self.head}}}'
        ).encode()


class Store:
    """Rows, their revisions, and the id (`epoch`) that a new store gets.

    `damage`: what SQLite met in the file while it was in use; "" when nothing.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.damage = ""
        # Each statement is complete in itself, so none needs a transaction around it.
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._figures = Figures()
        try:
            prepare(engine)
        except BaseException:
            engine.dispose()
            raise
        with engine.begin() as connection:
            fresh = text(
                "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT DO NOTHING"
            )
            connection.execute(fresh, {"key": "epoch", "value": secrets.token_hex(8)})
            connection.execute(fresh, {"key": "revision", "value": "0"})
        self.epoch = self.meta("epoch") or ""

    @classmethod
    def open(cls, place: Path | URL, busy_ms: int = 5000) -> "Store":
        """The store in a file of SQLite or in a database of PostgreSQL.

        A damaged file is set aside and a new one begins: its rows come from the configuration and
        the sources, and the new epoch tells every kiosk to start again and to send its orders and
        replies once more. Raises LaterRelease, and OperationalError when
        the disk is full, another process holds the file, or the server does not answer.
        """
        if isinstance(place, URL):
            return cls(server_engine(place))
        if place.is_dir() or only_log_is_left(place) or suspected(place):
            put_aside(place)
        try:
            store = cls(file_engine(place, busy_ms))
            store._check()
            event.listen(store.engine, "handle_error", partial(store._notice, place))
            return store
        except OperationalError:
            raise  # a full disk or a lock says nothing against the file
        except DatabaseError:
            put_aside(place)
            return cls(file_engine(place, busy_ms))

    def close(self) -> None:
        self.engine.dispose()

    def _notice(self, place: Path, context: ExceptionContext) -> None:
        """Damage that is met in use ends this process; the next `open` sets the file aside."""
        if is_damage(context.original_exception):
            self.damage = str(context.original_exception)
            suspect(place)

    def _check(self) -> None:
        """Raises DatabaseError when a page of the file is damaged."""
        with self.engine.connect() as connection:
            found = connection.scalar(text("PRAGMA quick_check(1)"))
        if found != "ok":
            self.close()
            raise DatabaseError("PRAGMA quick_check", None, Exception(str(found)))

    def meta(self, key: str) -> str | None:
        with self._reading.connect() as connection:
            found = connection.scalar(_META, {"key": key})
        return None if found is None else str(found)

    def set_meta(self, key: str, value: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(_SET_META, {"key": key, "value": value})

    def revision(self) -> int:
        return int(self.meta("revision") or 0)

    def write(self, rows: Iterable[Row], *, only_changed: bool = False) -> int:
        """Writes rows in one transaction, each with a revision of its own; the newest revision.

        `only_changed` leaves rows alone that are stored as they are.
        """
        return self._write(((row, None) for row in rows), only_changed=only_changed)

    def write_rollups(self, rollups: Iterable[Entry]) -> int:
        """Figures made of figures, each with how many it was made of; those that have changed."""
        return self._write(rollups, only_changed=True)

    def change(self, kind: str, key: str, decide: Callable[[str | None], Row | None]) -> int:
        """Reads one row and writes it anew with nobody in between; the newest revision.

        decide takes the stored row as JSON, None when there is none, and answers the new row, or
        None to leave it. What it raises leaves everything as it was. Not for observations.
        """
        with self._writing() as connection:
            _take_revisions(connection, 0)  # holds the counter, and with it all writers
            row = decide(_stored(connection, {"kind": kind, "key": key}))
            return self._number_and_write(connection, [] if row is None else [(row, None)])

    def body(self, kind: str, key: str) -> str | None:
        """A row as JSON; None when there is none."""
        with self.engine.connect() as connection:
            return _stored(connection, {"kind": kind, "key": key})

    def keep(self, kind: str, key: str, body: str) -> str:
        """Keeps a document that no kiosk is told of, once; what is kept under this key now."""
        with self.engine.begin() as connection:
            connection.execute(_KEEP, {"kind": kind, "key": key, "body": body})
            return str(connection.scalar(_KEPT, {"kind": kind, "key": key}))

    def delete(self, kind: str, keys: Sequence[str]) -> int:
        """Marks rows as gone, so that every kiosk drops them; the newest revision."""
        with self._writing() as connection:
            newest = _take_revisions(connection, len(keys))
            numbered = list(enumerate(keys, newest - len(keys) + 1))
            if kind == OBSERVATIONS:
                self._figures.delete(connection, numbered)
            elif numbered:
                gone = [
                    {"kind": kind, "key": key, "revision": revision, "body": None}
                    for revision, key in numbered
                ]
                connection.execute(_UPSERT, gone)
            return newest

    def keys(self, kind: str) -> tuple[str, ...]:
        query = text("SELECT key FROM rows WHERE kind = :kind AND body IS NOT NULL ORDER BY key")
        with self.engine.connect() as connection:
            return tuple(connection.scalars(query, {"kind": kind}))

    def bodies(self, kind: str, prefix: str = "") -> dict[str, str]:
        """Rows as JSON by key, those whose key begins so."""
        query = text(
            "SELECT key, body FROM rows WHERE kind = :kind AND body IS NOT NULL "
            "AND substr(key, 1, :length) = :prefix"
        )
        params = {"kind": kind, "prefix": prefix, "length": len(prefix)}
        with self.engine.connect() as connection:
            return {row.key: row.body for row in connection.execute(query, params)}

    def forget(self, indicator: str, period: Period, before_ms: int) -> int:
        """Drops older figures, told to nobody: kiosks keep house by the same rule. How many."""
        with self._writing() as connection:
            return self._figures.forget(connection, indicator, period, before_ms)

    def figure_keys(self, indicator: str, *, simulated: bool) -> list[str]:
        """Keys of an indicator's observations that are simulated, or that are not."""
        with self.engine.connect() as connection:
            return self._figures.keys(connection, indicator, simulated=simulated)

    def touched_figures(self, since: int, limit: int) -> list[tuple[int, SeriesKey, int]]:
        """Revision, series and time of observations that have changed, in the order of that."""
        with self.engine.connect() as connection:
            return self._figures.touched(connection, since, limit)

    def provisional(self, period: Period, since_ms: int) -> list[tuple[SeriesKey, int]]:
        """Series and time of figures of a kind of period that may still change."""
        with self.engine.connect() as connection:
            return self._figures.provisional(connection, period, since_ms)

    def parts(self, asked: Iterable[tuple[SeriesKey, int, int]]) -> list[tuple[Part, ...]]:
        """Figures of each series within from and until, in the order of time."""
        with self.engine.connect() as connection:
            return [self._figures.parts(connection, *one) for one in asked]

    def changes(self, since: int, limit: int) -> Page:
        """Up to `limit` changes after revision `since`, in the order of their revisions.

        Each table is read as it is at its own moment, so what was committed after the head was
        read is left to the next page: one table could tell of it and the other not yet.
        """
        with self._reading.connect() as connection:
            head = int(connection.scalar(_META, {"key": "revision"}) or 0)
            if head <= since:
                return Page(self.epoch, head, (), more=False)
            asked = {"since": since, "head": head, "limit": limit + 1}
            rows = [_change(row) for row in connection.execute(_CHANGES, asked)]
            rows += self._figures.changes(connection, asked)
        rows.sort()
        return Page(self.epoch, head, tuple(rows[:limit]), more=len(rows) > limit)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """What was remembered of rows that are not there after all is forgotten."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except BaseException:
            self._figures.forget_numbers()
            raise

    def _write(self, entries: Iterable[Given], *, only_changed: bool) -> int:
        listed = list(entries)
        with self._writing() as connection:
            if only_changed:
                parts = range(0, len(listed), ASKED_AT_ONCE)
                listed = [
                    entry
                    for first in parts
                    for entry in self._changed(connection, listed[first : first + ASKED_AT_ONCE])
                ]
            return self._number_and_write(connection, listed)

    def _changed(self, connection: Connection, entries: Sequence[Given]) -> list[Given]:
        """Those that are not stored just so."""
        told = [row for row, _ in entries]
        figures = self._figures.stored(connection, [r for r in told if isinstance(r, Observation)])
        bodies = _bodies(connection, [r for r in told if not isinstance(r, Observation)])

        def alike(row: Row, weight: float | None) -> bool:
            if isinstance(row, Observation):
                return figures.get((series_key(row), row.t_ms)) == narrow(row, weight)
            return bodies.get((_kind(row), key_of(row))) == _encode(row).decode()

        return [entry for entry in entries if not alike(*entry)]

    def _number_and_write(self, connection: Connection, entries: Sequence[Given]) -> int:
        """Takes as many revisions as rows, and writes each row with its own."""
        newest = _take_revisions(connection, len(entries))
        params = []
        figures: list[tuple[int, Entry]] = []
        for revision, (row, weight) in enumerate(entries, newest - len(entries) + 1):
            if isinstance(row, Observation):
                figures.append((revision, (row, weight)))
            else:
                params.append(_param(row, revision))
        if params:
            connection.execute(_UPSERT, params)
        self._figures.write(connection, figures)
        return newest


def _change(row: Any) -> Changed:
    key = (row.kind, row.key)
    if row.body is None:
        quoted = _encode(row.key).decode()
        told = f'{{"revision":{row.revision},"table":"{row.kind}","key":{quoted}}}'
    else:
        told = f'{{"revision":{row.revision},"row":{row.body}}}'
    return Changed(row.revision, key, told)


def _param(row: Row, revision: int) -> dict[str, object]:
    body = _encode(row).decode()
    return {"kind": _kind(row), "key": key_of(row), "revision": revision, "body": body}


def _kind(row: Row) -> str:
    return str(row.__struct_config__.tag)


def _bodies(connection: Connection, told: Sequence[Row]) -> dict[tuple[str, str], str | None]:
    """The stored rows of the same kinds and keys, as JSON; None where they are gone."""
    keys: dict[str, list[str]] = {}
    for row in told:
        keys.setdefault(_kind(row), []).append(key_of(row))
    return {
        (kind, key): body
        for kind, some in keys.items()
        for key, body in connection.execute(_STORED, {"kind": kind, "keys": some})
    }


def key_of(row: Row) -> str:
    """What makes a row the same row as before."""
    match row:
        case city.District() | city.Neighbourhood():
            return row.code
        case city.Observation():
            return figure_key(row)
        case city.Latest():
            return f"{row.observation.indicator}/{row.observation.area}"
        case _:
            return row.id


def _stored(connection: Connection, param: dict[str, object]) -> str | None:
    query = text("SELECT body FROM rows WHERE kind = :kind AND key = :key")
    found = connection.scalar(query, {"kind": param["kind"], "key": param["key"]})
    return None if found is None else str(found)


def _take_revisions(connection: Connection, count: int) -> int:
    """The newest of as many revisions; the update locks the counter until the commit."""
    take = text(
        "UPDATE meta SET value = CAST(CAST(value AS BIGINT) + :n AS TEXT) "
        "WHERE key = 'revision' RETURNING value"
    )
    return int(connection.execute(take, {"n": count}).scalar_one())
