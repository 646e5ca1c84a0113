"""Bulk upsert through the cache's writer beside a bare `sqlite3.executemany` of the same rows.

The bare side writes into the same table with the same durability, in the same transactions, and is
given its rows ready made: what the product adds is decoding names into series and flags, the
newest figures, the cursor. Page by page the two take turns, so both meet the same machine.
"""

import gc
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import msgspec

from kiosk.cache.writer import CacheWriter
from kiosk.tools.bench.figure import Figure
from kiosk.wire.city import Change, ChangesPage, Observation, Period, Sex
from kiosk.wire.series import SeriesKey, flags_of, note_of, series_key

PAGE = 2000  # as the sync process asks for them
BAR = 0.6
NOW_MS = 1_795_325_520_000
HOUR_MS = 3_600_000
MONTH_MS = 730 * HOUR_MS
AREAS = ("11", *(str(11110 + 15 * n) for n in range(25)))
GROUPS: tuple[tuple[Sex, str], ...] = (("all", "all"), ("female", "20-29"), ("male", "20-29"))
Narrow = tuple[int, int, float | None, int, str | None]

_TABLE = (
    "CREATE TABLE observations (series INTEGER NOT NULL, t_ms BIGINT NOT NULL, value FLOAT, "
    "flags INTEGER NOT NULL, note TEXT, PRIMARY KEY (series, t_ms)) WITHOUT ROWID"
)
_UPSERT = (
    "INSERT INTO observations VALUES (?, ?, ?, ?, ?) ON CONFLICT (series, t_ms) DO UPDATE SET "
    "value = excluded.value, flags = excluded.flags, note = excluded.note"
)


def bulk_upsert(folder: Path, rows: int) -> list[Figure]:
    """Writes rows that are new, then the same rows again."""
    pages = list(_pages(rows))
    narrow = _ready(pages)
    gc.freeze()  # what lies ready for later would be looked through again and again
    figures = []
    with closing(_Bare(folder / "bare.db")) as bare, closing(_product(folder)) as product:
        for what in ("new rows", "rows that are there"):
            bare_s = product_s = 0.0
            for page, ready in zip(pages, narrow, strict=True):
                begin = time.perf_counter()
                bare.write(ready)
                between = time.perf_counter()
                product.apply(page, NOW_MS)
                product_s += time.perf_counter() - between
                bare_s += between - begin
            figures += _figures(what, rows, bare_s, product_s)
    gc.unfreeze()
    return figures


def _figures(what: str, rows: int, bare_s: float, product_s: float) -> list[Figure]:
    name = f"upsert of {what}"
    return [
        Figure("sync", f"{name}, bare sqlite3", rows / bare_s, "rows/s", n=rows),
        Figure("sync", f"{name}, kiosk", rows / product_s, "rows/s", n=rows),
        Figure("sync", f"{name}, kiosk / bare", bare_s / product_s, "x", BAR, rows, "least"),
    ]


def _product(folder: Path) -> CacheWriter:
    return CacheWriter.open(folder / "bulk.db", NOW_MS)[0]


class _Bare:
    """SQLite as Python brings it; a transaction a page, as durable as the cache."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(_TABLE)

    def write(self, rows: list[Narrow]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(_UPSERT, rows)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


def _pages(rows: int) -> Iterator[ChangesPage]:
    """Pages as they are decoded from a backend's answer."""
    stream = islice(_observations(), rows)
    revision = 0
    while changes := tuple(Change(revision, row) for row in islice(stream, PAGE)):
        revision += len(changes)
        page = ChangesPage("bench", revision, changes, more=True, head=rows)
        yield msgspec.json.decode(msgspec.json.encode(page), type=ChangesPage)


def _ready(pages: list[ChangesPage]) -> list[list[Narrow]]:
    numbers: dict[SeriesKey, int] = {}
    return [
        [
            (
                numbers.setdefault(series_key(row), len(numbers) + 1),
                row.t_ms,
                row.value,
                flags_of(row),
                note_of(row),
            )
            for row in (change.row for change in page.rows)
            if isinstance(row, Observation)
        ]
        for page in pages
    ]


def _observations() -> Iterator[Observation]:
    """Indicator after indicator: a day by the hour, then ten years of months, by sex and age."""
    rng = random.Random(1)  # noqa: S311 - figures to write
    indicator = 0
    while True:
        for area in AREAS:
            for hour in range(24):
                yield _row(rng, f"i{indicator}", area, NOW_MS - hour * HOUR_MS)
            for sex, age in GROUPS:
                for month in range(120):
                    t_ms = NOW_MS - month * MONTH_MS
                    yield _row(rng, f"i{indicator}", area, t_ms, "month", sex, age)
        indicator += 1


def _row(
    rng: random.Random,
    indicator: str,
    area: str,
    t_ms: int,
    period: Period = "",
    sex: Sex = "all",
    age: str = "all",
) -> Observation:
    value = round(rng.random() * 1000, 1)
    return Observation(
        indicator, area, t_ms, value, simulated=True, sex=sex, age=age, period=period
    )
