"""The ledger keeps what it was given, and is never thrown away."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.cache import schema
from kiosk.cache.engine import open_for_writing, open_ledger_for_reading
from kiosk.cache.ledger import HEAD, VERSION, Ledger, LedgerReader, create, migrate
from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source, Status
from kiosk.wire.messages import Device
from tests.helpers.city import text

NOW_MS = 1_790_000_000_000
DEVICE = Device("d1", "시장실 태블릿", "official", '{"kty":"EC"}', paired_ms=5)


def record(id: str, t_ms: int = NOW_MS) -> AuditRecord:  # noqa: A002
    return AuditRecord(
        id=id,
        t_ms=t_ms,
        command="district.select",
        args={"district": "11110"},
        source=next(iter(Source)),
        actor="wall",
        role="mayor",
        trigger="종로구 보여 줘",
        status=next(iter(Status)),
        reason=text("됨"),
        took_ms=1.5,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    made = Ledger.open(file, NOW_MS)
    yield made
    made.close()


def test_devices_are_kept_and_changed(ledger: Ledger, file: Path) -> None:
    ledger.save_device(DEVICE)
    ledger.save_device(msgspec.structs.replace(DEVICE, id="d2", paired_ms=1))
    ledger.save_device(msgspec.structs.replace(DEVICE, revoked=True, last_used_ms=9))
    engine = open_ledger_for_reading(file)
    found = LedgerReader(engine).devices()
    engine.dispose()
    assert [d.id for d in found] == ["d2", "d1"]
    assert found[1] == msgspec.structs.replace(DEVICE, revoked=True, last_used_ms=9)


def test_a_record_that_is_given_twice_stands_once(ledger: Ledger) -> None:
    ledger.add_audit([record("a", 1), record("b", 2)])
    ledger.add_audit([record("b", 2), record("c", 3)])
    assert [r.id for r in ledger.audit(10)] == ["c", "b", "a"]
    assert ledger.audit(1) == (record("c", 3),)


def test_what_was_written_is_there_after_a_restart(file: Path) -> None:
    first = Ledger.open(file, NOW_MS)
    first.save_device(DEVICE)
    first.close()
    second = Ledger.open(file, NOW_MS)
    assert second.devices() == (DEVICE,)
    assert second.aside == ()
    second.close()


@pytest.mark.parametrize("content", [b"", b"rubbish" * 1000], ids=["zero length", "rubbish"])
def test_a_damaged_ledger_is_set_aside_and_named(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    ledger = Ledger.open(file, NOW_MS)
    assert [f.name for f in ledger.aside] == [f"ledger.db.damaged-{NOW_MS}"]
    assert ledger.aside[0].read_bytes() == content
    assert ledger.devices() == ()
    ledger.save_device(DEVICE)
    ledger.close()
    again = Ledger.open(file, NOW_MS + 1)
    assert again.devices() == (DEVICE,)
    assert len(again.aside) == 1
    again.close()


def test_a_ledger_of_a_later_release_is_not_touched(file: Path) -> None:
    ledger = Ledger.open(file, NOW_MS)
    ledger.save_device(DEVICE)
    ledger.close()
    later = open_for_writing(file, "FULL")
    with later.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION + 1}")
    later.dispose()
    ours = Ledger.open(file, NOW_MS)
    assert ours.devices() == ()
    engine = open_ledger_for_reading(ours.aside[0])
    assert LedgerReader(engine).devices() == (DEVICE,)
    engine.dispose()
    ours.close()


def test_a_ledger_that_was_never_finished_is_no_damaged_one(file: Path) -> None:
    file.with_name("ledger.db.new").write_bytes(b"")
    ledger = Ledger.open(file, NOW_MS)
    assert ledger.aside == ()
    assert not file.with_name("ledger.db.new").exists()
    ledger.close()


def test_all_steps_together_make_the_tables_of_a_new_ledger(tmp_path: Path) -> None:
    found = []
    for way in ("new", "steps"):
        if way == "new":
            create(tmp_path / "new.db")
        engine = open_for_writing(tmp_path / f"{way}.db", "FULL")
        if way == "steps":
            migrate(engine)
        with engine.begin() as connection:
            tables = [
                connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
                for table in schema.ledger_metadata.tables
            ]
            indexes = connection.exec_driver_sql(
                "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' ORDER BY name"
            ).all()
            version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            stamps = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("application_id", "user_version")
            ]
        found.append((tables, indexes, version, stamps))
        engine.dispose()
    assert found[0] == found[1]
    assert found[0][2] == HEAD
