"""Who the wall works for now: their first screen and their rights."""

from kiosk.commands import system
from kiosk.core.errors import BadArguments
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command, NoArgs, Result, Risk
from kiosk.core.state import HISTORY_LIMIT, ViewState, look, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

AT_THE_WALL = frozenset({Source.TOUCH, Source.KEYBOARD})


class Whose(Args, frozen=True):
    """One of the profiles of this wall, by id."""

    profile: str


def choose(state: ViewState, args: Whose, world: World) -> Result:
    """Back leads through their own places only, those of before included. Raises BadArguments for a
    profile that is not configured."""
    found = world.profiles.find(args.profile)
    before = world.profiles.find(state.profile)
    if found is None or not args.profile:
        known = ", ".join(profile.id for profile in world.profiles.profile) or "-"
        raise BadArguments(
            Text(
                f"‘{args.profile}’, 그런 사용자 설정이 없습니다. 있는 설정: {known}",
                f"There is no profile “{args.profile}”. Profiles: {known}",
            )
        )
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
        "profile.leave",
        Text("로그아웃", "Log out"),
        leave,
        risk=Risk.CONTROL,
        question=Text("로그아웃하고 화면을 잠글까요?", "Log out and lock the wall?"),
    ),
)
