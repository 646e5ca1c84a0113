"""An audit log that was edited or cut is found out, wherever it was cut."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.cache import schema
from kiosk.cache.chain import ANCHOR, NO_LINK, Head, link, verify_file
from kiosk.cache.engine import open_for_writing
from kiosk.cache.ledger import Ledger
from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source, Status
from kiosk.tools import audit
from kiosk.tools.doctor.machine import Machine
from kiosk.tools.doctor.records import check_audit
from kiosk.wire.text import Text

NOW_MS = 1_790_000_000_000
Tamper = Callable[[Callable[[str], object], Path], object]


def record(number: int, command: str = "nav.home") -> AuditRecord:
    return AuditRecord(
        f"r-{number}", NOW_MS + number, command, {}, Source.TABLET, "tablet-1", "mayor", "시장실",
        Status.DONE, Text("됨", "done"), 1.0,
    )  # fmt: skip


def written(file: Path, count: int) -> Head:
    """A ledger with this many records, in batches of three, closed again; its head."""
    ledger = Ledger.open(file, NOW_MS)
    head = Head()
    for first in range(0, count, 3):
        ledger.add_audit([record(n) for n in range(first, min(first + 3, count))])
        head = ledger.anchor()
    ledger.close()
    return head


def spoil(file: Path, statement: str) -> None:
    engine = open_for_writing(file, "FULL")
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def test_an_untouched_log_is_whole(file: Path) -> None:
    head = written(file, 10)
    verdict = verify_file(file)
    assert verdict.whole
    assert verdict.head == head
    assert head.count == 10


def test_a_new_ledger_and_one_with_a_record_given_twice_are_whole(file: Path) -> None:
    Ledger.open(file, NOW_MS).close()
    assert verify_file(file).head == Head(0, NO_LINK)
    ledger = Ledger.open(file, NOW_MS)
    ledger.add_audit([record(1), record(2), record(2)])
    ledger.add_audit([record(2), record(3)])
    ledger.anchor()
    ledger.close()
    assert verify_file(file).whole
    assert verify_file(file).head.count == 3


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit SET body = replace(body, 'mayor', 'visitor') WHERE id = 'r-4'", "record 5"),
        ("UPDATE audit SET t_ms = t_ms + 60000 WHERE id = 'r-4'", "record 5"),
        ("DELETE FROM audit WHERE id = 'r-4'", "removed"),
        ("DELETE FROM audit_chain WHERE seq = 5", "missing"),
        ("INSERT INTO audit VALUES ('x', 1, '{}')", "added"),
        ("DELETE FROM audit_chain WHERE seq > 7", "cut at the end: the anchor knows 3 more"),
        ("DELETE FROM audit_chain", "cut at the end"),
        ("UPDATE audit_chain SET link = printf('%064d', 7) WHERE seq = 10", "rewritten"),
    ],
)
def test_an_edited_or_cut_log_is_found_out(file: Path, statement: str, said: str) -> None:
    written(file, 10)
    spoil(file, statement)
    verdict = verify_file(file)
    assert not verdict.whole
    assert any(said in one for one in verdict.wrong), verdict.wrong


def test_both_halves_of_the_end_cut_off(file: Path) -> None:
    """What is left is a chain without a fault: the anchor alone tells."""
    written(file, 10)
    spoil(file, "DELETE FROM audit_chain WHERE seq > 7")
    spoil(file, "DELETE FROM audit WHERE id NOT IN (SELECT id FROM audit_chain)")
    assert verify_file(file).wrong == ("cut at the end: the anchor knows 3 more records",)


def test_a_chain_made_anew_over_an_edited_log(file: Path) -> None:
    """Whoever knows how the links are made still does not agree with the anchor."""
    written(file, 4)
    spoil(file, "UPDATE audit SET body = replace(body, 'mayor', 'visitor') WHERE id = 'r-1'")
    engine = open_for_writing(file, "FULL")
    with engine.begin() as connection:
        before = NO_LINK
        for seq, id_, t_ms, body in connection.exec_driver_sql(
            "SELECT seq, a.id, t_ms, body FROM audit_chain c JOIN audit a ON a.id = c.id "
            "ORDER BY seq"
        ).all():
            before = link(before, id_, t_ms, body)
            values = {"seq": seq, "id": id_, "link": before}
            where = schema.audit_chain.c.seq == seq
            connection.execute(schema.audit_chain.update().where(where).values(values))
    engine.dispose()
    assert verify_file(file).wrong == ("rewritten: the anchor knows another record 4",)


def test_a_noted_head_tells_when_the_anchor_was_made_to_agree(file: Path) -> None:
    early = written(file, 5)
    ledger = Ledger.open(file, NOW_MS)
    ledger.add_audit([record(9)])
    ledger.anchor()
    ledger.close()
    assert verify_file(file, early).whole
    file.unlink()
    file.with_name(ANCHOR).unlink()
    written(file, 3)
    assert verify_file(file).whole
    assert verify_file(file, early).wrong == (
        "cut at the end: the noted head knows 2 more records",
    )


@pytest.mark.parametrize("spoilt", ["cut", "anchor gone", "anchor rubbish", "ledger gone"])
def test_the_writer_does_not_paper_over_a_break(file: Path, spoilt: str) -> None:
    """After a cut the kiosk starts and writes on: the break stays on record for good."""
    head = written(file, 6)
    anchor = file.with_name(ANCHOR)
    match spoilt:
        case "cut":
            spoil(file, "DELETE FROM audit_chain WHERE seq > 4")
            spoil(file, "DELETE FROM audit WHERE id NOT IN (SELECT id FROM audit_chain)")
        case "anchor gone":
            anchor.unlink()
        case "anchor rubbish":
            anchor.write_bytes(b"{}")
        case "ledger gone":
            file.unlink()
    ledger = Ledger.open(file, NOW_MS + 1)
    assert ledger.broken is not None
    assert ledger.broken.left == (None if "anchor" in spoilt else head)
    ledger.add_audit([record(20)])
    ledger.anchor()
    ledger.close()
    again = Ledger.open(file, NOW_MS + 2)
    assert again.broken is None
    again.close()
    verdict = verify_file(file)
    assert not verdict.whole
    assert [one.t_ms for one in verdict.breaks] == [NOW_MS + 1]


def test_a_ledger_of_before_gets_its_chain_and_no_break(file: Path) -> None:
    written(file, 5)
    file.with_name(ANCHOR).unlink()
    spoil(file, "DROP TABLE audit_chain")
    spoil(file, "DROP TABLE disclosure")
    spoil(file, "ALTER TABLE devices DROP COLUMN credential")
    spoil(file, "ALTER TABLE devices DROP COLUMN office")
    spoil(file, "UPDATE alembic_version SET version_num = '0004'")
    spoil(file, "PRAGMA user_version = 4")
    ledger = Ledger.open(file, NOW_MS)
    assert ledger.broken is None
    ledger.close()
    verdict = verify_file(file)
    assert verdict.whole
    assert verdict.head.count == 5


def test_a_ledger_that_was_taken_away_in_mid_use_goes_on_with_its_chain(file: Path) -> None:
    written(file, 3)
    ledger = Ledger.open(file, NOW_MS)
    file.rename(file.with_name("elsewhere.db"))
    ledger = ledger.replaced(NOW_MS + 1)
    ledger.add_audit([record(7)])
    ledger.anchor()
    ledger.close()
    assert verify_file(file).whole


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=8), st.data())
def test_no_single_change_goes_unseen(
    tmp_path_factory: pytest.TempPathFactory, batches: list[int], data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("chain") / "ledger.db"
    ledger = Ledger.open(file, NOW_MS)
    number = 0
    for size in batches:
        ledger.add_audit([record(number + n) for n in range(size)])
        ledger.anchor()
        number += size
    ledger.close()
    assert verify_file(file).whole
    if number:
        at = data.draw(st.integers(1, number))
        column = data.draw(st.sampled_from(["id", "link"]))
        spoil(file, f"UPDATE audit_chain SET {column} = 'x' WHERE seq = {at}")
        assert not verify_file(file).whole


def test_the_command_says_it_and_exits_with_it(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.main(["check", "--data", str(file.parent)]) == 1
    assert "no ledger" in capsys.readouterr().err
    head = written(file, 4)
    assert audit.main(["check", "--data", str(file.parent), "--head", str(head)]) == 0
    assert str(head) in capsys.readouterr().out
    spoil(file, "UPDATE audit SET body = '{}' WHERE id = 'r-2'")
    assert audit.main(["check", "--data", str(file.parent), "--json"]) == 1
    answer = msgspec.json.decode(capsys.readouterr().out)
    assert answer["whole"] is False
    assert "record 3 (r-2)" in answer["verdict"]["wrong"][0]
    with pytest.raises(SystemExit):
        audit.main(["check", "--head", "seven"])


def test_the_doctor_says_it(file: Path, tmp_path: Path) -> None:
    machine = Machine(system=tmp_path, environment={"XDG_DATA_HOME": str(tmp_path)})
    folder = tmp_path / "city-kiosk"
    assert check_audit(machine).state == "ok"
    folder.mkdir()
    written(folder / "ledger.db", 3)
    assert "3" in check_audit(machine).found.en
    spoil(folder / "ledger.db", "DELETE FROM audit WHERE id = 'r-1'")
    assert check_audit(machine).state == "fail"
