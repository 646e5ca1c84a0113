"""Opens the two files. SQLite comes from pysqlite3: the system's own may have the WAL bug."""

from pathlib import Path
from typing import Literal

import pysqlite3.dbapi2
from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import NullPool, StaticPool

from kiosk.cache.files import is_damage
from kiosk.cache.watch import suspect

BUSY_MS = 2000
# What is durable should soon stand in the file itself, and its log fit into the disk's reserve.
SHORT_LOG_PAGES = 100


def open_cache_for_reading(file: Path) -> Engine:
    """A reader of the cache. Every query opens the file anew, so that a cache that was set aside
    and rebuilt is seen at once. A missing file is not created; queries on it fail. One that comes
    upon damage leaves word for the file's writer.
    """
    return _reader(file)


def open_ledger_for_reading(file: Path) -> Engine:
    """A reader of the ledger, in the same way."""
    return _reader(file)


def _reader(file: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///file:{file}?mode=rw&uri=true", module=pysqlite3.dbapi2, poolclass=NullPool
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: pysqlite3.dbapi2.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "handle_error")
    def _tell(context: ExceptionContext) -> None:
        if is_damage(context.original_exception):
            suspect(file)

    return engine


def open_for_writing(file: Path, synchronous: Literal["NORMAL", "FULL"]) -> Engine:
    """The one writer of a file: a single connection, used by one thread at a time.

    A transaction starts at its first statement and holds the write lock from then on.
    """
    engine = create_engine(
        f"sqlite:///{file}",
        module=pysqlite3.dbapi2,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: pysqlite3.dbapi2.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        if synchronous == "FULL":
            connection.execute(f"PRAGMA wal_autocheckpoint = {SHORT_LOG_PAGES}")

    @event.listens_for(engine, "begin")
    def _begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]

    return engine
