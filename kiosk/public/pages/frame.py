"""What every page has: its frame, its language and theme, and how it is sent."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.panels.figures import number, signed
from kiosk.public import assets
from kiosk.public.context import CONTEXT, PublicContext
from kiosk.public.pages.asked import LANGUAGE, LANGUAGES, Asked, NotPublicError, address, asked_by
from kiosk.public.pages.figures import tell, when_words
from kiosk.public.pages.sections import SECTIONS
from kiosk.public.pages.words import WORDS
from kiosk.public.projection import PublicCity
from kiosk.ui.times import clock_words, date_words
from kiosk.wire.text import Text

TEMPLATES = Path(__file__).parents[3] / "assets" / "public" / "templates"
FRESH = "public, max-age=15, stale-while-revalidate=60"
KEPT = "public, max-age=3600"
NEVER = "no-store"
RETRY_S = 5
QUIET_MS = 15 * 60_000
"""Without a word from the city's systems for so long, every page says so."""

pages = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


class Page(msgspec.Struct, frozen=True):
    """A page to be sent: its template and what that is filled with.

    `about` is the sentence that search engines and shared links show, `card` the path of its
    picture ("" takes that of the edition).
    """

    template: str
    title: Text
    values: Mapping[str, Any]
    about: Text
    card: str = ""
    cache: str = FRESH
    status: int = 200


Build = Callable[[Asked, PublicContext, web.Request], Page]


def page(path: str, build: Build) -> web.RouteDef:
    """A route of a page in both languages; `path` without language and stroke."""
    return web.get(f"/{LANGUAGE}/{path}" if path else f"/{LANGUAGE}", _sending(build))


def _sending(build: Build) -> Handler:
    async def send(request: web.Request) -> web.StreamResponse:
        return await asyncio.to_thread(_answer, build, request)

    return send


def _answer(build: Build, request: web.Request) -> web.Response:
    context, asked = request.app[CONTEXT], asked_by(request)
    if context.city.city().told_ms is None:
        return not_ready(asked, context)
    try:
        made = build(asked, context, request)
    except NotPublicError as error:
        return not_found(asked, context, error.what)
    return written(made, asked, context)


def not_found(asked: Asked, context: PublicContext, what: Text) -> web.Response:
    """A page that says so; the frame leads on from there."""
    values = {"what": what, "more": WORDS["not_found_more"], "retry": False}
    about = WORDS["not_found_more"]
    made = Page("message.html", WORDS["not_found"], values, about, status=404)
    return written(made, asked, context)


def not_ready(asked: Asked, context: PublicContext) -> web.Response:
    """While there is no cache yet. The page asks again by itself."""
    values = {"what": WORDS["not_ready"], "more": WORDS["not_ready_more"], "retry": True}
    made = Page("message.html", WORDS["not_ready"], values, WORDS["not_ready_more"], "", NEVER, 503)
    answer = written(made, asked, context)
    answer.headers["Retry-After"] = str(RETRY_S)
    return answer


def written(made: Page, asked: Asked, context: PublicContext) -> web.Response:
    body = pages.get_template(made.template).render(**_frame(made, asked, context), **made.values)
    headers = {"Cache-Control": made.cache, "Content-Language": asked.language}
    return web.Response(
        text=body, status=made.status, headers=headers, content_type="text/html", charset="utf-8"
    )


def _frame(made: Page, asked: Asked, context: PublicContext) -> dict[str, Any]:
    city, now_ms = context.city, context.clock.now_ms()
    whose = city.city()
    return {
        "asked": asked,
        "say": asked.say,
        "w": lambda key: asked.say(WORDS[key]),
        "link": asked.link,
        "number": number,
        "signed": signed,
        "asset": assets.link,
        "tell": lambda indicator, figure: tell(indicator, figure, now_ms),
        "when_words": when_words,
        "date": lambda t_ms: asked.say(date_words(t_ms)),
        "clock": clock_words,
        "now_ms": now_ms,
        "city": whose,
        "name": asked.say(Text(f"{whose.short.ko} 시민 상황판", f"{whose.short.en} Open Board")),
        "title": asked.say(made.title),
        "about": asked.say(made.about),
        "card": context.url + (made.card or f"/share/home/{asked.language}.png"),
        "url": context.url,
        "canonical": context.url + address(asked.path, asked.language),
        "alternates": [(one, context.url + address(asked.path, one)) for one in LANGUAGES],
        "nav": _ways(city),
        "here": asked.path.partition("/")[0],
        "quiet": whose.told_ms is not None and now_ms - whose.told_ms > QUIET_MS,
    }


def _ways(city: PublicCity) -> list[tuple[str, Text]]:
    """Path and name of each section that has something public."""
    kinds = frozenset(city.item_kinds())
    parts = city.city().parts
    told = [section for section in SECTIONS if kinds.intersection(section.kinds)]
    return [
        ("indicators", WORDS["indicators"]),
        ("districts", Text(parts.ko, parts.en.capitalize())),
        *((s.path, s.short if s.short.ko else s.title) for s in told),
        ("complaints", WORDS["complaints"]),
    ]


@web.middleware
async def with_error_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page instead of a bare 404, below a language."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        language = request.path.strip("/").partition("/")[0]
        if language not in LANGUAGES:
            raise
        asked = Asked(language, "", "", {})
        return await asyncio.to_thread(not_found, asked, request.app[CONTEXT], WORDS["not_found"])
