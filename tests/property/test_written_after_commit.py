"""`Written` is said of what is on the disk, and of nothing else, whatever the disk does."""

import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from kiosk.cache.engine import open_ledger_for_reading
from kiosk.cache.ledger import Ledger, LedgerReader
from kiosk.core.clock import ManualClock
from kiosk.sync.orders import OrderKeeper
from kiosk.wire.orders import Order, Reply, Report

FULL = 2
KINDS = ("order", "reply", "report")


class NoCourier:
    """The backend is away."""

    busy = True

    def result(self) -> None:
        return None


class Desk:
    """A keeper over a ledger whose commits fail when the test says so."""

    def __init__(self, folder: Path) -> None:
        self.fails = False
        self.said: list[str] = []
        self.unfounded: list[str] = []
        self.ledger = Ledger.open(folder / "ledger.db", 1)
        event.listen(self.ledger._engine, "commit", self._commit)
        self._readers_engine = open_ledger_for_reading(folder / "ledger.db")
        self._reader = LedgerReader(self._readers_engine)
        self.keeper = OrderKeeper(
            courier=NoCourier(),  # type: ignore[arg-type]
            clock=ManualClock(),
            rng=random.Random(1),
            epoch=lambda: "",
            told=tuple,
            written=self._written,
            changed=lambda: None,
        )

    def on_disk(self) -> set[str]:
        """What another connection finds."""
        found = self._reader.given()
        return {o.order.id for o in found.orders} | {r.reply.id for r in found.replies}

    def work(self) -> None:
        try:
            self.keeper.work(self.ledger.orders)
        except OperationalError:
            assert self.fails

    def close(self) -> None:
        self.ledger.close()
        self._readers_engine.dispose()

    def _written(self, name: str) -> None:
        self.said.append(name)
        if not name.startswith("report") and name not in self.on_disk():
            self.unfounded.append(name)

    def _commit(self, _connection: Connection) -> None:
        if self.fails:
            raise OperationalError("COMMIT", None, Exception("database or disk is full"))


def thing(kind: str, number: int) -> Order | Reply | Report:
    name = f"{kind}-{number}"
    if kind == "order":
        return Order(name, number, "mayor", "fire", "확인")
    if kind == "reply":
        return Reply(name, number, "mayor", "c-1", "고치겠습니다")
    return Report(name, number, "order-0", "read", "fire")


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.booleans()), max_size=12))
@example([("order", True), ("reply", True), ("order", False)])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_is_said_when_another_reader_finds_it(steps: list[tuple[str, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for number, (kind, fails) in enumerate(steps):
            desk.fails = fails
            desk.keeper.write(thing(kind, number))
            desk.work()
            if fails:
                assert f"{kind}-{number}" not in desk.said
        desk.fails = False
        desk.work()
        given_names = [f"{kind}-{number}" for number, (kind, _) in enumerate(steps)]
        assert desk.said == given_names  # once each, in their order
        assert desk.unfounded == []
        assert desk.on_disk() == {n for n in given_names if not n.startswith("report")}
        desk.close()


def test_a_commit_waits_for_the_disk(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.ledger._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    desk.close()


KILLED_AS_IT_SAYS_SO = """
import os, random, signal, sys
from pathlib import Path
from tests.property.test_written_after_commit import Desk, thing
desk = Desk(Path(sys.argv[1]))
desk._written = lambda name: os.kill(os.getpid(), signal.SIGKILL)
desk.keeper._written = desk._written
desk.keeper.write(thing(sys.argv[2], 0))
desk.work()
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["order", "reply"])
def test_killed_in_the_moment_of_saying_so_it_is_there(
    tmp_path: Path, kind: str, root: Path
) -> None:
    command = [sys.executable, "-c", KILLED_AS_IT_SAYS_SO, str(tmp_path), kind]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    desk = Desk(tmp_path)
    assert desk.on_disk() == {f"{kind}-0"}
    desk.close()
