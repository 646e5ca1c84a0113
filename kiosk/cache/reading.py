"""Asks one of the two files. Every answer is total: without a readable file it is empty."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

_log = logging.getLogger(__name__)


class Reading:
    """Opens a file anew for each statement, or once for all statements of `at_once`."""

    def __init__(self, engine: Engine, connection: Connection | None = None) -> None:
        self._engine = engine
        self._connection = connection

    @contextmanager
    def at_once(self) -> Iterator["Reading"]:
        """What is asked through the answer is told of one moment of the file."""
        try:
            connection = self._engine.connect()
        except DBAPIError as error:
            self._tell(error)
            yield self
            return
        with connection, connection.begin():
            if not _in_transaction(connection):  # the writer's engine has begun by itself
                connection.exec_driver_sql("BEGIN")
            yield Reading(self._engine, connection)

    def rows(self, statement: str, params: Sequence[Any] = ()) -> Sequence[Any]:
        """The rows of a statement, as tuples."""
        try:
            if self._connection is not None:
                return self._connection.exec_driver_sql(statement, tuple(params)).all()
            with self._engine.connect() as connection:
                return connection.exec_driver_sql(statement, tuple(params)).all()
        except DBAPIError as error:
            self._tell(error)
            return []

    def _tell(self, error: DBAPIError) -> None:
        """A file that is not there yet, as before the first start, is no fault."""
        file = str(self._engine.url.database).removeprefix("file:")
        level = logging.WARNING if Path(file).exists() else logging.DEBUG
        _log.log(level, "%s can't be read: %s", file, error.orig)


def _in_transaction(connection: Connection) -> bool:
    """Whether SQLite itself is in a transaction, whatever SQLAlchemy takes for one."""
    driver = connection.connection.driver_connection
    return driver is not None and bool(driver.in_transaction)
