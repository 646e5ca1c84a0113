"""Kills sync and backend at random moments while orders are written, and counts what is lost.

Real processes, real files, SIGKILL; the moments and the victims come from a seed. An order counts
as acknowledged when `Written` has left the sync process.
"""

import multiprocessing
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import forkserver, util
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import msgspec
import pysqlite3.dbapi2

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import DemoSettings, PathSettings, SyncSettings
from kiosk.tools.bench.torn import Torn, torn_rows
from kiosk.wire import PairedLink
from kiosk.wire.messages import Health, WriteOrder, Written
from kiosk.wire.orders import Order

STEP_S = 0.5
QUIET_S = 3600.0
EVERY_S = 0.02
LIFE_S = (0.05, 0.8)
SETTLE_S = 60.0
_UNSENT = "SELECT id FROM outbox WHERE sent_ms IS NULL"


class Kills(msgspec.Struct, frozen=True):
    """`waiting`: still in the outbox when nothing had come of it for SETTLE_S.

    `torn`: rows of the cache that differ from the backend's; `damaged`: files set aside.
    """

    kills: int
    given: int
    acknowledged: int
    lost_by_kiosk: int
    lost_on_the_way: int
    waiting: int
    doubled: int
    torn: int
    damaged: int

    @property
    def holds(self) -> bool:
        faults = (self.lost_by_kiosk, self.lost_on_the_way, self.waiting, self.doubled)
        return not any((*faults, self.torn, self.damaged)) and self.acknowledged > 0


class Worker:
    """A process that can be killed at any moment and started again."""

    def __init__(self, main: str, context: ForkServerContext, settings: Settings) -> None:
        self._main = main
        self._context = context
        self.settings = settings
        self.start()

    def start(self) -> None:
        self.pipe, theirs = self._context.Pipe()
        self._process: ForkServerProcess = self._context.Process(
            target=_live, args=(self._main, self.settings, theirs), daemon=True
        )
        self._process.start()
        theirs.close()
        self.alive = True

    def kill(self) -> list[str]:
        """SIGKILL; what it said before, as ids."""
        self.alive = False
        self._process.kill()
        self._process.join()
        said = list(self.said())
        self.pipe.close()
        self._process.close()
        return said

    def said(self) -> Iterator[str]:
        """What has come so far."""
        while True:
            try:
                if not self.pipe.poll():
                    return
                yield self.pipe.recv()
            except (EOFError, OSError):
                return

    def tell(self, name: str) -> None:
        self.pipe.send(name)


def kill_while_ordering(
    folder: Path, kills: int, seed: int, told: Callable[[int], None] = lambda done: None
) -> Kills:
    """Runs a kiosk and its backend in an empty folder. Takes about a second a kill.

    told: is told how many kills are done.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kiosk.backend.worker", "kiosk.sync.worker", __name__])
    rng = random.Random(seed)  # noqa: S311 - a bench that can be repeated
    _make_temporary_folder()
    run = _Run(folder, context)
    try:
        for done in range(kills):
            told(done)
            run.live(rng.uniform(*LIFE_S))
            run.kill(rng.choice((("sync",), ("backend",), ("sync", "backend"))))
        run.settle()
    finally:
        run.close()
        _end_the_server()
    return run.result(kills)


def _make_temporary_folder() -> None:
    """Of the fork server's socket: it is there, and sure to go at the end, or it is not there. A
    signal in between waits."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        util.get_temp_dir()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_the_server() -> None:
    """The process from which the others were forked would live as long as this one."""
    forkserver._forkserver._stop()  # type: ignore[attr-defined]


class _Run:
    def __init__(self, folder: Path, context: ForkServerContext) -> None:
        self._folder = folder
        self._given = 0
        self._acknowledged: set[str] = set()
        self._torn = 0
        self._workers = {
            name: Worker(f"kiosk.{name}.worker", context, _settings(folder, STEP_S))
            for name in ("backend", "sync")
        }
        wait([self._workers["backend"].pipe], SETTLE_S)  # its first word: it serves

    def live(self, seconds: float) -> None:
        """Gives an order every EVERY_S."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._given += 1
            self._workers["sync"].tell(f"o-{self._given}")
            time.sleep(EVERY_S)
            self._acknowledged.update(self._workers["sync"].said())

    def kill(self, victims: tuple[str, ...]) -> None:
        for name in victims:
            said = self._workers[name].kill()
            if name == "sync":
                self._acknowledged.update(said)
                self._torn += self._look().missing
        for name in victims:
            self._workers[name].start()

    def settle(self) -> None:
        """The city stands still, everything is delivered, and both processes end."""
        backend = self._workers["backend"]
        backend.kill()
        backend.settings = _settings(self._folder, QUIET_S)
        backend.start()
        left, until = self._left(), time.monotonic() + SETTLE_S
        while left and time.monotonic() < until:
            time.sleep(0.2)
            now = self._left()
            if now < left:  # as long as it goes on, it may take its time
                left, until = now, time.monotonic() + SETTLE_S
        self.close()
        self._torn += self._look().different

    def close(self) -> None:
        """Both processes have ended when this returns."""
        for worker in self._workers.values():
            if worker.alive:
                worker.kill()

    def result(self, kills: int) -> Kills:
        here = set(_column(self._folder / "ledger.db", "SELECT id FROM orders"))
        waiting = set(_column(self._folder / "ledger.db", _UNSENT)) & self._acknowledged
        there = _column(
            self._folder / "backend.db",
            "SELECT json_extract(body, '$.order.text') FROM rows WHERE kind = 'orders'",
        )
        return Kills(
            kills=kills,
            given=self._given,
            acknowledged=len(self._acknowledged),
            lost_by_kiosk=len(self._acknowledged - here),
            lost_on_the_way=len(self._acknowledged - waiting - set(there)),
            waiting=len(waiting),
            doubled=len(there) - len(set(there)),
            torn=self._torn,
            damaged=len(list(self._folder.glob("*.damaged-*"))),
        )

    def _left(self) -> int:
        """Orders that wait, and whether the cache is behind."""
        waiting = len(_column(self._folder / "ledger.db", _UNSENT))
        return waiting + (self._look().behind > 0)

    def _look(self) -> Torn:
        return torn_rows(self._folder / "cache.db", self._folder / "backend.db")


def _live(main: str, settings: Settings, pipe: Connection) -> None:
    """In the killed process: its real main, and a thread that passes orders and answers on."""
    import importlib
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the bench stops it
    link, ui = PairedLink.pair()
    run = importlib.import_module(main).run
    threading.Thread(target=run, args=(settings, link, SystemClock()), daemon=True).start()
    while True:
        while pipe.poll(0.002):
            name = pipe.recv()
            ui.send(WriteOrder(Order(name, int(name[2:]), "mayor", "fire", name)))
        while (message := ui.receive(0.002)) is not None:
            match message:
                case Written(id=name):
                    pipe.send(name)
                case Health(worker="backend", state="running"):
                    pipe.send("running")


def _settings(folder: Path, step_s: float) -> Settings:
    return Settings(
        paths=PathSettings(data_dir=str(folder), runtime_dir=str(folder)),
        demo=DemoSettings(seed=7, cameras_port=9999, step_s=step_s),
        sync=SyncSettings(poll_s=1.0),
    )


def _column(file: Path, query: str) -> list[str]:
    with closing(pysqlite3.dbapi2.connect(str(file))) as connection:
        return [row[0] for row in connection.execute(query)]
