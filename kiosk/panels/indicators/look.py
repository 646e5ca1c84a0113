"""How a line is looked at: a part of its time, marks in it, people apart, in rows. No Qt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean, linear_regression
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.looks import ChartLook, Mark
from kiosk.core.times import span_of, time_words
from kiosk.panels.figures import DAY_S, number, published, signed
from kiosk.panels.indicators.model import Fact, FigureRow
from kiosk.panels.indicators.people import (
    SEX_WORDS,
    SHOWN,
    Line,
    age_words,
    complete,
    youngest_first,
)
from kiosk.panels.lines import line_series
from kiosk.ui.charts.chart_model import (
    ChartPoint,
    ChartRule,
    ChartSeries,
    LineChartModel,
    point_words,
)
from kiosk.ui.charts.map_model import Press
from kiosk.ui.charts.ranking_model import RankedDistrict, RankingModel
from kiosk.wire.city import EVERYONE, Indicator, Observation, Period, Sex
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

DAY_MS = DAY_S * 1000
YEAR_MS = round(365.25 * DAY_MS)
MONTHS_FROM_MS = 40 * DAY_MS
YEARS_FROM_MS = 3 * YEAR_MS
"""What speaks all day is shown by month over more than 40 days, by year over more than 3 years."""
ROUND_FROM = 10.0
"""A smaller slope is told with a decimal more than the figures have."""
BOTH: tuple[Sex, ...] = ("female", "male")


class Apart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Figures of people told apart: the lines of both sexes, or the newest figure of each group,
    a sex or an age; `period` is what they are of, "" where there are none."""

    period: Period = ""
    sexes: Mapping[Sex, tuple[Observation, ...]] = {}
    newest: Mapping[str, Observation] = {}


def spanned(line: Line, indicator: Indicator, offers: Iterable[Line], time: str) -> Line:
    """The line that has room for a time: of what speaks all day, months or years."""
    if not time or line[0] or published(indicator):
        return line
    begin_ms, end_ms = span_of(time)
    long = end_ms - begin_ms
    wanted: list[Period] = ["month"] if long > MONTHS_FROM_MS else []
    if long > YEARS_FROM_MS:
        wanted.insert(0, "year")
    known = set(offers)
    return next(((p, "all", EVERYONE) for p in wanted if (p, "all", EVERYONE) in known), line)


def read_apart(
    repositories: "Repositories", indicator: str, area: str, line: Line, look: ChartLook
) -> Apart:
    """Of the period that is shown where it tells people apart, else of the finest that does."""
    if not look.split:
        return Apart()
    offers = repositories.offers(indicator, area)
    for period in dict.fromkeys((line[0], *SHOWN)):
        if look.split == "sex" and (period, "male", EVERYONE) in offers:
            return _both(repositories, indicator, area, period)
        ages = sorted(
            {a for p, s, a in offers if p == period and a != EVERYONE}, key=youngest_first
        )
        if look.split == "age" and ages:
            told = repositories.breakdown(indicator, area, period=period)
            return Apart(period, newest={a: told["all", a] for a in ages if ("all", a) in told})
    return Apart()


def _both(repositories: "Repositories", indicator: str, area: str, period: Period) -> Apart:
    """Their lines, or their figures where no earlier ones are known."""
    told: dict[Sex, tuple[Observation, ...]] = {
        sex: repositories.series(indicator, area, period=period, sex=sex) for sex in BOTH
    }
    if any(len(rows) > 1 for rows in told.values()):
        return Apart(period, told)
    return Apart(period, newest={sex: rows[-1] for sex, rows in told.items() if rows})


def read_at(
    repositories: "Repositories",
    indicator: Indicator,
    area: str,
    line: Line,
    offers: Iterable[Line],
    look: ChartLook,
) -> tuple[Observation, ...]:
    """What there is of the time that is asked about."""
    if not look.at:
        return ()
    period, sex, age = spanned(line, indicator, offers, look.at)
    rows = repositories.series(indicator.id, area, period=period, sex=sex, age=age)
    rows = within(rows, look.at)
    return within(rows, look.at)


def within(rows: Sequence[Observation], time: str) -> tuple[Observation, ...]:
    """Those of a time, all of them without one."""
    if not time:
        return tuple(rows)
    span = span_of(time)
    return tuple(row for row in rows if span[0] <= row.t_ms < span[1])


# ---- the line


def looked_at(
    chart: LineChartModel, indicator: Indicator, look: ChartLook, rows: Sequence[Observation]
) -> LineChartModel:
    """The chart with its marks, made from its own line and all its rows; without two values there
    is nothing to mark."""
    own = next((series for series in chart.series if series.focus), None)
    known = [p for p in own.points if p.value is not None] if own is not None else []
    if len(known) < 2:
        return chart
    for mark in look.marks:
        added = _MARKS[mark](indicator, known, rows)
        if isinstance(added, ChartRule):
            chart = msgspec.structs.replace(chart, rules=(*chart.rules, added))
        elif added is not None:
            chart = msgspec.structs.replace(chart, series=(*chart.series, added))
    return chart


