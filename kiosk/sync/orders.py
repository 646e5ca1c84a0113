"""Orders, replies and acknowledgements: into the ledger, to the backend, and how far they came."""

import random
import threading
from collections.abc import Callable, Sequence

from kiosk.cache.orders import OrderBook
from kiosk.core.clock import Clock
from kiosk.sync.backoff import Backoff
from kiosk.sync.courier import Courier, Delivery
from kiosk.wire.city import OrderStatus
from kiosk.wire.orders import Acknowledgement, Order, Reply, Report, Writing

CAP_S = 60.0  # a good pull ends the wait, so that it may be long

Written = Callable[[str], object]
Changed = Callable[[], object]


class OrderKeeper:
    """Works in the thread that owns the ledger; `news_from_backend` and `backend_is_back` may be
    called from any.

    written(id) is called when something is on the disk; changed() when the ledger's orders
    have come further. epoch() is the backend's history that the cache follows; told() what the
    backend says of all orders.
    """

    def __init__(
        self,
        *,
        courier: Courier,
        clock: Clock,
        rng: random.Random,
        epoch: Callable[[], str],
        told: Callable[[], Sequence[OrderStatus]],
        written: Written,
        changed: Changed,
    ) -> None:
        self._courier = courier
        self._clock = clock
        self._backoff = Backoff(rng, CAP_S)
        self._epoch = epoch
        self._told = told
        self._written = written
        self._changed = changed
        self._waiting: list[Writing] = []
        self._again_ms = 0.0
        self._news = threading.Event()
        self._news.set()  # what came while this process was away
        self._back = threading.Event()

    def write(self, what: Writing) -> None:
        self._waiting.append(what)

    def news_from_backend(self) -> None:
        self._news.set()

    def backend_is_back(self) -> None:
        """It answered after an absence: what waits is sent at once."""
        self._back.set()

    def work(self, book: OrderBook) -> None:
        """Writes what waits, sends what is unsent. Raises DBAPIError when the disk refuses."""
        while self._waiting:
            self._write_one(book, self._waiting[0])
            self._written(self._waiting.pop(0).id)
        delivery = self._courier.result()
        if delivery is not None:
            self._settle(book, delivery)
        if self._news.is_set():
            self._news.clear()
            if book.progress(self._told()):
                self._changed()
        if self._back.is_set():
            self._back.clear()
            self._backoff.reset()
            self._again_ms = 0.0
        if not self._courier.busy and self._clock.monotonic_ms() >= self._again_ms:
            item = book.unsent(self._epoch())
            if item is not None:
                self._courier.take(item)

    def _write_one(self, book: OrderBook, what: Writing) -> None:
        match what:
            case Order():
                book.write_order(what)
            case Reply():
                book.write_reply(what)
            case Report():
                book.write_report(what)
            case Acknowledgement():
                book.write_acknowledgement(what)

    def _settle(self, book: OrderBook, delivery: Delivery) -> None:
        if delivery.outcome == "away":
            self._again_ms = self._clock.monotonic_ms() + self._backoff.wait_s() * 1000
            return
        self._backoff.reset()
        if delivery.outcome == "sent":
            book.mark_sent(delivery.id, delivery.epoch, self._clock.now_ms())
        else:
            book.mark_refused(delivery.id, delivery.reason)
        self._changed()
