"""What the city measures: all of it by theme, and one with its line, its areas and its people."""

from collections.abc import Sequence
from typing import cast

import msgspec
from aiohttp import web

from kiosk.panels.figures import number
from kiosk.public.context import PublicContext
from kiosk.public.line_drawing import LineDrawing, draw_line
from kiosk.public.map_drawing import MapDrawing, draw_map
from kiosk.public.model import Area, Figure, Indicator, Line, Source
from kiosk.public.pages.asked import Asked, NotPublicError
from kiosk.public.pages.figures import Span, address_of, of_when, period_of, span_named, title_of
from kiosk.public.pages.frame import FRESH, KEPT, Page, page
from kiosk.public.pages.words import BY
from kiosk.public.projection import PublicCity
from kiosk.ui.charts.chart_model import ChartPoint, ChartRule, ChartSeries, LineChartModel
from kiosk.wire.city import CITY_AREA, EVERYONE, PERIODS, Period, Sex
from kiosk.wire.text import Text

TITLE = Text("지표", "Indicators")
MOST_ROWS = 60
"""Of a table under a chart, the newest; all of them are in the file beside it."""
MOMENTS_MS = 7 * 86_400_000


class Asking(msgspec.Struct, frozen=True):
    """Which figures of an indicator: of which area, periods and people, and until when."""

    indicator: Indicator
    area: Area | None
    by: Period
    sex: Sex
    age: str
    span: Span | None

    @property
    def code(self) -> str:
        return self.area.code if self.area is not None else CITY_AREA

    @property
    def until_ms(self) -> int | None:
        """The last moment that counts; None is now."""
        return self.span.end_ms - 1 if self.span is not None else None


class Telling(msgspec.Struct, frozen=True):
    """What is told of it: figures in the order of time, the one it is about, and the one a year
    before it."""

    figures: tuple[Figure, ...]
    figure: Figure | None
    year_before: Figure | None


def build_all(asked: Asked, context: PublicContext, _request: web.Request) -> Page:
    readings = context.city.readings()
    groups: dict[str, tuple[Text, list[object]]] = {}
    for reading in sorted(readings, key=lambda r: _place(r.indicator, readings)):
        one = reading.indicator
        groups.setdefault(one.theme, (one.theme_title, []))[1].append(reading)
    about = Text(
        f"공개한 지표 {len(readings)}개, 각각 출처와 방법, 시점과 함께.",
        f"{len(readings)} public indicators, each with its source, method and age.",
    )
    return Page(
        "indicators.html", TITLE, {"groups": list(groups.items()), "count": len(readings)}, about
    )


def _place(one: Indicator, readings: Sequence[object]) -> tuple[bool, int]:
    return one.headline is None, one.headline or 0


def asking(asked: Asked, city: PublicCity, request: web.Request) -> Asking:
    """What the address says. Raises NotPublicError for what is not public or not there."""
    key = request.match_info["id"]
    indicator = city.indicator(key)
    if indicator is None:
        raise NotPublicError(
            Text(f"공개한 지표 가운데 ‘{key}’는 없습니다", f"No public indicator is called “{key}”")
        )
    span = None
    named = request.match_info.get("when", "")
    if named:
        try:
            span = span_named(named)
        except ValueError as error:
            raise NotPublicError(
                Text(f"‘{named}’, 그런 때는 없습니다", f"“{named}” is no time")
            ) from error
    area = _area(city, asked.get("area"))
    lines = city.lines(key, area.code if area is not None else CITY_AREA)
    by = _by(asked.get("by"), lines, indicator, span)
    sex, age = asked.get("sex") or EVERYONE, asked.get("age") or EVERYONE
    if (by, sex, age) not in {(line.period, line.sex, line.age) for line in lines}:
        sex, age = EVERYONE, EVERYONE
    return Asking(indicator, area, by, cast(Sex, sex), age, span)


def _area(city: PublicCity, code: str) -> Area | None:
    if not code or code == CITY_AREA:
        return None
    found = next((area for area in city.areas() if area.code == code), None)
    if found is None:
        raise NotPublicError(Text(f"‘{code}’, 그런 지역은 없습니다", f"There is no area “{code}”"))
    return found


def _by(asked: str, lines: Sequence[Line], indicator: Indicator, span: Span | None) -> Period:
    """The periods that were asked for, else those of the time that is named, else as measured."""
    offered = [line.period for line in lines if (line.sex, line.age) == (EVERYONE, EVERYONE)]
    if asked == "raw" and "" in offered:
        return ""
    if asked in offered:
        return asked
    if span is not None and span.period in offered:
        return span.period
    if "" in offered or not offered:
        return ""
    return max(offered, key=PERIODS.index)


