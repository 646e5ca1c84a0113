"""The wall through one Sustainable Development Goal: what serves it stands out."""

import re

from kiosk.core.errors import BadArguments
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState, replace
from kiosk.core.world import Entry, World, find
from kiosk.wire.text import Text

KINDS = ("sdg", "target")


class Goal(Args, frozen=True):
    """A goal or a target of one: its number ("11", "11.2"), its name or its id."""

    goal: str


def look(state: ViewState, args: Goal, world: World) -> Result:
    """Raises BadArguments where no goal has this number or name."""
    known = tuple(entry for entry in world.catalogue.items() if entry.kind in KINDS)
    found = find(known, _id(args.goal)) or find(known, args.goal)
    if found is None:
        raise BadArguments(
            Text(f"‘{args.goal}’, 그런 목표가 없습니다", f"There is no goal called “{args.goal}”")
        )
    name = found.name
    return Result(
        replace(state, goal=found.id),
        Text(f"목표로 봅니다: {name.ko}", f"Through the goal: {name.en}"),
    )


def _id(number: str) -> str:
    """The id of what has this number among the goals and targets, else the words as they are."""
    parts = re.fullmatch(r"(\d{1,2})(?:\.(\d{1,2}|[a-z]))?", number.strip())
    if parts is None:
        return number
    return f"target-{parts[1]}-{parts[2]}" if parts[2] else f"sdg-{int(parts[1])}"


def clear(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(replace(state, goal=""), Text("모든 목표를 봅니다", "All goals again"))


def looked_through(state: ViewState, world: World) -> Entry | None:
    """The goal or target that the wall is looked at through; None: it is not, or the goal went."""
    if not state.goal:
        return None
    return next((e for e in world.catalogue.items() if e.id == state.goal), None)


COMMANDS = (
    Command("goal.look", Text("목표로 보기", "Look through a goal"), look),
    Command(
        "goal.clear",
        Text("목표 해제", "All goals"),
        clear,
        when=Condition(
            lambda state, world: bool(state.goal),
            Text("고른 목표가 없습니다", "No goal is chosen"),
        ),
    ),
)
