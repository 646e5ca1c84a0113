"""Takes orders, replies and acknowledgements to the backend, one at a time, in its own thread."""

import http.client
import queue
import threading
from typing import Literal
from urllib.parse import quote

import msgspec

from kiosk.cache.orders import OutboxItem
from kiosk.sync.client import BackendAway, BackendClient, BackendRefuses
from kiosk.wire.orders import Report

PATHS = {
    "order": "/v1/orders",
    "reply": "/v1/replies",
    "acknowledgement": "/v1/acknowledgements",
}
NO_SUCH_ORDER = frozenset({http.client.NOT_FOUND})


class Delivery(msgspec.Struct, frozen=True):
    """What became of an item. away: nobody knows whether it arrived, so it goes again."""

    id: str
    outcome: Literal["sent", "refused", "away"]
    epoch: str = ""
    reason: str = ""


class _Receipt(msgspec.Struct, frozen=True):
    epoch: str


class Courier:
    """Busy from `take` until `result` has been asked for what came of it."""

    def __init__(self, client: BackendClient) -> None:
        self._client = client
        self._items: queue.SimpleQueue[OutboxItem | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[Delivery] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sync-courier", daemon=True)
        self._stopping = threading.Event()
        self.busy = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """The thread has ended when this returns; an item on its way goes again another time."""
        self._stopping.set()
        self._items.put(None)
        while self._thread.is_alive():
            self._client.close()
            self._thread.join(0.05)
        self._client.close()

    def take(self, item: OutboxItem) -> None:
        self.busy = True
        self._items.put(item)

    def result(self) -> Delivery | None:
        try:
            delivery = self._results.get_nowait()
        except queue.Empty:
            return None
        self.busy = False
        return delivery

    def _run(self) -> None:
        while (item := self._items.get()) is not None and not self._stopping.is_set():
            self._results.put(self._deliver(item))

    def _deliver(self, item: OutboxItem) -> Delivery:
        try:
            answer = self._post(item)
            receipt = msgspec.json.decode(answer, type=_Receipt)
        except BackendRefuses as refusal:
            return Delivery(item.id, "refused", reason=str(refusal))
        except (BackendAway, msgspec.DecodeError) as error:
            return Delivery(item.id, "away", reason=str(error))
        return Delivery(item.id, "sent", epoch=receipt.epoch)

    def _post(self, item: OutboxItem) -> bytes:
        if item.kind != "report":
            return self._client.post(PATHS[item.kind], item.id, item.body.encode())
        report = msgspec.json.decode(item.body, type=Report)
        path = f"{PATHS['order']}/{quote(report.order, safe='')}/state"
        told = msgspec.json.encode({"state": report.state, "by": report.by, "text": report.text})
        # A backend that has lost a done order is not asked about it for ever.
        return self._client.post(path, item.id, told, never=NO_SUCH_ORDER)
