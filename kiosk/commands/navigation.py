"""Where the wall is: panels, back, forward, home."""

import msgspec

from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import Place, ViewState, go, replace
from kiosk.core.world import World
from kiosk.wire.text import Text


class Panel(Args, frozen=True):
    """A panel by its id."""

    panel: str


def open_panel(state: ViewState, args: Panel, world: World) -> Result:
    if args.panel not in world.panels:
        known = ", ".join(world.panels)
        raise BadArguments(
            Text(
                f"‘{args.panel}’ 화면은 없습니다. 있는 화면: {known}",
                f"There is no panel “{args.panel}”. Panels: {known}",
            )
        )
    place = msgspec.structs.replace(state.place, panel=args.panel, indicator=None, camera=None)
    return Result(go(state, place), _opened(world, args.panel))


def home(state: ViewState, args: NoArgs, world: World) -> Result:
    state = replace(go(state, Place()), map_zoom=1.0, map_x=0.5, map_y=0.5)
    return Result(state, Text("처음 화면입니다", "This is the first screen"))


def back(state: ViewState, args: NoArgs, world: World) -> Result:
    *past, place = state.past
    state = replace(state, place=place, past=tuple(past), future=(state.place, *state.future))
    return Result(state, Text("뒤로 왔습니다", "Went back"))


def forward(state: ViewState, args: NoArgs, world: World) -> Result:
    place, *future = state.future
    state = replace(state, place=place, past=(*state.past, state.place), future=tuple(future))
    return Result(state, Text("앞으로 갔습니다", "Went forward"))


def close(state: ViewState, args: NoArgs, world: World) -> Result:
    """Leaves what is open inside the panel first, then the panel."""
    place = state.place
    if place.camera or place.indicator:
        place = msgspec.structs.replace(place, camera=None, indicator=None)
    elif place.district:
        place = msgspec.structs.replace(place, district=None)
    elif place.panel != "home":
        place = Place()
    else:
        raise Unavailable(Text("닫을 것이 없습니다", "There is nothing to close"))
    return Result(go(state, place), Text("닫았습니다", "Closed"))


def next_panel(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def previous_panel(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def _step(state: ViewState, world: World, by: int) -> Result:
    panels = list(world.panels)
    here = panels.index(state.panel) if state.panel in panels else 0
    panel = panels[(here + by) % len(panels)]
    place = Place(panel=panel, district=state.place.district)
    return Result(go(state, place), _opened(world, panel))


def _opened(world: World, panel: str) -> Text:
    title = world.panels[panel]
    return Text(f"{title.ko} 화면을 열었습니다", f"Opened {title.en}")


COMMANDS = (
    Command("panel.open", Text("화면 열기", "Open a panel"), open_panel),
    Command("panel.next", Text("다음 화면", "Next panel"), next_panel),
    Command("panel.previous", Text("이전 화면", "Previous panel"), previous_panel),
    Command("nav.home", Text("처음으로", "Home"), home),
    Command(
        "nav.back",
        Text("뒤로", "Back"),
        back,
        when=Condition(
            lambda state, world: bool(state.past),
            Text("더 뒤로 갈 곳이 없습니다", "There is nothing to go back to"),
        ),
    ),
    Command(
        "nav.forward",
        Text("앞으로", "Forward"),
        forward,
        when=Condition(
            lambda state, world: bool(state.future),
            Text("더 앞으로 갈 곳이 없습니다", "There is nothing to go forward to"),
        ),
    ),
    Command("nav.close", Text("닫기", "Close"), close),
)
