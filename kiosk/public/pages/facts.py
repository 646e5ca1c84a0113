"""Complaints as counts, where figures come from, and what is not shown and why."""

from aiohttp import web

from kiosk.public.context import PublicContext
from kiosk.public.map_drawing import draw_map
from kiosk.public.model import Withheld
from kiosk.public.pages.asked import Asked, NotPublicError
from kiosk.public.pages.frame import Page, page
from kiosk.wire.text import Text

SORTS = {
    "panels": Text("화면", "Panels"),
    "indicators": Text("지표", "Indicators"),
    "sources": Text("출처", "Sources"),
    "items": Text("항목 종류", "Kinds of items"),
    "places": Text("장소 종류", "Kinds of places"),
    "fields": Text("항목의 칸", "Fields"),
}


def build_complaints(asked: Asked, context: PublicContext, _request: web.Request) -> Page:
    city = context.city
    told = city.complaints()
    if told is None:
        raise NotPublicError(
            Text("민원 건수는 공개하지 않습니다", "Counts of complaints are not public")
        )
    areas = city.areas()
    alone = {c.areas[0]: float(c.every) for c in told.counts if len(c.areas) == 1 and c.areas[0]}
    names = {area.code: area.name for area in areas} | {"": Text("지역 모름", "Area unknown")}
    most = max((c.every for c in told.counts), default=0) or 1
    values = {
        "told": told,
        "map": draw_map(areas, alone, 0, asked.language) if alone else None,
        "rows": [
            ([names[a] for a in c.areas if a in names], c, 100 * c.every / most)
            for c in sorted(told.counts, key=lambda c: -c.every)
        ],
    }
    about = Text("민원은 건수로만 공개합니다.", "Complaints are told as counts only.")
    return Page("complaints.html", Text("시민 민원", "Complaints"), values, about)


def build_sources(_asked: Asked, context: PublicContext, _request: web.Request) -> Page:
    city = context.city
    sources = city.sources()
    used: dict[str, list[object]] = {}
    for indicator in city.indicators():
        used.setdefault(indicator.source, []).append(indicator)
    first = sorted(sources, key=lambda s: (s.id not in used, s.told_ms is None))
    about = Text(
        f"수치가 오는 시스템 {len(sources)}개, 담당과 이용 조건.",
        f"{len(sources)} systems that figures come from, their owners and licences.",
    )
    return Page("sources.html", Text("출처", "Sources"), {"sources": first, "used": used}, about)


def build_about(_asked: Asked, context: PublicContext, _request: web.Request) -> Page:
    city = context.city
    withheld: dict[str, list[Withheld]] = {}
    for one in city.withheld():
        withheld.setdefault(one.sort, []).append(one)
    values = {
        "withheld": [(SORTS[sort], rows) for sort, rows in withheld.items()],
        "counts": (len(city.indicators()), len(city.sources()), len(city.items())),
    }
    about = Text(
        "무엇을 공개하고 무엇을 하지 않는지, 그 이유.", "What is public, what is not, and why."
    )
    return Page("about.html", Text("공개 기준", "What is public"), values, about)


ROUTES = (
    page("complaints", build_complaints),
    page("sources", build_sources),
    page("about", build_about),
)
