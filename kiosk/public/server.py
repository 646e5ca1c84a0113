"""The public edition's server: which routes there are, and what every request passes."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from aiohttp import web
from aiohttp.typedefs import Middleware

from kiosk.public import live
from kiosk.public.context import CONTEXT, PublicContext
from kiosk.public.headers import add_headers
from kiosk.public.kept import ANSWERS, Answers, with_kept
from kiosk.public.limits import LIMITER, Limiter, Limits, with_limits
from kiosk.public.open_data.problems import with_problems
from kiosk.public.pages.frame import with_error_pages

MIDDLEWARES: tuple[Middleware, ...] = (with_limits, with_error_pages, with_problems, with_kept)
"""What every request passes, outermost first."""


def make_app(context: PublicContext, limits: Limits | None = None) -> web.Application:
    """All of the edition for one city. Read only: there is no route for anything but GET."""
    app = web.Application(middlewares=MIDDLEWARES)
    app[CONTEXT] = context
    app[LIMITER] = Limiter(context.clock, limits or Limits(), context.settings.public.proxies)
    app[ANSWERS] = Answers(context.clock)
    app.on_response_prepare.append(add_headers)
    app.cleanup_ctx.append(live.ringing)
    app.on_shutdown.append(live.silence)
    app.add_routes(every_route())
    return app


def every_route() -> Iterable[web.RouteDef]:
    """The ROUTES of every module of this room that has some: a page more is a module more."""
    for found in walk_packages([str(Path(__file__).parent)], "kiosk.public."):
        module = import_module(found.name)
        yield from getattr(module, "ROUTES", ())
