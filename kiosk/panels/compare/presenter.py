"""Compare: which places stand side by side, and what their lines are. No Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.lookup import metric_of
from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.panels.compare.model import Column, CompareModel
from kiosk.panels.figures import figure, number, signed
from kiosk.panels.lines import chart_title, line_chart, line_series, same_scale
from kiosk.panels.panel import Live
from kiosk.panels.projections import figure_block
from kiosk.ui.charts.chart_model import ChartRule, ChartSeries, LineChartModel
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import CITY_AREA, District, Indicator, Observation
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

NOTHING = Text("", "")
TITLE = Text("비교 보기", "Compare")
CHOSEN = Text("고른 구", "selected")
HIGHEST = Text("가장 높음", "highest")
LOWEST = Text("가장 낮음", "lowest")


class Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place that is compared, why, and its rows in the order of time."""

    area: str
    name: Text
    why: Text
    rows: tuple[Observation, ...]


class CompareData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    indicator: Indicator | None
    sides: tuple[Side, ...]


class ComparePresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("districts", "indicators", "observations", "latest"))
    fields = frozenset(("place",))

    def query(self, repositories: "Repositories", state: ViewState) -> CompareData:
        known = {i.id: i for i in repositories.indicators() if i.areas == "districts"}
        metric = metric_of(state.place.indicator or state.metric, list(known))
        if metric is None:
            return CompareData(None, ())
        districts = repositories.districts()
        if state.place.areas.only:
            chosen = _asked(state.place.areas.only, districts)
        else:
            chosen = _chosen(state, districts, repositories.by_district(metric))
        sides = tuple(
            Side(area, name, why, repositories.series(metric, area)) for area, name, why in chosen
        )
        return CompareData(known[metric], sides)

    def present(
        self, state: ViewState, data: CompareData | None, live: Live, now_ms: int
    ) -> CompareModel:
        if data is None:
            return CompareModel(loading=True, now_ms=now_ms)
        if data.indicator is None:
            words = Text("비교할 자료가 아직 없습니다", "There are no figures to compare yet")
            return CompareModel(remark=words, now_ms=now_ms)
        indicator = data.indicator
        city = next((s for s in data.sides if s.area == CITY_AREA), None)
        columns = tuple(_column(indicator, side, city, now_ms) for side in data.sides)
        drawn = [s for s in data.sides if s is not city or _fits(city, data.sides)]
        indexed = state.place.areas.indexed
        if indexed:
            drawn = list(data.sides)
        lines = [_line(indicator, s, s is drawn[0], now_ms) for s in drawn]
        title = chart_title(indicator)
        if indexed:
            lines = [_from_100(line) for line in lines]
            title = Text(f"{title.ko}, 처음을 100으로", f"{title.en}, beginning at 100")
        first = data.sides[0].rows
        last = first[-1] if first else None
        left_out = city is not None and city not in drawn
        return CompareModel(
            title=indicator.title,
            columns=columns,
            chart=_index_chart(lines) if indexed else line_chart(indicator, lines, last, now_ms),
            chart_title=title,
            switch=SWITCHES[indexed],
            one_scale=not indexed and not left_out,
            remark=_LEFT_OUT if left_out else NOTHING,
            simulated=any(column.figure.simulated for column in columns),
            now_ms=now_ms,
        )

    def project(self, model: CompareModel) -> Projection:
        blocks = tuple(figure_block(c.figure, model.now_ms, c.press) for c in model.columns)
        return Projection("compare", TITLE, model.title, model.now_ms, blocks)


SWITCHES = {
    False: (Text("처음을 100으로", "Begin at 100"), Press("compare.indexed")),
    True: (Text("값 그대로", "The figures"), Press("compare.figures")),
}


def _index_chart(lines: Sequence[ChartSeries]) -> LineChartModel:
    rule = ChartRule(100.0, Text("처음 100", "start 100"))
    return LineChartModel(tuple(lines), (rule,), 0)


