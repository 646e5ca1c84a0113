"""Lines over time from rows of the cache: the last day, the quarters, the years. No Qt."""

from collections.abc import Sequence

from kiosk.cache.freshness import freshness
from kiosk.panels.figures import BIN_MS, DAY_S, moment_words, number, published
from kiosk.ui.charts.chart_model import (
    ChartPoint,
    ChartRule,
    ChartSeries,
    LineChartModel,
)
from kiosk.wire.city import Indicator, Observation
from kiosk.wire.text import Text

NOTHING = Text("", "")
MOST_POINTS = 300


def line_chart(
    indicator: Indicator, lines: Sequence[ChartSeries], last: Observation | None, now_ms: int
) -> LineChartModel:
    """The lines with the thresholds in reach and the goal; dots to now when `last` is late."""
    rules = [
        ChartRule(t.value, _rule_words(t.label, number(t.value, indicator.decimals)))
        for t in indicator.thresholds
        if _in_reach(t.value, lines)
    ]
    if indicator.goal is not None:
        goal = number(indicator.goal, indicator.decimals)
        rules.append(ChartRule(indicator.goal, _rule_words(Text("목표", "goal"), goal)))
    late = (
        last is not None
        and not published(indicator)
        and freshness(last.t_ms, indicator.period_s, now_ms) in ("late", "stale")
    )
    return LineChartModel(tuple(lines), tuple(rules), indicator.decimals, now_ms if late else None)


def same_scale(own: float, city: float) -> bool:
    """Whether a district's value and the city's share a scale: means do, sums do not."""
    return bool(city) and 0.2 < own / city < 5


def _rule_words(label: Text, value: str) -> Text:
    return Text(f"{label.ko} {value}", f"{label.en} {value}")


def chart_title(indicator: Indicator) -> Text:
    """What the line spans, and its unit."""
    unit = indicator.unit
    if not published(indicator):
        return Text(f"지난 하루, {unit.ko}", f"Last day, {unit.en}")
    if indicator.period_s > 200 * DAY_S:
        return Text(f"연도별, {unit.ko}", f"By year, {unit.en}")
    if indicator.period_s > 60 * DAY_S:
        return Text(f"분기별, {unit.ko}", f"By quarter, {unit.en}")
    return Text(f"월별, {unit.ko}", f"By month, {unit.en}")


def _in_reach(value: float, lines: Sequence[ChartSeries]) -> bool:
    """Thresholds far from the line would flatten it; they stay in the words."""
    known = [p.value for line in lines for p in line.points if p.value is not None]
    if not known:
        return False
    top = max(abs(v) for v in known)
    return min(known) - top * 0.6 <= value <= max(known) + top * 0.6


def line_series(
    indicator: Indicator, rows: Sequence[Observation], name: Text, now_ms: int, whole: bool = False
) -> ChartSeries:
    """Rows as a line with its last value at the end; live figures show the last 24 hours, `whole`
    all of them."""
    kept = list(rows)
    if not published(indicator):
        if not whole:
            kept = [row for row in rows if row.t_ms >= now_ms - DAY_S * 1000]
        kept = _thinned(kept)
    points = tuple(ChartPoint(r.t_ms, r.value, r.provisional, r.note) for r in kept)
    last = next((r for r in reversed(kept) if r.value is not None), None)
    if last is None or last.value is None:
        return ChartSeries(name, points)
    when = moment_words(indicator, last.t_ms)
    note = Text(f"{when.ko}, 잠정", f"{when.en}, provisional") if last.provisional else when
    return ChartSeries(name, points, True, number(last.value, indicator.decimals), note)


def _thinned(rows: Sequence[Observation]) -> list[Observation]:
    """The last of each quarter of an hour, where a source speaks so often that a day's line has
    no room for all."""
    if len(rows) <= MOST_POINTS:
        return list(rows)
    kept: dict[int, Observation] = {}
    for row in rows:
        kept[row.t_ms // BIN_MS] = row
    return list(kept.values())