def telling(one: Asking, city: PublicCity, now_ms: int) -> Telling:
    recent = one.by == "" and one.indicator.period_s <= 86_400
    until = one.until_ms
    since = max(0, (until or now_ms) - MOMENTS_MS) if recent else 0
    series = city.series(one.indicator.id, one.code, since, period=one.by, sex=one.sex, age=one.age)
    found = series.figures if series is not None else ()
    if until is not None:
        found = tuple(f for f in found if f.t_ms <= until)
    figure = next((f for f in reversed(found) if f.value is not None), None)
    if one.span is not None and figure is not None and figure.t_ms < one.span.start_ms:
        figure = None
    return Telling(found, figure, _year_before(found, figure))


YEAR_MS = 31_557_600_000
SLACK_MS = 16 * 86_400_000


def _year_before(found: Sequence[Figure], figure: Figure | None) -> Figure | None:
    """The figure of about a year earlier, of what is told by periods."""
    if figure is None or figure.provisional:
        return None
    wanted = figure.t_ms - YEAR_MS
    near = [f for f in found if f.value is not None and abs(f.t_ms - wanted) <= SLACK_MS]
    return min(near, key=lambda f: abs(f.t_ms - wanted), default=None)


def chart(one: Asking, told: Telling) -> LineDrawing | None:
    points = tuple(ChartPoint(f.t_ms, f.value, f.provisional, f.note) for f in told.figures)
    if not any(p.value is not None for p in points):
        return None
    goal = one.indicator.goal
    rules = (
        (ChartRule(goal, Text("목표", "goal")),) if goal is not None and one.area is None else ()
    )
    series = ChartSeries(one.indicator.title, points)
    return draw_line(LineChartModel((series,), rules, one.indicator.decimals))


class AreaRow(msgspec.Struct, frozen=True):
    """An area's figure, and how long its bar is: 0..100."""

    area: Area
    figure: Figure | None
    share: float


def area_rows(areas: Sequence[Area], figures: Sequence[Figure]) -> list[AreaRow]:
    """Highest first, those without a figure last."""
    by_code = {f.area: f for f in figures}
    most = max((abs(f.value) for f in figures if f.value is not None), default=0.0) or 1.0

    def row(area: Area) -> AreaRow:
        figure = by_code.get(area.code)
        value = figure.value if figure is not None else None
        return AreaRow(area, figure, 100 * abs(value) / most if value is not None else 0.0)

    def rank(made: AreaRow) -> tuple[bool, float]:
        value = made.figure.value if made.figure is not None else None
        return value is None, -(value or 0.0)

    return sorted((row(area) for area in areas), key=rank)


class PeopleRow(msgspec.Struct, frozen=True):
    """An age group: figure and bar (0..100) of everybody, men and women, as far as told."""

    age: str
    cells: tuple[tuple[str, Figure | None, float], ...]


def people_rows(figures: Sequence[Figure]) -> list[PeopleRow]:
    """Age groups from the youngest, everybody first; columns only of what is told."""
    by_group = {(f.age, f.sex): f for f in figures if f.value is not None}
    ages = sorted({age for age, _ in by_group}, key=lambda age: (age != EVERYONE, _least(age)))
    sexes = [s for s in (EVERYONE, "male", "female") if any(sex == s for _, sex in by_group)]
    most = max(
        (abs(f.value or 0) for (age, _), f in by_group.items() if age != EVERYONE), default=0
    )
    top = most or max((abs(f.value or 0) for f in by_group.values()), default=0) or 1.0

    def cell(age: str, sex: str) -> tuple[str, Figure | None, float]:
        figure = by_group.get((age, cast(Sex, sex)))
        return sex, figure, min(100.0, 100 * abs(figure.value or 0) / top) if figure else 0.0

    return [PeopleRow(age, tuple(cell(age, sex) for sex in sexes)) for age in ages]


def _least(age: str) -> int:
    digits = age.partition("-")[0].rstrip("+")
    return int(digits) if digits.isdigit() else -1


