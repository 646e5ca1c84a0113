"""Files that are harmed under running processes: found, told, and put right by themselves.

The harm is done by another process: closing a file beside SQLite would drop its locks in this one.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.backend import worker as backend
from kiosk.cache import schema
from kiosk.cache.engine import open_cache_for_reading, open_ledger_for_reading
from kiosk.cache.files import CACHE, LEDGER, DamagedFile, aside_files, identity
from kiosk.cache.ledger import LedgerReader
from kiosk.cache.orders import OrderBookReader
from kiosk.cache.repositories import Repositories
from kiosk.settings import Settings
from kiosk.sync import worker as sync
from kiosk.wire.messages import (
    Device,
    DeviceSaved,
    Health,
    Message,
    SaveDevice,
    WriteOrder,
    Written,
)
from kiosk.wire.orders import Order
from tests.helpers.city import Worker, eventually, prepared_store, running, settings_in

ORDER = Order("o-1", 5, "mayor", "fire", "현장 확인 뒤 보고")
DEVICE = Device("d1", "시장실 태블릿", "official", '{"kty":"EC"}', paired_ms=5)
HARM = {
    "cut": "os.truncate(path, 3 * 4096)",
    "emptied": "os.truncate(path, 0)",
    "removed": "os.unlink(path)",
    "log removed": "[os.unlink(path + s) for s in ('-wal', '-shm')]",
    "a folder": "os.unlink(path); os.mkdir(path)",
    "overwritten": "open(path, 'r+b').write(b'something else ' * 4000)",
}


# The log that the writer holds may have all that is needed.
HEALS = ("log removed", "overwritten")


def put_right(file: Path, how: str) -> bool:
    return file.is_file() and (how == "removed" or aside_files(file) != ())


def whole(file: Path) -> bool:
    try:
        found = identity(file)
    except (DamagedFile, OSError):
        return False
    return found is not None and found[0] == schema.CACHE_APPLICATION_ID


def harm(file: Path, how: str) -> None:
    script = f"import os, sys; path = sys.argv[1]; {how}"
    subprocess.run([sys.executable, "-c", script, str(file)], check=True)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_store(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def settings(tmp_path: Path, prepared: Path) -> Settings:
    shutil.copy(prepared, tmp_path)
    made = settings_in(tmp_path)
    return msgspec.structs.replace(made, sync=msgspec.structs.replace(made.sync, inspect_s=1.0))


@pytest.fixture
def repositories(tmp_path: Path) -> Iterator[Repositories]:
    engine = open_cache_for_reading(tmp_path / CACHE)
    yield Repositories(engine)
    engine.dispose()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[LedgerReader]:
    engine = open_ledger_for_reading(tmp_path / LEDGER)
    yield LedgerReader(engine)
    engine.dispose()


def full(repositories: Repositories) -> bool:
    return len(repositories.districts()) == 25 and len(repositories.cameras()) == 16


@pytest.mark.slow
@pytest.mark.parametrize("how", HARM)
def test_a_cache_that_is_harmed_is_filled_again(
    settings: Settings, repositories: Repositories, tmp_path: Path, how: str
) -> None:
    with running(backend.run, settings), running(sync.run, settings):
        eventually(lambda: repositories.meta().revision > 12_000, "the cache is filled")
        harm(tmp_path / CACHE, HARM[how])
        if how not in HEALS:
            eventually(lambda: put_right(tmp_path / CACHE, how), "put right")
        eventually(lambda: whole(tmp_path / CACHE), "every page is whole")
        eventually(lambda: full(repositories), "the cache is filled again")


@pytest.mark.slow
def test_a_page_flipped_behind_the_check_at_start_is_found_at_leisure(
    settings: Settings, repositories: Repositories, tmp_path: Path
) -> None:
    """In a table that nobody reads or writes meanwhile."""
    with running(backend.run, settings), running(sync.run, settings):
        eventually(lambda: repositories.meta().revision > 12_000, "the cache is filled")
    page = (tmp_path / CACHE).read_bytes().index(b'"table":"kinds"') // 4096
    flipped = f"f = open(path, 'r+b'); f.seek({page} * 4096); f.write(b'\\xa5' * 4096); f.close()"
    with running(backend.run, settings), running(sync.run, settings) as worker:
        worker.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        harm(tmp_path / CACHE, flipped)
        eventually(lambda: bool(aside_files(tmp_path / CACHE)), "found and set aside")
        eventually(lambda: full(repositories), "the cache is filled again")
        worker.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
    reasons = [m.reason.ko for m in worker.seen if isinstance(m, Health)]
    assert any("손상" in reason for reason in reasons)


def write_something(worker: Worker) -> None:
    worker.ui.send(WriteOrder(ORDER))
    worker.wait_for(lambda m: m == Written("o-1"))
    worker.ui.send(SaveDevice(device=DEVICE))
    worker.wait_for(lambda m: m == DeviceSaved(device=DEVICE))


def wait_until_told(worker: Worker, name: str) -> None:
    def tells(message: Message) -> bool:
        return isinstance(message, Health) and name in message.reason.en

    if not any(tells(message) for message in worker.seen):
        worker.wait_for(tells)


@pytest.mark.slow
@pytest.mark.parametrize("how", HARM)
def test_a_ledger_that_is_harmed_goes_on_with_what_it_held(
    settings: Settings, ledger: LedgerReader, tmp_path: Path, how: str
) -> None:
    with running(sync.run, settings) as worker:
        write_something(worker)
        harm(tmp_path / LEDGER, HARM[how])
        worker.ui.send(WriteOrder(msgspec.structs.replace(ORDER, id="o-2")))
        worker.wait_for(lambda m: m == Written("o-2"))
        eventually(lambda: len(ledger.given().orders) == 2, "both orders are there")
        assert ledger.devices() == (DEVICE,)
        if aside_files(tmp_path / LEDGER):
            wait_until_told(worker, aside_files(tmp_path / LEDGER)[-1].name)
    with running(backend.run, settings), running(sync.run, settings):
        eventually(lambda: {o.state for o in ledger.given().orders} >= {"sent"}, "both are sent")
    engine = open_ledger_for_reading(tmp_path / LEDGER)
    assert {s.id for s in OrderBookReader(engine).newest()} == {"o-1", "o-2"}
    engine.dispose()
