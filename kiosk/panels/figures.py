"""Figures as people read them: grouped thousands, true minus, the date they are of. No Qt."""

import itertools
from collections.abc import Sequence

import msgspec

from kiosk.cache.freshness import Freshness, freshness
from kiosk.pack.clock import local_time, midnight_ms
from kiosk.ui.ages import dated
from kiosk.ui.times import clock_words
from kiosk.wire.city import Indicator, Observation, Severity, Threshold
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text

NOTHING = Text("", "")
NO_FIGURE = Text("자료 없음", "No data")
Line = Sequence[Observation | SparkPoint]
DAY_S = 86_400
BIN_MS = 15 * 60_000
DAY_BINS = 96
SEVERITY_RANK: dict[Severity, int] = {"critical": 4, "warning": 3, "caution": 2, "notice": 1}


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure ready to be shown. `as_of` stands in place of an age for published figures."""

    indicator: str
    title: Text
    value: str
    unit: Text
    t_ms: int | None
    quality: Freshness
    simulated: bool = False
    provisional: bool = False
    as_of: Text | None = None
    severity: Severity | None = None
    key: Text = NOTHING
    reason: Text = NOTHING
    trend: tuple[float | None, ...] = ()
    slots: int = 0
    threshold: float | None = None


def number(value: float, decimals: int = 0) -> str:
    """1284.0 as "1,284"; a true minus; never "-0"."""
    words = f"{value:,.{decimals}f}"
    if not any(c in "123456789" for c in words):
        words = words.lstrip("-")
    return words.replace("-", "−")


def signed(value: float, decimals: int = 0) -> str:
    """The same with its sign, "+10.0"."""
    words = number(value, decimals)
    return words if words.startswith("−") or value == 0 else f"+{words}"


def crossed(indicator: Indicator, value: float | None) -> Threshold | None:
    """The gravest threshold that the value has reached, on the indicator's alarm side."""
    if value is None:
        return None
    above = indicator.alarm == "above"
    reached = [t for t in indicator.thresholds if (value >= t.value if above else value <= t.value)]
    return max(reached, key=lambda t: SEVERITY_RANK[t.severity], default=None)


def published(indicator: Indicator) -> bool:
    """Whether the figure is of a period (a quarter, a year) rather than of a moment."""
    return indicator.period_s > 7 * DAY_S


def period_words(indicator: Indicator, t_ms: int) -> Text:
    """What a published figure is of: "2024년", "2025년 6월"."""
    day = local_time(t_ms)
    if indicator.period_s > 200 * DAY_S:
        return Text(f"{day.year}년", f"{day.year}")
    return Text(f"{day.year}년 {day.month}월", f"{day:%b} {day.year}")


def moment_words(indicator: Indicator, t_ms: int) -> Text:
    """When a figure was true: a time of day, or the period of a published one."""
    if published(indicator):
        return period_words(indicator, t_ms)
    at = clock_words(t_ms)
    return Text(at, at)


def figure(
    indicator: Indicator,
    latest: Observation | None,
    series: Line,
    now_ms: int,
) -> Figure:
    """The newest figure of an indicator with its age, its day and what its line means."""
    known = latest is not None and latest.value is not None
    quality = freshness(latest.true_ms if latest else None, indicator.period_s, now_ms)
    reached = crossed(indicator, latest.value if latest else None)
    trend, slots = day_trend(series, now_ms) if not published(indicator) else (past(series), 0)
    line = next(iter(indicator.thresholds), None)
    return Figure(
        indicator=indicator.id,
        title=indicator.title,
        value=number(latest.value, indicator.decimals)
        if latest and latest.value is not None
        else "",
        unit=indicator.unit,
        t_ms=latest.t_ms if latest else None,
        quality=quality if known else "absent",
        simulated=latest.simulated if latest else False,
        provisional=latest.provisional if latest else False,
        as_of=dated(period_words(indicator, latest.t_ms), quality)
        if latest and published(indicator)
        else None,
        severity=reached.severity if reached else None,
        key=_key(indicator, series, reached),
        reason=(latest.note if latest and latest.note else NO_FIGURE) if not known else NOTHING,
        trend=trend,
        slots=slots,
        threshold=line.value if line and near(line.value, trend) else None,
    )


