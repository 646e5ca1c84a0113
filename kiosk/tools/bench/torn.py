"""Compares a cache with the store that it follows, row by row."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pysqlite3.dbapi2

from kiosk.cache.schema import catalogue_tables

MARGIN_MS = 4 * 3_600_000  # both sides drop old figures, but not in the same minute
_FIGURES = (
    "SELECT s.indicator, s.area, s.period, s.sex, s.age, f.t_ms, f.value "
    "FROM {table} AS f JOIN series AS s ON s.id = f.series"
)


class Torn(msgspec.Struct, frozen=True):
    """Rows that the cache must hold, being not newer than its revision, and does not (`missing`);
    those and rows that it holds and the store never had (`different`); and how many revisions it
    is `behind`.
    """

    missing: int
    different: int
    behind: int


def torn_rows(cache: Path, store: Path) -> Torn:
    """Reads both; the store may be in use. A cache of another history is only behind."""
    meta = {} if not cache.exists() else dict(_rows(cache, "SELECT key, value FROM meta"))
    epoch = _rows(store, "SELECT value FROM meta WHERE key = 'epoch'")[0][0]
    head = int(_rows(store, "SELECT value FROM meta WHERE key = 'revision'")[0][0])
    revision = int(meta.get("revision", 0))
    if meta.get("epoch") != epoch:
        return Torn(0, 0, head)
    here = _Cache(cache)
    told = _rows(store, "SELECT kind, key, body, revision FROM rows")
    missing = sum(here.lacks(kind, key, body) for kind, key, body, at in told if at <= revision)
    strange = here.keys - {(kind, key) for kind, key, _, _ in told}
    return Torn(missing, missing + len(strange), head - revision)


class _Cache:
    def __init__(self, file: Path) -> None:
        self._bodies = {
            (table, key): body
            for table in catalogue_tables
            for key, body in _rows(file, f"SELECT key, body FROM {table}")  # noqa: S608 - own names
        }
        self._series = {
            row[:6]: row[6] for row in _rows(file, _FIGURES.format(table="observations"))
        }
        self._latest = {row[:5]: row[5:] for row in _rows(file, _FIGURES.format(table="latest"))}
        self._since_ms = min((key[5] for key in self._series), default=0) + MARGIN_MS
        self.keys = self._bodies.keys()

    def lacks(self, kind: str, key: str, body: str | None) -> bool:
        """Whether a row of the store is not here as it is there."""
        if body is None:
            return (kind, key) in self._bodies
        if kind == "latest":
            return self._lacks_latest(json.loads(body)["observation"])
        if kind == "observations":
            return self._lacks_figure(json.loads(body))
        return self._bodies.get((kind, key)) != body

    def _lacks_figure(self, row: dict[str, Any]) -> bool:
        if row["t_ms"] < self._since_ms:
            return False
        return bool(self._series.get((*_line(row), row["t_ms"]), "none") != row["value"])

    def _lacks_latest(self, row: dict[str, Any]) -> bool:
        t_ms, value = self._latest.get(_line(row), (0, None))
        return bool(t_ms < row["t_ms"] or (t_ms == row["t_ms"] and value != row["value"]))


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    names = ("indicator", "area", "period", "sex", "age")
    default = {"period": "", "sex": "all", "age": "all"}
    return tuple(row.get(name, default.get(name, "")) for name in names)


def _rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(pysqlite3.dbapi2.connect(str(file))) as connection:
        return list(connection.execute(query))
