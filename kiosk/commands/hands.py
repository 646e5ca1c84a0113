"""Whether a hand in the air counts, and whether its pointer is seen."""

from kiosk.commands.screen import turning
from kiosk.core.registry import Command, Condition, Risk
from kiosk.wire.text import Text

rest = turning(
    Text("손짓을 쉽니다. 말과 터치는 됩니다", "Gestures rest. Voice and touch go on"), hands=False
)
use = turning(Text("손짓을 다시 봅니다", "Gestures count again"), hands=True)
hide_pointer = turning(Text("손끝 표시를 숨겼습니다", "The pointer is hidden"), pointer=False)
show_pointer = turning(Text("손끝을 표시합니다", "The pointer is shown"), pointer=True)


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
