"""Observations of a source as figures of the wall's indicators, by the declared feeds."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kiosk.backend.connectors import normal
from kiosk.backend.pull.declaration import Feed
from kiosk.backend.pull.times import epoch_ms
from kiosk.wire.city import CITY_AREA, Indicator, Observation
from kiosk.wire.text import Text

COUNTED = frozenset(("good", "over_capacity", "provisional"))
AHEAD_MS = 3_600_000  # a report from further in the future than clocks differ is none
MAINTENANCE = Text("점검 중", "under maintenance")

DistrictOf = Callable[[normal.Observation], str]


@dataclass(frozen=True, slots=True)
class _Report:
    area: str
    t_ms: int
    value: float | None
    provisional: bool


def figures(
    feed: Feed,
    indicator: Indicator,
    items: Iterable[normal.Item],
    district_of: DistrictOf,
    now_ms: int,
    *,
    complete: bool,
) -> list[Observation]:
    """Figures that one answer gives an indicator: of districts, then of the city.

    An incomplete answer makes no sums. A station under maintenance gives its district a figure
    without value; a value that is missing, suspect or stale gives none, so that the last good one
    stays.
    """
    if feed.combine == "sum" and not complete:
        return []
    reports = list(_reports(feed, items, district_of, now_ms))
    if not reports:
        return []
    newest_ms = max(report.t_ms for report in reports)
    reports = [r for r in reports if newest_ms - r.t_ms <= feed.within_s * 1000]
    rows = []
    if not feed.at and indicator.areas == "districts":
        for area in sorted({report.area for report in reports if report.area}):
            inside = [report for report in reports if report.area == area]
            rows.append(_figure(feed, indicator, area, newest_ms, inside))
    told = [report for report in reports if report.value is not None]
    if len(told) >= feed.least:
        rows.append(_figure(feed, indicator, CITY_AREA, newest_ms, told))
    return rows


def _reports(
    feed: Feed, items: Iterable[normal.Item], district_of: DistrictOf, now_ms: int
) -> Iterable[_Report]:
    for item in items:
        if not isinstance(item, normal.Observation) or not _fits(feed, item):
            continue
        t_ms = epoch_ms(item.time)
        area = district_of(item)
        if t_ms is None or t_ms > now_ms + AHEAD_MS or not (area or feed.at):
            continue
        if item.quality == "maintenance":
            yield _Report(area, t_ms, None, provisional=False)
        elif item.quality in COUNTED and isinstance(item.value, int | float):
            value = item.value if feed.floor is None else max(item.value, feed.floor)
            yield _Report(area, t_ms, value, item.quality == "provisional")


def _fits(feed: Feed, item: normal.Observation) -> bool:
    whole = item.sex == "all" and item.age == "all" and item.issued is None
    return whole and item.kind == feed.kind and feed.at in ("", item.place)


def _figure(
    feed: Feed, indicator: Indicator, area: str, t_ms: int, reports: list[_Report]
) -> Observation:
    values = [report.value for report in reports if report.value is not None]
    value = None
    if values:
        total = math.fsum(values)
        value = total if feed.combine == "sum" else total / len(values)
        value = round(value, indicator.decimals)
    return Observation(
        indicator=indicator.id,
        area=area,
        t_ms=t_ms,
        value=value,
        simulated=False,
        provisional=any(report.provisional for report in reports),
        note=None if values else MAINTENANCE,
    )
