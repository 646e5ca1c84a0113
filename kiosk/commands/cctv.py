"""City cameras on the wall: how many at once, which page, one of them in full."""

from typing import Any

import msgspec

from kiosk.core.camera_wall import LAYOUTS, Layout, page, selection
from kiosk.core.errors import Unavailable
from kiosk.core.lookup import entry, neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState, elsewhere, go, replace
from kiosk.core.world import Entry, World
from kiosk.wire.text import Text

CAMERA = Text("카메라", "camera")


class Tiles(Args, frozen=True):
    """How many cameras at once."""

    tiles: Layout


class Camera(Args, frozen=True):
    """A camera by id, number or name."""

    camera: str


def walled(state: ViewState, **changes: Any) -> ViewState:
    """The camera wall in another way. Whoever changes it by hand ends its tour."""
    return replace(state, cctv=msgspec.structs.replace(state.cctv, **({"tour": None} | changes)))


def there(state: ViewState, camera: str | None = None) -> ViewState:
    """The camera panel, with a camera in full or none; a picture just opened is seen whole."""
    place = elsewhere(state.place, "cctv", camera=camera)
    return walled(go(state, place), zoom=1.0, x=0.5, y=0.5)


def chosen(state: ViewState, world: World) -> tuple[Entry, ...]:
    """What the wall's pages go over. Raises Unavailable when that is nothing."""
    found = selection(state.cctv, world.catalogue.cameras())
    if not found:
        raise Unavailable(Text("보여 드릴 카메라가 없습니다", "There are no cameras to show"))
    return found


def layout(state: ViewState, args: Tiles, world: World) -> Result:
    state = walled(there(state), tiles=args.tiles, film=False, page=0)
    return Result(state, Text(f"CCTV {args.tiles}대를 봅니다", f"Showing {args.tiles} cameras"))


def film(state: ViewState, args: NoArgs, world: World) -> Result:
    """One large and the others in a strip: the opened one, else the first on the wall."""
    cameras = chosen(state, world)
    shown = [c for c in cameras if c.id == state.place.camera] or page(state.cctv, cameras)
    state = walled(there(state), film=True, page=cameras.index(shown[0]))
    return Result(state, Text("한 대를 크게, 나머지를 띠로 봅니다", "One large, the others small"))


def larger(state: ViewState, args: NoArgs, world: World) -> Result:
    return _sized(state, world, -1)


def smaller(state: ViewState, args: NoArgs, world: World) -> Result:
    return _sized(state, world, 1)


def _sized(state: ViewState, world: World, by: int) -> Result:
    index = LAYOUTS.index(state.cctv.tiles) + by
    if not 0 <= index < len(LAYOUTS):
        raise Unavailable(Text("더 바꿀 수 없는 크기입니다", "This is the last size"))
    return layout(state, Tiles(LAYOUTS[index]), world)


def open_camera(state: ViewState, args: Camera, world: World) -> Result:
    return opened(state, entry(world.catalogue.cameras(), args.camera, CAMERA), world)


def pick(state: ViewState, args: Camera, world: World) -> Result:
    """Turns to the page that has the camera; in a filmstrip that makes it the large one."""
    found, cameras = entry(world.catalogue.cameras(), args.camera, CAMERA), chosen(state, world)
    if found not in cameras:
        return opened(state, found, world)
    at = cameras.index(found) // state.cctv.step()
    return Result(walled(there(state), page=at), Text(f"{found.name.ko} 카메라", found.name.en))


def next_camera(state: ViewState, args: NoArgs, world: World) -> Result:
    return _beside(state, world, 1)


def previous_camera(state: ViewState, args: NoArgs, world: World) -> Result:
    return _beside(state, world, -1)


def _beside(state: ViewState, world: World, by: int) -> Result:
    """From camera to camera; without one in full from page to page, where there are several."""
    cameras = chosen(state, world)
    on_wall = state.panel == "cctv" and state.place.camera is None
    if on_wall and state.cctv.pages(len(cameras)) > 1:
        return turned(state, world, by)
    found = neighbour(cameras, state.place.camera, by)
    if on_wall:
        found = page(state.cctv, cameras)[0]
    return opened(state, found, world)


def opened(state: ViewState, found: Entry, world: World) -> Result:
    """A camera in full; the page behind it is the one that it stands on."""
    cameras, how = selection(state.cctv, world.catalogue.cameras()), world.picture(found.id)
    state = there(state, found.id)
    if found in cameras:
        state = walled(state, page=cameras.index(found) // state.cctv.step())
    say = Text(f"{found.name.ko} 카메라를 열었습니다", f"Opened {found.name.en}")
    if how.ko:
        say = Text(f"{say.ko}. {how.ko}", f"{say.en}. {how.en}")
    return Result(state, say)


def close_camera(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(there(state), Text("CCTV 목록입니다", "All cameras"))


def next_page(state: ViewState, args: NoArgs, world: World) -> Result:
    return turned(state, world, 1)


def previous_page(state: ViewState, args: NoArgs, world: World) -> Result:
    return turned(state, world, -1)


def turned(state: ViewState, world: World, by: int) -> Result:
    """Another page, round the end. Raises Unavailable when there is only one."""
    wall, count = state.cctv, len(chosen(state, world))
    pages = wall.pages(count)
    if pages == 1:
        raise Unavailable(Text("한 화면에 모두 보입니다", "All cameras are on this page"))
    at = (wall.page_of(count) + by) % pages
    say = Text(f"CCTV {at + 1}/{pages}쪽", f"Cameras, page {at + 1} of {pages}")
    return Result(walled(state, page=at), say)


OPEN = Condition(
    lambda state, world: state.panel == "cctv" and state.place.camera is not None,
    Text("크게 연 카메라가 없습니다", "No camera is open"),
)
ON_WALL = Condition(
    lambda state, world: state.panel == "cctv",
    Text("CCTV 화면에서 할 수 있습니다", "This works on the camera panel"),
)

COMMANDS = (
    Command("cctv.layout", Text("CCTV 화면 나누기", "Cameras at once"), layout),
    Command("cctv.film", Text("CCTV 한 대 크게, 나머지 띠", "One large, the others small"), film),
    Command("cctv.open", Text("카메라 열기", "Open a camera"), open_camera),
    Command("cctv.pick", Text("카메라가 있는 쪽으로", "Turn to a camera"), pick),
    Command("cctv.close", Text("카메라 닫기", "Close the camera"), close_camera, when=OPEN),
    Command("cctv.next", Text("다음 카메라", "Next camera"), next_camera),
    Command("cctv.previous", Text("이전 카메라", "Previous camera"), previous_camera),
    Command("cctv.next_page", Text("다음 CCTV 쪽", "Next page"), next_page, when=ON_WALL),
    Command(
        "cctv.previous_page", Text("이전 CCTV 쪽", "Previous page"), previous_page, when=ON_WALL
    ),
)