def near(threshold: float, trend: tuple[float | None, ...]) -> bool:
    """Whether a threshold can be drawn without flattening the line to nothing."""
    known = [value for value in trend if value is not None]
    if not known:
        return False
    span = max(known) - min(known)
    low, high = min(known) - 3 * span, max(known) + 3 * span
    return low <= threshold <= high


def _key(indicator: Indicator, series: Line, reached: Threshold | None) -> Text:
    """One line that explains the line above it."""
    if reached is not None:
        at = number(reached.value, indicator.decimals)
        return Text(
            f"{_called(reached)}, 기준 {at} {indicator.unit.ko}",
            f"{reached.label.en}, from {at} {indicator.unit.en}",
        )
    if published(indicator):
        return _since(indicator, series)
    line = next(iter(indicator.thresholds), None)
    if line is None:
        return Text("오늘 0시부터", "since midnight") if resets(series) else _DAY
    at = number(line.value, indicator.decimals)
    return Text(f"{_called(line)} 기준 {at}", f"{line.label.en} from {at}")


def _called(threshold: Threshold) -> str:
    """Its Korean name, without the word "limit" that some end in and that follows here anyhow."""
    return threshold.label.ko.removesuffix(" 기준")


_DAY = Text("지난 24시간", "last 24 hours")


def _since(indicator: Indicator, series: Line) -> Text:
    """How far it is from its first figure: in per cent, shares in percentage points."""
    known = [row for row in series if row.value is not None]
    if len(known) < 2 or not known[0].value:
        return NOTHING
    first, last = known[0], known[-1]
    assert first.value is not None
    assert last.value is not None
    moved = last.value - first.value
    then = period_words(indicator, first.t_ms)
    if indicator.unit.en == "%":
        points = signed(moved, max(1, indicator.decimals))
        return Text(f"{then.ko}보다 {points}%p", f"{points} points since {then.en}")
    change = signed(100 * moved / first.value, 1)
    return Text(f"{then.ko}보다 {change}%", f"{change}% since {then.en}")


def past(series: Line) -> tuple[float | None, ...]:
    return tuple(row.value for row in series)


def resets(series: Line) -> bool:
    """Whether the figure is a count of the day: it never falls but at midnight."""
    known = [row for row in series if row.value is not None]
    falls = [
        after
        for before, after in itertools.pairwise(known)
        if (after.value or 0.0) < (before.value or 0.0)
    ]
    return bool(falls) and all(row.t_ms - midnight_ms(row.t_ms) < 3_600_000 for row in falls)


def day_trend(series: Line, now_ms: int) -> tuple[tuple[float | None, ...], int]:
    """The day in quarters of an hour (None: nothing came), and how many places a day has.

    A count of the day starts at midnight; anything else shows the last 24 hours.
    """
    whole_day = resets(series)
    next_bin = (now_ms // BIN_MS + 1) * BIN_MS  # whole quarters: the line moves on every 15 min
    start = midnight_ms(now_ms) if whole_day else next_bin - DAY_S * 1000
    bins: list[float | None] = [None] * DAY_BINS
    for row in series:
        place = (row.t_ms - start) // BIN_MS
        if 0 <= place < DAY_BINS and row.value is not None:
            bins[place] = row.value
    filled = [place for place, value in enumerate(bins) if value is not None]
    if not filled:
        return (), 0
    bridged = _bridge(bins[: filled[-1] + 1])
    return (bridged, DAY_BINS) if whole_day else (bridged[filled[0] :], DAY_BINS - filled[0])


def _bridge(bins: list[float | None], most: int = 4) -> tuple[float | None, ...]:
    """Fills places between two values an hour apart or less: the source speaks less often."""
    filled = [place for place, value in enumerate(bins) if value is not None]
    out = list(bins)
    for before, after in itertools.pairwise(filled):
        low, high = bins[before], bins[after]
        if 1 < after - before <= most and low is not None and high is not None:
            for place in range(before + 1, after):
                share = (place - before) / (after - before)
                out[place] = low + (high - low) * share
    return tuple(out)
