"""The public edition on a port of its own, served from a thread, with the demonstration's city."""

import asyncio
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import msgspec
from aiohttp import web

from kiosk.core.clock import ManualClock
from kiosk.pack import load_here
from kiosk.public.context import PublicContext
from kiosk.public.limits import Limits
from kiosk.public.projection import Door
from kiosk.public.server import make_app
from kiosk.settings import Settings
from kiosk.wire.city import Row
from tests.helpers.panel_city import NOW_MS
from tests.helpers.public_city import demo_rows, settings_of, write_cache

PLENTY = Limits((1e6, 1_000_000), (1e6, 1_000_000), (1e6, 1_000_000), (1e6, 1_000_000))
"""Tests ask faster than readers do."""


class Answer(msgspec.Struct, frozen=True):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class PublicServer:
    """`url` is where it listens; `door` and `clock` are its own."""

    def __init__(self, url: str, folder: Path, door: Door, clock: ManualClock) -> None:
        self.url = url
        self.folder = folder
        self.door = door
        self.clock = clock
        self._revision = 1

    def get(self, path: str, **headers: str) -> Answer:
        """The answer to a path as it is written in a link; redirects are not followed."""
        request = urllib.request.Request(self.url + path)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with _opener().open(request, timeout=30) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())

    def tell(self, *rows: Row) -> None:
        """The city tells something new."""
        self._revision += 1
        write_cache(self.folder, rows, revision=self._revision)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())


@contextmanager
def public_server(
    folder: Path,
    settings: Settings | None = None,
    rows: Callable[[], Iterator[Row]] | None = None,
    limits: Limits = PLENTY,
) -> Iterator[PublicServer]:
    """Serves as long as it is held; the cache lies in `folder`."""
    chosen = settings_of(folder, settings)
    write_cache(folder, demo_rows(chosen) if rows is None else rows())
    clock = ManualClock(NOW_MS)
    door = Door(chosen, load_here(chosen), clock)
    loop, ready, port = asyncio.new_event_loop(), threading.Event(), [0]
    stop = asyncio.Event()

    async def serve() -> None:
        # One thread, there from the start: what a test leaves behind can then be told.
        loop.set_default_executor(ThreadPoolExecutor(1))
        await loop.run_in_executor(None, int)
        host = "127.0.0.1"
        runner = web.AppRunner(
            make_app(PublicContext(chosen, clock, door, "https://open.example"), limits),
            access_log=None,
            shutdown_timeout=0.2,
        )
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, 0)
            await site.start()
            port[0] = runner.addresses[0][1]
            ready.set()
            await stop.wait()
        finally:
            ready.set()
            await runner.cleanup()
            await loop.shutdown_default_executor()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), name="public")
    thread.start()
    try:
        assert ready.wait(60)
        yield PublicServer(f"http://127.0.0.1:{port[0]}", folder, door, clock)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(60)
        loop.close()
        door.close()
