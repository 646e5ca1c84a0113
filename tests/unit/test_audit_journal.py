"""No audit record is lost between the ui process and the ledger, whatever dies in between."""

import os
import threading
from pathlib import Path

import pytest

from kiosk.cache.journal import AuditJournal, JournalReader
from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source, Status
from tests.helpers.city import encoded, text


def record(id: str) -> AuditRecord:  # noqa: A002
    source, status = next(iter(Source)), next(iter(Status))
    return AuditRecord(
        id, 1, "nav.home", {}, source, "wall", "mayor", "touch", status, text("됨"), 1.0
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "audit-journal.jsonl"


def test_records_arrive_in_order_and_only_once(file: Path) -> None:
    journal, reader = AuditJournal(file), JournalReader(file)
    assert reader.take() == ()
    journal.append(record("a"))
    journal.append(record("b"))
    assert [r.id for r in reader.take()] == ["a", "b"]
    reader.done()
    assert reader.take() == ()
    journal.append(record("c"))
    assert [r.id for r in reader.take()] == ["c"]


def test_records_that_were_taken_but_not_done_come_again(file: Path) -> None:
    journal = AuditJournal(file)
    journal.append(record("a"))
    assert [r.id for r in JournalReader(file).take()] == ["a"]
    journal.append(record("b"))
    reader = JournalReader(file)
    assert [r.id for r in reader.take()] == ["a"]
    reader.done()
    assert [r.id for r in reader.take()] == ["b"]


def test_a_line_that_is_no_record_is_kept_aside(file: Path) -> None:
    file.write_bytes(encoded(record("a")) + b'\n{"torn": \n' + encoded(record("b")) + b"\n")
    assert [r.id for r in JournalReader(file).take()] == ["a", "b"]
    assert file.with_name("audit-journal.refused.jsonl").read_bytes() == b'{"torn": \n'


def test_a_short_write_leaves_the_journal_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = AuditJournal(file)
    journal.append(record("a"))
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, data[:10]))
    with pytest.raises(OSError, match="only 10 of"):
        journal.append(record("b"))
    monkeypatch.undo()
    journal.append(record("c"))
    assert [r.id for r in JournalReader(file).take()] == ["a", "c"]


def test_nothing_is_lost_while_the_journal_is_being_taken(file: Path) -> None:
    journal, reader = AuditJournal(file), JournalReader(file)

    def write(name: str) -> None:
        for i in range(300):
            journal.append(record(f"{name}{i}"))

    writers = [threading.Thread(target=write, args=(name,)) for name in "xyz"]
    for thread in writers:
        thread.start()
    seen: list[str] = []
    while any(thread.is_alive() for thread in writers):
        seen += [r.id for r in reader.take()]
        reader.done()
    for thread in writers:
        thread.join()
    seen += [r.id for r in reader.take()]
    assert len(seen) == 900
    assert set(seen) == {f"{name}{i}" for name in "xyz" for i in range(300)}
