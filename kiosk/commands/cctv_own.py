"""A selection of one's own: cameras put in and taken out, by place on the wall, by how they are."""

from typing import Annotated, Literal

from msgspec import Meta

from kiosk.commands.cctv import CAMERA, ON_WALL, OPEN, Camera, chosen, opened, walled
from kiosk.commands.cctv_choose import choose
from kiosk.core.camera_wall import looked, page, selection
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.incidents import distance_m
from kiosk.core.lookup import entry
from kiosk.core.registry import Args, Command, NoArgs, Result
from kiosk.core.state import ViewState, replace
from kiosk.core.world import Entry, World
from kiosk.wire.text import Text

OWN = Text("고른 카메라", "Chosen cameras")
BY_HAND = "own"
CORNER_ZOOM = 2.5
Corner = Literal[
    "left", "right", "top", "bottom", "middle", "top_left", "top_right", "bottom_left",
    "bottom_right",
]  # fmt: skip


class Tile(Args, frozen=True):
    """Which of the pictures on the wall, counted from the left and the top, from one."""

    number: Annotated[int, Meta(ge=1, le=16)]


class Left(Args, frozen=True):
    """A camera by id, number or name; empty for the one that is open."""

    camera: str = ""


class Part(Args, frozen=True):
    """A part of the opened camera's picture."""

    corner: Corner


def tile(state: ViewState, args: Tile, world: World) -> Result:
    """Opens it. Raises BadArguments where the page has fewer."""
    shown = page(state.cctv, chosen(state, world))
    if args.number > len(shown):
        raise BadArguments(
            Text(f"화면에 카메라가 {len(shown)}대 있습니다", f"There are {len(shown)} on the wall")
        )
    return opened(state, shown[args.number - 1], world)


def add(state: ViewState, args: Camera, world: World) -> Result:
    """To one's own selection, which begins with the camera that is open, else with nothing else.

    Raises Unavailable for a camera that is in it already.
    """
    known = world.catalogue.cameras()
    found = entry(known, args.camera, CAMERA)
    mine = selection(state.cctv, known) if state.cctv.by == BY_HAND else ()
    if not mine and state.place.camera not in (None, found.id):
        mine = (entry(known, str(state.place.camera), CAMERA),)
    if found in mine:
        raise Unavailable(Text("이미 고른 카메라입니다", "This camera is chosen already"))
    return choose(state, (*mine, found), OWN, BY_HAND, tiles=_room(len(mine) + 1))


def leave_out(state: ViewState, args: Left, world: World) -> Result:
    """Whatever chose the cameras of the wall, it goes on without this one. Raises Unavailable when
    it is the only one, or not among them."""
    wanted = args.camera or state.place.camera
    if not wanted:
        raise BadArguments(Text("어느 카메라를 뺄지 말해 주세요", "Which camera? Please name it"))
    found, cameras = entry(world.catalogue.cameras(), wanted, CAMERA), chosen(state, world)
    rest = tuple(camera for camera in cameras if camera.id != found.id)
    if found not in cameras or not rest:
        raise Unavailable(Text("뺄 수 없는 카메라입니다", "This camera can't be left out"))
    return choose(state, rest, OWN, BY_HAND)


def lost(state: ViewState, args: NoArgs, world: World) -> Result:
    """Those whose picture is known not to be live; of one that was never asked nobody knows."""
    cameras = tuple(c for c in world.catalogue.cameras() if world.picture(c.id).ko)
    if not cameras:
        raise Unavailable(
            Text("지금 본 카메라는 모두 실시간입니다", "All cameras that were asked are live")
        )
    return choose(state, cameras, Text("영상이 늦거나 끊긴 카메라", "Cameras not live"), "lost")


def alike(state: ViewState, args: NoArgs, world: World) -> Result:
    """Cameras that look at the same kind of scene as the one that is open."""
    found = entry(world.catalogue.cameras(), str(state.place.camera), CAMERA)
    cameras = tuple(c for c in world.catalogue.cameras() if c.kind and c.kind == found.kind)
    title = Text(f"{found.name.ko}처럼 보는 곳", f"Like {found.name.en}")
    return choose(state, cameras, title, f"alike/{found.kind}")


def of_incidents(state: ViewState, args: NoArgs, world: World) -> Result:
    """The nearest camera to each incident that runs, the most urgent first."""
    cameras = [c for c in world.catalogue.cameras() if c.at is not None]
    places = [i.at for i in world.catalogue.incidents() if not i.ended and i.at is not None]
    if not cameras or not places:
        raise Unavailable(
            Text("위치를 아는 진행 중 현안이 없습니다", "No incident with a known place is running")
        )
    nearest = dict.fromkeys(min(cameras, key=lambda c: _apart(c, at)) for at in places)
    return choose(state, tuple(nearest), Text("현안마다 가까운 곳", "By incident"), "incidents")


def corner(state: ViewState, args: Part, world: World) -> Result:
    x = 0.2 if "left" in args.corner else 0.8 if "right" in args.corner else 0.5
    y = 0.2 if "top" in args.corner else 0.8 if "bottom" in args.corner else 0.5
    wall = looked(state.cctv, max(CORNER_ZOOM, state.cctv.zoom), x, y)
    say = Text(f"영상 {wall.zoom:.1f}배", f"Picture at {wall.zoom:.1f} times")
    return Result(walled(replace(state, cctv=wall)), say)


def _apart(camera: Entry, at: tuple[float, float]) -> float:
    assert camera.at is not None
    return distance_m(*at, *camera.at)


def _room(count: int) -> int:
    """The smallest layout that shows them all."""
    return next((tiles for tiles in (1, 4, 9) if count <= tiles), 16)


COMMANDS = (
    Command(
        "cctv.tile", Text("몇 번째 화면 열기", "Open a picture by its place"), tile, when=ON_WALL
    ),
    Command("cctv.add", Text("카메라 더하기", "Put a camera in"), add),
    Command("cctv.leave_out", Text("카메라 빼기", "Leave a camera out"), leave_out, when=ON_WALL),
    Command("cctv.lost", Text("끊긴 CCTV", "Cameras that are not live"), lost),
    Command("cctv.alike", Text("비슷한 CCTV", "Cameras of the same scene"), alike, when=OPEN),
    Command("cctv.incidents", Text("현안 곳곳 CCTV", "Cameras of all incidents"), of_incidents),
    Command("cctv.corner", Text("영상의 한 부분", "A part of the picture"), corner, when=OPEN),
)
