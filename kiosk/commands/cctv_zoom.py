"""A part of the opened camera's picture, larger; without one, larger or smaller pictures."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.commands import cctv
from kiosk.core.camera_wall import ZOOM_MAX, looked
from kiosk.core.errors import Unavailable
from kiosk.core.registry import Args, Command, NoArgs, Result
from kiosk.core.state import ViewState, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

ZOOM_STEP = 1.6


class Part(Args, frozen=True):
    """How many times larger (1 is the whole picture), and the centre, 0..1 of the picture."""

    zoom: Annotated[float, Meta(ge=1, le=ZOOM_MAX)]
    x: Annotated[float, Meta(ge=0, le=1)] = 0.5
    y: Annotated[float, Meta(ge=0, le=1)] = 0.5


class Shift(Args, frozen=True):
    """A move in parts of what is seen: 0.25 is a quarter to the right or down."""

    dx: Annotated[float, Meta(ge=-1, le=1)] = 0.0
    dy: Annotated[float, Meta(ge=-1, le=1)] = 0.0


def zoom_in(state: ViewState, args: NoArgs, world: World) -> Result:
    wall = state.cctv
    if wall.zoom >= ZOOM_MAX:
        raise Unavailable(Text("더 크게 볼 수 없습니다", "It can't be larger"))
    return _look(state, wall.zoom * ZOOM_STEP, wall.x, wall.y)


def zoom_out(state: ViewState, args: NoArgs, world: World) -> Result:
    wall = state.cctv
    if wall.zoom <= 1.0:
        raise Unavailable(Text("영상 전체가 보입니다", "The whole picture is shown"))
    return _look(state, wall.zoom / ZOOM_STEP, wall.x, wall.y)


def whole(state: ViewState, args: NoArgs, world: World) -> Result:
    return _look(state, 1.0, 0.5, 0.5)


def view(state: ViewState, args: Part, world: World) -> Result:
    return _look(state, args.zoom, args.x, args.y)


def pan(state: ViewState, args: Shift, world: World) -> Result:
    """Raises Unavailable while the whole picture is seen: there is nowhere to go."""
    wall = state.cctv
    if wall.zoom <= 1.0:
        raise Unavailable(Text("영상 전체가 보입니다", "The whole picture is shown"))
    return _look(state, wall.zoom, wall.x + args.dx / wall.zoom, wall.y + args.dy / wall.zoom)


def larger(state: ViewState, args: NoArgs, world: World) -> Result:
    """A spread hand: into the picture, without one fewer and larger pictures."""
    if state.place.camera is not None:
        return zoom_in(state, args, world)
    return cctv.larger(state, args, world)


def smaller(state: ViewState, args: NoArgs, world: World) -> Result:
    """The way back: out of the picture, out of the camera, to more and smaller pictures."""
    if state.place.camera is None:
        return cctv.smaller(state, args, world)
    if state.cctv.zoom > 1.0:
        return zoom_out(state, args, world)
    return cctv.close_camera(state, args, world)


def _look(state: ViewState, zoom: float, x: float, y: float) -> Result:
    wall = msgspec.structs.replace(looked(state.cctv, zoom, x, y), tour=None)
    say = Text(f"영상 {wall.zoom:.1f}배", f"Picture at {wall.zoom:.1f} times")
    return Result(replace(state, cctv=wall), say)


COMMANDS = (
    Command("cctv.larger", Text("CCTV 크게", "Larger pictures"), larger, when=cctv.ON_WALL),
    Command("cctv.smaller", Text("CCTV 작게", "Smaller pictures"), smaller, when=cctv.ON_WALL),
    Command("cctv.zoom_in", Text("영상 확대", "Zoom into the picture"), zoom_in, when=cctv.OPEN),
    Command(
        "cctv.zoom_out", Text("영상 축소", "Zoom out of the picture"), zoom_out, when=cctv.OPEN
    ),
    Command("cctv.whole", Text("영상 전체", "The whole picture"), whole, when=cctv.OPEN),
    Command("cctv.view", Text("영상 보기 맞추기", "Set the picture's view"), view, when=cctv.OPEN),
    Command("cctv.pan", Text("영상 옮기기", "Move the picture"), pan, when=cctv.OPEN),
)
