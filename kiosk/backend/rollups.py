"""Figures of hours, days, months, quarters and years, made of those of shorter periods.

What has changed is found by revisions, so a late correction is worked in like any news, as long as
all the parts of its period are still kept. A figure that a source told is never replaced.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from kiosk.backend.figures import Entry, Part
from kiosk.backend.spans import LEAST_S, parts_in, span
from kiosk.backend.store import OBSERVATIONS, Store
from kiosk.wire.city import (
    CITY_AREA,
    Indicator,
    Observation,
    Period,
    Rollup,
    figure_key,
    kept_s,
)
from kiosk.wire.series import PROVISIONAL, ROLLUP_SHIFT, SIMULATED, SeriesKey
from kiosk.wire.text import Text

META = "rolled up to"
PAGE = 2000
CITY_CADENCE_S, DISTRICT_CADENCE_S = 600, 3600  # how often figures of a moment are kept
CHAIN: tuple[Period, ...] = ("hour", "day", "month")
ON_MONTHS: tuple[Period, ...] = ("quarter", "year")
Bucket = tuple[SeriesKey, int]


class Level(msgspec.Struct, frozen=True):
    """Figures of `period` are made of those of `parts`; a part comes every `cadence_s`."""

    period: Period
    parts: Period
    cadence_s: int


def levels(indicator: Indicator, area: str) -> tuple[Level, ...]:
    """What is made of an indicator's figures for an area. Nothing is made for a period that is no
    longer than the source's own."""
    if not indicator.rollup:
        return ()
    kept = CITY_CADENCE_S if area == CITY_AREA else DISTRICT_CADENCE_S
    cadence_s = max(indicator.period_s, kept)
    made: list[Level] = []
    parts: Period = ""
    for period in CHAIN:
        if LEAST_S[period] > cadence_s:
            made.append(Level(period, parts, cadence_s))
            parts, cadence_s = period, LEAST_S[period]
    for period in ON_MONTHS:
        if LEAST_S[period] > cadence_s and parts in ("", "month"):
            made.append(Level(period, parts, cadence_s))
    return tuple(made)


def combine(rule: Rollup, period: Period, parts: Sequence[Part]) -> tuple[float, float] | None:
    """Value and weight of a period's figure; None when no part has a value.

    `sum` adds, `mean` is weighted by how many figures a part was made of, `last` is the newest,
    `daily` (a count since midnight) is the newest of the day and adds the days up, `weighted` is
    the mean of rates by what they are rates of, and leaves out what has no weight.
    """
    known = [(part.value, part.weight) for part in parts if part.value is not None]
    if rule == "weighted":
        known = [(value, weight) for value, weight in known if weight]
    if not known:
        return None
    weights = [1.0 if weight is None else weight for _, weight in known]
    total = math.fsum(weights)
    if rule == "daily":
        rule = "last" if period in ("hour", "day") else "sum"
    if rule == "sum":
        return math.fsum(value for value, _ in known), total
    if rule == "last":
        return known[-1][0], total
    products = (value * weight for (value, _), weight in zip(known, weights, strict=True))
    return math.fsum(products) / total, total


