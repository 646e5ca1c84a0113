"""The backend is away for a day: the kiosk goes on, and afterwards nothing is lost or doubled."""

import random
import shutil
import time
from pathlib import Path

import pysqlite3.dbapi2
import pytest

from kiosk.backend import worker as backend
from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.files import CACHE
from kiosk.cache.ledger import Ledger
from kiosk.cache.orders import OutboxItem
from kiosk.cache.repositories import Repositories
from kiosk.core.clock import ManualClock, SystemClock
from kiosk.settings import Settings
from kiosk.sync import worker as sync
from kiosk.sync.backoff import Backoff
from kiosk.sync.courier import Delivery
from kiosk.sync.orders import OrderKeeper
from kiosk.tools.bench.torn import torn_rows
from kiosk.wire.messages import Health, SyncState, WriteOrder, WriteReply, Written
from kiosk.wire.orders import Order, Reply
from tests.helpers.city import eventually, prepared_store, running, settings_in

HOUR_MS = 3_600_000
CAUGHT_UP_S = 60.0
ORDERS_A_TIME, REPLIES_A_TIME = 10, 3
TICK_MS = 200


class LaterClock(SystemClock):
    """The system's clock, so much later."""

    def __init__(self, hours: float) -> None:
        self._later_ms = int(hours * HOUR_MS)

    def now_ms(self) -> int:
        return super().now_ms() + self._later_ms


@pytest.fixture
def settings(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    shutil.copy(prepared_store(tmp_path_factory.mktemp("prepared")), tmp_path)
    return settings_in(tmp_path)


def at_backend(folder: Path) -> list[tuple[str, str]]:
    query = (
        "SELECT 'order', json_extract(body, '$.order.text') FROM rows WHERE kind = 'orders' "
        "UNION ALL SELECT 'reply', json_extract(body, '$.text') FROM documents "
        "WHERE kind = 'replies'"
    )
    connection = pysqlite3.dbapi2.connect(str(folder / "backend.db"))
    try:
        return sorted(connection.execute(query))
    finally:
        connection.close()


def work_for_a_moment(settings: Settings, hours: float) -> list[tuple[str, str]]:
    """The kiosk is started again without a backend; what it acknowledges."""
    given = []
    with running(sync.run, settings, LaterClock(hours)) as kiosk:
        for i in range(ORDERS_A_TIME):
            name = f"o-{hours}-{i}"
            kiosk.ui.send(WriteOrder(Order(name, i, "mayor", "fire", name)))
            given.append(("order", name))
        for i in range(REPLIES_A_TIME):
            name = f"r-{hours}-{i}"
            kiosk.ui.send(WriteReply(Reply(name, i, "mayor", "c-1", name)))
            given.append(("reply", name))
        kiosk.wait_for(lambda m: m == Written(given[-1][1]))
    return given


@pytest.mark.slow
def test_after_a_day_without_its_backend_a_kiosk_catches_up(
    settings: Settings, tmp_path: Path
) -> None:
    with running(backend.run, settings), running(sync.run, settings) as kiosk:
        kiosk.wait_for(lambda m: isinstance(m, SyncState) and m.revision > 10_000)
    given = [each for hours in (4, 9.5, 17, 23.5) for each in work_for_a_moment(settings, hours)]
    engine = open_cache_for_reading(tmp_path / CACHE)
    before = Repositories(engine).meta().revision
    day = LaterClock(24)
    with running(sync.run, settings, day), running(backend.run, settings, day) as there:
        there.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        begin = time.monotonic()
        eventually(lambda: len(at_backend(tmp_path)) >= len(given), "everything is delivered")
        eventually(lambda: behind(tmp_path) == 0, "the cache has caught up")
        took_s = time.monotonic() - begin
        rows = Repositories(engine).meta().revision - before
    engine.dispose()
    assert at_backend(tmp_path) == sorted(given)
    assert rows > 5000  # a day of the city
    assert took_s <= CAUGHT_UP_S
    print(f"caught up with {rows} rows and {len(given)} orders and replies in {took_s:.1f} s")


def behind(folder: Path) -> int:
    return torn_rows(folder / "cache.db", folder / "backend.db").behind


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