def build_one(asked: Asked, context: PublicContext, request: web.Request) -> Page:
    city, now_ms = context.city, context.clock.now_ms()
    one = asking(asked, city, request)
    told = telling(one, city, now_ms)
    indicator = one.indicator
    if one.span is not None and told.figure is None:
        when = request.match_info["when"]
        raise NotPublicError(
            Text(
                f"{indicator.title.ko}: {when}의 값은 공개되지 않았거나 없습니다",
                f"{indicator.title.en}: there is no public figure of {when}",
            )
        )
    values = {
        "one": one,
        "indicator": indicator,
        "told": told,
        "figure": told.figure,
        "chart": chart(one, told),
        "rows": told.figures[::-1][:MOST_ROWS],
        "more_rows": max(0, len(told.figures) - MOST_ROWS),
        "tabs": tabs(city.lines(indicator.id, one.code)),
        "of_when": lambda figure: asked.say(of_when(indicator, figure)),
        "source": city.source(indicator.source) if indicator.source else None,
        "then": _then(told.figure, indicator),
        "areas": city.areas(),
        **_parts(one, city, asked),
    }
    path = asked.path
    cache = KEPT if one.span is not None else FRESH
    about = sentence(one, told)
    return Page(
        "indicator.html",
        title_of(indicator, told.figure),
        values,
        about,
        f"/share/{path}/{asked.language}.png",
        cache,
    )


def _parts(one: Asking, city: PublicCity, asked: Asked) -> dict[str, object]:
    """Map and rows by area, rows by age and sex; of this moment, or of the period."""
    drawn: MapDrawing | None = None
    rows: list[AreaRow] = []
    at: Figure | None = None
    if one.indicator.areas == "districts":
        figures = areas_at(one, city)
        at = max(figures, key=lambda f: f.t_ms, default=None)
        values = {f.area: f.value for f in figures if f.value is not None}
        drawn = draw_map(city.areas(), values, one.indicator.decimals, asked.language)
        rows = area_rows(city.areas(), figures) if figures else []
    groups = people_at(one, city)
    apart = [f for f in groups if (f.sex, f.age) != (EVERYONE, EVERYONE)]
    return {
        "map": drawn if rows else None,
        "area_rows": rows,
        "area_figure": at,
        "people": people_rows(groups) if apart else [],
        "people_figure": max(groups, key=lambda f: f.t_ms, default=None),
    }


def areas_at(one: Asking, city: PublicCity) -> tuple[Figure, ...]:
    """The figure of each area, of the period that is named or now."""
    found = city.by_area(
        one.indicator.id, period=one.by, sex=one.sex, age=one.age, until_ms=one.until_ms
    )
    if one.span is None:
        return found or city.by_area(one.indicator.id, sex=one.sex, age=one.age)
    return tuple(f for f in found if f.t_ms >= one.span.start_ms)


def people_at(one: Asking, city: PublicCity) -> tuple[Figure, ...]:
    lines = city.lines(one.indicator.id, one.code)
    offered = {line.period for line in lines if (line.sex, line.age) != (EVERYONE, EVERYONE)}
    if not offered:
        return ()
    by = one.by if one.by in offered else max(offered, key=PERIODS.index)
    found = city.people(one.indicator.id, one.code, period=by, until_ms=one.until_ms)
    if one.span is None:
        return found
    return tuple(f for f in found if f.t_ms >= one.span.start_ms)


def tabs(lines: Sequence[Line]) -> list[tuple[str, Period, Text]]:
    """Kinds of periods that there are, the longest first: name in the address, period, words."""
    offered = {line.period for line in lines if (line.sex, line.age) == (EVERYONE, EVERYONE)}
    return [(by or "raw", by, BY[by]) for by in reversed(PERIODS) if by in offered]


def _then(figure: Figure | None, indicator: Indicator) -> str:
    """How an address names the period of a figure; "" without one."""
    return address_of(period_of(indicator, figure), figure.t_ms) if figure is not None else ""


def sentence(one: Asking, told: Telling) -> Text:
    """The figure in a sentence, for shared links and those who hear the page."""
    title = title_of(one.indicator, told.figure)
    where = one.area.name if one.area is not None else None
    ko = f"{where.ko} {title.ko}" if where else title.ko
    en = f"{title.en}, {where.en}" if where else title.en
    figure = told.figure
    if figure is None or figure.value is None:
        return Text(f"{ko}: 자료 없음", f"{en}: no data")
    value, when = number(figure.value, one.indicator.decimals), of_when(one.indicator, figure)
    unit = one.indicator.unit
    mark = Text(", 모의 값", ", simulated") if figure.simulated else Text("", "")
    return Text(
        f"{ko} {value}{unit.ko} ({when.ko}{mark.ko})",
        f"{en}: {value} {unit.en} ({when.en}{mark.en})",
    )


def source_of(city: PublicCity, indicator: Indicator) -> Source | None:
    return city.source(indicator.source) if indicator.source else None


ROUTES = (
    page("indicators", build_all),
    page("indicators/{id}", build_one),
    page("indicators/{id}/{when}", build_one),
)