class Rollups:
    """Works in slices. `indicators` by id; `weights`: indicator -> the one that weighs it."""

    def __init__(
        self,
        store: Store,
        indicators: Callable[[], Mapping[str, Indicator]],
        weights: Mapping[str, str],
    ) -> None:
        self._store = store
        self._indicators = indicators
        self._weights = weights
        self._open: dict[Bucket, int] = {}
        self._started = False

    def work(self, now_ms: int) -> bool:
        """Makes what a page of changes asks for, and closes periods that are over; whether there
        is more to do."""
        if not self._started:
            self._open = dict(self._left_open(now_ms))
            self._started = True
        since = int(self._store.meta(META) or 0)
        touched = self._store.touched_figures(since, PAGE)
        buckets = dict.fromkeys(b for _, key, t_ms in touched for b in self._above(key, t_ms))
        buckets |= dict.fromkeys(b for b, end_ms in self._open.items() if end_ms <= now_ms)
        self._make(list(buckets), now_ms)
        if touched:
            self._store.set_meta(META, str(touched[-1][0]))
        return len(touched) == PAGE

    def _above(self, key: SeriesKey, t_ms: int) -> Iterable[Bucket]:
        """Periods that a figure is a part of."""
        indicator = self._indicators().get(key[0])
        for level in levels(indicator, key[4]) if indicator is not None else ():
            if level.parts == key[1]:
                yield (key[0], level.period, *key[2:]), span(level.period, t_ms)[0]

    def _left_open(self, now_ms: int) -> Iterable[tuple[Bucket, int]]:
        """Periods that were not over when an earlier run made their figures."""
        for period in (*CHAIN, *ON_MONTHS):
            before_ms = span(period, span(period, now_ms)[0] - 1)[0]
            for key, t_ms in self._store.provisional(period, before_ms):
                yield (key, t_ms), span(period, t_ms)[1]

    def _make(self, buckets: Sequence[Bucket], now_ms: int) -> None:
        for bucket in buckets:
            self._open.pop(bucket, None)
        asked = [(b, level) for b in buckets if (level := self._level(b, now_ms)) is not None]
        before = self._store.parts([(key, start_ms, start_ms + 1) for (key, start_ms), _ in asked])
        parts = self._store.parts([_wanted(bucket, level) for bucket, level in asked])
        made: list[Entry] = []
        gone: list[str] = []
        for (bucket, level), stored, of in zip(asked, before, parts, strict=True):
            if stored and not stored[0].flags >> ROLLUP_SHIFT:
                continue  # a source told it
            entry = self._entry(bucket, level, of, now_ms)
            if entry is not None:
                made.append(entry)
            elif stored:
                gone.append(figure_key(_row(bucket)))
        self._store.write_rollups(made)
        if gone:
            self._store.delete(OBSERVATIONS, gone)

    def _level(self, bucket: Bucket, now_ms: int) -> Level | None:
        """How a figure is made; None when parts of it may have been dropped for their age."""
        (name, period, *_, area), start_ms = bucket
        indicator = self._indicators().get(name)
        if indicator is None:
            return None
        level = next((x for x in levels(indicator, area) if x.period == period), None)
        if level is None:
            return None
        kept = kept_s(indicator).get(level.parts)
        return level if kept is None or start_ms >= now_ms - kept * 1000 else None

    def _entry(
        self, bucket: Bucket, level: Level, parts: Sequence[Part], now_ms: int
    ) -> Entry | None:
        key, start_ms = bucket
        rule = self._indicators()[key[0]].rollup
        end_ms = span(level.period, start_ms)[1]
        if rule == "weighted" and not level.parts:
            parts = self._weighed(_wanted(bucket, level)[0], parts)
        found = combine(rule, level.period, parts)
        if found is None:
            return None
        over = end_ms <= now_ms
        if not over:
            self._open[bucket] = end_ms
        row = msgspec.structs.replace(
            _row(bucket),
            value=found[0],
            simulated=any(part.flags & SIMULATED for part in parts),
            provisional=not over or any(part.flags & PROVISIONAL for part in parts),
            note=_missing(level, start_ms, parts) if over and rule != "last" else None,
            rollup=rule,
        )
        return row, found[1]

    def _weighed(self, key: SeriesKey, parts: Sequence[Part]) -> list[Part]:
        """Rates with the newest figure of what they are rates of; without one they don't count."""
        by = self._weights.get(key[0], "")
        year_ms = 366 * 86_400_000
        asked = [((by, *key[1:]), part.t_ms - year_ms, part.t_ms + 1) for part in parts]
        found = self._store.parts(asked)
        return [
            msgspec.structs.replace(part, weight=known[-1].value if known else None)
            for part, known in zip(parts, found, strict=True)
        ]


def _wanted(bucket: Bucket, level: Level) -> tuple[SeriesKey, int, int]:
    """The series of a period's parts, from when, until when."""
    key, start_ms = bucket
    return (key[0], level.parts, *key[2:]), start_ms, span(level.period, start_ms)[1]


def _row(bucket: Bucket) -> Observation:
    (indicator, period, sex, age, area), t_ms = bucket
    return msgspec.convert(
        {
            "table": OBSERVATIONS,
            "indicator": indicator,
            "area": area,
            "t_ms": t_ms,
            "value": None,
            "simulated": False,
            "period": period,
            "sex": sex,
            "age": age,
        },
        Observation,
    )


def _missing(level: Level, start_ms: int, parts: Sequence[Part]) -> Text | None:
    """What is said of a period that is over when some of its parts never came."""
    if level.parts:
        expected = parts_in(level.period, level.parts, start_ms)
    else:
        start, end = span(level.period, start_ms)
        expected = max(1, (end - start) // (level.cadence_s * 1000))
    slots = {part.t_ms // (level.cadence_s * 1000) for part in parts if part.value is not None}
    come = min(len(slots), expected)
    if come == expected:
        return None
    return Text(f"{expected}개 가운데 {come}개로 계산", f"made of {come} of {expected} figures")
