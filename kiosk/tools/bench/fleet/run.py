"""Starts database, backend, writers and kiosks, lets them run, and adds up what they met."""

import math
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import text

from kiosk.backend.feed import open_store
from kiosk.backend.store import Store
from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import BackendSettings, CitySettings, DemoSettings, PathSettings
from kiosk.tools.bench.figure import Figure
from kiosk.tools.bench.fleet.kiosks import Followed, follow_all
from kiosk.tools.bench.fleet.writers import overtaken, write_until_told
from kiosk.tools.bench.postgres import postgres
from kiosk.wire import PairedLink
from kiosk.wire.messages import Health

P99_BAR_MS = 250.0
STARVED_MS = 1000.0
WRITERS, CLIENTS = 4, 2
STEP_S = 1.0
START_S = 60.0
TABLE_ROWS_A_SERIES = 1000
_CONTEXT = multiprocessing.get_context("spawn")


def follow_together(
    folder: Path, kiosks: int, seconds: float, stored: int = 1_000_000
) -> list[Figure]:
    """`stored`: figures that lie in the store before anybody asks. Raises NoPostgres."""
    with postgres(durable=True) as address, ExitStack() as stack:
        settings = _settings(folder, address, _free_port())
        store = open_store(settings)
        stack.callback(store.close)
        _fill(store, stored)
        backend = stack.enter_context(_process(_serve, settings))
        _expect(backend, "running")
        since = store.revision()
        names = [f"kiosk-{n}" for n in range(kiosks)]
        url = f"http://{settings.backend.listen}"
        clients = [
            stack.enter_context(_process(follow_all, url, names[n::CLIENTS], since, seconds))
            for n in range(CLIENTS)
        ]
        writers = [
            stack.enter_context(_process(write_until_told, address, n)) for n in range(WRITERS)
        ]
        for each in (*clients, *writers):
            _expect(each)
        time.sleep(seconds)
        written = [_ended(writer, "end") for writer in writers]
        head = store.revision()
        met = [kiosk for client in clients for kiosk in _ended(client, head)]
        orders = sum(key.startswith("bench-") for key in store.keys("orders"))
    rows = sum(count for count, _ in written) + orders
    spans = [span for _, each in written for span in each]
    return _figures(met, rows, head, overtaken(spans), seconds)


def _figures(
    met: Sequence[Followed], rows: int, head: int, overtakings: int, seconds: float
) -> list[Figure]:
    name = f"{len(met)} kiosks"
    answers = sorted(ms for kiosk in met for ms in kiosk.answers_ms)
    asked = len(answers)
    starved = sum(_is_starved(kiosk, head) for kiosk in met)
    skipped = sum(abs(rows - kiosk.rows) for kiosk in met)
    return [
        Figure("sync", f"{name}: asked", asked / seconds, "/s", n=asked),
        Figure("sync", f"{name}: answer p50", answers[asked // 2], "ms", n=asked),
        Figure("sync", f"{name}: answer p99", answers[int(asked * 0.99)], "ms", P99_BAR_MS, asked),
        Figure("sync", f"{name}: slowest answer", answers[-1], "ms", n=asked),
        Figure("sync", f"{name}: starved", starved, "", 0, len(met)),
        Figure("sync", f"{name}: rows told", sum(k.rows for k in met), "", n=rows),
        Figure("sync", f"{name}: rows skipped", skipped, "", 0, rows * len(met)),
        Figure("sync", f"{name}: out of order", sum(k.disorder for k in met), "", 0, len(met)),
        Figure("sync", f"{name}: commits that were overtaken", overtakings, ""),
    ]


def _is_starved(kiosk: Followed, head: int) -> bool:
    """Whether it was left behind, got no answer once, or waited longer than STARVED_MS."""
    slowest_ms = max(kiosk.answers_ms, default=math.inf)
    return kiosk.reached < head or kiosk.refused > 0 or slowest_ms > STARVED_MS


def _serve(settings: Settings, pipe: Connection) -> None:
    """In a process of its own: the backend's real main, until the pipe says so."""
    from kiosk.backend import worker

    os.environ.pop("KIOSK_SECRETS", None)  # nobody's real systems are asked
    link, ui = PairedLink.pair()
    main = threading.Thread(target=worker.run, args=(settings, link, SystemClock()))
    main.start()
    while main.is_alive():
        message = ui.receive(0.1)
        if isinstance(message, Health) and message.state == "running":
            pipe.send("running")
        if pipe.poll():
            link.stopped.set()
    main.join()


@contextmanager
def _process(target: Callable[..., None], *args: Any) -> Iterator[Connection]:
    """A process and the pipe to it; killed when the block ends, however it ends."""
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_child, args=(target, *args, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        process.kill()
        process.join()
        ours.close()


def _child(target: Callable[..., None], *args: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the bench stops it
    target(*args)


def _expect(pipe: Connection, word: str = "") -> None:
    if not pipe.poll(START_S):
        raise TimeoutError(f"a process of the bench did not start within {START_S:.0f} s")
    said = pipe.recv()
    assert not word or said == word, said


def _ended(pipe: Connection, word: object) -> Any:
    pipe.send(word)
    if not pipe.poll(START_S):
        raise TimeoutError(f"a process of the bench did not end within {START_S:.0f} s")
    return pipe.recv()


def _fill(store: Store, rows: int) -> None:
    """Figures that no kiosk asks for, so that those that are asked for lie in a large table."""
    if not rows:
        return
    with store.engine.begin() as connection:
        first = connection.scalar(text("SELECT coalesce(max(id), 0) + 1 FROM series"))
        params = {"rows": rows, "of": TABLE_ROWS_A_SERIES, "first": first}
        for statement in (
            "INSERT INTO series (indicator, period, sex, age, area) SELECT 'filled-' || n, '', "
            "'all', 'all', '11' FROM generate_series(0, (:rows - 1) / :of) AS n",
            "INSERT INTO observations (series, t_ms, revision, value, flags) SELECT s.id, n % :of, "
            "m.value::bigint + n + 1, n, 1 FROM generate_series(0, :rows - 1) AS n "
            "JOIN series s ON s.indicator = 'filled-' || n / :of "
            "JOIN meta m ON m.key = 'revision'",
            "UPDATE meta SET value = (value::bigint + :rows)::text WHERE key = 'revision'",
        ):
            connection.execute(text(statement), params)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _settings(folder: Path, address: str, port: int) -> Settings:
    return Settings(
        city=CitySettings(demo=False),
        paths=PathSettings(data_dir=str(folder), runtime_dir=str(folder)),
        demo=DemoSettings(step_s=STEP_S),
        backend=BackendSettings(store=address, listen=f"127.0.0.1:{port}"),
    )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
