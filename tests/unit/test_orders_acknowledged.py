"""The wall's side of orders: given only when sync says so, and told again to a new sync."""

from collections.abc import Callable
from typing import Any, cast

import msgspec
import pytest

from kiosk.app.configuration import read_desk
from kiosk.app.orders import Orders
from kiosk.app.queries import Queries
from kiosk.app.world import WallWorld
from kiosk.core.invocation import Status
from kiosk.settings import Settings
from kiosk.wire.city import OrderStatus
from kiosk.wire.messages import Message, WriteOrder, WriteReport, Written
from kiosk.wire.orders import Given, GivenOrder, Order, Report
from tests.helpers.heart import PANELS, Heart

ORDER = Order("o-1", 5, "wall", "fire", "현장 확인 뒤 보고")


class Ledger:
    """Answers at once."""

    def __init__(self) -> None:
        self.given = Given()
        self.told: dict[str, OrderStatus] = {}

    def ask_ledger(
        self, key: str, question: Callable[[Any], Any], answered: Callable[[Any], None]
    ) -> None:
        answered(self.given)

    def ask(
        self, key: str, question: Callable[[Any], Any], answered: Callable[[Any], None]
    ) -> None:
        answered(self.told)


class Desk:
    def __init__(self) -> None:
        self.heart = Heart()
        self.ledger = Ledger()
        self.world = WallWorld(PANELS, self.heart.clock)
        self.world.desk = read_desk(Settings())
        self.sync: list[Message] | None = []
        self.changes = 0
        self.orders = Orders(
            intake=self.heart.intake,
            world=self.world,
            queries=cast(Queries, self.ledger),
            send=self._send,
            changed=self._changed,
        )

    def _send(self, worker: str, message: Message) -> bool:
        if self.sync is None:
            return False
        self.sync.append(message)
        return True

    def _changed(self) -> None:
        self.changes += 1

    def waiting(self) -> int:
        return len(self.orders.writing)

    def news(self) -> list[tuple[str, Status]]:
        records = [r for r in self.heart.records if r.command == "order.told"]
        return [(record.reason.ko, record.status) for record in records]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_an_order_is_given_when_it_is_on_the_disk(desk: Desk) -> None:
    assert desk.orders.write(WriteOrder(ORDER))
    assert desk.waiting() == 1
    assert desk.news() == []
    desk.ledger.given = Given((GivenOrder(ORDER, "written", 5),))
    desk.orders.receive(Written("o-1"))
    assert desk.waiting() == 0
    assert desk.orders.given.orders[0].order == ORDER
    assert desk.news() == [("지시했습니다: 소방재난본부, 현장 확인 뒤 보고", Status.DONE)]
    assert desk.world.orders == {"o-1": "written"}
    desk.orders.receive(Written("o-1"))
    assert len(desk.news()) == 1


def test_without_sync_nothing_is_taken_over(desk: Desk) -> None:
    desk.sync = None
    assert not desk.orders.write(WriteOrder(ORDER))
    assert desk.waiting() == 0


def test_a_new_sync_is_told_what_the_old_one_did_not_write(desk: Desk) -> None:
    desk.orders.write(WriteOrder(ORDER))
    desk.sync = []
    desk.orders.came("sync")
    assert desk.sync == [WriteOrder(ORDER)]
    desk.orders.receive(Written("o-1"))
    desk.sync = []
    desk.orders.came("sync")
    assert desk.sync == []


def test_a_refusal_is_told_once_and_not_again_after_a_restart(desk: Desk) -> None:
    refused = GivenOrder(ORDER, "written", 5, refused="413: long")
    desk.orders.read()
    desk.ledger.given = Given((refused,))
    desk.orders.read()
    desk.orders.read()
    assert [status for _, status in desk.news()] == [Status.UNAVAILABLE]
    again = Desk()
    again.ledger.given = Given((refused,))
    again.orders.read()
    assert again.news() == []


def test_a_report_is_written_in_silence(desk: Desk) -> None:
    desk.orders.write(WriteReport(Report("o-1.read", 6, "o-1", "read", "tablet")))
    desk.orders.receive(Written("o-1.read"))
    assert desk.news() == []


def test_ids_sort_by_time_and_never_repeat(desk: Desk) -> None:
    ids = [desk.world.new_id() for _ in range(200)]
    desk.heart.clock.advance(1)
    later = desk.world.new_id()
    assert len(set(ids)) == 200
    assert all(before < later for before in ids)


def test_whoever_is_at_the_wall_is_reminded_once_of_a_day_that_is_over(desk: Desk) -> None:
    now_ms = desk.heart.clock.now_ms()
    over = GivenOrder(Order("o-0", 1, "wall", "fire", "즉시 조치", due_ms=now_ms), "read", 5)
    soon = GivenOrder(msgspec.structs.replace(ORDER, due_ms=now_ms + 60_000), "read", 5)
    desk.ledger.given = Given((over, soon))
    desk.orders.read()
    desk.orders.tick()
    assert desk.news() == [], "what was over before the start is in the list, and not told again"
    desk.heart.clock.advance(60_000)
    desk.orders.tick()
    desk.orders.tick()
    ((words, status),) = desk.news()
    assert status is Status.DONE
    assert words == "지시의 기한이 지났습니다: 소방재난본부, 현장 확인 뒤 보고"
    desk.ledger.given = Given((msgspec.structs.replace(soon, state="done"),))
    desk.orders.read()
    desk.orders.tick()
    assert len(desk.news()) == 1
