"""A place of the wall to come back to."""

from kiosk.core.registry import Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState, go, replace
from kiosk.core.world import World
from kiosk.wire.text import Text


def keep(state: ViewState, args: NoArgs, world: World) -> Result:
    title = world.panels.get(state.panel, Text(state.panel, state.panel))
    say = Text(f"{title.ko} 화면을 기억합니다", f"{title.en} is kept to come back to")
    return Result(replace(state, kept=state.place), say)


def kept(state: ViewState, args: NoArgs, world: World) -> Result:
    assert state.kept is not None
    return Result(go(state, state.kept), Text("기억한 화면입니다", "Back at the kept place"))


_KEPT = Condition(
    lambda state, world: state.kept is not None,
    Text("기억해 둔 화면이 없습니다", "No place has been kept"),
)

COMMANDS = (
    Command("nav.keep", Text("이 화면 기억하기", "Keep this place"), keep),
    Command("nav.kept", Text("기억한 화면으로", "Back to the kept place"), kept, when=_KEPT),
)
