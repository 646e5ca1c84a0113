"""The city's data on this machine: how fast, and what survives. Parts one after another."""

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import msgspec

from kiosk.tools.bench import series
from kiosk.tools.bench.away import a_day_away
from kiosk.tools.bench.bulk import bulk_upsert
from kiosk.tools.bench.figure import Figure
from kiosk.tools.bench.fleet import follow_together
from kiosk.tools.bench.order_kills import kill_while_ordering
from kiosk.tools.bench.postgres import NoPostgres, server_binaries

CAUGHT_UP_BAR_S = 60.0
SEED = 20160303


class Size(msgspec.Struct, frozen=True):
    """How much of everything: rows of the bulk upsert and of the largest cache, turns of every
    panel's question, kiosks and the seconds that they follow, figures stored beforehand, kills."""

    bulk: int = 400_000
    kiosks: int = 300
    seconds: float = 30.0
    stored: int = 1_000_000
    kills: int = 200
    rows: int = 10_000_000
    turns: int = 200


QUICK = Size(bulk=50_000, kiosks=50, seconds=5, stored=10_000, kills=5, rows=200_000, turns=20)
Part = Callable[[Path, Size], list[Figure]]


def sync_figures(options: argparse.Namespace) -> Iterator[Figure]:
    """Each part's figures as soon as it is done. Raises NoPostgres at once, not after minutes."""
    size = QUICK if options.quick else Size()
    given = {name: getattr(options, name) for name in ("kills", "kiosks", "rows")}
    size = msgspec.structs.replace(size, **{k: v for k, v in given.items() if v is not None})
    chosen = [name for name in PARTS if options.part in (None, name)]
    if "kiosks" in chosen and server_binaries() is None:
        raise NoPostgres
    with _terminated_as_interrupted():
        for name in chosen:
            with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
                # Said when there is something to clear away: who interrupts now leaves nothing.
                print(f"  {name}: {SAID[name]} ...", file=sys.stderr, flush=True)
                yield from PARTS[name](Path(folder), size)


def _upsert(folder: Path, size: Size) -> list[Figure]:
    return bulk_upsert(folder, size.bulk)


def _kiosks(folder: Path, size: Size) -> list[Figure]:
    return follow_together(folder, size.kiosks, size.seconds, size.stored)


def _away(folder: Path, _size: Size) -> list[Figure]:
    day = a_day_away(folder)
    title = "a day away"
    return [
        Figure("sync", f"{title}: caught up", day.caught_up_s, "s", CAUGHT_UP_BAR_S, day.rows),
        Figure("sync", f"{title}: orders and replies lost", day.lost, "", 0, day.given),
        Figure("sync", f"{title}: orders and replies doubled", day.doubled, "", 0, day.given),
        Figure("sync", f"{title}: rows torn", day.torn, "", 0, day.rows),
    ]


def _kills(folder: Path, size: Size) -> list[Figure]:
    met = kill_while_ordering(folder, size.kills, SEED, _tell_kills)
    title = f"{met.kills} kills"
    faults = {
        "orders lost in the kiosk": met.lost_by_kiosk,
        "orders lost on the way": met.lost_on_the_way,
        "orders never sent": met.waiting,
        "orders doubled": met.doubled,
        "rows torn": met.torn,
        "files damaged": met.damaged,
    }
    return [
        Figure("sync", f"{title}: orders acknowledged", met.acknowledged, "", 1, met.given, "least")
    ] + [
        Figure("sync", f"{title}: {name}", count, "", 0, met.acknowledged)
        for name, count in faults.items()
    ]


def _tell_kills(done: int) -> None:
    if done and done % 20 == 0:
        print(f"    {done} kills", file=sys.stderr, flush=True)


def _panels(folder: Path, size: Size) -> list[Figure]:
    return series.measure(folder, size.rows, size.turns)


PARTS: dict[str, Part] = {
    "upsert": _upsert,
    "kiosks": _kiosks,
    "away": _away,
    "kills": _kills,
    "panels": _panels,
}
SAID = {
    "upsert": "rows into the cache, beside a bare sqlite3",
    "kiosks": "hundreds of kiosks follow one backend on PostgreSQL",
    "away": "the backend is away for a day, then back",
    "kills": "sync and backend are killed while orders are written; about a second each",
    "panels": "every question of the wall, with ten million figures; some minutes to write them",
}


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """So that databases and processes of the bench end with it, however it is stopped."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
