"""Main of the public process: serves until its link stops, beside the wall or without one."""

import asyncio
import logging

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from kiosk.core.clock import Clock
from kiosk.pack import load_here
from kiosk.public.context import PublicContext
from kiosk.public.projection import Door
from kiosk.public.server import make_app
from kiosk.settings import Settings
from kiosk.settings.model import PublicSettings
from kiosk.wire import Link, Text
from kiosk.wire.messages import Health, State

WORKER = "public"
BACKLOG = 1024  # a crowd comes at once when the news names the page
STOP_S = 0.5
STOP_CHECK_S = 0.1
IDLE_S = 75.0
"""A connection that asks nothing for so long is closed; proxies commonly keep one for 60."""
RETRY_S = 2.0
LOOK_S = 0.5

_log = logging.getLogger(__name__)


def run(settings: Settings, link: Link, clock: Clock) -> None:
    """Serves the public edition until `link.stopped`."""
    asyncio.run(_serve(settings, link, clock))


async def _serve(settings: Settings, link: Link, clock: Clock) -> None:
    door = Door(settings, load_here(settings), clock)
    app = make_app(PublicContext(settings, clock, door, address(settings.public)))
    runner = web.AppRunner(
        app,
        access_log=None,
        logger=ours_alone(),
        shutdown_timeout=STOP_S,
        keepalive_timeout=IDLE_S,
        handle_signals=False,
    )
    await runner.setup()
    try:
        await _listen(runner, settings.public, link)
        while not link.stopped.is_set():
            await asyncio.to_thread(door.look)
            await _pause(link, LOOK_S)
    finally:
        await runner.cleanup()
        door.close()


async def _listen(runner: web.AppRunner, given: PublicSettings, link: Link) -> None:
    """Opens the port; while somebody else has it, says so and tries again."""
    while not link.stopped.is_set():
        try:
            await web.TCPSite(runner, given.host, given.port, backlog=BACKLOG).start()
        except OSError as error:
            _say(
                link,
                "failed",
                Text(
                    f"{given.host}:{given.port}를 열지 못했습니다: {error.strerror}",
                    f"Can't listen on {given.host}:{given.port}: {error.strerror}",
                ),
            )
            await _pause(link, RETRY_S)
            continue
        at = address(given)
        _say(link, "running", Text(f"{at}에서 제공합니다", f"Serving at {at}"))
        return


def ours_alone() -> logging.Logger:
    """A log without what readers do wrong: anybody could fill the disk with broken requests."""
    log = logging.getLogger(f"{__name__}.server")
    log.addFilter(_is_ours)
    return log


def _is_ours(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)


def address(given: PublicSettings) -> str:
    """Where people reach the edition."""
    if given.url:
        return given.url
    host = f"[{given.host}]" if ":" in given.host else given.host
    return f"http://{host}:{given.port}"


def _say(link: Link, state: State, reason: Text) -> None:
    link.send(Health(WORKER, state, reason))
    if state == "failed":
        _log.warning(reason.en)


async def _pause(link: Link, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while not link.stopped.is_set() and loop.time() < until:
        await asyncio.sleep(STOP_CHECK_S)
