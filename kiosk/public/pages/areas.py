"""The areas of the city: all of them, and one with every figure that is told of it."""

from aiohttp import web

from kiosk.public.context import PublicContext
from kiosk.public.map_drawing import draw_map
from kiosk.public.model import Figure, Indicator
from kiosk.public.pages.asked import Asked, NotPublicError
from kiosk.public.pages.frame import Page, page
from kiosk.wire.text import Text


def build_all(asked: Asked, context: PublicContext, _request: web.Request) -> Page:
    city = context.city
    areas, parts = city.areas(), city.city().parts
    about = Text(f"{parts.ko} {len(areas)}곳의 수치.", f"Figures of {len(areas)} {parts.en}.")
    title = Text(parts.ko, parts.en[:1].upper() + parts.en[1:])
    values = {"areas": areas, "map": draw_map(areas, {}, 0, asked.language)}
    return Page("areas.html", title, values, about)


def build_one(asked: Asked, context: PublicContext, request: web.Request) -> Page:
    city, code = context.city, request.match_info["code"]
    areas = city.areas()
    area = next((one for one in areas if one.code == code), None)
    if area is None:
        raise NotPublicError(Text(f"‘{code}’, 그런 지역은 없습니다", f"There is no area “{code}”"))
    rows: dict[str, tuple[Text, list[tuple[Indicator, Figure, int, int]]]] = {}
    for indicator in city.indicators():
        if indicator.areas != "districts":
            continue
        figures = city.by_area(indicator.id)
        own = next((f for f in figures if f.area == code), None)
        if own is None:
            continue
        known = sorted((f.value for f in figures if f.value is not None), reverse=True)
        place = known.index(own.value) + 1 if own.value is not None else 0
        rows.setdefault(indicator.theme, (indicator.theme_title, []))[1].append(
            (indicator, own, place, len(known))
        )
    about = Text(f"{area.name.ko}의 공개 수치.", f"Public figures of {area.name.en}.")
    values = {
        "area": area,
        "map": draw_map(areas, {}, 0, asked.language),
        "groups": list(rows.values()),
        "neighbours": areas,
    }
    return Page("area.html", area.name, values, about)


ROUTES = (page("districts", build_all), page("districts/{code}", build_one))
