"""One indicator over the districts: what map, legend and ranking are made from. No Qt."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec

from kiosk.cache.freshness import Freshness, freshness
from kiosk.pack import here
from kiosk.panels.classes import ClassEntry, Classes, by_change, by_value, extremes, legend
from kiosk.panels.figures import moment_words, number, period_words, published, signed
from kiosk.ui.ages import aged, dated
from kiosk.ui.charts.map_model import MapGeometry, map_geometry
from kiosk.wire.city import (
    CITY_AREA,
    District,
    Indicator,
    Neighbourhood,
    Observation,
    Source,
)
from kiosk.wire.text import Text

NOTHING = Text("", "")


class DistrictFigures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An indicator's newest figure of each district and of the city (`CITY_AREA`).

    `first` are the oldest ones of published figures, for the change since then.
    """

    indicator: Indicator
    source: Source | None
    latest: dict[str, Observation]
    first: dict[str, Observation]


class Shapes:
    """Remembers the map's shapes: they take 100 ms to lay out, hardly ever change, and are the same
    for all panels."""

    _known: ClassVar[dict[bool, tuple[object, MapGeometry | None]]] = {}

    def of(
        self, districts: tuple[District, ...], parts: tuple[Neighbourhood, ...] = ()
    ) -> MapGeometry | None:
        """The shapes, or None before the districts have arrived."""
        asked = (districts, parts)
        known = self._known.get(bool(parts))
        if known is None or known[0] != asked:
            known = self._known[bool(parts)] = (asked, _geometry(districts, parts))
        return known[1]


def _geometry(
    districts: tuple[District, ...], parts: tuple[Neighbourhood, ...]
) -> MapGeometry | None:
    if not any(d.boundary for d in districts):
        return None
    return map_geometry(
        ((d.code, d.name, d.boundary) for d in districts),
        (((n.code, n.name, n.boundary), (n.lon, n.lat)) for n in parts),
    )


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the figures say: classes and legend, the city's figure, how old and whose they are.

    A published figure tells its period in place of its age. With `change`
    the classes are of the change in per cent since the first published figure.
    """

    title: Text
    period: Text
    value: str
    unit: Text
    detail: Text
    classes: Classes
    legend: tuple[ClassEntry, ...]
    source: Text
    kind: Text
    simulated: bool
    change: bool
    t_ms: int | None
    quality: Freshness


def read(
    figures: DistrictFigures, districts: Sequence[District | Neighbourhood], now_ms: int
) -> Reading:
    """The reading of one indicator's figures of districts, or of the neighbourhoods of one."""
    names = {district.code: district.name for district in districts}
    city = figures.latest.get(CITY_AREA)
    simulated = any(row.simulated for row in figures.latest.values())
    changes = change_of(figures) if figures.first else {}
    change = len(changes) > 1
    if change:
        inside = {code: value for code, value in changes.items() if code in names}
        classes = by_change(inside, list(names), extremes(inside))
        value, unit, detail = _city_change(figures, changes)
    else:
        inside = values_of(figures, names)
        classes = by_value(inside, list(names), figures.indicator.decimals, extremes(inside))
        value, unit, detail = _city_value(figures, inside, names)
    t_ms = city.t_ms if city else max((r.t_ms for r in figures.latest.values()), default=None)
    true_ms = max((r.true_ms for r in figures.latest.values() if r.t_ms == t_ms), default=None)
    quality = freshness(true_ms, figures.indicator.period_s, now_ms)
    title = figures.indicator.title
    return Reading(
        title=Text(f"{title.ko} 변화", f"{title.en}, change") if change else title,
        period=dated(_period(figures, t_ms, change), quality),
        value=value,
        unit=unit,
        detail=detail,
        classes=classes,
        legend=legend(classes, names, strongest_first=not change),
        source=figures.source.name if figures.source else NOTHING,
        kind=Text("모의 자료", "simulated data") if simulated else Text("실제 자료", "real data"),
        simulated=simulated,
        change=change,
        t_ms=None if published(figures.indicator) else t_ms,
        quality=quality,
    )


def age_of(reading: Reading, now_ms: int | None) -> Text:
    """How old the figures are, or which period a published one is of."""
    if reading.t_ms is None:
        return reading.period
    return aged(reading.t_ms, now_ms, reading.quality)


def caption_of(reading: Reading) -> tuple[Text, ...]:
    """What stands at the map: whose figures they are, and that they are real; of simulated ones
    the map's own mark says so."""
    return (reading.source,) if reading.simulated else (reading.kind, reading.source)


def values_of(figures: DistrictFigures, names: Mapping[str, Text]) -> dict[str, float]:
    """District -> value, of those that have one."""
    return {
        code: row.value
        for code, row in figures.latest.items()
        if code in names and row.value is not None
    }


def change_of(figures: DistrictFigures) -> dict[str, float]:
    """Area -> change in per cent since the first published figure."""
    changes = {}
    for area, first in figures.first.items():
        last = figures.latest.get(area)
        if last and last.value is not None and first.value and first.t_ms < last.t_ms:
            changes[area] = 100 * (last.value - first.value) / first.value
    return changes


