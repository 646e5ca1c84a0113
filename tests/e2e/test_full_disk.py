"""A disk that really is full: a small one of its own, in a mount namespace that ends with it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cache.journal import AuditJournal
from kiosk.cache.reserve import STEP, Reserve, give_up_a_step
from kiosk.sync.puller import LIMIT
from tests.helpers.small_disk import DISK_MB, ORDERS, RECORDS, RESERVE_MB, record

TOLD_S = 5.0


def may_mount() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    tried = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not may_mount(), reason="needs the right to a mount namespace of its own")
def test_on_a_full_disk_reads_and_orders_go_on(tmp_path: Path, root: Path) -> None:
    done = subprocess.run(
        ["unshare", "-m", sys.executable, "-m", "tests.helpers.small_disk", str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["told_s"] <= TOLD_S
    assert found["districts"] == 25
    assert found["orders"] == ORDERS
    assert found["records"] == RECORDS
    assert found["written_meanwhile"] <= LIMIT, "more than the page that was in hand"
    assert found["reserve_left"] < RESERVE_MB << 20
    assert found["reserve"] == RESERVE_MB << 20
    assert DISK_MB > RESERVE_MB


def test_the_reserve_gives_way_a_step_at_a_time_and_comes_back(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "reserve.bin", 3 * STEP)
    assert not reserve.whole()
    reserve.keep()
    assert reserve.whole()
    assert not reserve.scarce()
    assert [reserve.give() for _ in range(4)] == [True, True, True, False]
    assert reserve.scarce()
    reserve.keep()
    assert reserve.whole()


def test_without_a_reserve_nothing_is_kept(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "reserve.bin", 0)
    reserve.keep()
    assert reserve.whole()
    assert list(tmp_path.iterdir()) == []


def test_a_reserve_that_is_not_there_gives_nothing(tmp_path: Path) -> None:
    assert not give_up_a_step(tmp_path / "reserve.bin")


def test_an_audit_record_that_finds_no_space_takes_it_from_the_reserve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserve = Reserve(tmp_path / "reserve.bin", 2 * STEP)
    reserve.keep()
    write = os.write

    def with_a_small_disk(descriptor: int, line: bytes) -> int:
        return write(descriptor, line[:5] if reserve.whole() else line)

    monkeypatch.setattr("kiosk.cache.journal.os.write", with_a_small_disk)
    AuditJournal(tmp_path / "audit-journal.jsonl").append(record("a"))
    lines = (tmp_path / "audit-journal.jsonl").read_text().splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["id"] == "a"
    assert (tmp_path / "reserve.bin").stat().st_size == STEP
