"""What can be taken away: the QR code of an address, the picture of a figure, its numbers.

Their addresses are those of the page, below /share, with the language as their name.
"""

import asyncio
import csv
import io
from collections.abc import Callable, Iterable, Sequence

import segno
from aiohttp import web
from aiohttp.typedefs import Handler

from kiosk.panels.figures import number
from kiosk.public.card import Card, draw_card
from kiosk.public.context import CONTEXT, PublicContext
from kiosk.public.model import Figure, Indicator
from kiosk.public.open_data.tables import MARK, cell
from kiosk.public.pages.asked import LANGUAGE, Asked, NotPublicError, address, asked_by
from kiosk.public.pages.figures import address_of, of_when, period_of, title_of
from kiosk.public.pages.frame import KEPT
from kiosk.public.pages.indicators import (
    areas_at,
    asking,
    chart,
    people_at,
    sentence,
    telling,
)
from kiosk.public.pages.words import WORDS
from kiosk.wire.text import Text

KEEPS = ("area", "by", "sex", "age", "map")
"""What of an address goes into a QR code: the choice of a figure, not a reader's theme."""
LONGEST_PATH = 120
COLUMNS = {
    "period": Text("때", "period"),
    "area_code": Text("지역 코드", "area_code"),
    "area": Text("지역", "area"),
    "sex": Text("성별", "sex"),
    "age": Text("나이", "age"),
    "value": Text("값", "value"),
    "unit": Text("단위", "unit"),
    "simulated": Text("모의", "simulated"),
    "provisional": Text("잠정", "provisional"),
    "source": Text("출처", "source"),
    "licence": Text("이용 조건", "licence"),
}

Make = Callable[[Asked, PublicContext, web.Request], web.Response]


def _made(make: Make) -> Handler:
    async def send(request: web.Request) -> web.StreamResponse:
        asked, context = asked_by(request), request.app[CONTEXT]
        try:
            answer = await asyncio.to_thread(make, asked, context, request)
        except NotPublicError as error:
            raise web.HTTPNotFound(text=f"{error.what.ko}\n{error.what.en}\n") from error
        answer.headers.setdefault("Cache-Control", KEPT)
        return answer

    return send


def qr(asked: Asked, context: PublicContext, request: web.Request) -> web.Response:
    """Error correction Q and a quiet zone of four, as the wall's own codes have them."""
    path = request.match_info["path"]
    if len(path) > LONGEST_PATH:
        raise NotPublicError(Text("주소가 너무 깁니다", "The address is too long"))
    kept = {name: asked.get(name) for name in KEEPS if asked.get(name)}
    target = context.url + address("" if path == "home" else path, asked.language, "", **kept)
    made = io.BytesIO()
    segno.make(target, error="q", micro=False).save(
        made,
        kind="svg",
        border=4,
        light="#fff",
        omitsize=True,
        title=target,
        svgclass=None,
        lineclass=None,
    )
    return web.Response(body=made.getvalue(), content_type="image/svg+xml")


def home_card(asked: Asked, context: PublicContext, _request: web.Request) -> web.Response:
    whose = context.city.city()
    name = asked.say(Text(f"{whose.short.ko} 시민 상황판", f"{whose.short.en} Open Board"))
    said = Text("시장이 보는 수치를 시민도 봅니다", "What the mayor sees, for everybody")
    card = Card(asked.say(said), "", "", asked.say(whose.name), "", name)
    return web.Response(body=draw_card(card), content_type="image/png")


def card(asked: Asked, context: PublicContext, request: web.Request) -> web.Response:
    city = context.city
    one = asking(asked, city, request)
    told = telling(one, city, context.clock.now_ms())
    figure, indicator = told.figure, one.indicator
    if figure is None or figure.value is None:
        raise NotPublicError(sentence(one, told))
    whose = city.city()
    title = asked.say(title_of(indicator, figure))
    if one.area is not None:
        title = f"{asked.say(one.area.name)} {title}"
    made = Card(
        title=title,
        value=number(figure.value, indicator.decimals),
        unit=asked.say(indicator.unit),
        when=asked.say(of_when(indicator, figure)),
        source=asked.say(indicator.source_name),
        name=asked.say(Text(f"{whose.short.ko} 시민 상황판", f"{whose.short.en} Open Board")),
        mark=asked.say(WORDS["simulated"]) if figure.simulated else "",
        line=chart(one, told),
    )
    return web.Response(body=draw_card(made), content_type="image/png")


def table(asked: Asked, context: PublicContext, request: web.Request) -> web.Response:
    """The figures behind a chart: `part` is series, areas or people."""
    city = context.city
    one = asking(asked, city, request)
    part = asked.get("part") or "series"
    if part == "areas":
        figures: Sequence[Figure] = areas_at(one, city)
    elif part == "people":
        figures = people_at(one, city)
    elif part == "series":
        figures = telling(one, city, context.clock.now_ms()).figures
    else:
        raise NotPublicError(
            Text("series, areas, people 가운데 하나입니다", "One of: series, areas, people")
        )
    names = {area.code: asked.say(area.name) for area in city.areas()}
    names["city"] = asked.say(city.city().name)
    body = as_csv(asked, one.indicator, figures, names)
    name = f"{one.indicator.id}-{part}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(text=body, content_type="text/csv", charset="utf-8", headers=headers)


def as_csv(
    asked: Asked, indicator: Indicator, figures: Iterable[Figure], names: dict[str, str]
) -> str:
    """Rows that a spreadsheet opens as they are: with the mark by which it knows UTF-8, and no cell
    that it would take for a formula."""
    made = io.StringIO()
    made.write(MARK)
    writer = csv.writer(made)
    writer.writerow([asked.say(name) for name in COLUMNS.values()])
    for f in figures:
        writer.writerow(
            [
                address_of(period_of(indicator, f), f.t_ms),
                f.area,
                cell(names.get(f.area, "")),
                asked.say(WORDS[f.sex]),
                asked.say(WORDS["all"]) if f.age == "all" else f.age,
                "" if f.value is None else f"{f.value:.{indicator.decimals}f}",
                cell(asked.say(indicator.unit)),
                int(f.simulated),
                int(f.provisional),
                cell(asked.say(indicator.source_name)),
                cell(indicator.licence),
            ]
        )
    return made.getvalue()


ROUTES = (
    web.get(f"/share/home/{LANGUAGE}.png", _made(home_card)),
    web.get(f"/share/indicators/{{id}}/{LANGUAGE}.png", _made(card)),
    web.get(f"/share/indicators/{{id}}/{{when}}/{LANGUAGE}.png", _made(card)),
    web.get(f"/share/indicators/{{id}}/{LANGUAGE}.csv", _made(table)),
    web.get(f"/share/indicators/{{id}}/{{when}}/{LANGUAGE}.csv", _made(table)),
    web.get(f"/share/{{path:.+}}/{LANGUAGE}.svg", _made(qr)),
)
