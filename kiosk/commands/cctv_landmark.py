"""Cameras asked for by a place or a road that none of them is named after."""

from typing import Annotated

from msgspec import Meta

from kiosk.commands.cctv import opened
from kiosk.commands.cctv_choose import choose
from kiosk.core.camera_wall import Landmark
from kiosk.core.errors import BadArguments
from kiosk.core.incidents import distance_m
from kiosk.core.lookup import entry
from kiosk.core.registry import Args, Command, Result
from kiosk.core.state import ViewState
from kiosk.core.world import Entry, World
from kiosk.pack import here
from kiosk.wire.text import Text

NEAR_M = 2_500.0
"""A camera further away is not said to be one of the place. A judgement."""
LEAST = 4


class At(Args, frozen=True):
    """A landmark of the city by id or name."""

    landmark: str


class Numbered(Args, frozen=True):
    """The camera of this number at a landmark or in a district (id or name), by nearness."""

    place: str
    number: Annotated[int, Meta(ge=1, le=999)]


def at(state: ViewState, args: At, world: World) -> Result:
    """Those near it, the nearest first; where there are fewer than LEAST, the nearest ones."""
    mark = world.presets.landmark_of(args.landmark)
    if mark is None:
        raise _unknown(args.landmark)
    known = _by_nearness(mark, world)
    near = [camera for metres, camera in known if metres <= NEAR_M]
    cameras = near if len(near) >= LEAST else [camera for _, camera in known[:LEAST]]
    title = Text(f"{mark.name.ko} 주변", f"Near {mark.name.en}")
    return choose(state, tuple(cameras), title, f"at/{mark.id}", tiles=4)


def numbered(state: ViewState, args: Numbered, world: World) -> Result:
    """Raises BadArguments when the place has no camera of this number, or is none."""
    mark = world.presets.landmark_of(args.place)
    if mark is not None:
        name = mark.name
        cameras = [camera for metres, camera in _by_nearness(mark, world) if metres <= NEAR_M]
    else:
        district = entry(world.catalogue.districts(), args.place, here().parts.name)
        name = district.name
        cameras = [c for c in world.catalogue.cameras() if c.district == district.id]
    if args.number > len(cameras):
        count = len(cameras)
        raise BadArguments(
            Text(f"{name.ko}에는 카메라가 {count}대 있습니다", f"{name.en} has {count} cameras")
        )
    return opened(state, cameras[args.number - 1], world)


def _by_nearness(mark: Landmark, world: World) -> list[tuple[float, Entry]]:
    """Metres to the nearest point of the landmark, and camera."""
    found = [
        (min(distance_m(*point, *camera.at) for point in mark.at), camera)
        for camera in world.catalogue.cameras()
        if camera.at is not None
    ]
    return sorted(found, key=lambda pair: pair[0])


def _unknown(landmark: str) -> BadArguments:
    return BadArguments(Text(f"‘{landmark}’, 그런 곳이 없습니다", f"There is no “{landmark}”"))


COMMANDS = (
    Command("cctv.at", Text("어느 곳 CCTV", "Cameras at a landmark"), at),
    Command(
        "cctv.at_number", Text("어느 곳 몇 번 카메라", "A camera of a place by number"), numbered
    ),
)
