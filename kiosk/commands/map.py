"""The map: what it is coloured by, zoom and pan."""

from typing import Annotated

from msgspec import Meta

from kiosk.core.lookup import entry
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ZOOM_MAX, ViewState, look, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

ZOOM_STEP = 1.6
INDICATOR = Text("지표", "indicator")


class Metric(Args, frozen=True):
    """The indicator that colours the map, by id or name."""

    indicator: str


class Pan(Args, frozen=True):
    """A move of the map in parts of what is seen: 0.25 is a quarter to the right or down."""

    dx: Annotated[float, Meta(ge=-1, le=1)] = 0.0
    dy: Annotated[float, Meta(ge=-1, le=1)] = 0.0


class View(Args, frozen=True):
    """The map's zoom (1 is the whole city) and centre (0..1 of the city's box)."""

    zoom: Annotated[float, Meta(ge=1, le=ZOOM_MAX)]
    x: Annotated[float, Meta(ge=0, le=1)] = 0.5
    y: Annotated[float, Meta(ge=0, le=1)] = 0.5


def metric(state: ViewState, args: Metric, world: World) -> Result:
    found = entry(world.catalogue.indicators(), args.indicator, INDICATOR)
    return Result(
        replace(state, metric=found.id),
        Text(f"지도에 보이는 지표: {found.name.ko}", f"The map shows {found.name.en}"),
    )


def zoom_in(state: ViewState, args: NoArgs, world: World) -> Result:
    return _zoom(state, state.map_zoom * ZOOM_STEP)


def zoom_out(state: ViewState, args: NoArgs, world: World) -> Result:
    return _zoom(state, state.map_zoom / ZOOM_STEP)


def reset(state: ViewState, args: NoArgs, world: World) -> Result:
    return _view(state, 1.0, 0.5, 0.5)


def view(state: ViewState, args: View, world: World) -> Result:
    return _view(state, args.zoom, args.x, args.y)


def pan(state: ViewState, args: Pan, world: World) -> Result:
    return _view(
        state,
        state.map_zoom,
        state.map_x + args.dx / state.map_zoom,
        state.map_y + args.dy / state.map_zoom,
    )


def _zoom(state: ViewState, zoom: float) -> Result:
    return _view(state, zoom, state.map_x, state.map_y)


def _view(state: ViewState, zoom: float, x: float, y: float) -> Result:
    state = look(state, zoom, x, y)
    zoom = state.map_zoom
    return Result(state, Text(f"지도 {zoom:.1f}배", f"Map at {zoom:.1f} times"))


def _follows(state: ViewState) -> bool:
    """Whether a map on the screen looks where the state says: that of the first screen, that of
    places, and that of an indicator inside a district."""
    place = state.place
    inside = place.indicator is not None and place.district is not None
    return place.panel in ("home", "places") or (place.panel == "indicators" and inside)


ON_MAP = Condition(
    lambda state, world: _follows(state),
    Text("움직이는 지도가 있는 화면에서 할 수 있습니다", "This works where a map can be moved"),
)

COMMANDS = (
    Command("map.metric", Text("지도 지표 바꾸기", "Colour the map by"), metric),
    Command("map.zoom_in", Text("지도 확대", "Zoom in"), zoom_in, when=ON_MAP),
    Command("map.zoom_out", Text("지도 축소", "Zoom out"), zoom_out, when=ON_MAP),
    Command("map.reset", Text("지도 처음 크기", "Reset the map"), reset, when=ON_MAP),
    Command("map.view", Text("지도 보기 맞추기", "Set the map's view"), view, when=ON_MAP),
    Command("map.pan", Text("지도 옮기기", "Move the map"), pan, when=ON_MAP),
)