def _city_change(figures: DistrictFigures, changes: Mapping[str, float]) -> tuple[str, Text, Text]:
    last, first = figures.latest.get(CITY_AREA), figures.first.get(CITY_AREA)
    if CITY_AREA not in changes or not last or not first:
        return "", NOTHING, NOTHING
    assert last.value is not None
    assert first.value is not None
    unit, decimals = figures.indicator.unit, figures.indicator.decimals
    now, moved = number(last.value, decimals), last.value - first.value
    by = number(abs(moved), decimals)
    way = Text("감소", "fewer") if moved < 0 else Text("증가", "more")
    return (
        signed(changes[CITY_AREA], 1),
        Text("%", "%"),
        Text(f"{now}{unit.ko}, {by}{unit.ko} {way.ko}", f"{now} {unit.en}, {by} {way.en}"),
    )


def _city_value(
    figures: DistrictFigures, inside: Mapping[str, float], names: Mapping[str, Text]
) -> tuple[str, Text, Text]:
    city, decimals = figures.latest.get(CITY_AREA), figures.indicator.decimals
    value = number(city.value, decimals) if city and city.value is not None else ""
    if not inside:
        return value, figures.indicator.unit, NOTHING
    low, high = min(inside, key=lambda c: inside[c]), max(inside, key=lambda c: inside[c])
    lowest, highest = number(inside[low], decimals), number(inside[high], decimals)
    return (
        value,
        figures.indicator.unit,
        Text(
            f"{names[low].ko} {lowest} ~ {names[high].ko} {highest}",
            f"{names[low].en} {lowest} to {names[high].en} {highest}",
        ),
    )


def _period(figures: DistrictFigures, t_ms: int | None, change: bool) -> Text:
    indicator = figures.indicator
    if t_ms is None:
        return NOTHING
    if change:
        first = figures.first.get(CITY_AREA) or next(iter(figures.first.values()))
        start, end = period_words(indicator, first.t_ms), period_words(indicator, t_ms)
        return Text(f"{start.ko} → {end.ko}", f"{start.en} → {end.en}")
    return moment_words(indicator, t_ms)


def callout(figures: DistrictFigures, district: District | None, count: int) -> tuple[Text, ...]:
    """The selected district in three lines: name, figure, place among all or change."""
    if district is None:
        return ()
    row = figures.latest.get(district.code)
    if row is None or row.value is None:
        note = row.note if row and row.note else Text("자료 없음", "no data")
        return (district.name, note)
    unit, decimals = figures.indicator.unit, figures.indicator.decimals
    value = number(row.value, decimals)
    lines = [district.name, Text(f"{value}{closed(unit.ko)}", f"{value} {unit.en}")]
    first = figures.first.get(district.code)
    if first and first.value is not None and first.t_ms < row.t_ms:
        moved = signed(row.value - first.value, decimals)
        then = period_words(figures.indicator, first.t_ms)
        lines.append(Text(f"{then.ko}보다 {moved}", f"{moved} since {then.en}"))
    else:
        ahead = [
            other
            for code, other in figures.latest.items()
            if code != CITY_AREA and other.value is not None and other.value > row.value
        ]
        place = len(ahead) + 1
        lines.append(
            Text(f"{count}곳 가운데 {place}번째로 높음", f"{place} of {count} from the top")
        )
    return tuple(lines)


def part_callout(
    part: Neighbourhood, figures: DistrictFigures | None, indicator: Indicator
) -> tuple[Text, ...]:
    """The selected neighbourhood: its name, and its figure or that it has none of its own."""
    row = figures.latest.get(part.code) if figures is not None else None
    if row is not None and row.value is not None:
        value, unit = number(row.value, indicator.decimals), indicator.unit
        return part.name, Text(f"{value}{closed(unit.ko)}", f"{value} {unit.en}")
    title, parts = indicator.title, here().parts.name
    inner = (here().inner or here().parts).name
    return (
        part.name,
        Text(f"{inner.ko}별 값 없음", f"no figure by {inner.en}"),
        Text(f"{title.ko}: {parts.ko} 값까지 있음", f"{title.en}: by {parts.en} only"),
    )


def guessed(districts: Sequence[District]) -> tuple[Text, ...]:
    """That nobody knows the borders of what the city is made of, where that is so."""
    if not any(district.approximate for district in districts):
        return ()
    parts = here().parts
    return (Text(f"{parts.name.ko}: 어림 경계", f"approximate borders of {parts.many.en}"),)


def borders(parts: Sequence[Neighbourhood]) -> tuple[Text, ...]:
    """Whose the borders of neighbourhoods are, where some are shown."""
    if not parts:
        return ()
    origin, inner = parts[0].origin, (here().inner or here().parts).name
    if not origin:
        return (Text(f"{inner.ko}: 어림 경계", "approximate borders inside"),)
    return (Text(f"{inner.ko} 경계: {origin}", f"borders inside: {origin}"),)


def closed(unit: str) -> str:
    """Korean counters close up with the figure, symbols of units do not."""
    return unit if unit and (unit == "%" or ord(unit[0]) >= 0xAC00) else f" {unit}"
