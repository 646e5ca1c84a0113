"""Opens the backend's database: SQLite in a file, or PostgreSQL at an address."""

from pathlib import Path

import pysqlite3.dbapi2
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from kiosk.backend.schema import metadata

APPLICATION_ID = 0x4B424B44
MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0004"
DIALECT = "postgresql"
DRIVER = "postgresql+psycopg"
MIGRATION_LOCK = 0x4B424B44
CONNECT_S = 5


def server_url(address: str) -> URL:
    """The address of a PostgreSQL database. Raises ValueError with what was expected.

    It must hold no password: libpq takes one from the file that `?passfile=` or the environment
    names, so that none stands in a configuration, a log or a process list.
    """
    expected = "postgresql://USER@HOST/DATABASE, the password in a file named by ?passfile="
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise ValueError(expected) from error
    if url.get_backend_name() != DIALECT or url.database is None or url.password is not None:
        raise ValueError(expected)
    return url.set(drivername=DRIVER)


def server_engine(url: URL) -> Engine:
    """Connections that are checked before use: the server may have been started again."""
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_S})


def file_engine(file: Path, busy_ms: int) -> Engine:
    """SQLite. Queries raise DatabaseError when the file is damaged or not a backend's store."""
    engine = create_engine(
        f"sqlite:///{file}", module=pysqlite3.dbapi2, connect_args={"timeout": busy_ms / 1000}
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: pysqlite3.dbapi2.Connection, _record: object) -> None:
        found = connection.execute("PRAGMA application_id").fetchone()[0]
        empty = connection.execute("PRAGMA schema_version").fetchone()[0] == 0
        if not empty and found != APPLICATION_ID:
            raise pysqlite3.dbapi2.DatabaseError(f"{file} is no store of a backend")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if empty:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    return engine


class LaterRelease(Exception):  # noqa: N818 - a finding about a database
    """The database was brought to a step that this release does not know."""


def prepare(engine: Engine) -> None:
    """Makes the tables, or brings an earlier release's to this one, in one transaction.

    Alembic is imported only for an earlier release's tables: it costs half a second.
    Raises LaterRelease.
    """
    with engine.begin() as connection:
        if connection.dialect.name == DIALECT:  # two backends may start at once
            connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": MIGRATION_LOCK})
        tables = inspect(connection).get_table_names()
        if "rows" not in tables:
            _create(connection)
        elif _version(connection, tables) != HEAD:
            _migrate(connection)


def _create(connection: Connection) -> None:
    """A new database at once has the tables that all steps together make."""
    metadata.create_all(connection)
    connection.execute(
        text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _version(connection: Connection, tables: list[str]) -> str | None:
    if "alembic_version" not in tables:
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise LaterRelease(f"the store is of a later release: {error}") from error
