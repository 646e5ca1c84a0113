"""What stands in the city: a station, a car park, a community centre by its name."""

import msgspec

from kiosk.commands import areas
from kiosk.commands.narrowing import Narrowed, narrow
from kiosk.core.errors import Unavailable
from kiosk.core.lookup import entry, neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import Place, ViewState, go, replace
from kiosk.core.world import Entry, World, find
from kiosk.wire.text import Text

PANEL = "places"
THING = Text("시설", "place")


class One(Args, frozen=True):
    """A place by its id or name. Of a kind with very many no names are known: `among` says then by
    its word what it is, and `district` where it stands."""

    place: str
    among: str = ""
    district: str = ""


class Listed(Args, frozen=True):
    """A kind of places by its word, and the district that they stand in; empty: the one that is
    looked at, if any."""

    kind: str
    district: str = ""


def list_places(state: ViewState, args: Listed, world: World) -> Result:
    """Raises BadArguments for a kind that the panel does not show."""
    done = narrow(state, Narrowed(PANEL, args.kind), world)
    if not args.district:
        return done
    district = entry(world.catalogue.districts(), args.district, areas.DISTRICT)
    state = areas.look_at(done.state, district)
    place = msgspec.structs.replace(state.place, district=district.id, neighbourhood=None)
    past = done.state.past  # one way back, not two
    kind = world.narrowings[PANEL][args.kind]
    say = Text(f"{district.name.ko} {kind.ko}", f"{kind.en}, {district.name.en}")
    return Result(replace(state, place=place, past=past), say)


def open_place(state: ViewState, args: One, world: World) -> Result:
    known = world.catalogue.places()
    found = next((e for e in known if e.id == args.place), None)
    if found is None and args.among in world.narrowings.get(PANEL, {}):
        name = world.narrowings[PANEL][args.among]
        found = Entry(args.place, name, group=args.among, district=args.district)
    return _opened(state, found or entry(known, args.place, THING), world)


def next_place(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def previous_place(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def _step(state: ViewState, world: World, by: int) -> Result:
    """Among places of the same list, in the district that is looked at if one is. Raises
    Unavailable where the list has none that can be opened."""
    only, district = state.place.only, state.place.district
    near = tuple(
        e
        for e in world.catalogue.places()
        if only in ("", e.group) and district in (None, e.district)
    )
    if not near:
        raise Unavailable(
            Text("여기에는 넘겨 볼 시설이 없습니다", "There are no places to turn here")
        )
    return _opened(state, neighbour(near, state.place.item, by), world)


def _opened(state: ViewState, found: Entry, world: World) -> Result:
    """Its district comes with it, as large as the map has room for."""
    district = find(world.catalogue.districts(), found.district) if found.district else None
    if district is not None and district.id != state.place.district:
        state = areas.look_at(state, district)
    place = Place(PANEL, district.id if district else None, item=found.id, only=found.group)
    return Result(go(state, place), found.name)


_ON_PANEL = Condition(
    lambda state, world: state.panel == PANEL,
    Text("시설 화면을 먼저 열어 주세요", "Open the panel of places first"),
)

COMMANDS = (
    Command("place.list", Text("시설 목록", "Places of a kind"), list_places),
    Command("place.open", Text("시설 열기", "Open a place"), open_place),
    Command("place.next", Text("다음 시설", "Next place"), next_place, when=_ON_PANEL),
    Command("place.previous", Text("이전 시설", "Previous place"), previous_place, when=_ON_PANEL),
)
