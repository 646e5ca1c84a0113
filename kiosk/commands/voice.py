"""The microphone: open and close the listening window."""

from kiosk.core.registry import Command, Condition, NoArgs, Result, Send
from kiosk.core.state import ViewState
from kiosk.core.world import World
from kiosk.wire.messages import Listen, StopListening
from kiosk.wire.text import Text
from voice.events import Context


def listen(state: ViewState, args: NoArgs, world: World) -> Result:
    asks = state.confirmation is not None or state.choice is not None
    context = Context.ASKED if asks else Context.UNASKED
    heard_in = Listen(context=context, language=state.language)
    return Result(state, Text("말씀하세요", "Please speak"), (Send("voice", heard_in),))


def stop(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(state, Text("듣기를 멈췄습니다", "Stopped listening"), (_STOP,))


_STOP = Send("voice", StopListening())
_HEARS = Condition(
    lambda state, world: world.health("voice") == "running",
    Text(
        "지금은 들을 수 없습니다. 마이크 상태를 확인하세요",
        "Can't listen now. Check the microphone's lamp",
    ),
)

COMMANDS = (
    Command("voice.listen", Text("말하기", "Speak"), listen, when=_HEARS),
    Command("voice.stop", Text("듣기 멈춤", "Stop listening"), stop, when=_HEARS),
)
