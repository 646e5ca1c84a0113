"""Where brokers tell of changes: one path for each subscription, known to its broker alone."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Sequence

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError
from yarl import URL

from kiosk.backend.connectors.normal import NotUnderstood, SourceRefused
from kiosk.backend.pull.subscription import Subscription
from kiosk.backend.pull.words import NO_LISTENER, because

LARGEST = 1024 * 1024

_log = logging.getLogger(__name__)


def make_app(subscriptions: Sequence[Subscription]) -> web.Application:
    """POST /v1/notifications/WORD: 204 taken, 400 not understood, 404 unknown word, 413 too large,
    503 the store can't be written now."""

    async def take(request: web.Request) -> web.Response:
        word = request.match_info["word"].encode()
        found = [s for s in subscriptions if secrets.compare_digest(s.path.encode(), word)]
        if not found:
            raise web.HTTPNotFound
        body = await request.read()
        try:
            await asyncio.to_thread(found[0].take, body)
        except (NotUnderstood, SourceRefused) as reason:
            raise web.HTTPBadRequest from reason
        except SQLAlchemyError as error:
            raise web.HTTPServiceUnavailable from error
        return web.Response(status=204)

    app = web.Application(client_max_size=LARGEST)
    app.router.add_post("/v1/notifications/{word}", take)
    return app


async def _opened(site: web.TCPSite, subscriptions: Sequence[Subscription]) -> bool:
    try:
        await site.start()
    except OSError as error:
        words = because(NO_LISTENER, error.strerror or type(error).__name__)
        _log.error("%s", words.en)
        for subscription in subscriptions:
            await asyncio.to_thread(subscription.note, words)
        return False
    return True


@contextlib.asynccontextmanager
async def listening(address: str, subscriptions: Sequence[Subscription]) -> AsyncIterator[bool]:
    """Listens where the settings say, and nowhere when nobody is subscribed. Yields whether it
    does; where the address can't be opened the subscriptions are told so."""
    if not subscriptions:
        yield False
        return
    place = URL(address)
    runner = web.AppRunner(make_app(subscriptions), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        yield await _opened(web.TCPSite(runner, place.host, place.port), subscriptions)
    finally:
        await runner.cleanup()
