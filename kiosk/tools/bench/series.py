"""Every figure query of the panels on a cache that holds ten years, and on one a tenth its size.

The cache is filled by the product's own writer, page by page, as the sync process does. A line's
length stays as a line is; what grows with N are the indicators, areas and groups of people beside.
"""

import gc
import itertools
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.repositories import Repositories
from kiosk.cache.writer import CacheWriter
from kiosk.tools.bench.figure import Figure
from kiosk.wire.city import Change, ChangesPage, Observation, Period, Row, Sex

PAGE = 5000
QUERY_BAR_MS = 10.0
GROWTH_BAR = 2.0
DISTRICTS = tuple(str(11110 + 15 * n) for n in range(25))
NEIGHBOURHOODS = tuple(f"{d}{n:03d}" for d in DISTRICTS for n in range(17))
GROUPS: tuple[tuple[Sex, str], ...] = tuple(
    (sex, age)
    for age in ("all", *(f"{n}0-{n}9" for n in range(1, 8)), "0-9", "80+")
    for sex in ("all", "male", "female")
)
HOUR_MS = 3_600_000
MONTHS, BOARD = 120, 62
LIVE_ROWS, DECADE_ROWS = 50_000, 75_000
NOW_MS = 1_795_325_520_000
Query = Callable[[Repositories, "Pick"], object]


class Pick:
    """Chooses among what a cache of so many rows has in full."""

    def __init__(self, rows: int, seed: int) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - no secret
        self._indicators = max(1, (rows - LIVE_ROWS) // DECADE_ROWS)

    def indicator(self) -> str:
        return f"i{self._rng.randrange(self._indicators)}"

    def district(self) -> str:
        return self._rng.choice(DISTRICTS)

    def districts(self, count: int) -> list[str]:
        return self._rng.sample(DISTRICTS, count)


def fill(file: Path, rows: int, seed: int = 1) -> float:
    """A new cache with that many observations; rows a second of the writer."""
    writer, _ = CacheWriter.open(file, NOW_MS)
    stream = itertools.islice(_observations(random.Random(seed)), rows)  # noqa: S311 - no secret
    spent_s = 0.0
    revision = 0
    while page := [Change(revision=revision, row=row) for row in itertools.islice(stream, PAGE)]:
        revision += len(page)
        changes = ChangesPage("bench", revision, tuple(page), more=True, head=rows)
        begin = time.perf_counter()
        writer.apply(changes, NOW_MS)
        spent_s += time.perf_counter() - begin
    writer.close()
    return rows / spent_s


def queries(file: Path, turns: int, rows: int, seed: int = 2) -> dict[str, list[float]]:
    """Milliseconds of every query of figures, each time for another line; sorted."""
    engine = open_cache_for_reading(file)
    repositories, pick = Repositories(engine), Pick(rows, seed)
    took: dict[str, list[float]] = {name: [] for name in QUERIES}
    gc.disable()
    for _ in range(turns):
        for name, query in QUERIES.items():
            begin = time.perf_counter()
            found = query(repositories, pick)
            took[name].append((time.perf_counter() - begin) * 1000)
            if not found:
                raise AssertionError(f"{name} found nothing")
    gc.enable()
    engine.dispose()
    return {name: sorted(times) for name, times in took.items()}


def measure(folder: Path, rows: int, turns: int) -> list[Figure]:
    """Fills a cache of `rows` and one of a tenth, and asks both the same."""
    times, figures = {}, []
    for count in (rows // 10, rows):
        file = folder / f"cache-{count}.db"
        rate = fill(file, count)
        size = file.stat().st_size / count
        figures += [
            Figure("series", f"{count:,} rows: written", rate, "rows/s"),
            Figure("series", f"{count:,} rows: size", size, "B/row"),
        ]
        cold = _cold(file, rows // 10)
        times[count] = queries(file, turns, rows // 10)
        for name, sorted_ms in times[count].items():
            title = f"{count:,} rows: {name}"
            p99 = sorted_ms[int(len(sorted_ms) * 0.99)]
            figures += [
                Figure("series", f"{title} cold", cold[name], "ms"),
                Figure("series", f"{title} p50", statistics.median(sorted_ms), "ms", n=turns),
                Figure("series", f"{title} p99", p99, "ms", QUERY_BAR_MS, turns),
            ]
    few, many = times[rows // 10], times[rows]
    for name in QUERIES:
        ratio = statistics.median(many[name]) / statistics.median(few[name])
        figures.append(Figure("series", f"{name}: growth", ratio, "x", GROWTH_BAR, turns))
    return figures


def _cold(file: Path, rows: int) -> dict[str, float]:
    """Each query's first time with the file's pages out of the system's memory."""
    took = {}
    for name in QUERIES:
        handle = os.open(file, os.O_RDONLY)
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)
        engine = open_cache_for_reading(file)
        begin = time.perf_counter()
        QUERIES[name](Repositories(engine), Pick(rows, 3))
        took[name] = (time.perf_counter() - begin) * 1000
        engine.dispose()
    return took


def _observations(rng: random.Random) -> Iterator[Row]:
    """Live days of the board, then months and years of ever more indicators."""
    for n in range(BOARD):
        for area, every_ms in (("11", HOUR_MS // 6), *((d, HOUR_MS) for d in DISTRICTS)):
            for t_ms in range(NOW_MS - 26 * HOUR_MS, NOW_MS, every_ms):
                yield _row(rng, f"i{n}", area, t_ms)
    for n in itertools.count():
        yield from _decade(rng, f"i{n}")


def _decade(rng: random.Random, indicator: str) -> Iterator[Observation]:
    """Months and years of one indicator, everywhere; people of city and districts by the year."""
    areas = ("11", *DISTRICTS, *NEIGHBOURHOODS)
    for area in areas:
        for month in range(MONTHS):
            yield _row(rng, indicator, area, NOW_MS - month * 730 * HOUR_MS, "month")
    for area in areas:
        for sex, age in GROUPS if len(area) <= 5 else GROUPS[:3]:
            for year in range(MONTHS // 12):
                yield _row(rng, indicator, area, NOW_MS - year * 8760 * HOUR_MS, "year", sex, age)


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


QUERIES: dict[str, Query] = {
    "board of sparklines": lambda r, p: r.sparks([f"i{n}" for n in range(BOARD)]),
    "newest of the board": lambda r, p: r.latest([f"i{n}" for n in range(BOARD)]),
    "day of a district": lambda r, p: r.series(p.indicator(), p.district()),
    "months of a district": lambda r, p: r.series(p.indicator(), p.district(), period="month"),
    "map of districts": lambda r, p: r.by_district(p.indicator()),
    "map of districts, by month": lambda r, p: r.by_district(p.indicator(), period="month"),
    "map of neighbourhoods": lambda r, p: r.by_neighbourhood(
        p.indicator(), p.district(), period="month"
    ),
    "sex and age": lambda r, p: r.breakdown(p.indicator(), p.district()),
    "years of women in their twenties": lambda r, p: r.series(
        p.indicator(), p.district(), period="year", sex="female", age="20-29"
    ),
    "compare": lambda r, p: r.compare(p.indicator(), ("11", *p.districts(3)), period="month"),
    "what there is": lambda r, p: r.offers(p.indicator(), p.district()),
}
