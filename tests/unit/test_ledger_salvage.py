"""What is left of a damaged ledger goes into the new one, and what is not is counted."""

import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.cache.carving import PAGE, carve
from kiosk.cache.files import side_files
from kiosk.cache.ledger import Ledger
from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source, Status
from kiosk.wire.messages import Device
from kiosk.wire.orders import Order, Reply
from tests.helpers.city import text

NOW_MS = 1_790_000_000_000
DEVICE = Device("d1", "시장실 태블릿", "official", '{"kty":"EC"}', paired_ms=5)
LONG = "현장을 확인하고 보고할 것. " * 400  # longer than a page: goes on overflow pages
ORDERS = {f"o-{i}": Order(f"o-{i}", i, "mayor", "fire", f"{i} 현장 확인") for i in range(120)}
ORDERS["o-long"] = Order("o-long", 500, "mayor", "fire", LONG)
REPLIES = {f"r-{i}": Reply(f"r-{i}", i, "mayor", "c-1", "고치겠습니다") for i in range(40)}


def record(id: str) -> AuditRecord:  # noqa: A002
    source, status = next(iter(Source)), next(iter(Status))
    return AuditRecord(
        id, 1, "nav.home", {}, source, "wall", "mayor", "touch", status, text("됨"), 1.0
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger that was closed, with a little of everything."""
    made = tmp_path / "ledger.db"
    ledger = Ledger.open(made, NOW_MS)
    for order in ORDERS.values():
        ledger.orders.write_order(order)
    for reply in REPLIES.values():
        ledger.orders.write_reply(reply)
    for i in range(60):
        ledger.orders.mark_sent(f"o-{i}", "e", 7)
    ledger.save_device(DEVICE)
    ledger.add_audit([record(f"a-{i}") for i in range(300)])
    ledger.close()
    return made


@contextlib.contextmanager
def opened(file: Path) -> Iterator[Ledger]:
    ledger = Ledger.open(file, NOW_MS)
    try:
        yield ledger
    finally:
        ledger.close()


def zero_the_header(content: bytearray) -> None:
    content[:100] = bytes(100)


def zero_the_first_page(content: bytearray) -> None:
    content[:PAGE] = bytes(PAGE)


def add_rubbish(content: bytearray) -> None:
    content[:16] = b"something else.."


@pytest.mark.parametrize("damage", [zero_the_header, zero_the_first_page, add_rubbish])
def test_without_its_header_nothing_is_lost(
    file: Path, damage: Callable[[bytearray], None]
) -> None:
    content = bytearray(file.read_bytes())
    damage(content)
    file.write_bytes(content)
    with opened(file) as ledger:
        found = ledger.salvaged(ledger.aside[0])
        assert found is not None
        assert (found.orders, found.outbox, found.devices, found.audit) == (121, 161, 1, 300)
        assert found.lost == ()
        states = {s.id: (s.order, s.state) for s in ledger.orders.newest()}
        assert states.keys() == ORDERS.keys()
        for id, (order, state) in states.items():  # noqa: A001
            number = int(id[2:]) if id != "o-long" else 500
            assert order == ORDERS[id]
            assert state == ("sent" if number < 60 else "written")
        assert ledger.devices() == (DEVICE,)
        assert len(ledger.audit(1000)) == 300
    assert bytes(content) == ledger.aside[0].read_bytes()


def test_a_flipped_page_costs_what_stood_on_it_and_is_told(file: Path) -> None:
    """Every page in turn: what comes back is true, and what does not is named or counted."""
    whole = file.read_bytes()
    for number in range(1, len(whole) // PAGE + 1):
        content = bytearray(whole)
        content[(number - 1) * PAGE : number * PAGE] = b"\xa5" * PAGE
        folder = file.parent / str(number)
        folder.mkdir()
        (folder / "ledger.db").write_bytes(content)
        with opened(folder / "ledger.db") as ledger:
            found = ledger.salvaged(ledger.aside[0])
            assert found is not None
            orders = {s.id: s.order for s in ledger.orders.newest()}
            assert orders == {id: ORDERS[id] for id in orders}  # noqa: A001
            missing = ORDERS.keys() - orders.keys()
            assert missing <= set(found.lost)
            if found.orders + found.outbox + found.audit + found.devices < 482:
                assert found.damaged_pages > 0


def test_an_order_of_which_half_is_lost_is_sent_again(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for at in range(0, len(content), PAGE):
        page = bytes(content[at : at + PAGE])
        if b"written{" in page or b"sent" in page:  # a leaf of the orders; the outbox is left
            content[at : at + PAGE] = b"\xa5" * PAGE
    content[:16] = bytes(16)
    file.write_bytes(content)
    with opened(file) as ledger:
        orders = {s.id: s.state for s in ledger.orders.newest()}
        assert orders.keys() == ORDERS.keys()
        assert orders["o-100"] == "written"
        assert orders["o-1"] in ("written", "sent")


def test_a_log_whose_file_is_gone_gives_back_what_it_holds(tmp_path: Path, file: Path) -> None:
    ledger = Ledger.open(file, NOW_MS)
    ledger.orders.write_order(Order("in-the-log", 900, "mayor", "fire", "확인"))
    copy = tmp_path / "other" / "ledger.db"
    copy.parent.mkdir()
    for each, to in zip(side_files(file), side_files(copy), strict=True):
        to.write_bytes(each.read_bytes())
    ledger.close()
    with opened(copy) as found:
        assert "in-the-log" in {s.id for s in found.orders.newest()}
        assert len(found.aside) == 1


def test_a_folder_in_the_place_of_the_ledger_is_set_aside(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "x").write_text("someone's")
    with opened(file) as ledger:
        ledger.save_device(DEVICE)
        assert (ledger.aside[0] / "x").read_text() == "someone's"


AS_NOBODY = """
import os, sys
from pathlib import Path
from kiosk.cache.ledger import Ledger
os.setgroups([]); os.setgid(65534); os.setuid(65534)
file = Path(sys.argv[1])
assert not os.access(file, os.R_OK)
ledger = Ledger.open(file, 1)
print(len(ledger.orders.newest(1000)), len(ledger.aside))
ledger.close()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="needs to become another user")
@pytest.mark.parametrize(("owner", "expected"), [(65534, "121 0"), (0, "0 1")])
def test_a_ledger_that_may_not_be_read(root: Path, file: Path, owner: int, expected: str) -> None:
    """One's own is made readable again; another's is set aside and waits for a person."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        moved = Path(shutil.copy(file, folder))
        os.chown(moved, owner, owner)
        moved.chmod(0)
        command = [sys.executable, "-c", AS_NOBODY, str(moved)]
        done = subprocess.run(
            command, cwd=root, capture_output=True, text=True, check=False, env=_quiet(root)
        )
    assert done.stdout.strip() == expected, done.stderr[-1500:]


def _quiet(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}


def test_seeing_a_ledger_through_twice_adds_nothing(file: Path) -> None:
    file.write_bytes(b"\0" * 100 + file.read_bytes()[100:])
    with opened(file) as ledger:
        before = ledger.orders.newest()
        for report in file.parent.glob("*.json"):  # as after a kill before the report was written
            report.unlink()
    with opened(file) as ledger:
        assert ledger.orders.newest() == before
        assert ledger.salvaged(ledger.aside[0]) is not None


def test_a_device_that_was_revoked_stays_so(file: Path) -> None:
    with opened(file) as ledger:
        ledger.save_device(msgspec.structs.replace(DEVICE, revoked=True))
    file.write_bytes(b"\0" * 100 + file.read_bytes()[100:])
    with opened(file) as ledger:
        assert [d.revoked for d in ledger.devices()] == [True]


@pytest.mark.parametrize("how", ["removed", "cut", "log removed", "replaced"])
def test_a_ledger_that_is_taken_away_while_in_use_goes_on(file: Path, how: str) -> None:
    ledger = Ledger.open(file, NOW_MS)
    ledger.orders.write_order(Order("late", 900, "mayor", "fire", "확인"))
    assert ledger.wrong() == ""
    match how:
        case "removed":
            file.unlink()
        case "cut":
            with file.open("rb+") as open_file:
                open_file.truncate(PAGE * 3)
        case "log removed":
            for side in side_files(file):
                side.unlink()
        case "replaced":
            file.unlink()
            file.mkdir()
    assert ledger.wrong() != ""
    ledger = ledger.replaced(NOW_MS)
    try:
        orders = {s.id: s.order for s in ledger.orders.newest()}
        assert "late" in orders
        if how != "cut":
            assert len(orders) == len(ORDERS) + 1
            assert ledger.devices() == (DEVICE,)
    finally:
        ledger.close()


def test_any_bytes_are_carved_without_a_fault(file: Path) -> None:
    whole = file.read_bytes()
    rng = random.Random(4)
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(rng.randrange(1, 400)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        file.write_bytes(content[: rng.randrange(len(content))])
        carved = carve(file)
        assert len(carved.rows) <= 1000
