"""The sync API. Its contract stands in docs/sync-api.md."""

import asyncio
import contextlib
import logging
import random
from collections.abc import AsyncGenerator

import msgspec
from aiohttp import web
from sqlalchemy.exc import DBAPIError

from kiosk.backend.deltas import Asked, Deltas
from kiosk.backend.metrics import CONTENT_TYPE, Metrics
from kiosk.backend.orders import Inbox, add_routes
from kiosk.backend.store import Store
from kiosk.core.clock import Clock
from kiosk.wire.city import WakeUp

BODY_MAX = 64 * 1024
LIMIT_MAX = 5000
REVISION_MAX = 2**63 - 1
HEARTBEAT_S = 10.0
SPREAD_S = 0.005  # what a kiosk that asks takes of this process, with room for all else

RETRY_S = 1

_store_key = web.AppKey("store", Store)
_deltas_key = web.AppKey("deltas", Deltas)
_log = logging.getLogger(__name__)


class WakeUps:
    """Tells every listener the newest revision; only the newest matters.

    Who is woken asks at once. So that hundreds of kiosks don't ask in the same moment, and no more
    often than they can be answered, news are spread over SPREAD_S for each listener.
    """

    def __init__(self, epoch: str, revision: int) -> None:
        self._epoch = epoch
        self._revision = revision
        self._changed = asyncio.Event()
        self._closed = False
        self._listeners = 0
        self._rng = random.Random()  # noqa: S311 - spreads kiosks, guards nothing

    def tell(self, revision: int) -> None:
        if revision > self._revision:
            self._revision = revision
            self._wake()

    def close(self) -> None:
        """Ends all listeners."""
        self._closed = True
        self._wake()

    async def listen(self) -> AsyncGenerator[WakeUp, None]:
        """The revision now, then each newer one; repeated after silence as a sign of life."""
        self._listeners += 1
        try:
            while not self._closed:
                changed = self._changed
                yield WakeUp(epoch=self._epoch, revision=self._revision)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), HEARTBEAT_S)
                    await asyncio.sleep(self._rng.uniform(0, self._listeners * SPREAD_S))
        finally:
            self._listeners -= 1

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


_wakeups_key = web.AppKey("wakeups", WakeUps)


def make_app(store: Store, wakeups: WakeUps, clock: Clock) -> web.Application:
    app = web.Application(client_max_size=BODY_MAX)
    app[_store_key] = store
    app[_wakeups_key] = wakeups
    app[_deltas_key] = deltas = Deltas(store)
    app.router.add_get("/v1/changes", _changes)
    app.router.add_get("/v1/wakeups", _wakeups)
    app.router.add_get("/v1/health", _health)
    loop = asyncio.get_running_loop()

    def changed(revision: int) -> None:
        loop.call_soon_threadsafe(wakeups.tell, revision)

    async def close(_app: web.Application) -> None:
        await asyncio.to_thread(deltas.close)

    add_routes(app, Inbox(store, clock, changed))
    app.on_cleanup.append(close)
    return app


def add_metrics(app: web.Application, metrics: Metrics) -> None:
    """GET /metrics, for Prometheus."""

    async def tell(_request: web.Request) -> web.Response:
        body = await asyncio.to_thread(metrics.text)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

    app.router.add_get("/metrics", tell)


async def _changes(request: web.Request) -> web.Response:
    since = _number(request, "since", 0, 0, REVISION_MAX)
    limit = _number(request, "limit", 1000, 1, LIMIT_MAX)
    asked = Asked(since, limit, _takes_gzip(request.headers.get("Accept-Encoding", "")))
    try:
        answer = await request.app[_deltas_key].answer(asked)
    except DBAPIError as error:
        _log.warning("changes can't be read: %s", error)
        raise web.HTTPServiceUnavailable(headers={"Retry-After": str(RETRY_S)}) from error
    # Weak: the same rows may go out compressed or not, and old figures are dropped untold.
    headers = {"ETag": f'W/"{answer.etag}"', "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if any(known.value in (answer.etag, "*") for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    if answer.gzip:
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=answer.body, content_type="application/json", headers=headers)


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding names gzip, and not to refuse it (q=0)."""
    for coding in accepted.lower().split(","):
        name, _, weight = coding.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or weight == ""
    return False


async def _wakeups(request: web.Request) -> web.StreamResponse:
    headers = {
        "Content-Type": "application/jsonl",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",  # a proxy in between passes each line on at once
    }
    response = web.StreamResponse(headers=headers)
    try:
        await response.prepare(request)
        async with contextlib.aclosing(request.app[_wakeups_key].listen()) as wakeups:
            async for wakeup in wakeups:
                await response.write(msgspec.json.encode(wakeup) + b"\n")
    except ConnectionError:
        pass
    return response


async def _health(request: web.Request) -> web.Response:
    store = request.app[_store_key]
    revision = await asyncio.to_thread(store.revision)
    return web.json_response({"epoch": store.epoch, "revision": revision, "version": 1})


def _number(request: web.Request, field: str, default: int, lowest: int, highest: int) -> int:
    """A whole number of the query; answers 400 with field, value and what was expected."""
    raw = request.query.get(field, str(default))
    if raw.isascii() and raw.isdigit() and lowest <= int(raw) <= highest:
        return int(raw)
    expected = f"a whole number from {lowest} to {highest}"
    error = {"error": {"field": field, "value": raw, "expected": expected}}
    raise web.HTTPBadRequest(
        text=msgspec.json.encode(error).decode(), content_type="application/json"
    )