def apart_lines(indicator: Indicator, told: Apart, time: str, now_ms: int) -> list[ChartSeries]:
    """A line for each sex; the first one is read out."""
    lines: list[ChartSeries] = []
    for sex, rows in told.sexes.items():
        line = line_series(
            indicator, complete(within(rows, time)), SEX_WORDS[sex], now_ms, bool(time)
        )
        lines.append(msgspec.structs.replace(line, focus=not lines, end_note=line.name))
    return lines


Points = Sequence[ChartPoint]
Rows = Sequence[Observation]
Added = ChartRule | ChartSeries | None


def _highest(indicator: Indicator, known: Points, _rows: Rows) -> Added:
    return _end(indicator, known, max(known, key=_value), Text("최고", "highest"))


def _lowest(indicator: Indicator, known: Points, _rows: Rows) -> Added:
    return _end(indicator, known, min(known, key=_value), Text("최저", "lowest"))


def _end(indicator: Indicator, known: Points, point: ChartPoint, word: Text) -> ChartRule:
    value, when = number(_value(point), indicator.decimals), point_words(known, point.t_ms)
    words = Text(f"{word.ko} {value}, {when.ko}", f"{word.en} {value}, {when.en}")
    return ChartRule(_value(point), words)


def _mean(indicator: Indicator, known: Points, _rows: Rows) -> Added:
    mean = fmean(map(_value, known))
    value = number(mean, max(1, indicator.decimals))
    return ChartRule(mean, Text(f"평균 {value}", f"mean {value}"))


def _trend(indicator: Indicator, known: Points, _rows: Rows) -> Added:
    """The straight line with the least squared distance, and how far it moves in a day or year."""
    begin, end = known[0].t_ms, known[-1].t_ms
    slope, start = linear_regression([p.t_ms - begin for p in known], list(map(_value, known)))
    points = tuple(ChartPoint(t, start + slope * (t - begin)) for t in (begin, end))
    yearly = end - begin > YEAR_MS
    each_way = slope * (YEAR_MS if yearly else DAY_MS)
    decimals = indicator.decimals + (1 if abs(each_way) < ROUND_FROM else 0)
    moved = signed(each_way, decimals)
    each = Text("추세, 해마다", "trend a year") if yearly else Text("추세, 하루", "trend a day")
    return ChartSeries(Text("추세", "trend"), points, focus=False, end=moved, end_note=each)


def _before(indicator: Indicator, known: Points, rows: Rows) -> Added:
    """The line of a year ago, of what speaks all day that of the day before; None where nothing is
    kept of it."""
    by_year = published(indicator)
    back = YEAR_MS if by_year else DAY_MS
    name = Text("1년 전", "a year ago") if by_year else Text("하루 전", "a day ago")
    first, last = known[0].t_ms, known[-1].t_ms
    points = tuple(
        ChartPoint(row.t_ms + back, row.value)
        for row in rows
        if row.value is not None and first <= row.t_ms + back <= last + DAY_MS
    )
    if not points:
        return None
    end = number(_value(points[-1]), indicator.decimals)
    return ChartSeries(name, points, focus=False, end=end, end_note=name)


_MARKS: Mapping[Mark, Callable[[Indicator, Points, Rows], Added]] = {
    "highest": _highest,
    "lowest": _lowest,
    "mean": _mean,
    "trend": _trend,
    "before": _before,
}


def _value(point: ChartPoint) -> float:
    assert point.value is not None
    return point.value


# ---- in rows, in words


def figure_rows(indicator: Indicator, series: Sequence[ChartSeries]) -> tuple[FigureRow, ...]:
    """The points of the line in focus, the newest first, each with its change from the one
    before; of what is not complete yet that would mean nothing."""
    own = next((one for one in series if one.focus), None)
    known = [p for p in own.points if p.value is not None] if own is not None else []
    rows = []
    for earlier, point in pairwise([None, *known]):
        assert point is not None
        moved = ""
        if earlier is not None and not point.provisional:
            moved = signed(_value(point) - _value(earlier), indicator.decimals)
        value = number(_value(point), indicator.decimals)
        rows.append(FigureRow(point_words(known, point.t_ms), value, moved, point.provisional))
    return tuple(reversed(rows))


def groups(indicator: Indicator, told: Apart, sex: Sex) -> RankingModel:
    """Groups of people, the youngest first; a press shows one alone."""
    rows = []
    for group, row in told.newest.items():
        name = _SEX_NAMES.get(group) or age_words(group)
        alone = {"sex": group} if group in _SEX_NAMES else {"sex": sex, "age": group}
        printed = "—" if row.value is None else number(row.value, indicator.decimals)
        press = Press("indicator.group", alone)
        rows.append(RankedDistrict(group, name, None, row.value, printed, press=press))
    return RankingModel(tuple(rows))


_SEX_NAMES: Mapping[str, Text] = {sex: SEX_WORDS[sex] for sex in BOTH}


def at_fact(indicator: Indicator, rows: Sequence[Observation], time: str) -> Fact:
    """What there is of a time: its figure, the mean of several, or that there is none."""
    when = time_words(time)
    values = [row.value for row in rows if row.value is not None]
    if not values:
        return Fact(when, Text("자료 없음", "no data"))
    value, unit = number(fmean(values), indicator.decimals), indicator.unit
    if len(values) > 1:
        when = Text(f"{when.ko} 평균", f"Mean of {when.en}")
    return Fact(when, Text(f"{value} {unit.ko}".strip(), f"{value} {unit.en}".strip()))
