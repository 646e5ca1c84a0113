"""The way in: to the reader's own language, and what robots ask for."""

from aiohttp import web

from kiosk.public.context import CONTEXT
from kiosk.public.pages.asked import LANGUAGES, address
from kiosk.wire.text import Language

A_DAY = "public, max-age=86400"


async def enter(request: web.Request) -> web.Response:
    language = preferred(request.headers.get("Accept-Language", ""))
    headers = {"Vary": "Accept-Language", "Cache-Control": "public, max-age=3600"}
    return web.Response(status=302, headers={**headers, "Location": address("", language)})


def preferred(accepted: str) -> Language:
    """The first of the languages that a browser asks for which the pages have; Korean without
    one."""
    weighed = []
    for n, part in enumerate(accepted.split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), n, name[:2].lower()))
        except ValueError:
            continue
    for _, _, name in sorted(weighed):
        for language in LANGUAGES:
            if name == language:
                return language
    return "ko"


async def robots(request: web.Request) -> web.Response:
    """Everything may be found but the guesses and searches, of which there is no end."""
    lines = ["User-agent: *"]
    lines += [
        f"Disallow: /{language}/{path}" for language in LANGUAGES for path in ("guess", "search")
    ]
    lines.append(f"Sitemap: {request.app[CONTEXT].url}/sitemap.txt")
    return web.Response(text="\n".join(lines) + "\n", headers={"Cache-Control": A_DAY})


async def sitemap(request: web.Request) -> web.Response:
    """Every page that stays where it is."""
    context = request.app[CONTEXT]
    paths = ["", "indicators", "districts", "pledges", "programmes", "projects", "budgets"]
    paths += ["complaints", "sources", "about"]
    paths += [f"indicators/{indicator.id}" for indicator in context.city.indicators()]
    paths += [f"districts/{area.code}" for area in context.city.areas()]
    lines = [context.url + address(path, language) for language in LANGUAGES for path in paths]
    return web.Response(text="\n".join(lines) + "\n", headers={"Cache-Control": A_DAY})


ROUTES = (web.get("/", enter), web.get("/robots.txt", robots), web.get("/sitemap.txt", sitemap))
