"""What the ledger tells of orders, replies and reports."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cache.ledger import Ledger
from kiosk.wire.orders import Acknowledgement, GivenOrder, GivenReply, Order, Reply, Report

ORDER = Order("o-1", 5, "wall", "fire", "현장 확인 뒤 보고", "incidents/fire-1")
REPLY = Reply("r-1", 6, "wall", "c-7", "바로 고치겠습니다")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger.open(tmp_path / "ledger.db", 1)
    yield made
    made.close()


def test_an_order_is_told_with_its_way(ledger: Ledger) -> None:
    ledger.orders.write_order(ORDER)
    assert ledger.given().orders == (GivenOrder(ORDER, "written", 5),)
    ledger.orders.mark_sent("o-1", "e", 9)
    assert ledger.given().orders == (GivenOrder(ORDER, "sent", 9, sent_ms=9),)


def test_what_is_refused_is_told_with_its_reason(ledger: Ledger) -> None:
    ledger.orders.write_order(ORDER)
    ledger.orders.write_reply(REPLY)
    ledger.orders.mark_refused("o-1", "413: too long")
    ledger.orders.mark_refused("r-1", "409: another")
    given = ledger.given()
    assert given.orders == (GivenOrder(ORDER, "written", 5, refused="413: too long"),)
    assert given.replies == (GivenReply(REPLY, refused="409: another"),)


def test_a_report_waits_for_its_order_and_goes_once(ledger: Ledger) -> None:
    report = Report("o-1.read", 7, "o-1", "read", "tablet-1")
    ledger.orders.write_order(ORDER)
    ledger.orders.write_report(report)
    ledger.orders.write_report(report)
    first = ledger.orders.unsent("e")
    assert first is not None
    assert first.id == "o-1"
    ledger.orders.mark_sent("o-1", "e", 9)
    second = ledger.orders.unsent("e")
    assert second is not None
    assert (second.id, second.kind) == ("o-1.read", "report")
    ledger.orders.mark_sent("o-1.read", "e", 10)
    assert ledger.orders.unsent("e") is None


def test_a_report_on_an_order_of_nobody_goes_nowhere(ledger: Ledger) -> None:
    ledger.orders.write_report(Report("x.read", 7, "x", "read", "tablet-1"))
    assert ledger.orders.unsent("e") is None


def test_an_acknowledgement_outlives_the_process_and_goes_once(tmp_path: Path) -> None:
    noted = Acknowledgement("n-1", 7, "wall", "fire-1")
    before = Ledger.open(tmp_path / "ledger.db", 1)
    before.orders.write_acknowledgement(noted)
    before.orders.write_acknowledgement(noted)
    before.close()
    after = Ledger.open(tmp_path / "ledger.db", 2)
    try:
        assert after.given().acknowledgements == (noted,)
        item = after.orders.unsent("e")
        assert item is not None
        assert (item.id, item.kind) == ("n-1", "acknowledgement")
        after.orders.mark_sent("n-1", "e", 9)
        assert after.orders.unsent("e") is None
        assert after.given().acknowledgements == (noted,), "sent, it is still shown"
    finally:
        after.close()
