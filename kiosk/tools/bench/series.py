"""Every question of the wall to a cache that holds ten years, and to one a tenth its size.

Both are asked in turn, so that whatever else this machine does weighs on both alike. A time has the
bar as it is on a machine of its own: wall time, waits for the disk and for locks in it, without
the waits for a core that other programs had (`schedstat` of the kernel's scheduler). Wall time as
it was stands beside it; where nothing else runs the two are one. A p99 is that of all turns; no
block or turn is left out.
"""

import gc
import math
import os
import statistics
import time
from pathlib import Path

from sqlalchemy import Engine

from kiosk.cache.engine import open_cache_for_reading, open_ledger_for_reading
from kiosk.cache.files import CACHE, LEDGER
from kiosk.cache.ledger import LedgerReader
from kiosk.cache.repositories import Repositories
from kiosk.tools.bench.asked import Pick, Question, asked
from kiosk.tools.bench.decade import catalogue, fill
from kiosk.tools.bench.figure import Figure
from kiosk.tools.waits import waited_ms

QUERY_BAR_MS = 10.0
GROWTH_BAR = 2.0


class Times:
    """How long each turn of a question took in ms, and that without waits for a core."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.alone: list[float] = []

    def measure(self, ask: Question, pick: Pick, files: "Files") -> None:
        waited, begin = waited_ms(), time.perf_counter()
        ask(pick, files.rows, files.ledger)
        took_ms = (time.perf_counter() - begin) * 1000
        self.wall.append(took_ms)
        self.alone.append(took_ms - (waited_ms() - waited))


class Files:
    """A cache and a ledger to ask."""

    def __init__(self, folder: Path) -> None:
        self._engines: list[Engine] = [
            open_cache_for_reading(folder / CACHE),
            open_ledger_for_reading(folder / LEDGER),
        ]
        self.rows = Repositories(self._engines[0])
        self.ledger = LedgerReader(self._engines[1])

    def close(self) -> None:
        for engine in self._engines:
            engine.dispose()


def measure(folder: Path, rows: int, turns: int) -> list[Figure]:
    """Fills a cache of `rows` and one of a tenth, and asks both the same."""
    city, figures, files = catalogue(folder), [], {}
    for count in (rows // 10, rows):
        place = folder / str(count)
        place.mkdir()
        rate = fill(place, city, count)
        size = (place / CACHE).stat().st_size / count
        figures += [
            Figure("series", f"{count:,} rows: written", rate, "rows/s"),
            Figure("series", f"{count:,} rows: size", size, "B/row"),
        ]
        files[count] = Files(place)
    questions = asked()
    for name, took_ms in _cold(questions, folder / str(rows), Pick(city, rows // 10, 3)).items():
        figures.append(Figure("series", f"{rows:,} rows: {name}, cold", took_ms, "ms"))
    picks = {count: Pick(city, rows // 10, 2) for count in files}
    for name, times in _times(questions, picks, files, turns).items():
        figures += _told(name, times[rows], times[rows // 10], rows)
    for opened in files.values():
        opened.close()
    return figures


def _times(
    questions: dict[str, Question], picks: dict[int, Pick], files: dict[int, Files], turns: int
) -> dict[str, dict[int, Times]]:
    took = {name: {count: Times() for count in files} for name in questions}
    gc.disable()
    for _ in range(turns):
        for name, ask in questions.items():
            for count, times in took[name].items():
                times.measure(ask, picks[count], files[count])
    gc.enable()
    return took


def _told(name: str, many: Times, few: Times, rows: int) -> list[Figure]:
    turns, title = len(many.wall), f"{rows:,} rows: {name}"
    growth = statistics.median(many.alone) / statistics.median(few.alone)
    return [
        Figure("series", f"{title}, p50", statistics.median(many.alone), "ms", n=turns),
        Figure("series", f"{title}, p99", p99(many.alone), "ms", QUERY_BAR_MS, turns),
        Figure("series", f"{title}, p99 beside all else", p99(many.wall), "ms", n=turns),
        Figure("series", f"{title}, to a tenth", growth, "x", GROWTH_BAR, turns),
    ]


def p99(times: list[float]) -> float:
    """By the nearest rank."""
    return sorted(times)[math.ceil(len(times) * 0.99) - 1]


def _cold(questions: dict[str, Question], folder: Path, pick: Pick) -> dict[str, float]:
    """Each question's first time, with the files' pages out of the system's memory."""
    took = {}
    for name, ask in questions.items():
        for file in (folder / CACHE, folder / LEDGER):
            handle = os.open(file, os.O_RDONLY)
            os.fsync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)
        files, times = Files(folder), Times()
        times.measure(ask, pick, files)
        took[name] = times.wall[0]
        files.close()
    return took
