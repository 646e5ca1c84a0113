"""One indicator in full: its line, its districts, where it comes from. No Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.state import ViewState
from kiosk.panels.districts import DistrictFigures, callout, read, values_of
from kiosk.panels.figures import (
    DAY_S,
    crossed,
    figure,
    moment_words,
    number,
    period_words,
    published,
    signed,
)
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
from kiosk.panels.lines import chart_title, line_chart, line_series, same_scale
from kiosk.panels.periods import every
from kiosk.ui.charts.chart_model import LineChartModel
from kiosk.ui.charts.map_model import MapGeometry, MapModel, Press, short_name
from kiosk.ui.charts.ranking_model import RankedDistrict, RankingModel
from kiosk.wire.city import (
    CITY_AREA,
    Chosen,
    Disclosure,
    District,
    Indicator,
    Observation,
    Source,
)
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

NOTHING = Text("", "")
SEOUL = Text("서울", "Seoul")
CHOSEN: dict[Chosen, Text] = {
    "platform": Text("2016년 시장실 플랫폼", "the mayor's platform of 2016"),
    "project": Text("이 프로그램", "this project"),
}
DISCLOSED: dict[Disclosure, Text] = {
    "public": Text("시민", "citizens"),
    "internal": Text("직원", "staff"),
    "restricted": Text("정한 사람", "named people"),
}


class DetailData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of one indicator: the city's line, the selected district's line, all newest figures."""

    indicator: Indicator
    city: tuple[Observation, ...]
    district: str | None
    own: tuple[Observation, ...]
    latest: dict[str, Observation]
    geometry: MapGeometry | None
    line: Line = MOMENT
    offers: frozenset[Line] = frozenset()


def read_detail(
    repositories: "Repositories",
    indicator: Indicator,
    districts: Sequence[District],
    geometry: MapGeometry | None,
    state: ViewState,
) -> DetailData:
    """Reads them; a district that the indicator does not have is left out."""
    offers = repositories.offers(indicator.id)
    line = chosen_line(state.place, offers)
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
    own: tuple[Observation, ...] = ()
    if chosen:
        own = repositories.series(indicator.id, chosen, period=period, sex=sex, age=age)
    return DetailData(indicator, city, chosen, own, latest, geometry, line, offers)


def detail(
    data: DetailData,
    state: ViewState,
    districts: Sequence[District],
    sources: Sequence[Source],
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
    chart = _chart(data, district, now_ms)
    source = next((s for s in sources if s.id == indicator.source_id), None)
    figures = DistrictFigures(indicator, source, data.latest, {})
    mapped = indicator.areas == "districts" and len(data.latest) > 1
    reading = read(figures, districts, now_ms) if mapped else None
    return Detail(
        title=indicator.title,
        theme=indicator.theme_title,
        place=place,
        figure=shown,
        decimals=indicator.decimals,
        chart=chart,
        chart_title=line_title(told, line) if line[0] else chart_title(indicator),
        facts=_facts(indicator, rows),
        ranking=_ranking(data, districts) if mapped else RankingModel(),
        ranking_remark=_ranking_remark(data) if mapped else NOTHING,
        reading=reading,
        map=(
            MapModel(
                geometry=data.geometry,
                grades=reading.classes.grades,
                fills=reading.classes.fills,
                selected=data.district,
                callout=callout(figures, district, len(districts))[:2],
                simulated=reading.simulated,
                district_command="district.select",
                scale_bar=False,
            )
            if reading is not None and data.geometry is not None
            else None
        ),
        about=_about(told, source, shown.simulated),
        choices=choices(told, line, data.offers),
        area=district.name if district else Text("서울 전체", "All Seoul"),
    )


def _chart(data: DetailData, district: District | None, now_ms: int) -> LineChartModel:
    """The focus line, and where a district is in focus and it makes sense, the city behind it."""
    indicator = data.indicator
    rows = data.own if district is not None else data.city
    lines = [
        line_series(indicator, rows, district.name if district else Text("서울", "Seoul"), now_ms)
    ]
    compare = district is not None and _same_kind(data)
    if compare:
        city = line_series(indicator, data.city, Text("서울", "Seoul"), now_ms)
        lines.append(msgspec.structs.replace(city, focus=False, end_note=city.name))
    return line_chart(indicator, lines, rows[-1] if rows else None, now_ms)


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
    label = Text(f"{first.label.ko}까지", f"To {first.label.en}")
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
        fact = Fact(Text(f"{then.ko}보다", f"Since {then.en}"), Text(words, words))
        if fact not in facts:
            facts.append(fact)
    return facts


def _unit(value: str, indicator: Indicator) -> Text:
    return Text(f"{value} {indicator.unit.ko}", f"{value} {indicator.unit.en}")


def _ranking(data: DetailData, districts: Sequence[District]) -> RankingModel:
    """Highest first, or lowest first where less is better; without a value last."""
    names = {d.code: Text(d.name.ko, short_name(d.name).en) for d in districts}
    figures = DistrictFigures(data.indicator, None, data.latest, {})
    values = values_of(figures, names)
    lower = data.indicator.better == "lower"
    order = sorted(values, key=lambda c: values[c], reverse=not lower)
    decimals = data.indicator.decimals
    rows = [
        RankedDistrict(
            code,
            names[code],
            rank,
            values[code],
            number(values[code], decimals),
            code == data.district,
            Press("district.select", {"district": code}),
        )
        for rank, code in enumerate(order, start=1)
    ]
    rows += [
        RankedDistrict(
            d.code,
            names[d.code],
            None,
            None,
            "—",
            d.code == data.district,
            Press("district.select", {"district": d.code}),
        )
        for d in districts
        if d.code not in values
    ]
    city = data.latest.get(CITY_AREA)
    mean = city.value if city is not None else None
    among = bool(values) and mean is not None
    if not among or not min(values.values()) <= (mean or 0.0) <= max(values.values()):
        mean = None
    return RankingModel(tuple(rows), mean)


def _ranking_remark(data: DetailData) -> Text:
    city = data.latest.get(CITY_AREA)
    newest = max((r.t_ms for r in data.latest.values()), default=None)
    when = moment_words(data.indicator, newest) if newest is not None else NOTHING
    if city is None or city.value is None:
        return when
    value = number(city.value, data.indicator.decimals)
    return Text(f"서울 {value}, {when.ko}", f"Seoul {value}, {when.en}")


def _about(
    indicator: Indicator, source: Source | None, simulated: bool
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
        rows.append((Text("이용", "Licence"), Text(licence, licence)))
    if source is not None and not indicator.owner.ko:
        rows.append((Text("담당", "Owner"), source.owner))
    elif indicator.owner.ko:
        rows.append((Text("담당", "Owner"), indicator.owner))
    rows.append((Text("갱신", "Updated"), every(indicator.period_s)))
    if indicator.method.ko:
        rows.append((Text("산출", "Method"), indicator.method))
    if indicator.sdg:
        goals = "·".join(str(goal) for goal in indicator.sdg)
        rows.append((Text("SDG", "SDG"), Text(goals, goals)))
    rows.append((Text("선정", "Chosen by"), CHOSEN[indicator.chosen]))
    rows.append((Text("공개", "Disclosed to"), DISCLOSED[indicator.disclosure]))
    return tuple(rows)
