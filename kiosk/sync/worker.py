"""Main of the sync process: the cache follows the backend, the ledger follows the kiosk."""

import random
from pathlib import Path

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.files import CACHE, LEDGER, RESERVE
from kiosk.cache.repositories import Repositories
from kiosk.cache.reserve import Reserve
from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.sync.client import BackendClient
from kiosk.sync.courier import Courier
from kiosk.sync.follower import Follower
from kiosk.sync.health import HealthReport
from kiosk.sync.inspector import Inspected, Inspector
from kiosk.sync.keeper import LedgerKeeper
from kiosk.sync.orders import OrderKeeper
from kiosk.wire import Link
from kiosk.wire.messages import (
    Message,
    OrdersChanged,
    PullNow,
    SaveDevice,
    WriteAcknowledgement,
    WriteDecision,
    WriteOrder,
    WriteReply,
    WriteReport,
    Written,
)

TICK_S = 0.2
BUSY_TICK_S = 0.01
EMBEDDED_SOCKET = "backend.sock"


def run(settings: Settings, link: Link, clock: Clock) -> None:
    """Works until `link.stopped`; what the journal holds then is in the ledger."""
    data_dir = Path(settings.paths.data_dir)
    health = HealthReport(link)
    reserve = Reserve(data_dir / RESERVE, settings.sync.reserve_mb << 20)
    reserve.keep()
    cache_file = data_dir / CACHE
    follower = Follower(
        settings, address(settings), cache_file, link, clock, health, reserve.scarce
    )
    courier = Courier(BackendClient(address(settings)))
    reader = open_cache_for_reading(cache_file)
    orders = OrderKeeper(
        courier=courier,
        clock=clock,
        rng=random.Random(),  # noqa: S311 - spreads the tries of many kiosks, guards nothing
        epoch=lambda: follower.epoch,
        told=Repositories(reader).orders,
        written=lambda id: link.send(Written(id)),  # noqa: A006
        changed=lambda: link.send(OrdersChanged()),
    )
    follower.told_orders = orders.news_from_backend
    follower.told_back = orders.backend_is_back
    keeper = LedgerKeeper(data_dir, link, clock, health, orders, reserve)
    files = (
        Inspected(cache_file, follower.cache_wrong, follower.distrust),
        Inspected(data_dir / LEDGER, keeper.wrong, keeper.distrust),
    )
    inspector = Inspector(files, settings.sync.inspect_s)
    follower.start()
    courier.start()
    inspector.start()
    try:
        while not link.stopped.is_set():
            keeper.work()
            message = link.receive(BUSY_TICK_S if courier.busy else TICK_S)
            while message is not None:
                _take(message, keeper, orders, follower)
                message = link.receive(0)
        keeper.work()
    finally:
        inspector.stop()
        follower.stop()
        courier.stop()
        keeper.close()
        reader.dispose()


def _take(
    message: Message, keeper: LedgerKeeper, orders: OrderKeeper, follower: Follower
) -> None:
    match message:
        case PullNow():
            follower.pull_now()
        case SaveDevice(device=device):
            keeper.save(device)
        case WriteDecision(decided=decided):
            keeper.decide(decided)
        case WriteOrder(order=order):
            orders.write(order)
        case WriteReply(reply=reply):
            orders.write(reply)
        case WriteReport(report=report):
            orders.write(report)
        case WriteAcknowledgement(acknowledgement=acknowledgement):
            orders.write(acknowledgement)


def address(settings: Settings) -> str | Path:
    """Where the backend is: the city's own, or the embedded one's socket."""
    return settings.backend.url or Path(settings.paths.runtime_dir) / EMBEDDED_SOCKET
