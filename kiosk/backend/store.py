"""The backend's own store: every row once, with the revision of its last change.

A revision is taken under a lock in the same transaction that writes the rows, so that revisions
become visible in their order and a reader that asks for `since` can miss none.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DatabaseError, OperationalError

from kiosk.backend.engines import file_engine, prepare, server_engine
from kiosk.wire import city
from kiosk.wire.city import Row

_UPSERT = text(
    "INSERT INTO rows (kind, key, revision, body, t_ms) VALUES (:kind, :key, :revision, :body, "
    ":t_ms) ON CONFLICT (kind, key) DO UPDATE SET revision = excluded.revision, "
    "body = excluded.body, t_ms = excluded.t_ms"
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
_encode = msgspec.json.Encoder().encode


class Page(msgspec.Struct, frozen=True):
    """A page of changes as JSON, ready to send, and the revision that it ends with."""

    body: bytes
    revision: int
    rows: int


class Store:
    """Rows, their revisions, and the id (`epoch`) that a new store gets."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        prepare(engine)
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

        A damaged file is made anew: its rows come from the configuration and the sources, and the
        new epoch tells every kiosk to start again. Raises LaterRelease, and OperationalError when
        the disk is full, another process holds the file, or the server does not answer.
        """
        if isinstance(place, URL):
            return cls(server_engine(place))
        try:
            store = cls(file_engine(place, busy_ms))
            store._check()
            return store
        except OperationalError:
            raise  # a full disk or a lock says nothing against the file
        except DatabaseError:
            for stale in place.parent.glob(place.name + "*"):
                stale.unlink()
            return cls(file_engine(place, busy_ms))

    def close(self) -> None:
        self.engine.dispose()

    def _check(self) -> None:
        """Raises DatabaseError when a page of the file is damaged."""
        with self.engine.connect() as connection:
            found = connection.scalar(text("PRAGMA quick_check(1)"))
        if found != "ok":
            self.close()
            raise DatabaseError("PRAGMA quick_check", None, Exception(str(found)))

    def meta(self, key: str) -> str | None:
        with self.engine.connect() as connection:
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
        params = [_param(row) for row in rows]
        with self.engine.begin() as connection:
            if only_changed:
                params = [p for p in params if _stored(connection, p) != p["body"]]
            return _number_and_write(connection, params)

    def change(self, kind: str, key: str, decide: Callable[[str | None], Row | None]) -> int:
        """Reads one row and writes it anew with nobody in between; the newest revision.

        decide takes the stored row as JSON, None when there is none, and answers the new row, or
        None to leave it. What it raises leaves everything as it was.
        """
        with self.engine.begin() as connection:
            _number_and_write(connection, [])  # holds the counter, and with it all writers
            row = decide(_stored(connection, {"kind": kind, "key": key}))
            return _number_and_write(connection, [] if row is None else [_param(row)])

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
        gone: list[dict[str, object]] = [
            {"kind": kind, "key": key, "body": None, "t_ms": None} for key in keys
        ]
        with self.engine.begin() as connection:
            return _number_and_write(connection, gone)

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

    def forget(self, kind: str, before_ms: int) -> int:
        """Drops rows with an older time, told to nobody (kiosks keep house by the same rule)."""
        query = text("DELETE FROM rows WHERE kind = :kind AND t_ms < :before_ms")
        with self.engine.begin() as connection:
            found = connection.execute(query, {"kind": kind, "before_ms": before_ms})
            return int(found.rowcount)

    def changes(self, since: int, limit: int) -> Page:
        """Up to `limit` changes after revision `since`, in the order of their revisions."""
        query = text(
            "SELECT kind, key, revision, body FROM rows WHERE revision > :since "
            "ORDER BY revision LIMIT :limit"
        )
        with self.engine.connect() as connection:
            head = int(connection.scalar(text("SELECT value FROM meta WHERE key = 'revision'")))
            rows = connection.execute(query, {"since": since, "limit": limit + 1}).all()
        more = len(rows) > limit
        rows = rows[:limit]
        revision = rows[-1].revision if more else max(head, rows[-1].revision if rows else 0)
        listed = ",".join(_change(row.kind, row.key, row.revision, row.body) for row in rows)
        body = (
            f'{{"epoch":"{self.epoch}","revision":{revision},"rows":[{listed}],'
            f'"more":{"true" if more else "false"},"head":{head}}}'
        )
        return Page(body=body.encode(), revision=revision, rows=len(rows))


def _change(kind: str, key: str, revision: int, body: str | None) -> str:
    if body is None:
        quoted = _encode(key).decode()
        return f'{{"revision":{revision},"table":"{kind}","key":{quoted}}}'
    return f'{{"revision":{revision},"row":{body}}}'


def _param(row: Row) -> dict[str, object]:
    return {
        "kind": row.__struct_config__.tag,
        "key": key_of(row),
        "body": _encode(row).decode(),
        "t_ms": row.t_ms if isinstance(row, city.Observation) and row.simulated else None,
    }


def key_of(row: Row) -> str:
    """What makes a row the same row as before."""
    match row:
        case city.District():
            return row.code
        case city.Observation():
            return f"{row.indicator}/{row.area}/{row.t_ms}"
        case city.Latest():
            return f"{row.observation.indicator}/{row.observation.area}"
        case _:
            return row.id


def _stored(connection: Connection, param: dict[str, object]) -> str | None:
    query = text("SELECT body FROM rows WHERE kind = :kind AND key = :key")
    found = connection.scalar(query, {"kind": param["kind"], "key": param["key"]})
    return None if found is None else str(found)


def _number_and_write(connection: Connection, params: list[dict[str, object]]) -> int:
    """Takes as many revisions as rows; the update locks the counter until the commit."""
    take = text(
        "UPDATE meta SET value = CAST(CAST(value AS BIGINT) + :n AS TEXT) "
        "WHERE key = 'revision' RETURNING value"
    )
    newest = int(connection.execute(take, {"n": len(params)}).scalar_one())
    for i, param in enumerate(params):
        param["revision"] = newest - len(params) + 1 + i
    if params:
        connection.execute(_UPSERT, params)
    return newest
