"""Lines over time as plain records, and the arithmetic of their axes. No Qt."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

import msgspec

from kiosk.pack.clock import local_time
from kiosk.ui.times import clock_words, date_words
from kiosk.wire.text import Text

GRIDLINES = 5
ZERO_SHARE = 0.4
GAP_STEPS = 2.5
FINEST = 0.6  # of the way between two points: some may be missing
MONTH_DAYS = 30.4
DAY_MS = 86_400_000


class ChartPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value at a time (epoch ms); None where the source has none, `note` says why."""

    t_ms: int
    value: float | None
    provisional: bool = False
    note: Text | None = None


class ChartSeries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line in the order of time. `focus` is the one that the screen is about.

    `end` is printed at its last point, `end_note` lighter after it.
    """

    name: Text
    points: tuple[ChartPoint, ...]
    focus: bool = True
    end: str = ""
    end_note: Text = Text("", "")


class ChartRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dashed line across: a goal or a threshold, with its words."""

    value: float
    label: Text


class LineChartModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`late_until_ms`: the last value is late; dots go on from it to this time."""

    series: tuple[ChartSeries, ...] = ()
    rules: tuple[ChartRule, ...] = ()
    decimals: int = 0
    late_until_ms: int | None = None


class ValueAxis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    low: float
    high: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        count = round((self.high - self.low) / self.step)
        return tuple(self.low + self.step * i for i in range(count + 1))

    @property
    def from_zero(self) -> bool:
        return self.low <= 0.0 <= self.high


def value_axis(model: LineChartModel, gridlines: int = GRIDLINES) -> ValueAxis:
    """A round axis of some `gridlines` around all values and rules.

    It starts at zero unless the values lie far from it (lowest above 40 % of the highest): then
    the change would drown, and the screen says where the axis starts.
    """
    values = [p.value for s in model.series for p in s.points if p.value is not None]
    values += [rule.value for rule in model.rules] if values else []
    if not values:
        return ValueAxis(0.0, 1.0, 0.25)
    low, high = min(values), max(values)
    if low >= 0 and low <= ZERO_SHARE * high:
        low = 0.0
    if low == high:
        low, high = (0.0, high) if high > 0 else (low - 1, high + 1)
    step = _round_step((high - low) / gridlines)
    return ValueAxis(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def _round_step(raw: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(raw))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= raw * 0.999)


def axis_words(axis: ValueAxis, value: float, decimals: int) -> str:
    """A tick, with as many decimals as the step needs."""
    needed = max(0, -math.floor(math.log10(axis.step) + 1e-9)) if axis.step < 1 else 0
    if axis.step >= 1 and axis.step != int(axis.step):
        needed = 1
    if axis.step < 1 and round(axis.step * 10**needed, 6) != int(round(axis.step * 10**needed, 6)):
        needed += 1
    words = f"{value:,.{needed}f}"
    return words.replace("-", "−")


def axis_remark(axis: ValueAxis, decimals: int) -> Text:
    """Says so when the axis does not start at zero; empty when it does."""
    if axis.from_zero:
        return Text("", "")
    low = axis_words(axis, axis.low, decimals)
    return Text(f"세로축은 {low}에서 시작합니다", f"The axis starts at {low}")


def time_span(model: LineChartModel) -> tuple[int, int] | None:
    """First and last time of all points (and of what is late), or None without a point."""
    times = [p.t_ms for s in model.series for p in s.points]
    if not times:
        return None
    last = max([*times, *([model.late_until_ms] if model.late_until_ms else [])])
    return (min(times), last) if last > min(times) else (min(times) - DAY_MS, last + DAY_MS)


class Gap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch without values between two that are there."""

    start_ms: int
    end_ms: int
    note: Text | None


def gaps(points: Sequence[ChartPoint]) -> tuple[Gap, ...]:
    """Where values are missing: said to be (None), or a step longer than 2.5 usual ones.

    One sample that did not come is bridged; two in a row are a gap.
    """
    known = [p for p in points if p.value is not None]
    if len(known) < 3:
        return ()
    steps = [b.t_ms - a.t_ms for a, b in pairwise(known)]
    usual = median(steps)
    missing = [p for p in points if p.value is None]
    found = []
    for before, after in pairwise(known):
        inside = [p for p in missing if before.t_ms < p.t_ms < after.t_ms]
        if inside or after.t_ms - before.t_ms > usual * GAP_STEPS:
            note = next((p.note for p in inside if p.note is not None), None)
            found.append(Gap(before.t_ms, after.t_ms, note))
    return tuple(found)


