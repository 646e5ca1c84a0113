"""Run alone, in a mount namespace of its own: sync on a small disk that becomes full, and is not.

`unshare -m python small_disk.py FOLDER`: mounts a tmpfs on FOLDER/disk, which nobody else sees.
Prints what happened as JSON.
"""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec

from kiosk.backend import worker as backend
from kiosk.cache.engine import open_cache_for_reading, open_ledger_for_reading
from kiosk.cache.files import CACHE, JOURNAL, LEDGER, RESERVE
from kiosk.cache.journal import AuditJournal
from kiosk.cache.ledger import LedgerReader
from kiosk.cache.repositories import Repositories
from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source, Status
from kiosk.settings import Settings
from kiosk.sync import worker as sync
from kiosk.wire.messages import Health, Message, WriteOrder, Written
from kiosk.wire.orders import Order
from tests.helpers.city import Worker, eventually, running, settings_in, text

DISK_MB, RESERVE_MB = 48, 4
ORDERS, RECORDS = 150, 300
WORDS = "현장을 확인하고 결과를 보고할 것. " * 60


def main(folder: Path) -> None:
    disk = folder / "disk"
    disk.mkdir()
    size = f"size={DISK_MB}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], check=True)
    theirs = settings_in(folder)
    sys.stdout.write(json.dumps(play(disk, theirs, on_disk(theirs, disk))))


def on_disk(settings: Settings, disk: Path) -> Settings:
    return msgspec.structs.replace(
        settings,
        paths=msgspec.structs.replace(settings.paths, data_dir=str(disk)),
        sync=msgspec.structs.replace(settings.sync, reserve_mb=RESERVE_MB),
    )


def play(disk: Path, theirs: Settings, ours: Settings) -> dict[str, object]:
    engine, ledger_engine = (
        open_cache_for_reading(disk / CACHE),
        open_ledger_for_reading(disk / LEDGER),
    )
    cache, ledger = Repositories(engine), LedgerReader(ledger_engine)
    found: dict[str, object] = {}
    with running(backend.run, theirs), running(sync.run, ours) as worker:
        eventually(lambda: cache.meta().revision > 10_000, "filled")
        worker.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        fill(disk / "filler")
        found["told_s"] = told_within(worker, "degraded", "저장 공간")
        stood_still = cache.meta().revision
        give_orders(worker, disk)
        eventually(lambda: len(ledger.audit(2 * RECORDS)) == RECORDS, "records are in the ledger")
        found["orders"] = len(ledger.given().orders)
        found["records"] = len(ledger.audit(2 * RECORDS))
        found["districts"] = len(cache.districts())
        found["written_meanwhile"] = cache.meta().revision - stood_still
        found["reserve_left"] = (disk / RESERVE).stat().st_size
        (disk / "filler").unlink()
        found["recovered_s"] = told_within(worker, "running", "")
        eventually(lambda: cache.meta().revision > stood_still, "the cache moves again")
        found["reserve"] = (disk / RESERVE).stat().st_size
    engine.dispose()
    ledger_engine.dispose()
    return found


def fill(file: Path) -> None:
    """Until not a byte more goes in."""
    with file.open("wb", buffering=0) as filler:
        for step in (1 << 20, 1 << 12, 1):
            try:
                while filler.write(b"x" * step) == step:
                    pass
            except OSError:
                continue


def give_orders(worker: Worker, disk: Path) -> None:
    journal = AuditJournal(disk / JOURNAL)
    for i in range(RECORDS):
        journal.append(record(f"a-{i}"))
        if i < ORDERS:
            worker.ui.send(WriteOrder(Order(f"o-{i}", i, "mayor", "fire", WORDS)))
    last = Written(f"o-{ORDERS - 1}")
    worker.wait_for(lambda m: m == last)


def told_within(worker: Worker, state: str, word: str) -> float:
    """Seconds until the ui was told."""
    begin = time.monotonic()

    def wanted(message: Message) -> bool:
        return isinstance(message, Health) and message.state == state and word in message.reason.ko

    worker.wait_for(wanted)
    return round(time.monotonic() - begin, 2)


def record(id: str) -> AuditRecord:  # noqa: A002
    source, status = next(iter(Source)), next(iter(Status))
    return AuditRecord(
        id, 1, "nav.home", {}, source, "wall", "mayor", WORDS, status, text("됨"), 1.0
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    assert threading.active_count() == 1
