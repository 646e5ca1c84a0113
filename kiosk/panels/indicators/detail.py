"""One indicator in full: its line, its districts, where it comes from. No Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.desk import Desk
from kiosk.core.disclosure import Disclosure, Level
from kiosk.core.looks import ChartLook
from kiosk.core.state import ViewState
from kiosk.core.times import time_words
from kiosk.pack import here
from kiosk.panels.districts import DistrictFigures, read
from kiosk.panels.figures import (
    DAY_S,
    crossed,
    figure,
    number,
    period_words,
    published,
    signed,
)
from kiosk.panels.indicators.areas import Compared, area_map, opened
from kiosk.panels.indicators.look import (
    Apart,
    apart_lines,
    at_fact,
    figure_rows,
    groups,
    looked_at,
    read_apart,
    read_at,
    spanned,
    within,
)
from kiosk.panels.indicators.looking import looking, read_long
from kiosk.panels.indicators.model import Detail, Fact
from kiosk.panels.indicators.people import (
    MOMENT,
    Line,
    choices,
    chosen_line,
    complete,
    line_title,
    seen_as,
)
from kiosk.panels.inside import inside, outside
from kiosk.panels.lines import chart_title, line_chart, line_series, same_scale
from kiosk.panels.periods import every
from kiosk.ui.charts.chart_model import LineChartModel
from kiosk.ui.charts.map_model import MapGeometry
from kiosk.wire.city import (
    CITY_AREA,
    EVERYONE,
    Chosen,
    District,
    Indicator,
    Neighbourhood,
    Observation,
    Source,
)
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

NOTHING = Text("", "")
SAME = Text("변화 없음", "no change")
LICENCES = {
    "KOGL Type 1 (attribution)": Text("공공누리 제1유형, 출처 표시", "KOGL Type 1 (attribution)"),
}
CHOSEN: dict[Chosen, Text] = {
    "platform": Text("2016년 시장실 플랫폼", "the mayor's platform of 2016"),
    "project": Text("이 프로그램", "this project"),
}
DISCLOSED: dict[Level, Text] = {
    "public": Text("시민", "citizens"),
    "internal": Text("직원", "staff"),
    "restricted": Text("시장", "the mayor"),
}


class DetailData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of one indicator: the city's line, the line of the district or neighbourhood that is
    looked at, the newest figures of all districts, and `inside` the district.

    `part` is the neighbourhood that `own` is of. `areas` are the newest figures of all districts
    where those are of another period than the city's. `apart` and `at` are what the look at the
    line asks for besides, `long` the rows that its years are made of.
    """

    indicator: Indicator
    city: tuple[Observation, ...]
    district: str | None
    own: tuple[Observation, ...]
    latest: dict[str, Observation]
    geometry: MapGeometry | None
    line: Line = MOMENT
    offers: frozenset[Line] = frozenset()
    inside: DistrictFigures | None = None
    parts: tuple[Neighbourhood, ...] = ()
    part: str | None = None
    areas: DistrictFigures | None = None
    apart: Apart = Apart()
    at: tuple[Observation, ...] = ()
    long: tuple[Observation, ...] = ()


def read_detail(
    repositories: "Repositories",
    indicator: Indicator,
    districts: Sequence[District],
    geometry: MapGeometry | None,
    state: ViewState,
) -> DetailData:
    """Reads them; a district that the indicator does not have is left out."""
    offers = repositories.offers(indicator.id)
    look = state.place.chart
    chosen_now = chosen_line(state.place, offers)
    line = spanned(chosen_now, indicator, offers, look.time)
    period, sex, age = line
    city = repositories.series(indicator.id, period=period, sex=sex, age=age)
    known = complete(city)
    until_ms = known[-1].t_ms if known and period else None
    latest: dict[str, Observation] = {}
    if indicator.areas == "districts":
        latest = repositories.by_district(
            indicator.id, period=period, sex=sex, age=age, until_ms=until_ms
        )
    code = state.place.district
    chosen = code if code in latest and any(d.code == code for d in districts) else None
    if city:
        latest = {**latest, CITY_AREA: known[-1]}
    area = chosen or CITY_AREA
    data = DetailData(
        indicator,
        city,
        chosen,
        (),
        latest,
        geometry,
        line,
        offers,
        apart=read_apart(repositories, indicator.id, area, line, look),
        at=read_at(repositories, indicator, area, line, offers, look),
        long=read_long(repositories, indicator, area, chosen_now, offers),
    )
    if indicator.areas == "districts" and not period and len(latest) < 2:
        data = msgspec.structs.replace(data, areas=outside(repositories, indicator, None))
    return _looked_at(repositories, data, state) if chosen else data


