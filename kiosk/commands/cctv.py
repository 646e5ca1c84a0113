"""City cameras on the wall."""

from typing import Literal

import msgspec

from kiosk.core.errors import Unavailable
from kiosk.core.lookup import entry, neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState, elsewhere, go, replace
from kiosk.core.world import Entry, World
from kiosk.wire.text import Text

LAYOUTS: tuple[Literal[1, 4, 9, 16], ...] = (1, 4, 9, 16)


class Layout(Args, frozen=True):
    """How many cameras at once."""

    tiles: Literal[1, 4, 9, 16]


class Camera(Args, frozen=True):
    """A camera by id, number or name."""

    camera: str


def layout(state: ViewState, args: Layout, world: World) -> Result:
    place = elsewhere(state.place, "cctv")
    state = replace(go(state, place), cctv_tiles=args.tiles, cctv_page=0)
    return Result(state, Text(f"CCTV {args.tiles}대를 봅니다", f"Showing {args.tiles} cameras"))


def larger(state: ViewState, args: NoArgs, world: World) -> Result:
    return _sized(state, world, -1)


def smaller(state: ViewState, args: NoArgs, world: World) -> Result:
    return _sized(state, world, 1)


def _sized(state: ViewState, world: World, by: int) -> Result:
    index = LAYOUTS.index(state.cctv_tiles) + by
    if state.place.camera is not None or not 0 <= index < len(LAYOUTS):
        raise Unavailable(Text("더 바꿀 수 없는 크기입니다", "This is the last size"))
    return layout(state, Layout(LAYOUTS[index]), world)


def open_camera(state: ViewState, args: Camera, world: World) -> Result:
    found = entry(world.catalogue.cameras(), args.camera, Text("카메라", "camera"))
    return _opened(state, found, world)


def next_camera(state: ViewState, args: NoArgs, world: World) -> Result:
    return _opened(state, neighbour(world.catalogue.cameras(), state.place.camera, 1), world)


def previous_camera(state: ViewState, args: NoArgs, world: World) -> Result:
    return _opened(state, neighbour(world.catalogue.cameras(), state.place.camera, -1), world)


def _opened(state: ViewState, found: Entry, world: World) -> Result:
    place, how = elsewhere(state.place, "cctv", camera=found.id), world.picture(found.id)
    say = Text(f"{found.name.ko} 카메라를 열었습니다", f"Opened {found.name.en}")
    if how.ko:
        say = Text(f"{say.ko}. {how.ko}", f"{say.en}. {how.en}")
    return Result(go(state, place), say)


def close_camera(state: ViewState, args: NoArgs, world: World) -> Result:
    place = msgspec.structs.replace(state.place, camera=None)
    return Result(go(state, place), Text("CCTV 목록입니다", "All cameras"))


def next_page(state: ViewState, args: NoArgs, world: World) -> Result:
    return _page(state, world, 1)


def previous_page(state: ViewState, args: NoArgs, world: World) -> Result:
    return _page(state, world, -1)


def _page(state: ViewState, world: World, by: int) -> Result:
    count = len(world.catalogue.cameras())
    pages = max(1, -(-count // state.cctv_tiles))
    if pages == 1:
        raise Unavailable(Text("한 화면에 모두 보입니다", "All cameras are on this page"))
    page = (state.cctv_page + by) % pages
    say = Text(f"CCTV {page + 1}/{pages}쪽", f"Cameras, page {page + 1} of {pages}")
    return Result(replace(state, cctv_page=page), say)


_OPEN = Condition(
    lambda state, world: state.place.camera is not None,
    Text("크게 연 카메라가 없습니다", "No camera is open"),
)
_ON_WALL = Condition(
    lambda state, world: state.panel == "cctv",
    Text("CCTV 화면에서 할 수 있습니다", "This works on the camera panel"),
)

COMMANDS = (
    Command("cctv.layout", Text("CCTV 화면 나누기", "Cameras at once"), layout),
    Command("cctv.larger", Text("CCTV 크게", "Larger pictures"), larger, when=_ON_WALL),
    Command("cctv.smaller", Text("CCTV 작게", "Smaller pictures"), smaller, when=_ON_WALL),
    Command("cctv.open", Text("카메라 열기", "Open a camera"), open_camera),
    Command("cctv.close", Text("카메라 닫기", "Close the camera"), close_camera, when=_OPEN),
    Command("cctv.next", Text("다음 카메라", "Next camera"), next_camera),
    Command("cctv.previous", Text("이전 카메라", "Previous camera"), previous_camera),
    Command("cctv.next_page", Text("다음 CCTV 쪽", "Next page"), next_page, when=_ON_WALL),
    Command(
        "cctv.previous_page", Text("이전 CCTV 쪽", "Previous page"), previous_page, when=_ON_WALL
    ),
)
