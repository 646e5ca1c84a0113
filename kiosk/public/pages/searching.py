"""Finds what is public by its name, as the wall's own search does: initials, particles, slips."""

from aiohttp import web

from kiosk.core.finder import Findable, Finder
from kiosk.public.context import PublicContext
from kiosk.public.pages.asked import Asked
from kiosk.public.pages.frame import Page, page
from kiosk.public.pages.sections import section_of
from kiosk.public.projection import PublicCity
from kiosk.wire.text import Text

TITLE = Text("찾기", "Search")
MOST = 40


def entries(city: PublicCity) -> list[Findable]:
    """Everything public that has a page; `command` is its path."""
    found = [
        Findable("indicators", one.title, f"indicators/{one.id}", note=one.theme_title)
        for one in city.indicators()
    ]
    found += [Findable("districts", area.name, f"districts/{area.code}") for area in city.areas()]
    for item in city.items():
        section = section_of(item.kind)
        if section is not None:
            found.append(
                Findable(
                    section.path, item.title, f"items/{item.id}", note=section.title, weight=0.9
                )
            )
    found += [
        Findable("sources", source.name, "sources", note=source.owner, weight=0.8)
        for source in city.sources()
    ]
    return found


def build(asked: Asked, context: PublicContext, _request: web.Request) -> Page:
    wanted = asked.get("q").strip()
    found = Finder(entries(context.city)).find(wanted, MOST) if wanted else ()
    about = Text(
        "공개한 지표와 지역, 공약과 사업을 이름으로 찾습니다.", "Finds what is public by its name."
    )
    return Page("search.html", TITLE, {"wanted": wanted, "found": [f.entry for f in found]}, about)


ROUTES = (page("search", build),)
