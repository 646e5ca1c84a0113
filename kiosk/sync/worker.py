"""Main of the sync process: the cache follows the backend, the ledger follows the kiosk."""

from pathlib import Path

from kiosk.cache.files import CACHE
from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.sync.follower import Follower
from kiosk.sync.health import HealthReport
from kiosk.sync.keeper import LedgerKeeper
from kiosk.wire import Link
from kiosk.wire.messages import SaveDevice

TICK_S = 0.2
EMBEDDED_SOCKET = "backend.sock"


def run(settings: Settings, link: Link, clock: Clock) -> None:
    """Works until `link.stopped`; what the journal holds then is in the ledger."""
    data_dir = Path(settings.paths.data_dir)
    health = HealthReport(link)
    follower = Follower(settings, address(settings), data_dir / CACHE, link, clock, health)
    keeper = LedgerKeeper(data_dir, link, clock, health)
    follower.start()
    try:
        while not link.stopped.is_set():
            keeper.work()
            message = link.receive(TICK_S)
            while message is not None:
                if isinstance(message, SaveDevice):
                    keeper.save(message.device)
                message = link.receive(0)
        keeper.work()
    finally:
        follower.stop()
        keeper.close()


def address(settings: Settings) -> str | Path:
    """Where the backend is: the city's own, or the embedded one's socket."""
    return settings.backend.url or Path(settings.paths.runtime_dir) / EMBEDDED_SOCKET
