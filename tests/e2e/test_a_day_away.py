"""The backend is away for a day: the kiosk goes on, and afterwards nothing is lost or doubled."""

import random
from pathlib import Path

import pytest

from kiosk.cache.ledger import Ledger
from kiosk.cache.orders import OutboxItem
from kiosk.core.clock import ManualClock
from kiosk.sync.backoff import Backoff
from kiosk.sync.courier import Delivery
from kiosk.sync.orders import OrderKeeper
from kiosk.tools.bench.away import ORDERS_A_TIME, REPLIES_A_TIME, STARTS_H, a_day_away
from kiosk.wire.orders import Order

HOUR_MS = 3_600_000
TICK_MS = 200


@pytest.mark.slow
def test_after_a_day_without_its_backend_a_kiosk_catches_up(tmp_path: Path) -> None:
    found = a_day_away(tmp_path)
    assert (found.lost, found.doubled, found.torn) == (0, 0, 0)
    assert found.given == len(STARTS_H) * (ORDERS_A_TIME + REPLIES_A_TIME)
    assert found.rows > 5000  # a day of the city


class AwayCourier:
    """Nobody answers until `back`."""

    def __init__(self) -> None:
        self.back = False
        self.busy = False
        self.tries = 0
        self._item: OutboxItem | None = None

    def take(self, item: OutboxItem) -> None:
        self.busy, self._item = True, item
        self.tries += 1

    def result(self) -> Delivery | None:
        item, self._item, self.busy = self._item, None, False
        if item is None:
            return None
        return Delivery(item.id, "sent" if self.back else "away", epoch="e")


def test_a_day_of_tries_is_few_and_the_return_empties_the_outbox_at_once(tmp_path: Path) -> None:
    clock, courier = ManualClock(), AwayCourier()
    keeper = OrderKeeper(
        courier=courier,  # type: ignore[arg-type]
        clock=clock,
        rng=random.Random(1),
        epoch=lambda: "e",
        told=tuple,
        written=lambda name: None,
        changed=lambda: None,
    )
    ledger = Ledger.open(tmp_path / "ledger.db", 1)
    for i in range(20):
        keeper.write(Order(f"o-{i}", i, "mayor", "fire", "확인"))
    for _ in range(23 * HOUR_MS // TICK_MS):
        clock.advance(TICK_MS)
        keeper.work(ledger.orders)
    before = courier.tries
    for _ in range(HOUR_MS // TICK_MS):
        clock.advance(TICK_MS)
        keeper.work(ledger.orders)
    assert 55 <= courier.tries - before <= 125
    courier.back = True
    keeper.backend_is_back()
    for _ in range(21):
        keeper.work(ledger.orders)
    assert {status.state for status in ledger.orders.newest()} == {"sent"}
    ledger.close()


def test_the_follower_asks_less_often_the_longer_the_backend_is_away() -> None:
    backoff, away_s, tries = Backoff(random.Random(1)), 0.0, {60: 0, 3600: 0, 86_400: 0}
    while away_s < 86_400:
        away_s += backoff.wait_s()
        for until in tries:
            tries[until] += away_s <= until
    assert tries[60] >= 25  # a backend that is soon back is soon seen
    assert tries[86_400] - tries[3600] <= 23 * 500
    assert backoff.wait_s() <= 15
    backoff.reset()
    assert backoff.wait_s() <= 0.15
