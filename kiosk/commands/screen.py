"""The wall as a thing to look at: how bright it is, what is within reach, what stands around."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from kiosk.core.errors import Unavailable
from kiosk.core.registry import Args, Command, Condition, Handler, NoArgs, Result
from kiosk.core.shown import LEAST_BRIGHT, Screen
from kiosk.core.state import ViewState, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

STEP = 0.2


class Percent(Args, frozen=True):
    """How bright, per cent of what the wall can; below the darkest that can be read it is that."""

    percent: Annotated[int, Meta(ge=0, le=100)]


def brighter(state: ViewState, args: NoArgs, world: World) -> Result:
    """Raises Unavailable when it can be no brighter."""
    if state.screen.brightness >= 1.0:
        raise Unavailable(Text("가장 밝습니다", "It can't be brighter"))
    return _lit(state, state.screen.brightness + STEP)


def darker(state: ViewState, args: NoArgs, world: World) -> Result:
    """Raises Unavailable when nobody could read it any darker."""
    if state.screen.brightness <= LEAST_BRIGHT:
        raise Unavailable(Text("더 어두우면 읽을 수 없습니다", "Darker, nobody could read it"))
    return _lit(state, state.screen.brightness - STEP)


def brightness(state: ViewState, args: Percent, world: World) -> Result:
    return _lit(state, args.percent / 100)


def _lit(state: ViewState, share: float) -> Result:
    share = round(min(1.0, max(LEAST_BRIGHT, share)), 2)
    return Result(
        with_screen(state, brightness=share), Text(f"밝기 {share:.0%}", f"Light {share:.0%}")
    )


def turning(say: Text, **changes: Any) -> Handler:
    """What changes the screen in this way and says so."""

    def turn(state: ViewState, args: NoArgs, world: World) -> Result:
        return Result(with_screen(state, **changes), say)

    return turn


lower = turning(
    Text("위쪽을 손 닿는 데로 내렸습니다", "The upper part is within reach"), lowered=True
)
lift = turning(Text("제자리입니다", "Back in its place"), lowered=False)
hide_menu = turning(
    Text("화면을 넓혔습니다. ‘메뉴 열어’로 돌아옵니다", "More room. “Show the menu” undoes it"),
    menu=False,
)
show_menu = turning(Text("메뉴를 열었습니다", "The menu is shown"), menu=True)


def usual(state: ViewState, args: NoArgs, world: World) -> Result:
    """Everything that this file and `ui.larger`, `ui.smaller` can change, as it was at first."""
    state = replace(state, text_scale=1.0, screen=_usual(state.screen))
    return Result(state, Text("화면을 처음처럼 맞췄습니다", "The screen is as it was at first"))


def _usual(screen: Screen) -> Screen:
    return msgspec.structs.replace(screen, brightness=1.0, lowered=False, menu=True)


def with_screen(state: ViewState, **changes: Any) -> ViewState:
    """The same with another screen."""
    return replace(state, screen=msgspec.structs.replace(state.screen, **changes))


_HIGH = Condition(
    lambda state, world: not state.screen.lowered,
    Text("이미 내려와 있습니다", "It has come down already"),
)
_LOW = Condition(
    lambda state, world: state.screen.lowered,
    Text("이미 제자리입니다", "It is in its place already"),
)
_SHOWN = Condition(
    lambda state, world: state.screen.menu,
    Text("메뉴가 이미 닫혀 있습니다", "The menu is hidden already"),
)
_HIDDEN = Condition(
    lambda state, world: not state.screen.menu,
    Text("메뉴가 이미 열려 있습니다", "The menu is shown already"),
)

COMMANDS = (
    Command("screen.brighter", Text("화면 더 밝게", "Brighter"), brighter),
    Command("screen.darker", Text("화면 더 어둡게", "Darker"), darker),
    Command("screen.brightness", Text("화면 밝기", "Brightness"), brightness),
    Command("screen.lower", Text("위쪽 내리기", "Bring the top down"), lower, when=_HIGH),
    Command("screen.lift", Text("위쪽 되돌리기", "Put the top back"), lift, when=_LOW),
    Command("screen.hide_menu", Text("넓게 보기", "Hide the menu"), hide_menu, when=_SHOWN),
    Command("screen.show_menu", Text("메뉴 열기", "Show the menu"), show_menu, when=_HIDDEN),
    Command("screen.usual", Text("화면 처음처럼", "The screen as at first"), usual),
)