def _from_100(line: ChartSeries) -> ChartSeries:
    """Each value as a share of the first one that is not 0."""
    first = next((p.value for p in line.points if p.value), None)
    if first is None:
        return msgspec.structs.replace(line, points=())
    points = tuple(
        msgspec.structs.replace(p, value=None if p.value is None else 100 * p.value / first)
        for p in line.points
    )
    known = [p.value for p in points if p.value is not None]
    return msgspec.structs.replace(line, points=points, end=number(known[-1], 0))


_LEFT_OUT = Text(
    "도시 전체는 합계라 선으로 그리지 않았습니다", "The city is a sum, so it has no line"
)


def _asked(only: Sequence[str], districts: Sequence[District]) -> list[tuple[str, Text, Text]]:
    """Those that were named, in that order, and the city."""
    names = {district.code: district.name for district in districts}
    chosen = [(code, names[code], NOTHING) for code in only if code in names]
    return [*chosen, (CITY_AREA, here().whole, NOTHING)]


def _chosen(
    state: ViewState, districts: Sequence[District], latest: dict[str, Observation]
) -> list[tuple[str, Text, Text]]:
    """The selected district, the city, the highest and the lowest district; each once."""
    names = {district.code: district.name for district in districts}
    values = {a: row.value for a, row in latest.items() if a in names and row.value is not None}
    order = sorted(values, key=lambda area: values[area], reverse=True)
    chosen: dict[str, tuple[Text, Text]] = {}
    if state.place.district in names:
        own = state.place.district
        chosen[own] = names[own], CHOSEN
    chosen[CITY_AREA] = here().whole, NOTHING
    for area, why in zip((order[:1] + order[-1:]), (HIGHEST, LOWEST), strict=False):
        name, before = chosen.get(area, (names[area], NOTHING))
        both = Text(f"{before.ko}, {why.ko}", f"{before.en}, {why.en}") if before.ko else why
        chosen[area] = name, both
    return [(area, name, why) for area, (name, why) in chosen.items()]


def _column(indicator: Indicator, side: Side, city: Side | None, now_ms: int) -> Column:
    """The figure under the place's name, with how it lies to the city's."""
    rows = side.rows
    found = figure(indicator, rows[-1] if rows else None, rows, now_ms)
    title = side.name
    if side.why.ko:
        title = Text(f"{side.name.ko}, {side.why.ko}", f"{side.name.en}, {side.why.en}")
    key = _against(indicator, side, city) if side is not city else found.key
    press = None
    if side.area != CITY_AREA:
        press = Press("district.select", {"district": side.area})
    return Column(side.area, msgspec.structs.replace(found, title=title, key=key), press)


def _against(indicator: Indicator, side: Side, city: Side | None) -> Text:
    """A share of the city's sum, or the distance from its mean."""
    own, whole, name = _last(side), _last(city), here().short
    if own is None or whole is None:
        return NOTHING
    if same_scale(own, whole):
        apart = signed(own - whole, indicator.decimals)
        if not any(digit in "123456789" for digit in apart):
            return Text(f"{name.ko} 대비 차이 없음", f"the same as {name.en}")
        return Text(f"{name.ko}보다 {apart}", f"{apart} to {name.en}")
    share = number(100 * own / whole, 1) if whole else ""
    return Text(f"{name.ko}의 {share}%", f"{share}% of {name.en}") if share else NOTHING


def _last(side: Side | None) -> float | None:
    return side.rows[-1].value if side is not None and side.rows else None


def _fits(city: Side | None, sides: Sequence[Side]) -> bool:
    """Whether the city can be drawn beside the districts: a mean can, a sum can not."""
    whole = _last(city)
    others = [value for side in sides if side is not city and (value := _last(side)) is not None]
    if whole is None or not others:
        return True
    return same_scale(max(others), whole)


def _line(indicator: Indicator, side: Side, focus: bool, now_ms: int) -> ChartSeries:
    line = line_series(indicator, side.rows, side.name, now_ms)
    return msgspec.structs.replace(line, focus=focus, end_note=side.name)
