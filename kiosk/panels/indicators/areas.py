"""An indicator by area: the districts of the city, or the neighbourhoods of one. No Qt."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from kiosk.core.state import ZOOM_MAX, ViewState
from kiosk.pack import here
from kiosk.panels.districts import (
    DistrictFigures,
    Reading,
    borders,
    callout,
    closed,
    part_callout,
    values_of,
)
from kiosk.panels.figures import moment_words, number
from kiosk.ui.ages import dated
from kiosk.ui.charts.geometry import Point
from kiosk.ui.charts.map_model import (
    NEUTRAL,
    DistrictFill,
    MapGeometry,
    MapGrade,
    MapModel,
    Press,
    short_name,
)
from kiosk.ui.charts.ranking_model import RankedDistrict, RankingModel
from kiosk.wire.city import CITY_AREA, District, Neighbourhood
from kiosk.wire.text import Text

NOTHING = Text("", "")
FILLED = 0.86
"""Share of the map that an opened district fills."""


class Compared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The areas that are told apart, which of them is selected, and what a press on one selects.

    `whole` is what they are parts of.
    """

    figures: DistrictFigures
    members: Sequence[District | Neighbourhood]
    selected: str | None
    kind: Literal["district", "neighbourhood"]
    whole: Text

    @property
    def title(self) -> Text:
        parts = here().parts
        if self.kind == "district":
            return Text(f"{parts.many.ko} 순위", f"{parts.many.en.capitalize()} in order")
        inner = (here().inner or here().parts).many
        return Text(
            f"{self.whole.ko} {inner.ko} 순위", f"{inner.en.capitalize()} of {self.whole.en}"
        )

    @property
    def map_title(self) -> Text:
        parts = here().parts
        if self.kind == "district":
            return Text(f"{parts.many.ko} 지도", f"Map of the {parts.many.en}")
        return Text(f"{self.whole.ko} 지도", f"Map of {self.whole.en}")

    def remark(self, reading: Reading) -> Text:
        """What the whole has, when that was, and whether it is late."""
        figures = self.figures
        newest = max((r.t_ms for r in figures.latest.values()), default=None)
        when = moment_words(figures.indicator, newest) if newest is not None else NOTHING
        when = dated(when, reading.quality)
        whole = figures.latest.get(CITY_AREA)
        if whole is None or whole.value is None:
            return when
        value = number(whole.value, figures.indicator.decimals)
        return Text(f"{self.whole.ko} {value}, {when.ko}", f"{self.whole.en} {value}, {when.en}")

    def ranking(self) -> RankingModel:
        """Highest first, or lowest first where less is better; without a value last."""
        indicator = self.figures.indicator
        values = values_of(self.figures, {m.code: m.name for m in self.members})
        lower = indicator.better == "lower"
        order = sorted(values, key=lambda code: values[code], reverse=not lower)
        ranks = {code: rank for rank, code in enumerate(order, start=1)}
        known = sorted((m for m in self.members if m.code in ranks), key=lambda m: ranks[m.code])
        unknown = [m for m in self.members if m.code not in ranks]
        rows = tuple(
            self._row(member, ranks.get(member.code), values.get(member.code))
            for member in (*known, *unknown)
        )
        whole = self.figures.latest.get(CITY_AREA)
        mean = whole.value if whole is not None else None
        if mean is None or not values or not min(values.values()) <= mean <= max(values.values()):
            return RankingModel(rows)
        return RankingModel(rows, mean)

    def _row(
        self, member: District | Neighbourhood, rank: int | None, value: float | None
    ) -> RankedDistrict:
        printed = "—" if value is None else number(value, self.figures.indicator.decimals)
        return RankedDistrict(
            member.code,
            Text(member.name.ko, short_name(member.name).en),
            rank,
            value,
            printed,
            member.code == self.selected,
            Press(f"{self.kind}.select", {self.kind: member.code}),
        )


def area_map(
    geometry: MapGeometry,
    reading: Reading,
    figures: DistrictFigures,
    district: District | None,
    count: int,
) -> MapModel:
    """The districts by their figures."""
    return MapModel(
        geometry=geometry,
        grades=reading.classes.grades,
        fills=reading.classes.fills,
        selected=district.code if district else None,
        callout=callout(figures, district, count)[:2],
        simulated=reading.simulated,
        district_command="district.select",
        scale_bar=False,
    )


def opened(
    model: MapModel,
    reading: Reading,
    inside: DistrictFigures,
    district: District,
    parts: Sequence[Neighbourhood],
    state: ViewState,
) -> MapModel:
    """The same with the selected district opened: its neighbourhoods are told apart instead."""
    around = len(reading.classes.grades)
    part = next((n for n in parts if n.code == state.place.neighbourhood), None)
    value, unit = reading.value, reading.unit
    zoom, x, y = _seen(model.geometry, district.code, state)
    words: tuple[Text, ...] = (
        district.name,
        Text(f"{value}{closed(unit.ko)}", f"{value} {unit.en}"),
    )
    if part is not None:
        name = Text(part.name.ko, short_name(part.name).en)
        words = (name, *part_callout(part, inside, inside.indicator)[1:2])
    return msgspec.structs.replace(
        model,
        grades=(*reading.classes.grades, MapGrade(NOTHING, NEUTRAL)),
        fills=tuple(DistrictFill(fill.district, around) for fill in model.fills),
        opened=model.selected,
        part_fills=reading.classes.fills,
        part=part.code if part else None,
        part_command="neighbourhood.select",
        callout=words,
        caption=borders(parts),
        simulated=reading.simulated,
        zoom=zoom,
        x=x,
        y=y,
        view_command="map.view",
    )


def _seen(geometry: MapGeometry, district: str, state: ViewState) -> tuple[float, float, float]:
    """Zoom and middle of the map: the opened district fills it, until somebody goes closer."""
    whole = _box(p for shape in geometry.districts for ring in shape.rings for p in ring)
    own = next((s for s in geometry.districts if s.code == district), None)
    if own is None:
        return state.map_zoom, state.map_x, state.map_y
    left, top, wide, high = _box(p for ring in own.rings for p in ring)
    zoom = min(ZOOM_MAX, FILLED * min(whole[2] / wide, whole[3] / high))
    if state.map_zoom > zoom:
        return state.map_zoom, state.map_x, state.map_y
    across = (left + wide / 2 - whole[0]) / whole[2]
    return zoom, across, (top + high / 2 - whole[1]) / whole[3]


def _box(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """Left, top, width and height in metres; never empty."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(1.0, max(xs) - min(xs)), max(1.0, max(ys) - min(ys))
