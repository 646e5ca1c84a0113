"""What is drawn on the map of the first screen: its layers, places, another figure, less of it."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from kiosk.commands.areas import look_at
from kiosk.commands.map import ON_MAP
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.looks import EVERY_LAYER, MAP_LAYERS, MAP_PLACES, MapLook
from kiosk.core.lookup import entry, metric_of, neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ZOOM_MAX, ViewState, elsewhere, go, look, replace
from kiosk.core.world import World
from kiosk.pack import here
from kiosk.wire.text import Text

PANEL = "home"


class Layer(Args, frozen=True):
    """A layer of the map by its word (names, borders, issues, colours, hospitals ...)."""

    layer: str


class Times(Args, frozen=True):
    """How many times as large as the whole city."""

    times: Annotated[float, Meta(ge=1, le=ZOOM_MAX)]


def show_layer(state: ViewState, args: Layer, world: World) -> Result:
    """Raises Unavailable for one that is shown."""
    name, shown = _named(args.layer), state.map_look
    if shown.shows(args.layer):
        raise Unavailable(Text(f"{name.ko}: 이미 보입니다", f"{name.en}: shown already"))
    say = Text(f"지도에 보입니다: {name.ko}", f"On the map: {name.en}")
    if args.layer in MAP_PLACES:
        return _drawn(state, say, places=(*shown.places, args.layer))
    return _drawn(state, say, hidden=_without(shown.hidden, args.layer))


def hide_layer(state: ViewState, args: Layer, world: World) -> Result:
    """Raises Unavailable for one that is not shown."""
    name, shown = _named(args.layer), state.map_look
    if not shown.shows(args.layer):
        raise Unavailable(Text(f"{name.ko}: 보이지 않습니다", f"{name.en}: not shown"))
    say = Text(f"지도에서 숨깁니다: {name.ko}", f"Off the map: {name.en}")
    if args.layer in MAP_PLACES:
        return _drawn(state, say, places=_without(shown.places, args.layer))
    return _drawn(state, say, hidden=(*shown.hidden, args.layer))


def only_layer(state: ViewState, args: Layer, world: World) -> Result:
    """It alone with the names and the borders, on a map without colours where that is no colour."""
    name = _named(args.layer)
    kept = ("names", "borders", args.layer)
    hidden = tuple(layer for layer in MAP_LAYERS if layer not in kept)
    places = (args.layer,) if args.layer in MAP_PLACES else ()
    say = Text(f"지도에 이것만: {name.ko}", f"Only on the map: {name.en}")
    return _drawn(state, say, hidden=hidden, places=places, past=False)


def bare(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("빈 지도입니다", "The bare map")
    hidden = tuple(layer for layer in MAP_LAYERS if layer != "borders")
    return _drawn(state, say, hidden=hidden, places=(), past=False)


def usual(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("지도를 처음대로 그립니다", "The map as it usually is")
    return _drawn(state, say, hidden=(), places=(), past=False)


def past(state: ViewState, args: NoArgs, world: World) -> Result:
    """Raises Unavailable for an indicator without a limit, or without a district past it."""
    metric = _metric(state, world)
    if metric is None:
        raise Unavailable(Text("지도에 쓸 지표가 없습니다", "There is no indicator for the map"))
    say = world.told("past", metric, None)
    return _drawn(replace(state, metric=metric), say, past=True, hidden=_coloured(state))


def next_metric(state: ViewState, args: NoArgs, world: World) -> Result:
    return _turn(state, world, 1)


def previous_metric(state: ViewState, args: NoArgs, world: World) -> Result:
    return _turn(state, world, -1)


def fit(state: ViewState, args: NoArgs, world: World) -> Result:
    """As large as the selected district has room. Raises Unavailable without one, or without its
    borders."""
    district = entry(world.catalogue.districts(), state.place.district or "", here().parts.name)
    if district.box is None:
        raise Unavailable(Text("경계를 모르는 곳입니다", "Its borders are not known"))
    name = district.name
    return Result(look_at(state, district), Text(f"{name.ko}에 맞췄습니다", f"Fitted to {name.en}"))


def zoom_to(state: ViewState, args: Times, world: World) -> Result:
    state = look(state, args.times, state.map_x, state.map_y)
    return Result(state, Text(f"지도 {args.times:g}배", f"Map at {args.times:g} times"))


def _named(layer: str) -> Text:
    """Raises BadArguments with the layers that there are."""
    if layer not in EVERY_LAYER:
        known = ", ".join(name.ko for name in EVERY_LAYER.values())
        raise BadArguments(
            Text(
                f"‘{layer}’, 지도에 그런 것은 없습니다. 있는 것: {known}",
                f"The map has no “{layer}”. It has: {', '.join(EVERY_LAYER)}",
            )
        )
    return EVERY_LAYER[layer]


def _without(layers: Sequence[str], layer: str) -> tuple[str, ...]:
    return tuple(other for other in layers if other != layer)


def _coloured(state: ViewState) -> tuple[str, ...]:
    return _without(state.map_look.hidden, "colours")


def _drawn(state: ViewState, say: Text, **changes: Any) -> Result:
    """The first screen, with its map drawn so."""
    drawn = msgspec.structs.replace(state.map_look, **changes)
    if state.panel != PANEL:
        state = go(state, elsewhere(state.place, PANEL))
    return Result(replace(state, map_look=drawn), say)


def _metric(state: ViewState, world: World) -> str | None:
    return metric_of(state.metric, [i.id for i in world.catalogue.indicators() if i.by_district])


def _turn(state: ViewState, world: World, by: int) -> Result:
    known = tuple(i for i in world.catalogue.indicators() if i.by_district)
    found = neighbour(known, _metric(state, world), by)
    say = Text(f"지도에 보이는 지표: {found.name.ko}", f"The map shows {found.name.en}")
    return _drawn(replace(state, metric=found.id), say, past=False, hidden=_coloured(state))


_IN_DISTRICT_ON_MAP = Condition(
    lambda state, world: ON_MAP.holds(state, world) and state.place.district is not None,
    Text(
        f"지도에서 {here().parts.name.ko}를 먼저 골라 주세요",
        f"Select a {here().parts.name.en} on a map first",
    ),
)
_CHANGED = Condition(
    lambda state, world: state.map_look != MapLook(),
    Text("지도가 처음 그대로입니다", "The map is as it usually is"),
)

COMMANDS = (
    Command("map.show_layer", Text("지도에 보이기", "Show on the map"), show_layer),
    Command("map.hide_layer", Text("지도에서 숨기기", "Hide on the map"), hide_layer),
    Command("map.only_layer", Text("지도에 이것만", "Only this on the map"), only_layer),
    Command("map.bare", Text("빈 지도", "The bare map"), bare),
    Command("map.usual", Text("지도 처음대로", "The usual map"), usual, when=_CHANGED),
    Command("map.past", Text("기준 넘은 곳만", "Only what is past a limit"), past),
    Command("map.next_metric", Text("다음 지도 지표", "Next figure on the map"), next_metric),
    Command("map.previous_metric", Text("이전 지도 지표", "Previous figure"), previous_metric),
    Command(
        "map.fit", Text("고른 곳에 맞추기", "Fit the selection"), fit, when=_IN_DISTRICT_ON_MAP
    ),
    Command("map.zoom_to", Text("지도 배율", "Zoom of the map"), zoom_to, when=ON_MAP),
)
