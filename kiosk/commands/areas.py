"""Which part of the city is looked at: a district, a neighbourhood of it, or all of it."""

import msgspec

from kiosk.core.errors import Unavailable
from kiosk.core.lookup import entry, neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState, go, look
from kiosk.core.world import Entry, World
from kiosk.pack import here
from kiosk.wire.text import Text

DISTRICT = here().parts.name
NEIGHBOURHOOD = (here().inner or here().parts).name
SHARE = 0.8  # of the map that the selected district takes


class District(Args, frozen=True):
    """A district by code, number or name."""

    district: str


class Neighbourhood(Args, frozen=True):
    """A neighbourhood by code or name; of those with one name, that of the district looked at."""

    neighbourhood: str


def select(state: ViewState, args: District, world: World) -> Result:
    found = entry(world.catalogue.districts(), args.district, DISTRICT)
    return _district(state, found)


def next_district(state: ViewState, args: NoArgs, world: World) -> Result:
    return _district(state, neighbour(world.catalogue.districts(), state.place.district, 1))


def previous_district(state: ViewState, args: NoArgs, world: World) -> Result:
    return _district(state, neighbour(world.catalogue.districts(), state.place.district, -1))


def clear(state: ViewState, args: NoArgs, world: World) -> Result:
    return leave_district(state)


def leave_district(state: ViewState) -> Result:
    """Back to the whole city."""
    place = msgspec.structs.replace(state.place, district=None, neighbourhood=None)
    return Result(go(look(state), place), Text(f"{here().short.ko} 전체입니다", "The whole city"))


def leave_neighbourhood(state: ViewState, world: World) -> Result:
    """Back to the district."""
    return select(state, District(state.place.district or ""), world)


def _district(state: ViewState, found: Entry) -> Result:
    place = msgspec.structs.replace(state.place, district=found.id, neighbourhood=None)
    name = found.name
    words = Text(f"{name.ko}를 골랐습니다", f"Selected {name.en}")
    return Result(go(look_at(state, found), place), words)


def look_at(state: ViewState, district: Entry) -> ViewState:
    """The map with the district in it as large as fits."""
    if district.box is None:
        return state
    left, top, right, bottom = district.box
    zoom = SHARE / max(right - left, bottom - top)
    return look(state, zoom, (left + right) / 2, (top + bottom) / 2)


def select_neighbourhood(state: ViewState, args: Neighbourhood, world: World) -> Result:
    known = world.catalogue.neighbourhoods()
    near = tuple(e for e in known if e.district == state.place.district)
    return _neighbourhood(state, world, entry((*near, *known), args.neighbourhood, NEIGHBOURHOOD))


def next_neighbourhood(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def previous_neighbourhood(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def _step(state: ViewState, world: World, by: int) -> Result:
    known = world.catalogue.neighbourhoods()
    near = tuple(e for e in known if e.district == state.place.district)
    if not near:
        raise Unavailable(
            Text(f"{NEIGHBOURHOOD.ko} 자료가 없습니다", f"No {NEIGHBOURHOOD.en} is known here")
        )
    return _neighbourhood(state, world, neighbour(near, state.place.neighbourhood, by))


def _neighbourhood(state: ViewState, world: World, found: Entry) -> Result:
    """Within the district that is looked at the map stays as it is."""
    place = msgspec.structs.replace(state.place, district=found.district, neighbourhood=found.id)
    if found.district != state.place.district:
        district = entry(world.catalogue.districts(), found.district, DISTRICT)
        state = look_at(state, district)
    name = found.name
    return Result(go(state, place), Text(f"{name.ko}을 골랐습니다", f"Selected {name.en}"))


def clear_neighbourhood(state: ViewState, args: NoArgs, world: World) -> Result:
    return leave_neighbourhood(state, world)


IN_A_DISTRICT = Condition(
    lambda state, world: state.place.district is not None,
    Text(f"고른 {DISTRICT.ko} 없음", f"No {DISTRICT.en} is selected"),
)
IN_A_NEIGHBOURHOOD = Condition(
    lambda state, world: state.place.neighbourhood is not None,
    Text(f"고른 {NEIGHBOURHOOD.ko} 없음", f"No {NEIGHBOURHOOD.en} is selected"),
)

COMMANDS = (
    Command("district.select", Text(f"{DISTRICT.ko} 고르기", f"Select a {DISTRICT.en}"), select),
    Command("district.next", Text(f"다음 {DISTRICT.ko}", f"Next {DISTRICT.en}"), next_district),
    Command(
        "district.previous",
        Text(f"이전 {DISTRICT.ko}", f"Previous {DISTRICT.en}"),
        previous_district,
    ),
    Command(
        "district.clear",
        Text("전체 보기", "Show the whole city"),
        clear,
        when=IN_A_DISTRICT,
    ),
    Command(
        "neighbourhood.select",
        Text(f"{NEIGHBOURHOOD.ko} 고르기", f"Select a {NEIGHBOURHOOD.en}"),
        select_neighbourhood,
    ),
    Command(
        "neighbourhood.next",
        Text(f"다음 {NEIGHBOURHOOD.ko}", f"Next {NEIGHBOURHOOD.en}"),
        next_neighbourhood,
        when=IN_A_DISTRICT,
    ),
    Command(
        "neighbourhood.previous",
        Text(f"이전 {NEIGHBOURHOOD.ko}", f"Previous {NEIGHBOURHOOD.en}"),
        previous_neighbourhood,
        when=IN_A_DISTRICT,
    ),
    Command(
        "neighbourhood.clear",
        Text(f"{DISTRICT.ko} 전체 보기", f"Show the whole {DISTRICT.en}"),
        clear_neighbourhood,
        when=IN_A_NEIGHBOURHOOD,
    ),
)