def _looked_at(repositories: "Repositories", data: DetailData, state: ViewState) -> DetailData:
    """With the line of the district, or of the neighbourhood of it that is selected."""
    indicator, (period, sex, age) = data.indicator, data.line
    assert data.district is not None
    found = inside(repositories, indicator, None, data.district, period)
    parts = tuple(n for n in repositories.neighbourhoods() if n.district == data.district)
    part = state.place.neighbourhood
    if found is not None and part in found.latest:
        told = found.latest[part].period
        own = repositories.series(indicator.id, part, period=told)
        line: Line = (told, "all", EVERYONE)
        return msgspec.structs.replace(
            data, own=own, line=line, inside=found, parts=parts, part=part
        )
    own = repositories.series(indicator.id, data.district, period=period, sex=sex, age=age)
    return msgspec.structs.replace(data, own=own, inside=found, parts=parts)


def detail(
    data: DetailData,
    state: ViewState,
    districts: Sequence[District],
    sources: Sequence[Source],
    desk: Desk,
    disclosure: Disclosure,
    place: str,
    now_ms: int,
) -> Detail:
    """The view of it; with a district selected the screen is about that district."""
    told, line = data.indicator, data.line
    data = msgspec.structs.replace(data, indicator=seen_as(told, line[0]))
    indicator = data.indicator
    district = next((d for d in districts if d.code == data.district), None)
    rows = complete(data.own if district is not None else data.city)
    shown = figure(indicator, rows[-1] if rows else None, rows, now_ms)
    look = state.place.chart
    chart = _chart(data, district, look, now_ms)
    source = next((s for s in sources if s.id == indicator.source_id), None)
    level = disclosure.rule("indicators", told.id).level
    figures = DistrictFigures(indicator, source, data.latest, {})
    part = next((n for n in data.parts if n.code == data.part), None)
    found = Detail(
        title=indicator.title,
        theme=indicator.theme_title,
        place=place,
        figure=shown,
        decimals=indicator.decimals,
        chart=chart,
        chart_title=_chart_title(told, indicator, data, look),
        facts=(*_asked_facts(indicator, data, look), *_facts(indicator, rows)),
        about=_about(told, source, desk, level, shown.simulated),
        choices=choices(told, line, data.offers),
        looking=looking(rows, data.long, data.offers, look),
        area=_area(district, part),
        rows=figure_rows(indicator, chart.series) if look.as_table else (),
        groups=groups(indicator, data.apart, state.place.sex),
    )
    if data.areas is not None:
        figures = msgspec.structs.replace(data.areas, source=source)
    if indicator.areas != "districts" or len(figures.latest) < 2:
        return found
    return _with_areas(found, data, figures, districts, state, now_ms)


def _with_areas(
    found: Detail,
    data: DetailData,
    figures: DistrictFigures,
    districts: Sequence[District],
    state: ViewState,
    now_ms: int,
) -> Detail:
    """The districts beside one another; of a district that is looked at its neighbourhoods, where
    those have figures."""
    district = next((d for d in districts if d.code == data.district), None)
    reading = read(figures, districts, now_ms)
    compared = Compared(figures, districts, data.district, "district", here().short)
    mapped = None
    if data.geometry is not None:
        mapped = area_map(data.geometry, reading, figures, district, len(districts))
    if data.inside is not None and district is not None:
        reading = read(data.inside, data.parts, now_ms)
        compared = Compared(data.inside, data.parts, data.part, "neighbourhood", district.name)
        if mapped is not None:
            mapped = opened(mapped, reading, data.inside, district, data.parts, state)
    return msgspec.structs.replace(
        found,
        ranking=compared.ranking(),
        ranking_title=compared.title,
        ranking_remark=compared.remark(reading),
        reading=reading,
        map=mapped,
        map_title=compared.map_title,
    )


def _area(district: District | None, part: Neighbourhood | None) -> Text:
    if district is None:
        return here().whole
    if part is None:
        return district.name
    return Text(f"{district.name.ko} {part.name.ko}", f"{part.name.en}, {district.name.en}")


def _chart_title(told: Indicator, seen: Indicator, data: DetailData, look: ChartLook) -> Text:
    apart, line = data.apart, data.line
    if apart.period:
        words = line_title(told, (apart.period, "all", EVERYONE))
        by = Text("남녀", "men and women") if look.split == "sex" else Text("나이별", "by age")
        words = Text(f"{by.ko}, {words.ko}", f"{words.en}, {by.en}")
    else:
        words = line_title(told, line) if line[0] else chart_title(seen)
        if look.time and not line[0] and not published(seen):
            words = seen.unit  # it is not the last day that is shown
    if apart.newest:
        when = period_words(seen_as(told, apart.period), max(r.t_ms for r in apart.newest.values()))
        return Text(f"{when.ko}, {words.ko}", f"{when.en}, {words.en}")
    if not look.time:
        return words
    span = time_words(look.time)
    return Text(f"{span.ko}, {words.ko}", f"{span.en}, {words.en}")


def _asked_facts(indicator: Indicator, data: DetailData, look: ChartLook) -> tuple[Fact, ...]:
    return (at_fact(indicator, data.at, look.at),) if look.at else ()


