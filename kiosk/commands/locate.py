"""What is open, at its place on the city's map."""

from kiosk.core.errors import Unavailable
from kiosk.core.registry import Command, NoArgs, Result
from kiosk.core.state import Place, ViewState, go, look
from kiosk.core.world import Entry, World
from kiosk.wire.text import Text

NEAR_ZOOM = 5.0


def locate(state: ViewState, args: NoArgs, world: World) -> Result:
    """Raises Unavailable when nothing with a place is open."""
    found = _open(state, world)
    if found is None or found.at is None:
        raise Unavailable(
            Text("위치를 아는 것을 먼저 여세요", "Open something with a known place first")
        )
    spot = world.catalogue.on_map(*found.at)
    if spot is None:
        raise Unavailable(Text("지도 밖에 있습니다", "It lies off the map"))
    district = found.district or state.place.district
    state = look(go(state, Place(panel="home", district=district)), NEAR_ZOOM, *spot)
    return Result(state, Text(f"지도에서: {found.name.ko}", f"On the map: {found.name.en}"))


def _open(state: ViewState, world: World) -> Entry | None:
    """A camera, an incident, a complaint, an item, a neighbourhood or a place."""
    of, place = world.catalogue, state.place
    tables = {"incident": of.incidents(), "complaints": of.complaints(), "places": of.places()}
    for known, key in (
        (of.cameras(), place.camera),
        (tables.get(place.panel, of.items()), place.item),
        (of.neighbourhoods(), place.neighbourhood),
    ):
        found = next((one for one in known if one.id == key), None)
        if found is not None:
            return found
    return None


COMMANDS = (Command("map.locate", Text("지도에서 위치 보기", "Show it on the map"), locate),)
