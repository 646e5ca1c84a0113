"""Which cameras the wall goes over: a preset's, a district's, those near something, or all."""

from typing import Annotated

from msgspec import Meta

from kiosk.commands.cctv import there, walled
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.incidents import distance_m
from kiosk.core.lookup import entry
from kiosk.core.registry import Args, Command, NoArgs, Result
from kiosk.core.state import ViewState
from kiosk.core.world import Entry, World
from kiosk.pack import here
from kiosk.pack.clock import local_time
from kiosk.wire.text import Text

NEAREST = 9


class Situation(Args, frozen=True):
    """A preset by id or name."""

    preset: str


class District(Args, frozen=True):
    """A district by code, number or name."""

    district: str


class Near(Args, frozen=True):
    """What the cameras are to be near: an incident, a camera, a station or another place, a
    district, a neighbourhood, a complaint or an item, by id or name; empty for what is open on the
    wall."""

    to: Annotated[str, Meta(max_length=200)] = ""


def preset(state: ViewState, args: Situation, world: World) -> Result:
    found = world.presets.find(args.preset)
    if found is None:
        known = ", ".join(one.name.ko for one in world.presets.preset)
        raise BadArguments(
            Text(
                f"‘{args.preset}’ 선택은 없습니다. 있는 선택: {known}",
                f"There is no selection “{args.preset}”",
            )
        )
    cameras = found.of(world.catalogue.cameras())
    by = f"preset/{found.id}"
    return choose(state, cameras, found.name, by, tiles=found.tiles)


def of_this_hour(state: ViewState, args: NoArgs, world: World) -> Result:
    """Raises Unavailable at an hour that no preset is for."""
    now = local_time(world.now_ms())
    found = world.presets.at(now.hour * 60 + now.minute)
    if found is None:
        raise Unavailable(
            Text("지금 시간대에 정해 둔 카메라가 없습니다", "No selection is for this hour")
        )
    return preset(state, Situation(found.id), world)


def every(state: ViewState, args: NoArgs, world: World) -> Result:
    state = walled(there(state), chosen=(), title=Text("", ""), by="", page=0)
    return Result(state, Text("모든 카메라를 봅니다", "Showing every camera"))


def district(state: ViewState, args: District, world: World) -> Result:
    found = entry(world.catalogue.districts(), args.district, here().parts.name)
    cameras = tuple(c for c in world.catalogue.cameras() if c.district == found.id)
    return choose(state, cameras, found.name, f"district/{found.id}")


def near(state: ViewState, args: Near, world: World) -> Result:
    """The nearest first. Raises Unavailable when nobody knows where the thing is."""
    found = _meant(state, args.to, world)
    if found.at is None:
        raise Unavailable(
            Text(f"{found.name.ko}, 위치를 모릅니다", f"Nobody knows where {found.name.en} is")
        )
    lat, lon = found.at
    apart = [
        (distance_m(lat, lon, *camera.at), camera)
        for camera in world.catalogue.cameras()
        if camera.at is not None
    ]
    cameras = tuple(camera for _, camera in sorted(apart, key=lambda pair: pair[0])[:NEAREST])
    title = Text(f"{found.name.ko} 주변", f"Near {found.name.en}")
    return choose(state, cameras, title, f"near/{found.id}")


def _meant(state: ViewState, wanted: str, world: World) -> Entry:
    """What is named, or what is open, the most special first. Of several with one name it is the
    one that somebody knows the place of."""
    of, place = world.catalogue, state.place
    keys = [k for k in (place.camera, place.item, place.neighbourhood, place.district) if k]
    if not wanted and not keys:
        raise BadArguments(Text("어디 주변인지 말해 주세요", "Near what? Please name it"))
    wanted = wanted or keys[0]
    every = (
        *(of.incidents(), of.cameras(), of.places(), of.districts(), of.neighbourhoods()),
        *(of.complaints(), of.items()),
    )
    named = [e for known in every for e in known if wanted in (e.id, e.name.ko, e.name.en)]
    if not named:
        raise BadArguments(Text(f"‘{wanted}’, 그런 곳이 없습니다", f"There is no “{wanted}”"))
    return next((e for e in named if e.at is not None), named[0])


def choose(
    state: ViewState, cameras: tuple[Entry, ...], title: Text, by: str, **how: object
) -> Result:
    if not cameras:
        raise Unavailable(
            Text(f"{title.ko}, 맞는 카메라가 없습니다", f"{title.en}: there are no such cameras")
        )
    ids = tuple(camera.id for camera in cameras)
    given = {"film": False, "page": 0, "chosen": ids, "title": title, "by": by}
    state = walled(there(state), **(given | how))
    say = Text(f"{title.ko}, 카메라 {len(ids)}대", f"{title.en}: {len(ids)} cameras")
    return Result(state, say)


COMMANDS = (
    Command("cctv.preset", Text("상황별 CCTV", "Cameras for a situation"), preset),
    Command("cctv.now", Text("지금 시간대 CCTV", "Cameras for this hour"), of_this_hour),
    Command("cctv.all", Text("모든 CCTV", "Every camera"), every),
    Command(
        "cctv.district",
        Text(f"{here().parts.name.ko} CCTV", f"Cameras of a {here().parts.name.en}"),
        district,
    ),
    Command("cctv.near", Text("주변 CCTV", "Cameras nearby"), near),
)
