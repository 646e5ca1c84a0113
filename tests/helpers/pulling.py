"""One declared source asked by the backend's own means, and what came of it in the store."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import msgspec
from aiohttp import web

from kiosk.backend.connectors.registry import all_connectors
from kiosk.backend.gazetteer import Gazetteer
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.delivery import Delivery
from kiosk.backend.pull.fetch import Fetcher
from kiosk.backend.pull.quota import QuotaLedger
from kiosk.backend.pull.source import PulledSource, SourceHealth
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from kiosk.settings.secrets import Secrets
from kiosk.wire import city
from kiosk.wire.text import Text

KEY = "5365637265744b6579"
SECRETS = Secrets({"site": KEY})


def declared(connector: str, address: str, **fields: object) -> Declaration:
    """A source on loopback."""
    base = Declaration(
        id="site",
        name=Text("시험", "Test"),
        owner=Text("시험과", "Test section"),
        connector=connector,
        address=address,
        period_s=60,
        kinds=("x",),
        licence="test",
        local=True,
    )
    return msgspec.structs.replace(base, **fields)


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """Serves on a free port of loopback; yields the address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def delivery_into(store: Store, clock: ManualClock) -> Delivery:
    return Delivery(
        store,
        Gazetteer((), dict),
        dict,
        {},
        lambda indicator, source: None,
        clock.now_ms,
    )


class Pulling:
    """Asks a source as the backend does."""

    def __init__(self, store: Store, clock: ManualClock) -> None:
        self.store = store
        self.clock = clock
        self.delivery = delivery_into(store, clock)

    def run(
        self,
        app: web.Application,
        work: Callable[[str, Fetcher], Awaitable[None]],
        timeout_s: float = 5,
    ) -> None:
        """Serves an application while `work` is done with its address."""

        async def inside() -> None:
            fetcher = Fetcher(SECRETS, timeout_s=timeout_s)
            try:
                async with serving(app) as base:
                    await work(base, fetcher)
            finally:
                await fetcher.close()

        asyncio.run(inside())

    def source(
        self, declaration: Declaration, fetcher: Fetcher, health: SourceHealth | None = None
    ) -> PulledSource:
        return PulledSource(
            declaration,
            all_connectors()[declaration.connector],
            fetcher=fetcher,
            quota=QuotaLedger(self.store.engine),
            clock=self.clock,
            rng=random.Random(3),
            deliver=self.delivery.deliver,
            health=health,
        )

    def incidents(self) -> dict[str, city.Incident]:
        bodies = self.store.bodies("incidents").items()
        return {k: msgspec.json.decode(body, type=city.Incident) for k, body in bodies}

    def places(self) -> dict[str, city.Place]:
        bodies = self.store.bodies("places").items()
        return {k: msgspec.json.decode(body, type=city.Place) for k, body in bodies}

    def complaints(self) -> dict[str, city.Complaint]:
        bodies = self.store.bodies("complaints").items()
        return {k: msgspec.json.decode(body, type=city.Complaint) for k, body in bodies}
