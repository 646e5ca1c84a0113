"""Who the wall works for now: their first screen and their rights."""

from kiosk.commands import system
from kiosk.core.errors import BadArguments, Denied
from kiosk.core.invocation import Source
from kiosk.core.pins import matches
from kiosk.core.profiles import Profile
from kiosk.core.registry import Args, Command, NoArgs, Result, Risk
from kiosk.core.state import HISTORY_LIMIT, PinView, ViewState, look, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

ASKED_MS = 60_000
AT_THE_WALL = frozenset({Source.TOUCH, Source.KEYBOARD})


class Whose(Args, frozen=True):
    """One of the profiles of this wall, by id."""

    profile: str


class Pressed(Args, frozen=True):
    """A profile, and what was pressed for it."""

    profile: str
    pin: str


def choose(state: ViewState, args: Whose, world: World) -> Result:
    """At once, or after their PIN. Raises BadArguments for a profile that is not configured."""
    found = _find(args.profile, world)
    if not found.pin or found.id == state.profile:
        return _enter(state, found, world)
    asked = PinView(found.id, found.name, world.now_ms() + ASKED_MS, _wait(found, world))
    say = Text(f"{found.name.ko}의 PIN을 누르십시오", f"Press the PIN of: {found.name.en}")
    return Result(replace(state, pin=asked), say)


def enter(state: ViewState, args: Pressed, world: World) -> Result:
    """Raises Denied for a wrong PIN, and for any while tries have to wait."""
    found = _find(args.profile, world)
    if state.pin is None or state.pin.profile != found.id:
        raise Denied(Text("PIN을 묻지 않았습니다", "No PIN was asked for"))
    now_ms = world.now_ms()
    wait = _wait(found, world)
    if wait is not None:
        raise Denied(wait)
    if not matches(args.pin, found.pin):
        world.pins.wrong(found.id, now_ms)
        raise Denied(_wait(found, world) or Text("PIN이 맞지 않습니다", "That is not the PIN"))
    world.pins.right(found.id)
    return _enter(replace(state, pin=None), found, world)


def cancel(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(replace(state, pin=None), Text("바꾸지 않았습니다", "Nothing was changed"))


def _wait(found: Profile, world: World) -> Text | None:
    """Words for how long the next try has to wait, while it has to."""
    left_s = -(-world.pins.wait_ms(found.id, world.now_ms()) // 1000)
    if not left_s:
        return None
    return Text(
        f"여러 번 틀렸습니다. {left_s}초 뒤에 다시 누르십시오",
        f"Wrong several times. Try again in {left_s} s",
    )


def _find(wanted: str, world: World) -> Profile:
    """Raises BadArguments."""
    found = world.profiles.find(wanted)
    if found is None or not wanted:
        known = ", ".join(profile.id for profile in world.profiles.profile) or "-"
        raise BadArguments(
            Text(
                f"‘{wanted}’, 그런 사용자 설정이 없습니다. 있는 설정: {known}",
                f"There is no profile “{wanted}”. Profiles: {known}",
            )
        )
    return found


def _enter(state: ViewState, found: Profile, world: World) -> Result:
    """Back leads through their own places only, those of before included."""
    before = world.profiles.find(state.profile)
    pasts = dict(state.pasts)
    if before is not None:
        pasts[before.id] = (*state.past, state.place)[-HISTORY_LIMIT:]
    state = replace(
        look(state),
        place=found.home,
        past=pasts.pop(found.id, ()),
        future=(),
        pasts=pasts,
        profile=found.id,
    )
    return Result(state, Text(f"{found.name.ko} 화면입니다", f"The wall of: {found.name.en}"))


def leave(state: ViewState, args: NoArgs, world: World) -> Result:
    """Locks, and whoever unlocks is the one whose wall it is."""
    state = system.lock(state, args, world).state
    return Result(replace(state, profile=""), Text("로그아웃했습니다", "Logged out"))


COMMANDS = (
    # By a finger only: rights change with it, and a voice or a hand may be a visitor's.
    Command(
        "profile.choose", Text("사용자 고르기", "Choose a profile"), choose, sources=AT_THE_WALL
    ),
    Command(
        "profile.enter",
        Text("PIN으로 들어가기", "Enter with a PIN"),
        enter,
        sources=AT_THE_WALL,
        secret=frozenset({"pin"}),
    ),
    Command("profile.cancel", Text("PIN 누르기 그만두기", "No PIN"), cancel, sources=AT_THE_WALL),
    Command(
        "profile.leave",
        Text("로그아웃", "Log out"),
        leave,
        risk=Risk.CONTROL,
        question=Text("로그아웃하고 화면을 잠글까요?", "Log out and lock the wall?"),
    ),
)
