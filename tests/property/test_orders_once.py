"""Orders on a hostile way: whatever is lost, repeated or killed, each arrives once.

The ledger and the backend's store are real; the network in between and the moments at which either
side dies are drawn.
"""

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kiosk.backend.orders import Inbox, Progress
from kiosk.backend.store import Store
from kiosk.cache.ledger import Ledger
from kiosk.cache.orders import OutboxItem
from kiosk.core.clock import ManualClock
from kiosk.sync.courier import Delivery
from kiosk.sync.orders import OrderKeeper
from kiosk.wire.city import ChangesPage, OrderStatus
from kiosk.wire.orders import ORDER_STATES, Order, OrderState, Reply

WAYS = ("arrives", "lost before", "lost after", "twice")
steps = st.lists(
    st.one_of(
        st.tuples(st.just("order"), st.none()),
        st.tuples(st.just("reply"), st.none()),
        st.tuples(st.just("way"), st.sampled_from(WAYS)),
        st.tuples(st.just("work"), st.integers(1, 4)),
        st.tuples(st.just("kill kiosk"), st.none()),
        st.tuples(st.just("new backend"), st.none()),
        st.tuples(st.just("report"), st.sampled_from(ORDER_STATES[2:])),
    ),
    max_size=25,
)


class Courier:
    """Delivers at once, over a network that does what the test says."""

    def __init__(self, place: "Place") -> None:
        self._place = place
        self._result: Delivery | None = None
        self.busy = False

    def take(self, item: OutboxItem) -> None:
        self.busy = True
        self._result = self._deliver(item)

    def result(self) -> Delivery | None:
        result, self._result = self._result, None
        self.busy = self.busy and result is None
        return result

    def _deliver(self, item: OutboxItem) -> Delivery:
        way = self._place.way
        if way == "lost before":
            return Delivery(item.id, "away")
        for _ in range(2 if way == "twice" else 1):
            self._place.accept(item)
        if way == "lost after":
            return Delivery(item.id, "away")
        return Delivery(item.id, "sent", epoch=self._place.inbox.epoch)


class Place:
    """A kiosk and its backend."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock()
        self.way = "arrives"
        self.acknowledged: set[str] = set()
        self.count = 0
        self._stores = 0
        self.store, self.inbox = self._backend()
        self.ledger = Ledger.open(folder / "ledger.db", 1)
        self.keeper = self._keeper()

    def new_backend(self) -> None:
        self.store.close()
        self.store, self.inbox = self._backend()

    def kill_kiosk(self) -> None:
        """What was not acknowledged may be gone; what was must not be."""
        self.ledger.close()
        self.ledger = Ledger.open(self.folder / "ledger.db", 1)
        self.keeper = self._keeper()

    def accept(self, item: OutboxItem) -> None:
        if item.kind == "order":
            self.inbox.order(msgspec.json.decode(item.body, type=Order))
        else:
            self.inbox.reply(msgspec.json.decode(item.body, type=Reply))

    def told(self) -> Sequence[OrderStatus]:
        page = msgspec.json.decode(self.store.changes(0, 5000).body, type=ChangesPage)
        return [c.row for c in page.rows if isinstance(c.row, OrderStatus)]

    def work(self, times: int = 1) -> None:
        for _ in range(times):
            self.clock.advance(3000)
            self.keeper.news_from_backend()
            self.keeper.work(self.ledger.orders)

    def _backend(self) -> tuple[Store, Inbox]:
        self._stores += 1
        store = Store.open(self.folder / f"backend-{self._stores}.db")
        return store, Inbox(store, self.clock, lambda revision: None)

    def _keeper(self) -> OrderKeeper:
        return OrderKeeper(
            courier=Courier(self),  # type: ignore[arg-type]
            clock=self.clock,
            rng=random.Random(1),
            epoch=lambda: self.inbox.epoch,
            told=self.told,
            written=self.acknowledged.add,
            changed=lambda: None,
        )


def act(place: Place, step: tuple[str, str | int | None]) -> None:
    what, how = step
    place.count += 1
    name = f"{what}-{place.count}"
    match what:
        case "order":
            place.keeper.write(Order(name, place.count, "mayor", "fire", "현장 확인"))
        case "reply":
            place.keeper.write(Reply(name, place.count, "mayor", "c-1", "처리하겠습니다"))
        case "way":
            place.way = str(how)
        case "work":
            place.work(int(how or 1))
        case "kill kiosk":
            place.kill_kiosk()
        case "new backend":
            place.new_backend()
        case "report":
            for status in place.told()[:1]:
                place.inbox.report(status.id, Progress(_state(how)))


def _state(name: object) -> OrderState:
    return next(state for state in ORDER_STATES if state == name)


LOST_BY_THE_BACKEND = [("order", None), ("reply", None), ("work", 4), ("new backend", None)]
READ_AND_THEN_LOST = [
    ("order", None),
    ("work", 4),
    ("report", "read"),
    ("work", 1),
    ("new backend", None),
    ("work", 4),
    ("way", "twice"),
]


@given(steps)
@example(LOST_BY_THE_BACKEND)
@example(READ_AND_THEN_LOST)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_acknowledged_order_arrives_once(steps: list[tuple[str, str | int | None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        reached: dict[str, int] = {}
        for step in steps:
            act(place, step)
            for status in place.ledger.orders.newest():
                rank = ORDER_STATES.index(status.state)
                assert rank >= reached.get(status.id, 0)
                reached[status.id] = rank
        place.way = "arrives"
        place.work(3 + 2 * len(steps))
        orders = {name for name in place.acknowledged if name.startswith("order")}
        replies = {name for name in place.acknowledged if name.startswith("reply")}
        unfinished = {s.id for s in place.ledger.orders.newest() if s.state != "done"}
        at_backend = [status.id for status in place.told()]
        assert len(at_backend) == len(set(at_backend))
        assert orders & unfinished <= set(at_backend)
        assert {s.id for s in place.ledger.orders.newest()} >= orders
        assert all(s.state != "written" for s in place.ledger.orders.newest())
        for name in replies:
            assert place.store.keep("replies", name, "nothing") != "nothing"
        place.ledger.close()
        place.store.close()
