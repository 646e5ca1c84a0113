"""For a while nothing takes the screen by itself, or the wall stays on."""

from typing import Annotated

from msgspec import Meta

from kiosk.commands.screen import with_screen
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result, Risk
from kiosk.core.state import ViewState
from kiosk.core.world import World
from kiosk.pack.clock import local_time
from kiosk.wire.text import Text

MINUTE_MS = 60_000


class Minutes(Args, frozen=True):
    """For how long."""

    minutes: Annotated[int, Meta(ge=1, le=240)] = 60


def quiet(state: ViewState, args: Minutes, world: World) -> Result:
    until_ms = world.now_ms() + args.minutes * MINUTE_MS
    at = local_time(until_ms)
    say = Text(
        f"{at:%H:%M}까지 현안이 화면을 바꾸자고 묻지 않습니다",
        f"Until {at:%H:%M} no incident asks for the screen",
    )
    return Result(with_screen(state, quiet_until_ms=until_ms), say)


def ask_again(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("심각한 현안이 생기면 묻습니다", "Critical incidents ask again")
    return Result(with_screen(state, quiet_until_ms=0), say)


def stay(state: ViewState, args: Minutes, world: World) -> Result:
    until_ms = world.now_ms() + args.minutes * MINUTE_MS
    at = local_time(until_ms)
    say = Text(f"{at:%H:%M}까지 화면을 켜 둡니다", f"The wall stays on until {at:%H:%M}")
    return Result(with_screen(state, awake_until_ms=until_ms), say)


def rest(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("아무도 없으면 다시 쉬고 잠급니다", "It dims and locks by itself again")
    return Result(with_screen(state, awake_until_ms=0), say)


_QUIET = Condition(
    lambda state, world: state.screen.quiet_until_ms > world.now_ms(),
    Text("이미 물어보고 있습니다", "They ask already"),
)
_STAYS = Condition(
    lambda state, world: state.screen.awake_until_ms > world.now_ms(),
    Text("켜 두기로 하지 않았습니다", "Nobody asked it to stay on"),
)

COMMANDS = (
    Command(
        "alarm.quiet",
        Text("현안 알림 잠시 끄기", "Quiet for a while"),
        quiet,
        risk=Risk.CONTROL,
    ),
    Command("alarm.ask", Text("현안 알림 켜기", "Ask again"), ask_again, when=_QUIET),
    Command("system.stay", Text("화면 켜 두기", "Keep the wall on"), stay, risk=Risk.CONTROL),
    Command("system.rest", Text("켜 두기 그만", "Let the wall rest"), rest, when=_STAYS),
)
