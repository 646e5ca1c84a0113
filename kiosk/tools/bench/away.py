"""A kiosk whose backend is away for a day, by an injected clock, and how soon it has caught up.

The real mains of both sides on real files. While the backend is away the kiosk is started again
and again with orders and replies; then the backend comes back with a day of news.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pysqlite3.dbapi2

from kiosk.backend import worker as backend
from kiosk.cache.files import CACHE
from kiosk.core.clock import Clock, SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import DemoSettings, PathSettings, SyncSettings
from kiosk.sync import worker as sync
from kiosk.tools.bench.torn import Torn, torn_rows
from kiosk.wire import Link, PairedLink
from kiosk.wire.messages import Message, WriteOrder, WriteReply, Written
from kiosk.wire.orders import Order, Reply

STARTS_H = (4, 9.5, 17, 23.5)
DAY_H = 24
ORDERS_A_TIME, REPLIES_A_TIME = 10, 3
HOUR_MS = 3_600_000
PATIENCE_S = 120.0
STORE = "backend.db"
A_DAY_OF_ROWS = 10_000
Main = Callable[[Settings, Link, Clock], None]
_ARRIVED = (
    "SELECT json_extract(body, '$.order.text') FROM rows WHERE kind = 'orders' UNION ALL "
    "SELECT json_extract(body, '$.text') FROM documents WHERE kind = 'replies'"
)


class Away(msgspec.Struct, frozen=True):
    """`caught_up_s`: from the start of the backend's process to the last order and the last row;
    `rows`: that came with it; `torn`: rows of the cache that differ from the backend's."""

    caught_up_s: float
    rows: int
    given: int
    lost: int
    doubled: int
    torn: int


class LaterClock(SystemClock):
    """The system's clock, so much later."""

    def __init__(self, hours: float) -> None:
        self._later_ms = int(hours * HOUR_MS)

    def now_ms(self) -> int:
        return super().now_ms() + self._later_ms


def a_day_away(folder: Path) -> Away:
    """In an empty folder; takes about half a minute. Raises TimeoutError."""
    settings = _settings(folder)
    with (
        _running(backend.run, settings, SystemClock()),
        _running(sync.run, settings, SystemClock()),
    ):
        _until(lambda: _told_all(folder), "the first pull")
    given = [name for hours in STARTS_H for name in _work_a_moment(settings, hours)]
    before = _revision(folder)
    day = LaterClock(DAY_H)
    begin = time.monotonic()
    with _running(sync.run, settings, day), _running(backend.run, settings, day):
        _until(lambda: len(_arrived(folder)) >= len(given), "the orders")
        _until(lambda: _told_all(folder), "the day's rows")
        caught_up_s = time.monotonic() - begin
    arrived = _arrived(folder)
    return Away(
        caught_up_s=caught_up_s,
        rows=_revision(folder) - before,
        given=len(given),
        lost=len(set(given) - set(arrived)),
        doubled=len(arrived) - len(set(arrived)),
        torn=_look(folder).missing,
    )


def _work_a_moment(settings: Settings, hours: float) -> list[str]:
    """The kiosk is started without a backend, some hours later; what it acknowledges."""
    given: list[str] = []
    with _running(sync.run, settings, LaterClock(hours)) as ui:
        for n in range(ORDERS_A_TIME):
            given.append(f"order {hours} h, {n}")
            ui.send(WriteOrder(Order(given[-1], n, "mayor", "fire", given[-1])))
        for n in range(REPLIES_A_TIME):
            given.append(f"reply {hours} h, {n}")
            ui.send(WriteReply(Reply(given[-1], n, "mayor", "c-1", given[-1])))
        waiting = set(given)
        until = time.monotonic() + PATIENCE_S
        while waiting and time.monotonic() < until:
            message: Message | None = ui.receive(0.05)
            if isinstance(message, Written):
                waiting.discard(message.id)
    if waiting:
        raise TimeoutError(f"{len(waiting)} orders were not acknowledged")
    return given


@contextmanager
def _running(main: Main, settings: Settings, clock: Clock) -> Iterator[PairedLink]:
    """A worker's main in a thread; the ui's end of its link."""
    link, ui = PairedLink.pair()
    thread = threading.Thread(target=main, args=(settings, link, clock))
    thread.start()
    try:
        yield ui
    finally:
        link.stopped.set()
        thread.join()


def _until(done: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while not done():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} did not come within {PATIENCE_S:.0f} s")
        time.sleep(0.05)


def _told_all(folder: Path) -> bool:
    return _revision(folder) > A_DAY_OF_ROWS and _look(folder).behind == 0


def _look(folder: Path) -> Torn:
    return torn_rows(folder / CACHE, folder / STORE)


def _revision(folder: Path) -> int:
    found = _column(folder / CACHE, "SELECT value FROM meta WHERE key = 'revision'")
    return int(found[0]) if found else 0


def _arrived(folder: Path) -> list[str]:
    return _column(folder / STORE, _ARRIVED)


def _column(file: Path, query: str) -> list[str]:
    """Nothing as long as there is no such file or table."""
    if not file.exists():
        return []
    with closing(pysqlite3.dbapi2.connect(str(file))) as connection:
        try:
            return [row[0] for row in connection.execute(query)]
        except pysqlite3.dbapi2.OperationalError:
            return []


def _settings(folder: Path) -> Settings:
    return Settings(
        paths=PathSettings(data_dir=str(folder), runtime_dir=str(folder)),
        demo=DemoSettings(seed=7, cameras_port=9999, step_s=1.0, departments=False),
        sync=SyncSettings(poll_s=1.0),
    )
