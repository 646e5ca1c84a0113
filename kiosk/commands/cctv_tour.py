"""The tour: the wall walks over its cameras by itself until somebody takes over."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.commands import cctv
from kiosk.core.camera_wall import DWELL_S, Tour
from kiosk.core.errors import Unavailable
from kiosk.core.invocation import Source
from kiosk.core.lookup import neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState
from kiosk.core.world import World
from kiosk.wire.text import Text

PACES_S = (5, 10, 15, 20, 30, 60, 120)


class Dwell(Args, frozen=True):
    """Seconds a step; without, those of the chosen preset."""

    dwell_s: Annotated[int, Meta(ge=5, le=600)] | None = None


def start(state: ViewState, args: Dwell, world: World) -> Result:
    """Over the pages; one by one where all are on one page, or one is open in full."""
    cameras = cctv.chosen(state, world)
    if len(cameras) == 1:
        raise Unavailable(Text("카메라가 한 대뿐입니다", "There is only one camera"))
    if state.panel != "cctv":
        state = cctv.there(state)
    if state.place.camera is None and state.cctv.pages(len(cameras)) == 1:
        state = cctv.walled(state, tiles=1, page=0)
    chosen = world.presets.find(state.cctv.by.removeprefix("preset/"))
    dwell_s = args.dwell_s or (chosen.dwell_s if chosen else DWELL_S)
    say = Text(f"{dwell_s}초마다 돌아봅니다", f"A step every {dwell_s} seconds")
    return Result(_walking(state, dwell_s, world), say)


def turn(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def back(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def stop(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(cctv.walled(state, paused_s=0), Text("순회를 멈췄습니다", "The tour has stopped"))


def pause(state: ViewState, args: NoArgs, world: World) -> Result:
    """It waits where it is, however one looks around meanwhile."""
    tour = state.cctv.tour
    assert tour is not None
    say = Text("순회를 잠시 멈췄습니다. ‘계속’으로 이어집니다", "Paused. “Go on” resumes the tour")
    return Result(cctv.walled(state, paused_s=tour.dwell_s), say)


def resume(state: ViewState, args: NoArgs, world: World) -> Result:
    return start(state, Dwell(state.cctv.paused_s), world)


def faster(state: ViewState, args: NoArgs, world: World) -> Result:
    return _paced(state, world, -1)


def slower(state: ViewState, args: NoArgs, world: World) -> Result:
    return _paced(state, world, 1)


def _paced(state: ViewState, world: World, by: int) -> Result:
    """The next pace of PACES_S. Raises Unavailable at its end."""
    tour = state.cctv.tour
    assert tour is not None
    fitting = [s for s in PACES_S if (s > tour.dwell_s if by > 0 else s < tour.dwell_s)]
    if not fitting:
        raise Unavailable(Text("더 바꿀 수 없는 속도입니다", "This is the last pace"))
    dwell_s = fitting[0] if by > 0 else fitting[-1]
    say = Text(f"{dwell_s}초마다 돌아봅니다", f"A step every {dwell_s} seconds")
    return Result(_walking(state, dwell_s, world), say)


def _step(state: ViewState, world: World, by: int) -> Result:
    tour = state.cctv.tour
    assert tour is not None
    if state.place.camera is None:
        result = cctv.turned(state, world, by)
    else:
        here = neighbour(cctv.chosen(state, world), state.place.camera, by)
        result = cctv.opened(state, here, world)
        result = msgspec.structs.replace(
            result, state=msgspec.structs.replace(result.state, past=state.past)
        )
    return Result(_walking(result.state, tour.dwell_s, world), result.say)


def _walking(state: ViewState, dwell_s: int, world: World) -> ViewState:
    tour = Tour(dwell_s, world.now_ms() + dwell_s * 1000)
    return cctv.walled(state, tour=tour, paused_s=0)


_WALKS = Condition(
    lambda state, world: state.cctv.tour is not None and state.panel == "cctv",
    Text("순회하고 있지 않습니다", "No tour is running"),
)
_ANY = Condition(
    lambda state, world: state.cctv.tour is not None or state.cctv.paused_s > 0,
    Text("순회하고 있지 않습니다", "No tour is running"),
)
_WAITS = Condition(
    lambda state, world: state.cctv.tour is None and state.cctv.paused_s > 0,
    Text("잠시 멈춘 순회가 없습니다", "No tour has been paused"),
)

COMMANDS = (
    Command("cctv.tour", Text("CCTV 순회 시작", "Start the tour"), start),
    Command("cctv.tour_next", Text("순회 다음", "Tour: next"), turn, when=_WALKS),
    Command("cctv.tour_previous", Text("순회 이전", "Tour: previous"), back, when=_WALKS),
    Command(
        "cctv.tour_turn",
        Text("순회 차례", "The tour's next step"),
        turn,
        when=_WALKS,
        sources=frozenset({Source.SYSTEM}),
    ),
    Command("cctv.tour_pause", Text("순회 일시 정지", "Pause the tour"), pause, when=_WALKS),
    Command("cctv.tour_resume", Text("순회 계속", "Resume the tour"), resume, when=_WAITS),
    Command("cctv.tour_faster", Text("순회 빠르게", "Tour: faster"), faster, when=_WALKS),
    Command("cctv.tour_slower", Text("순회 느리게", "Tour: slower"), slower, when=_WALKS),
    Command(
        "cctv.tour_stop",
        Text("CCTV 순회 멈춤", "Stop the tour"),
        stop,
        when=_ANY,
        while_locked=True,
    ),
)
