"""Main of the backend process: store, simulator and the sync API on a Unix socket."""

import asyncio
import logging
from pathlib import Path

from aiohttp import web
from sqlalchemy.exc import DatabaseError, OperationalError

from kiosk.backend.feed import Feed, open_store
from kiosk.backend.server import WakeUps, make_app
from kiosk.backend.store import Store
from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.wire import Link, Text
from kiosk.wire.messages import Health

SOCKET = "backend.sock"
STOP_CHECK_S = 0.1
_RUNNING = Text("도시 자료를 제공합니다", "Serving the city's data")
_STARTING = Text("도시 자료를 준비합니다", "Preparing the city's data")

_log = logging.getLogger(__name__)


def run(settings: Settings, link: Link, clock: Clock) -> None:
    """Serves until `link.stopped`. Raises SettingsError when the city's files don't fit."""
    link.send(Health(worker="backend", state="starting", reason=_STARTING))
    store = open_store(settings)
    try:
        feed = Feed(settings, store)
        feed.catalogue()
        asyncio.run(_serve(settings, link, clock, store, feed))
    finally:
        store.close()


async def _serve(settings: Settings, link: Link, clock: Clock, store: Store, feed: Feed) -> None:
    wakeups = WakeUps(store.epoch, store.revision())
    runner = web.AppRunner(make_app(store, wakeups, clock), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    socket = Path(settings.paths.runtime_dir) / SOCKET
    try:
        await web.UnixSite(runner, str(socket)).start()
        await _move(settings, link, clock, store, feed, wakeups)
    finally:
        wakeups.close()
        await runner.cleanup()
        socket.unlink(missing_ok=True)


async def _move(
    settings: Settings, link: Link, clock: Clock, store: Store, feed: Feed, wakeups: WakeUps
) -> None:
    """Steps the city until the link stops; a step that fails is told and tried again."""
    step_s = settings.demo.step_s
    state = ""
    while not link.stopped.is_set():
        try:
            now_ms = clock.now_ms()
            for part in (feed.moment, feed.figures, feed.history):
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
