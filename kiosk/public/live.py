"""Tells pages that are open that the city's figures have changed: they then ask for themselves
again. One look at the cache serves every reader."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from aiohttp import web

from kiosk.public.context import CONTEXT, PublicContext

LOOK_S = 1.0
LEAST_APART_S = 10.0
"""Between two changes that are told: a page is read, not watched."""
ALIVE_S = 30.0
"""So often a line that says nothing keeps proxies from giving up."""
MOST = 400
"""Readers at once; who comes later still has the pages, without updates."""
RETRY_MS = 15_000
GONE_S = 2.0
"""So often it is looked whether a reader is still there."""
STREAM = "/live"


class Bell:
    """Rings for whoever listens."""

    def __init__(self) -> None:
        self.listeners = 0
        self._closed = False
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    def close(self) -> None:
        self._closed = True
        self.ring()

    def is_open(self) -> bool:
        return not self._closed

    async def wait(self, seconds: float) -> bool:
        """Whether it rang within so many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
            return True
        return False


BELL = web.AppKey("bell", Bell)


async def ringing(app: web.Application) -> AsyncIterator[None]:
    """Looks for changes as long as the server runs."""
    bell = app[BELL] = Bell()
    task = asyncio.create_task(_look(bell, app[CONTEXT]))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _look(bell: Bell, context: PublicContext) -> None:
    told, rung_ms = await asyncio.to_thread(_told, context), 0.0
    while True:
        await asyncio.sleep(LOOK_S)
        if not bell.listeners:
            continue
        now, now_ms = await asyncio.to_thread(_told, context), context.clock.monotonic_ms()
        if now != told and now_ms - rung_ms >= LEAST_APART_S * 1000:
            told, rung_ms = now, now_ms
            bell.ring()


def _told(context: PublicContext) -> str:
    return context.city.revision()


async def silence(app: web.Application) -> None:
    """Ends every stream before the server waits for its connections."""
    app[BELL].close()


async def listen(request: web.Request) -> web.StreamResponse:
    bell = request.app[BELL]
    if bell.listeners >= MOST or not bell.is_open():
        headers = {"Retry-After": "60", "Cache-Control": "no-store"}
        return web.Response(status=503, headers=headers)
    headers = {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
    }
    answer = web.StreamResponse(headers=headers)
    bell.listeners += 1
    try:
        await answer.prepare(request)
        await answer.write(f"retry: {RETRY_MS}\nevent: hello\ndata:\n\n".encode())
        silent_s = 0.0
        while bell.is_open() and not _gone(request):
            if await bell.wait(GONE_S):
                await answer.write(b"event: changed\ndata:\n\n")
            elif (silent_s := silent_s + GONE_S) >= ALIVE_S:
                silent_s = 0.0
                await answer.write(b":\n\n")
    except ConnectionResetError:
        pass  # the reader has gone
    finally:
        bell.listeners -= 1
    return answer


def _gone(request: web.Request) -> bool:
    transport = request.transport
    return transport is None or transport.is_closing()


ROUTES = (web.get(STREAM, listen),)