def _chart(
    data: DetailData, district: District | None, look: ChartLook, now_ms: int
) -> LineChartModel:
    """The focus line with what is marked in it, and where a district is in focus and it makes
    sense, the city behind it; or a line for each sex."""
    indicator, time = data.indicator, look.time
    every = data.own if district is not None else data.city
    rows = within(every, time)
    last = rows[-1] if rows and not time else None
    if data.apart.sexes:
        indicator = seen_as(indicator, data.apart.period)
        lines = apart_lines(indicator, data.apart, time, now_ms)
        return looked_at(line_chart(indicator, lines, last, now_ms), indicator, look, ())
    part = next((n for n in data.parts if n.code == data.part), None)
    name = part.name if part else district.name if district else here().short
    lines = [line_series(indicator, rows, name, now_ms, bool(time))]
    compare = district is not None and part is None and _same_kind(data)
    if compare:
        whole = within(data.city, time)
        city = line_series(indicator, whole, here().short, now_ms, bool(time))
        lines.append(msgspec.structs.replace(city, focus=False, end_note=city.name))
    return looked_at(line_chart(indicator, lines, last, now_ms), indicator, look, every)


def _same_kind(data: DetailData) -> bool:
    """Whether district and city share a scale: means do, sums do not."""
    city = data.latest.get(CITY_AREA)
    own = data.latest.get(data.district or "")
    if city is None or own is None or city.value is None or own.value is None:
        return False
    return same_scale(own.value, city.value)


def _facts(indicator: Indicator, rows: Sequence[Observation]) -> tuple[Fact, ...]:
    """What the figure means: against the goal, a threshold, the figure before and a year ago."""
    known = [row for row in rows if row.value is not None]
    if not known:
        return ()
    last = known[-1]
    assert last.value is not None
    facts = []
    if indicator.goal is not None:
        left = number(abs(indicator.goal - last.value), indicator.decimals)
        facts.append(Fact(Text("목표까지", "To the goal"), _unit(left, indicator)))
    facts += _threshold_fact(indicator, last.value)
    if published(indicator):
        facts += _changes(indicator, known, last)
    else:
        values = [row.value for row in known if row.value is not None]
        low, high = min(values), max(values)
        span = f"{number(low, indicator.decimals)} ~ {number(high, indicator.decimals)}"
        facts.append(Fact(Text("하루 범위", "Range of the day"), Text(span, span)))
    return tuple(facts[:4])


def _threshold_fact(indicator: Indicator, value: float) -> list[Fact]:
    reached = crossed(indicator, value)
    if reached is not None:
        return [Fact(Text("기준 넘음", "Past"), reached.label)]
    first = next(iter(indicator.thresholds), None)
    if first is None:
        return []
    left = number(abs(first.value - value), indicator.decimals)
    label = Text(f"{first.label.ko}까지", f"Left until {first.label.en}")
    return [Fact(label, _unit(left, indicator))]


def _changes(indicator: Indicator, known: Sequence[Observation], last: Observation) -> list[Fact]:
    assert last.value is not None
    facts = []
    year = [r for r in known if abs(last.t_ms - r.t_ms - 365.25 * DAY_S * 1000) < 20 * DAY_S * 1000]
    for row in (*(year[:1] or known[-2:-1]), *known[:1]):
        if row.value is None or row.t_ms == last.t_ms:
            continue
        then = period_words(indicator, row.t_ms)
        moved = signed(last.value - row.value, indicator.decimals)
        share = signed(100 * (last.value - row.value) / row.value, 1) if row.value else ""
        words = f"{moved}, {share}%" if share else moved
        changed = Text(words, words) if row.value != last.value else SAME
        fact = Fact(Text(f"{then.ko}보다", f"Since {then.en}"), changed)
        if fact not in facts:
            facts.append(fact)
    return facts


def _unit(value: str, indicator: Indicator) -> Text:
    return Text(f"{value} {indicator.unit.ko}", f"{value} {indicator.unit.en}")


def _about(
    indicator: Indicator, source: Source | None, desk: Desk, level: Level, simulated: bool
) -> tuple[tuple[Text, Text], ...]:
    """Where it comes from, whose it is, how it is made, how often."""
    rows = []
    if source is not None:
        kind = Text(" 형식의 모의 자료", ", imitated") if simulated else NOTHING
        rows.append(
            (Text("출처", "Source"), Text(source.name.ko + kind.ko, source.name.en + kind.en))
        )
    licence = indicator.licence or (source.licence if source else "")
    if licence and not simulated:
        rows.append((Text("이용", "Licence"), LICENCES.get(licence, Text(licence, licence))))
    owner = indicator.owner if indicator.owner.ko or source is None else source.owner
    if owner.ko:
        whose = desk.whose(owner, source.contact if source else "")
        rows.append((Text("담당", "Owner"), whose))
    rows.append((Text("갱신", "Updated"), every(indicator.period_s)))
    if indicator.method.ko:
        rows.append((Text("산출", "Method"), indicator.method))
    if indicator.sdg:
        goals = "·".join(str(goal) for goal in indicator.sdg)
        rows.append((Text("SDG", "SDG"), Text(goals, goals)))
    rows.append((Text("선정", "Chosen by"), CHOSEN[indicator.chosen]))
    rows.append((Text("공개", "Disclosed to"), DISCLOSED[level]))
    return tuple(rows)
