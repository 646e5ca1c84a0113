"""Backend and sync as they run in the product: real server, real socket, real files."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.backend import worker as backend
from kiosk.cache.engine import open_cache_for_reading, open_ledger_for_reading
from kiosk.cache.files import CACHE, LEDGER, aside_files
from kiosk.cache.journal import AuditJournal
from kiosk.cache.ledger import LedgerReader
from kiosk.cache.repositories import Repositories
from kiosk.cache.writer import CacheWriter
from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source, Status
from kiosk.settings import Settings, dump
from kiosk.sync import follower
from kiosk.sync import worker as sync
from kiosk.sync.client import BackendClient
from kiosk.wire.messages import (
    CacheChanged,
    Device,
    DeviceSaved,
    Health,
    Message,
    SaveDevice,
    SyncState,
)
from tests.helpers.city import eventually, prepared_store, running, settings_in, text

DEVICE = Device("d1", "시장실 태블릿", "official", '{"kty":"EC"}', paired_ms=5)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_store(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def settings(tmp_path: Path, prepared: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    shutil.copy(prepared, tmp_path)
    monkeypatch.setattr(follower, "PATIENCE_MS", 500)
    return settings_in(tmp_path)


@pytest.fixture
def repositories(tmp_path: Path) -> Iterator[Repositories]:
    engine = open_cache_for_reading(tmp_path / CACHE)
    yield Repositories(engine)
    engine.dispose()


def reachable(message: Message) -> bool:
    return isinstance(message, SyncState) and message.reachable


def away(message: Message) -> bool:
    return isinstance(message, SyncState) and not message.reachable


def head(settings: Settings) -> int:
    client = BackendClient(sync.address(settings))
    page = client.page(0, 1)
    client.close()
    return page.head


def test_an_empty_cache_fills_and_then_moves(
    settings: Settings, repositories: Repositories
) -> None:
    with contextlib.ExitStack() as both:
        server = both.enter_context(running(backend.run, settings))
        server.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        worker = both.enter_context(running(sync.run, settings))
        worker.wait_for(lambda m: isinstance(m, SyncState) and m.revision > 12_000)
        assert len(repositories.districts()) == 25
        assert len(repositories.cameras()) == 16
        assert repositories.cameras()[0].url.startswith("http://127.0.0.1:9999/camera/")
        assert len(repositories.series("pm25")) > 150
        real = repositories.latest(["population"])["population"]
        assert (real.value, real.simulated) == (9_595_509, False)
        live = repositories.latest(["dispatch-119"])["dispatch-119"]
        assert live.simulated
        before = repositories.meta().revision
        worker.wait_for(
            lambda m: (
                isinstance(m, CacheChanged) and m.revision > before and "observations" in m.tables
            )
        )
        healths = [m.state for m in worker.seen if isinstance(m, Health)]
        assert healths == ["starting", "running"]


def test_the_plug_is_pulled_and_put_back(settings: Settings, repositories: Repositories) -> None:
    with running(sync.run, settings) as worker:
        with running(backend.run, settings):
            worker.wait_for(lambda m: isinstance(m, SyncState) and m.revision > 12_000)
            districts = repositories.districts()
        told = worker.wait_for(away)
        assert isinstance(told, SyncState)
        assert told.reason.ko == "도시 백엔드에 연결되지 않습니다"
        assert told.last_success_ms
        assert told.revision == repositories.meta().revision
        assert worker.seen[-2].state == "degraded"  # type: ignore[union-attr]
        assert repositories.districts() == districts
        with running(backend.run, settings):
            worker.wait_for(reachable)
            eventually(lambda: repositories.meta().revision >= head(settings) - 200, "caught up")


def test_a_backend_that_was_killed_left_its_socket_and_starts_again(
    settings: Settings, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(tmp_path / "backend.sock"))
    with running(sync.run, settings) as worker:
        worker.wait_for(away)
        with running(backend.run, settings):
            worker.wait_for(reachable)
    assert not (tmp_path / "backend.sock").exists()


def test_without_a_backend_the_cache_still_tells_how_old_it_is(settings: Settings) -> None:
    with running(sync.run, settings) as worker, running(backend.run, settings):
        first = worker.wait_for(lambda m: isinstance(m, SyncState) and m.revision > 0)
    with running(sync.run, settings) as worker:
        told = worker.wait_for(away)
    assert isinstance(told, SyncState)
    assert isinstance(first, SyncState)
    assert told.revision >= first.revision
    assert (told.last_success_ms or 0) >= (first.last_success_ms or 1)


def test_a_cache_that_breaks_while_in_use_is_rebuilt(
    settings: Settings, repositories: Repositories, tmp_path: Path
) -> None:
    with running(backend.run, settings), running(sync.run, settings) as worker:
        worker.wait_for(lambda m: isinstance(m, SyncState) and m.revision > 12_000)
        file = tmp_path / CACHE
        other = tmp_path / "other"
        other.write_bytes(b"something else" * 500)
        CacheWriter.set_aside(file, now_ms=1)
        # At once: written over a cache begun anew in the meantime, its log would mend it.
        other.replace(file)
        eventually(lambda: len(repositories.districts()) == 25, "the cache was rebuilt")
        eventually(lambda: len(repositories.series("pm25")) > 150, "history came back")
        assert len(aside_files(file)) == 2


def test_another_backend_replaces_what_the_first_one_told(
    settings: Settings, repositories: Repositories
) -> None:
    published = msgspec.structs.replace(
        settings, city=msgspec.structs.replace(settings.city, demo=False)
    )
    with running(sync.run, settings) as worker:
        with running(backend.run, settings):
            worker.wait_for(lambda m: isinstance(m, SyncState) and m.revision > 12_000)
            assert repositories.latest(["pm25"])
        with running(backend.run, published):
            eventually(
                lambda: list(repositories.latest(["population", "pm25"])) == ["population"],
                "published figures in place of simulated ones",
            )
            assert repositories.cameras() == ()
            assert not any(s.simulated for s in repositories.sources())


def record(id: str) -> AuditRecord:  # noqa: A002
    source, status = next(iter(Source)), next(iter(Status))
    return AuditRecord(
        id, 1, "nav.home", {}, source, "wall", "mayor", "touch", status, text("됨"), 1.0
    )


def test_devices_and_audit_reach_the_ledger_without_a_backend(
    settings: Settings, tmp_path: Path
) -> None:
    engine = open_ledger_for_reading(tmp_path / LEDGER)
    ledger = LedgerReader(engine)
    journal = AuditJournal(tmp_path / "audit-journal.jsonl")
    with running(sync.run, settings) as worker:
        worker.ui.send(SaveDevice(device=DEVICE))
        worker.wait_for(lambda m: m == DeviceSaved(device=DEVICE))
        assert ledger.devices() == (DEVICE,)
        journal.append(record("a"))
        eventually(lambda: len(ledger.audit(10)) == 1, "the record is in the ledger")
        journal.append(record("b"))
    assert {r.id for r in ledger.audit(10)} == {"a", "b"}
    engine.dispose()


def test_a_damaged_ledger_is_told_until_a_person_has_moved_it(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / LEDGER).write_bytes(b"")
    for _ in range(2):
        with running(sync.run, settings) as worker:
            told = worker.wait_for(lambda m: isinstance(m, Health) and m.state == "degraded")
            assert isinstance(told, Health)
            assert "ledger.db.damaged-" in told.reason.ko
    aside_files(tmp_path / LEDGER)[0].rename(tmp_path / "looked-at.db")
    with contextlib.ExitStack() as both:
        server = both.enter_context(running(backend.run, settings))
        server.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        worker = both.enter_context(running(sync.run, settings))
        worker.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        assert not [m for m in worker.seen if isinstance(m, Health) and m.state == "degraded"]


def test_a_full_disk_is_told_and_passes(
    settings: Settings, repositories: Repositories, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = threading.Event()
    apply = CacheWriter.apply

    def apply_with_a_small_disk(self: CacheWriter, page: object, now_ms: int) -> frozenset[str]:
        pages = 1 if full.is_set() else 1_000_000
        with self._engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        return apply(self, page, now_ms)  # type: ignore[arg-type]

    monkeypatch.setattr(CacheWriter, "apply", apply_with_a_small_disk)
    full.set()
    with running(backend.run, settings) as server, running(sync.run, settings) as worker:
        server.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        worker.wait_for(
            lambda m: isinstance(m, Health) and m.state == "degraded" and "저장 공간" in m.reason.ko
        )
        assert repositories.districts() == ()
        full.clear()
        worker.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        eventually(lambda: len(repositories.districts()) == 25, "the cache was filled")


SYNC_ALONE = """
import sys, threading
from pathlib import Path
from kiosk.core.clock import SystemClock
from kiosk.settings import load_resolved
from kiosk.sync.worker import run
from kiosk.wire import PairedLink
link, ui = PairedLink.pair()
print("up", flush=True)
run(load_resolved(Path(sys.argv[1])), link, SystemClock())
"""


@pytest.mark.slow
def test_kills_between_and_within_pages_leave_no_torn_cache(
    settings: Settings, repositories: Repositories, tmp_path: Path, root: Path
) -> None:
    dump(settings, tmp_path / "settings.json")
    with running(backend.run, settings) as server:
        server.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        reached = []
        for wait_s in (0.02, 0.08, 0.15, 0.25):
            process = subprocess.Popen(
                [sys.executable, "-c", SYNC_ALONE, str(tmp_path / "settings.json")],
                cwd=root,
                stdout=subprocess.PIPE,
            )
            assert process.stdout is not None
            process.stdout.readline()
            threading.Event().wait(wait_s)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()
            reached.append(repositories.meta().revision)
        assert reached == sorted(reached)
        with running(sync.run, settings) as worker:
            worker.wait_for(lambda m: isinstance(m, SyncState) and m.revision > 12_000)
            assert len(repositories.districts()) == 25
            assert len(repositories.series("population")) == 22
            assert aside_files(tmp_path / CACHE) == ()
