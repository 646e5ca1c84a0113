"""What is drawn on the map besides its colours: places of some kinds; what is left out. No Qt."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.looks import EVERY_LAYER, MAP_PLACES, MapLook
from kiosk.panels.districts import DistrictFigures
from kiosk.panels.figures import crossed
from kiosk.panels.home.model import Choice
from kiosk.panels.places.kinds import KINDS
from kiosk.panels.places.known import best, made_up
from kiosk.ui.charts.map_model import (
    NEUTRAL,
    DistrictFill,
    DotShape,
    MapDot,
    MapGrade,
    MapModel,
    Press,
)
from kiosk.wire.city import Indicator, Place
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

KIND_OF: Mapping[str, str] = {
    "hospitals": "health.emergency_hospital",
    "fire_stations": "fire.station",
    "police": "safety.police_station",
    "events": "event",
    **{kind.word: kind.kind for kind in KINDS if kind.word in MAP_PLACES},
}
"""Layer -> kind of the places that it draws."""


SHAPES: tuple[tuple[DotShape, str], ...] = (("full", "●"), ("ring", "○"), ("faint", "◌"))
"""How the dots of the first, second and third layer look; further ones begin again."""
Layers = Mapping[str, tuple[Place, ...]]


def read_places(repositories: "Repositories", look: MapLook) -> Layers:
    """The places of all layers that are shown."""
    shown = (layer for layer in look.places if layer in KIND_OF)
    return {layer: best(repositories.places(KIND_OF[layer])) for layer in shown}


def layer_choices(look: MapLook) -> tuple[Choice, ...]:
    """Every layer; a press shows what is hidden and hides what is shown."""
    return tuple(
        Choice(
            Text(name.ko, name.en.capitalize()),
            Press("map.hide_layer" if look.shows(layer) else "map.show_layer", {"layer": layer}),
            look.shows(layer),
        )
        for layer, name in EVERY_LAYER.items()
    )


def turn_choices(look: MapLook, coloured_by: Indicator | None) -> tuple[Choice, ...]:
    """Only what is past a limit, where there is one; another figure; the map as it was."""
    found = []
    if coloured_by is not None and coloured_by.thresholds:
        past = Press("map.usual" if look.past else "map.past")
        found.append(Choice(Text("기준 넘은 곳", "Past limit"), past, look.past))
    found.append(Choice(Text("다음 지표", "Next figure"), Press("map.next_metric"), False))
    if look != MapLook():
        found.append(Choice(Text("처음대로", "As usual"), Press("map.usual"), False))
    return tuple(found)


def layered(model: MapModel, look: MapLook, places: Layers, figures: DistrictFigures) -> MapModel:
    """The map with what is asked for and without what is hidden."""
    if look.past:
        model = _past(model, figures)
    if "colours" in look.hidden:
        around = tuple(MapGrade(Text("", ""), NEUTRAL) for _ in model.grades)
        model = msgspec.structs.replace(model, grades=around)
    return msgspec.structs.replace(
        model,
        markers=() if "issues" in look.hidden else model.markers,
        labels="names" not in look.hidden,
        borders="borders" not in look.hidden,
        caption=(*model.caption, *(_caption(n, *layer) for n, layer in enumerate(places.items()))),
        dots=tuple(
            _dot(row, SHAPES[place % len(SHAPES)][0])
            for place, rows in enumerate(places.values())
            for row in rows
            if row.lon is not None and row.lat is not None
        ),
    )


def _caption(place: int, layer: str, rows: tuple[Place, ...]) -> Text:
    """What the dots are, how many, and that they are played where they are."""
    name, mark = MAP_PLACES[layer], SHAPES[place % len(SHAPES)][1]
    played = Text(", 모의", ", simulated") if any(map(made_up, rows)) else Text("", "")
    return Text(
        f"{mark} {name.ko} {len(rows)}곳{played.ko}", f"{mark} {len(rows)} {name.en}{played.en}"
    )


def _past(model: MapModel, figures: DistrictFigures) -> MapModel:
    """Only districts past a threshold keep their colour."""
    latest, indicator = figures.latest, figures.indicator
    past = {code for code, row in latest.items() if crossed(indicator, row.value) is not None}
    plain = len(model.grades)
    return msgspec.structs.replace(
        model,
        grades=(*model.grades, MapGrade(Text("", ""), NEUTRAL)),
        fills=tuple(
            fill if fill.district in past else DistrictFill(fill.district, plain)
            for fill in model.fills
        ),
    )


def _dot(row: Place, shape: DotShape) -> MapDot:
    """Those that the panel of places opens can be pressed."""
    kind = next((kind for kind in KINDS if kind.kind == row.kind and kind.opens), None)
    press = None
    if kind is not None:
        args = {"place": row.id, "among": kind.word, "district": row.district}
        press = Press("place.open", args)
    assert row.lon is not None
    assert row.lat is not None
    return MapDot(row.id, row.lon, row.lat, shape, press=press)
