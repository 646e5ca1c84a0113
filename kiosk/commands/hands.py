"""Whether a hand in the air counts, and whether its pointer is seen."""

from kiosk.commands.screen import with_screen
from kiosk.core.registry import Command, Condition, NoArgs, Result, Risk
from kiosk.core.state import ViewState
from kiosk.core.world import World
from kiosk.wire.text import Text


def rest(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("손짓을 쉽니다. 말과 터치는 됩니다", "Gestures rest. Voice and touch go on")
    return Result(with_screen(state, hands=False), say)


def use(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(
        with_screen(state, hands=True), Text("손짓을 다시 봅니다", "Gestures count again")
    )


def hide_pointer(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("손끝 표시를 숨겼습니다", "The pointer is hidden")
    return Result(with_screen(state, pointer=False), say)


def show_pointer(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(
        with_screen(state, pointer=True), Text("손끝을 표시합니다", "The pointer is shown")
    )


_COUNTS = Condition(
    lambda state, world: state.screen.hands,
    Text("손짓은 이미 쉬고 있습니다", "Gestures rest already"),
)
_RESTS = Condition(
    lambda state, world: not state.screen.hands,
    Text("손짓을 이미 보고 있습니다", "Gestures count already"),
)
_SEEN = Condition(
    lambda state, world: state.screen.pointer,
    Text("이미 숨겨져 있습니다", "It is hidden already"),
)
_HIDDEN = Condition(
    lambda state, world: not state.screen.pointer,
    Text("이미 표시하고 있습니다", "It is shown already"),
)

COMMANDS = (
    Command("gestures.rest", Text("손짓 끄기", "Let gestures rest"), rest, when=_COUNTS),
    # Asked back where it may be misread: somebody wanted the hands not to count.
    Command("gestures.use", Text("손짓 켜기", "Use gestures"), use, risk=Risk.CONTROL, when=_RESTS),
    Command("pointer.hide", Text("손끝 표시 숨기기", "Hide the pointer"), hide_pointer, when=_SEEN),
    Command(
        "pointer.show", Text("손끝 표시 보이기", "Show the pointer"), show_pointer, when=_HIDDEN
    ),
)
