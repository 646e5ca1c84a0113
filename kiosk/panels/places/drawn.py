"""The map of places: counted by district, dots in one, or its neighbourhoods shaded. No Qt."""

from collections.abc import Sequence

import msgspec

from kiosk.core.state import ViewState
from kiosk.panels.districts import borders
from kiosk.panels.outline.model import NOTHING
from kiosk.panels.places.kinds.kind import PlaceKind, Told
from kiosk.panels.places.rows import PlacesData
from kiosk.panels.places.told import Pair, area_of, press_of
from kiosk.ui.charts.map_model import (
    NEUTRAL,
    RAMP,
    DistrictFill,
    MapDot,
    MapGrade,
    MapModel,
)


def map_of(
    told: Sequence[Pair], opened: Pair | None, data: PlacesData, kind: PlaceKind, state: ViewState
) -> MapModel | None:
    if data.geometry is None:
        return None
    inside = data.district is not None
    dots = () if kind.areas and inside else tuple(_dots(told, opened, kind))
    model = MapModel(
        geometry=data.geometry,
        fills=tuple(
            DistrictFill(d.code, 0, "" if inside or not data.counts else _count(data, d.code))
            for d in data.districts
        ),
        dots=dots,
        selected=data.district,
        simulated=data.simulated,
        district_command="district.select",
        scale_bar=False,
        zoom=state.map_zoom,
        x=state.map_x,
        y=state.map_y,
        view_command="map.view",
    )
    return _areas(model, told, data, state) if kind.areas and inside else model


def _count(data: PlacesData, district: str) -> str:
    count = data.counts.get(district, 0)
    return f"{count:,}" if count else ""


def _dots(told: Sequence[Pair], opened: Pair | None, kind: PlaceKind) -> list[MapDot]:
    return [
        MapDot(
            id=row.id,
            lon=row.lon,
            lat=row.lat,
            shape=one.shape,
            chosen=opened is not None and row.id == opened[0].id,
            press=press_of(row) if kind.opens else None,
        )
        for row, one in told
        if row.lon is not None and row.lat is not None
    ]


SHADES = {"faint": 0, "ring": 1, "full": 2}


def _areas(model: MapModel, told: Sequence[Pair], data: PlacesData, state: ViewState) -> MapModel:
    """The district opened: each neighbourhood in the shade and with the word of its own place."""
    by_area = {area_of(row): one for row, one in told}
    areas = tuple(n for n in data.neighbourhoods if n.district == data.district)
    grades = tuple(MapGrade(NOTHING, RAMP[n]) for n in range(len(SHADES)))
    around = len(grades)
    return msgspec.structs.replace(
        model,
        grades=(*grades, MapGrade(NOTHING, NEUTRAL)),
        fills=tuple(DistrictFill(d.code, around) for d in data.districts),
        opened=data.district,
        part_fills=tuple(
            DistrictFill(
                area.code, _shade(by_area.get(area.code)), _word(by_area.get(area.code), state)
            )
            for area in areas
        ),
        part=state.place.neighbourhood,
        part_command="neighbourhood.select",
        caption=borders(areas),
    )


def _shade(one: Told | None) -> int | None:
    return SHADES[one.shape] if one is not None else None


def _word(one: Told | None, state: ViewState) -> str:
    if one is None:
        return ""
    return one.words.ko if state.language == "ko" else one.words.en
