"""The wall's own sound, heard when an incident asks for the screen. Off until it is wanted."""

from kiosk.commands.screen import with_screen
from kiosk.core.errors import Unavailable
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result, Send
from kiosk.core.state import ViewState
from kiosk.core.world import World
from kiosk.wire.messages import Chime
from kiosk.wire.text import Text

SCREEN = "ui"
FIRST, STEP, LEAST = 0.5, 0.25, 0.25


class Told(Args, frozen=True):
    """Why nothing was heard."""

    ko: str
    en: str


def on(state: ViewState, args: NoArgs, world: World) -> Result:
    return _at(state, FIRST)


def off(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("소리를 껐습니다", "The sound is off")
    return Result(with_screen(state, sound=0.0), say)


def louder(state: ViewState, args: NoArgs, world: World) -> Result:
    """Raises Unavailable when it can be no louder."""
    if state.screen.sound >= 1.0:
        raise Unavailable(Text("가장 큰 소리입니다", "It can't be louder"))
    return _at(state, state.screen.sound + STEP)


def softer(state: ViewState, args: NoArgs, world: World) -> Result:
    """Raises Unavailable when softer would be off."""
    if state.screen.sound <= LEAST:
        raise Unavailable(Text("더 작으면 들리지 않습니다", "Softer, nobody would hear it"))
    return _at(state, state.screen.sound - STEP)


def told(state: ViewState, args: Told, world: World) -> Result:
    raise Unavailable(Text(args.ko, args.en))


def _at(state: ViewState, volume: float) -> Result:
    """It is played at once, so that one hears how loud it is."""
    say = Text(f"소리 {volume:.0%}", f"Sound at {volume:.0%}")
    return Result(
        with_screen(state, sound=volume), say, (Send(SCREEN, Chime(volume), needed=False),)
    )


_SILENT = Condition(
    lambda state, world: state.screen.sound == 0.0,
    Text("소리가 이미 켜져 있습니다", "The sound is on already"),
)
_SOUNDS = Condition(
    lambda state, world: state.screen.sound > 0.0,
    Text("소리가 꺼져 있습니다. ‘소리 켜’로 켭니다", "The sound is off. “Sound on” turns it on"),
)

COMMANDS = (
    Command("sound.on", Text("소리 켜기", "Sound on"), on, when=_SILENT),
    Command("sound.off", Text("소리 끄기", "Sound off"), off, when=_SOUNDS),
    Command("sound.louder", Text("소리 크게", "Louder"), louder, when=_SOUNDS),
    Command("sound.softer", Text("소리 작게", "Softer"), softer, when=_SOUNDS),
    Command(
        "sound.told",
        Text("소리 소식", "News of the sound"),
        told,
        sources=frozenset({Source.SYSTEM}),
    ),
)
