"""The first page: the figures of the day, the city's map, and the ways on."""

from aiohttp import web

from kiosk.pack import here
from kiosk.panels.figures import day_trend, past
from kiosk.public.context import PublicContext
from kiosk.public.line_drawing import LineDrawing, draw_spark
from kiosk.public.map_drawing import draw_map
from kiosk.public.model import Indicator, Reading
from kiosk.public.pages.asked import Asked
from kiosk.public.pages.figures import DAY_S
from kiosk.public.pages.frame import Page, page
from kiosk.public.pages.guessing import question_of, sentence_of
from kiosk.public.pages.items import standing
from kiosk.public.projection import PublicCity
from kiosk.wire.city import Observation
from kiosk.wire.text import Text

TITLE = Text("처음", "Home")
OF_THE_DAY = 6
MOST_LAYERS = 8
SPARK_MS = 36 * 3_600_000


def build(asked: Asked, context: PublicContext, _request: web.Request) -> Page:
    city, now_ms = context.city, context.clock.now_ms()
    readings = city.readings()
    headlines = [r for r in readings if r.indicator.headline is not None][:OF_THE_DAY]
    whose = city.city()
    about = Text(
        f"시장실 벽이 보이는 {whose.name.ko}의 수치를 시민도 그대로 봅니다.",
        f"The figures of {whose.name.en} that the mayor sees, for everybody.",
    )
    question = question_of(city, now_ms)
    values = {
        "headlines": [(r, spark(city, r.indicator, now_ms)) for r in headlines],
        **mapped(asked, city, readings),
        "themes": themes(readings),
        "standings": standing(city, now_ms),
        "complaints": city.complaints(),
        "question": question,
        "asking": sentence_of(question) if question is not None else None,
    }
    return Page("home.html", TITLE, values, about)


def mapped(asked: Asked, city: PublicCity, readings: tuple[Reading, ...]) -> dict[str, object]:
    """The map of the chosen indicator, and those that can be chosen."""
    told = {r.indicator.id: r.indicator for r in readings if r.indicator.areas == "districts"}
    usual = {key: words for key, words in here().maps.items() if key in told}
    offered = usual or {key: one.title for key, one in list(told.items())[:MOST_LAYERS]}
    asked_for = told.get(asked.get("map"))
    if asked_for is not None:
        offered.setdefault(asked_for.id, asked_for.title)
    figures = {key: city.by_area(key) for key in offered}
    layers = [(key, words) for key, words in offered.items() if figures[key]]
    chosen = asked_for or (told[layers[0][0]] if layers else None)
    shown = figures[chosen.id] if chosen is not None else ()
    values = {f.area: f.value for f in shown if f.value is not None}
    decimals = chosen.decimals if chosen is not None else 0
    return {
        "layers": layers,
        "layer": chosen,
        "map": draw_map(city.areas(), values, decimals, asked.language),
        "map_figure": max(shown, key=lambda f: f.t_ms, default=None),
    }


def themes(readings: tuple[Reading, ...]) -> list[tuple[str, Text, int]]:
    """Id, name and number of indicators of each theme, in the order of the catalogue."""
    found: dict[str, tuple[Text, int]] = {}
    for reading in readings:
        one = reading.indicator
        found[one.theme] = one.theme_title, found.get(one.theme, (one.theme_title, 0))[1] + 1
    return [(theme, title, count) for theme, (title, count) in found.items()]


def spark(city: PublicCity, indicator: Indicator, now_ms: int) -> LineDrawing | None:
    """The line of today, or of what was published last."""
    published = indicator.period_s > 7 * DAY_S
    series = city.series(indicator.id, since_ms=0 if published else now_ms - SPARK_MS)
    if series is None:
        return None
    line = [Observation(f.indicator, f.area, f.t_ms, f.value, f.simulated) for f in series.figures]
    return draw_spark(past(line)) if published else draw_spark(*day_trend(line, now_ms))


ROUTES = (page("", build),)
