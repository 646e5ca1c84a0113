"""In which order the tabs of the categories stand."""

from kiosk.core.registry import Command, NoArgs, Result
from kiosk.core.state import ViewState, replace
from kiosk.core.world import World
from kiosk.wire.text import Text


def by_use(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text(
        "지난 여섯 주에 자주 연 화면을 앞에 놓았습니다",
        "The panels opened most in the last six weeks come first",
    )
    return Result(replace(state, by_use=True), say)


def fixed(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("정해진 순서로 놓았습니다", "The tabs stand in their fixed order")
    return Result(replace(state, by_use=False), say)


COMMANDS = (
    Command("layout.by_use", Text("자주 쓰는 순서로 놓기", "Arrange by use"), by_use),
    Command("layout.fixed", Text("정해진 순서로 놓기", "Fixed order"), fixed),
)
