"""The kiosk itself: lock, unlock, stop, try a process again."""

import msgspec

from kiosk.core.errors import BadArguments
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result, Risk, Send
from kiosk.core.shown import Lists, Screen
from kiosk.core.state import Place, ViewState, replace
from kiosk.core.world import World
from kiosk.wire.messages import (
    ClosePairing,
    RestartProcess,
    StopAll,
    StopListening,
    StopRecording,
)
from kiosk.wire.text import Text

PROCESSES = (
    *("gestures", "voice", "video", "sync", "remote", "calls", "public", "backend", "cameras"),
)


class Process(Args, frozen=True):
    """A process by name."""

    process: str


def lock(state: ViewState, args: NoArgs, world: World) -> Result:
    """Whoever unlocks may be somebody else: nothing of the person before stays, but how bright and
    how loud it is, which is the room's. A call ends: under the cover its lamps are not seen."""
    asks: dict[str, None] = dict.fromkeys(("confirmation", "choice", "pairing", "pin", "call"))
    state = replace(state, locked=True, **asks)
    state = replace(state, place=Place(), person="", kept=None, lists=Lists())
    screen = Screen(brightness=state.screen.brightness, sound=state.screen.sound)
    state = replace(state, screen=screen)
    return Result(state, Text("화면을 잠갔습니다", "The wall is locked"))


def halt(state: ViewState, args: NoArgs, world: World) -> Result:
    """Locks at once and stops what goes on, whether or not a process answers."""
    stops = (Send("voice", StopListening(), needed=False), Send("remote", ClosePairing(), False))
    say = Text("모두 멈추고 잠갔습니다", "Everything stopped, the wall is locked")
    return Result(lock(state, args, world).state, say, stops)


def cease(state: ViewState, args: NoArgs, world: World) -> Result:
    """Ends what goes on by itself: a tour, an offered pairing, a recording of the hands, a call."""
    wall = msgspec.structs.replace(state.cctv, tour=None)
    sends = [Send("voice", StopListening(), needed=False)]
    if state.pairing is not None:
        sends.append(Send("remote", ClosePairing(), needed=False))
    if state.recording is not None:
        sends.append(Send("gestures", StopRecording()))
    state = replace(state, cctv=wall, pairing=None, call=None)
    return Result(state, Text("멈췄습니다", "Stopped"), tuple(sends))


def unlock(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(replace(state, locked=False), Text("잠금을 풀었습니다", "The wall is unlocked"))


def dim(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(replace(state, dimmed=True), Text("화면을 껐습니다", "The wall is dimmed"))


def wake(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(replace(state, dimmed=False), Text("화면을 켰습니다", "The wall is on again"))


def stop(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(
        state,
        Text("프로그램을 마칩니다", "The kiosk is stopping"),
        (Send("supervisor", StopAll()),),
    )


def restart(state: ViewState, args: Process, world: World) -> Result:
    if args.process not in PROCESSES:
        known = ", ".join(PROCESSES)
        raise BadArguments(
            Text(
                f"‘{args.process}’ 프로세스는 없습니다: {known}",
                f"There is no process “{args.process}”: {known}",
            )
        )
    return Result(
        state,
        Text(f"다시 시작합니다: {args.process}", f"Starting {args.process} again"),
        (Send("supervisor", RestartProcess(args.process)),),
    )


_LOCKED = Condition(
    lambda state, world: state.locked, Text("잠겨 있지 않습니다", "The wall is not locked")
)
_LIT = Condition(
    lambda state, world: not state.dimmed, Text("이미 꺼져 있습니다", "The wall is dimmed already")
)
_DIMMED = Condition(
    lambda state, world: state.dimmed, Text("이미 켜져 있습니다", "The wall is on already")
)
_GOES_ON = Condition(
    lambda state, world: (
        state.cctv.tour is not None
        or state.pairing is not None
        or state.recording is not None
        or state.call is not None
    ),
    Text("멈출 것이 없습니다", "Nothing goes on by itself"),
)
_BY_HAND = frozenset({Source.TOUCH, Source.KEYBOARD, Source.SYSTEM})

COMMANDS = (
    Command(
        "system.lock",
        Text("화면 잠금", "Lock the wall"),
        lock,
        risk=Risk.CONTROL,
        question=Text("화면을 잠글까요?", "Lock the wall?"),
    ),
    # No question: locking is the safe side, and whoever says stop means now.
    Command(
        "system.halt",
        Text("모두 멈추고 잠금", "Stop everything and lock"),
        halt,
        sources=frozenset(Source) - {Source.TABLET},
    ),
    Command("system.cease", Text("하던 것 멈추기", "Stop what goes on"), cease, when=_GOES_ON),
    Command(
        "system.unlock",
        Text("잠금 해제", "Unlock the wall"),
        unlock,
        sources=_BY_HAND,
        when=_LOCKED,
        while_locked=True,
    ),
    Command("system.dim", Text("화면 끄기", "Dim the wall"), dim, when=_LIT, while_locked=True),
    Command(
        "system.wake", Text("화면 켜기", "Wake the wall"), wake, when=_DIMMED, while_locked=True
    ),
    Command(
        "system.stop",
        Text("프로그램 마치기", "Stop the kiosk"),
        stop,
        risk=Risk.ADMIN,
        sources=_BY_HAND,
        question=Text("프로그램을 마칠까요?", "Stop the kiosk?"),
    ),
    Command(
        "system.restart",
        Text("프로세스 다시 시작", "Start a process again"),
        restart,
        risk=Risk.ADMIN,
        sources=_BY_HAND,
    ),
)