def point_words(points: Sequence[ChartPoint], t_ms: int) -> Text:
    """When a point was, as finely as the points lie: a year, a month, a day or a time of day."""
    steps = [b.t_ms - a.t_ms for a, b in pairwise(points)] or [DAY_MS]
    usual, at = median(steps), local_time(t_ms)
    if usual > 300 * DAY_MS:
        return Text(f"{at.year}년", f"{at.year}")
    if usual > 25 * DAY_MS:
        return Text(f"{at.year}년 {at.month}월", f"{at:%b} {at.year}")
    if usual >= DAY_MS:
        return date_words(t_ms)
    clock = clock_words(t_ms)
    return Text(f"{at.month}월 {at.day}일 {clock}", f"{at.day} {at:%b} {clock}")


def runs(points: Sequence[ChartPoint]) -> tuple[tuple[ChartPoint, ...], ...]:
    """The line cut at its gaps: a gap is never bridged."""
    cuts = {gap.start_ms for gap in gaps(points)}
    found: list[list[ChartPoint]] = [[]]
    for point in points:
        if point.value is not None:
            found[-1].append(point)
            if point.t_ms in cuts:
                found.append([])
    return tuple(tuple(run) for run in found if run)


def apart_ms(model: LineChartModel) -> float:
    """How far apart the points of the line in focus lie on the mean; 0 with fewer than two."""
    focus = next((series for series in model.series if series.focus), None)
    known = [p.t_ms for p in focus.points if p.value is not None] if focus is not None else []
    return (known[-1] - known[0]) / (len(known) - 1) if len(known) > 1 else 0.0


def time_ticks(
    start_ms: int, end_ms: int, most: int, apart_ms: float = 0.0
) -> tuple[tuple[int, Text], ...]:
    """At most `most` ticks at round local times with their words (년, 월, 일 or 시), not much finer
    than points that lie so far apart: between two years there are no months to be read."""
    start, end = local_time(start_ms), local_time(end_ms)
    least = timedelta(milliseconds=apart_ms * FINEST)
    for hours in (1, 3, 6, 12):
        if timedelta(hours=hours) >= least and (end - start) / timedelta(hours=hours) <= most:
            return _hour_ticks(start, end, hours)
    for days in (1, 2, 7, 14):
        if timedelta(days=days) >= least and (end - start).days / days <= most:
            return _day_ticks(start, end, days)
    months = (end.year - start.year) * 12 + end.month - start.month
    for step in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200):
        if timedelta(days=MONTH_DAYS * step) >= least and months / step <= most:
            break
    return _month_ticks(start, end, step)


def _tick(at: datetime, ko: str, en: str) -> tuple[int, Text]:
    return int(at.timestamp() * 1000), Text(ko, en)


def _hour_ticks(start: datetime, end: datetime, hours: int) -> tuple[tuple[int, Text], ...]:
    at = start.replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    while at <= end:
        if at >= start:
            day = at.hour == 0
            ko = f"{at.month}월 {at.day}일" if day else f"{at.hour}시"
            found.append(_tick(at, ko, f"{at:%d %b}" if day else f"{at:%H:%M}"))
        at += timedelta(hours=hours)
    return tuple(found)


def _day_ticks(start: datetime, end: datetime, days: int) -> tuple[tuple[int, Text], ...]:
    at = start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    found = []
    while at <= end:
        found.append(_tick(at, f"{at.month}월 {at.day}일", f"{at:%d %b}"))
        at += timedelta(days=days)
    return tuple(found)


def _month_ticks(start: datetime, end: datetime, step: int) -> tuple[tuple[int, Text], ...]:
    found = []
    years = max(1, step // 12)
    for year in range(start.year, end.year + 1):
        for month in range(1, 13, min(step, 12)):
            at = start.replace(
                year=year, month=month, day=1, hour=0, minute=0, second=0, microsecond=0
            )
            if start <= at <= end and year % years == 0:
                whole = month == 1
                ko = f"{year}년" if whole else f"{month}월"
                found.append(_tick(at, ko, f"{at:%Y}" if whole else f"{at:%b}"))
    return tuple(found)
