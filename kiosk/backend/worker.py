"""Main of the backend process: store, simulator, sources, and the sync API on a Unix socket."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web
from sqlalchemy.exc import DatabaseError, OperationalError

from kiosk.backend.borders import borders
from kiosk.backend.feed import Feed, open_store
from kiosk.backend.gazetteer import Gazetteer
from kiosk.backend.metrics import Metrics
from kiosk.backend.pull.delivery import Delivery
from kiosk.backend.pull.rounds import Rounds, feeders, load_secrets
from kiosk.backend.server import WakeUps, add_metrics, make_app
from kiosk.backend.simulator.people import played
from kiosk.backend.store import Store
from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.settings.secrets import Secrets
from kiosk.wire import Link, Text
from kiosk.wire.messages import Health

SOCKET = "backend.sock"
STOP_CHECK_S = 0.1
SLICES = 3  # of the past in one step: all of it is there within some minutes
BACKLOG = 1024  # hundreds of kiosks come at once when the backend is back
_RUNNING = Text("도시 자료를 제공합니다", "Serving the city's data")
_STARTING = Text("도시 자료를 준비합니다", "Preparing the city's data")

_log = logging.getLogger(__name__)


def run(settings: Settings, link: Link, clock: Clock) -> None:
    """Serves until `link.stopped`. Raises SettingsError when the city's files don't fit."""
    link.send(Health(worker="backend", state="starting", reason=_STARTING))
    secrets = load_secrets(settings.backend.secrets)
    store = open_store(settings)
    try:
        feed = Feed(settings, store)
        feed.feeders(feeders(feed.declared.values(), secrets.names))
        feed.catalogue()
        asyncio.run(_serve(settings, link, clock, store, feed, secrets))
    finally:
        store.close()


async def _serve(
    settings: Settings, link: Link, clock: Clock, store: Store, feed: Feed, secrets: Secrets
) -> None:
    wakeups = WakeUps(store.epoch, store.revision())
    rounds = _rounds(settings, clock, store, feed, secrets, wakeups)
    metrics = Metrics(lambda: rounds.rows, lambda: rounds.in_flight, store.revision, clock)
    app = make_app(store, wakeups, clock)
    add_metrics(app, metrics)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    socket = Path(settings.paths.runtime_dir) / SOCKET
    asking = asyncio.create_task(rounds.run())
    try:
        await web.UnixSite(runner, str(socket), backlog=BACKLOG).start()
        await _listen(runner, settings.backend.listen)
        async with _metrics_on_loopback(settings.backend.metrics, metrics):
            await _move(settings, link, clock, store, feed, wakeups)
    finally:
        asking.cancel()
        await asyncio.wait((asking,))
        wakeups.close()
        await runner.cleanup()
        socket.unlink(missing_ok=True)


def _rounds(
    settings: Settings, clock: Clock, store: Store, feed: Feed, secrets: Secrets, wakeups: WakeUps
) -> Rounds:
    declared = feed.declared.values()
    delivery = Delivery(
        store,
        Gazetteer(feed.city.districts, lambda: borders(feed.city)),
        lambda: feed.indicators,
        feeders(declared, secrets.names),
        feed.take,
        clock.now_ms,
    )
    rounds = Rounds(
        declared,
        store,
        clock,
        secrets,
        delivery.deliver,
        at_once=settings.backend.at_once,
        told=wakeups.tell,
        notifications=settings.backend.notifications,
    )
    rounds.tell()
    return rounds


@contextlib.asynccontextmanager
async def _metrics_on_loopback(address: str, metrics: Metrics) -> AsyncIterator[None]:
    """Serves /metrics, and nothing else, where the settings say; nowhere when they say nothing."""
    if not address:
        yield
        return
    app = web.Application()
    add_metrics(app, metrics)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await _listen(runner, address)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, address: str) -> None:
    """Serves at HOST:PORT as well; nowhere when it is empty."""
    if address:
        host, _, port = address.rpartition(":")
        await web.TCPSite(runner, host.strip("[]"), int(port), backlog=BACKLOG).start()


async def _move(
    settings: Settings, link: Link, clock: Clock, store: Store, feed: Feed, wakeups: WakeUps
) -> None:
    """Steps the city until the link stops; a step that fails is told and tried again."""
    step_s = settings.demo.step_s
    people = played(settings, store, clock, feed.city)
    first = (feed.neighbourhoods, feed.moment, feed.figures, feed.history)
    parts = (*first, *people, *(feed.decade, feed.rollups) * SLICES)
    state = ""
    while not link.stopped.is_set():
        if store.damage:
            raise DatabaseError(store.damage, None, Exception(store.damage))
        try:
            now_ms = clock.now_ms()
            for part in parts:
                await asyncio.to_thread(part, now_ms)
                wakeups.tell(await asyncio.to_thread(store.revision))
            health = Health(worker="backend", state="running", reason=_RUNNING)
        except OperationalError as error:
            _log.warning("a step of the city can't be written: %s", error)
            health = Health(worker="backend", state="degraded", reason=_trouble(error))
        except DatabaseError:
            raise  # the store is damaged: the next start makes a new one
        except Exception as error:
            _log.exception("a step of the city failed")
            health = Health(worker="backend", state="degraded", reason=_trouble(error))
        if health.state != state:
            state = health.state
            link.send(health)
        await _pause(link, step_s)


async def _pause(link: Link, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while not link.stopped.is_set() and (left := until - loop.time()) > 0:
        await asyncio.sleep(min(STOP_CHECK_S, left))


def _trouble(error: Exception) -> Text:
    kind = type(error).__name__
    return Text(
        f"도시 자료를 새로 쓰지 못합니다 ({kind})", f"New figures can't be written ({kind})"
    )
