"""The wall through one Sustainable Development Goal: what serves it stands out."""

import re

from kiosk.commands import items
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.lookup import indicator_shown, neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState, elsewhere, go, replace
from kiosk.core.world import Entry, World, find
from kiosk.wire.text import Text

KINDS = ("sdg", "target")
_NONE_CHOSEN = Text("고른 목표가 없습니다", "No goal is chosen")


class Goal(Args, frozen=True):
    """A goal or a target of one: its number ("11", "11.2"), its name or its id."""

    goal: str


class OneOrThis(Args, frozen=True):
    """A goal in the same way; empty: the one that the wall is looked at through."""

    goal: str = ""


def look(state: ViewState, args: Goal, world: World) -> Result:
    """Raises BadArguments where no goal has this number or name."""
    found = _found(args.goal, world)
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


def open_goal(state: ViewState, args: Goal, world: World) -> Result:
    """Its own page: its targets and what serves it. Raises BadArguments as above."""
    return items.open_item(state, items.One(_found(args.goal, world).id), world)


def indicators(state: ViewState, args: OneOrThis, world: World) -> Result:
    """The board of those that serve a goal; without a name the one that is looked through."""
    if not args.goal and not state.goal:
        raise Unavailable(_NONE_CHOSEN)
    found = _found(args.goal or state.goal, world)
    name = found.name
    state = go(replace(state, goal=found.id), elsewhere(state.place, "indicators"))
    return Result(state, Text(f"이 목표의 지표: {name.ko}", f"Indicators of the goal: {name.en}"))


def of_indicator(state: ViewState, args: NoArgs, world: World) -> Result:
    """Through the first goal of the indicator that the wall is about. Raises Unavailable where it
    serves none."""
    indicator = indicator_shown(state, world)
    if not indicator.sdg:
        name = indicator.name
        raise Unavailable(
            Text(f"{name.ko}: 정해진 목표가 없습니다", f"No goal is named for {name.en}")
        )
    return look(state, Goal(str(indicator.sdg[0])), world)


def whole(state: ViewState, args: NoArgs, world: World) -> Result:
    """From a target to its goal. Raises Unavailable where a goal is looked through already."""
    target = looked_through(state, world)
    if target is None or target.kind != "target":
        raise Unavailable(Text("세부 목표로 보고 있지 않습니다", "No target is looked through"))
    return look(state, Goal(str(target.sdg[0])), world)


def next_goal(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def previous_goal(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def _step(state: ViewState, world: World, by: int) -> Result:
    """Among goals, or the targets of all of them; the first goal when none is chosen."""
    now = looked_through(state, world)
    kind = now.kind if now is not None else KINDS[0]
    known = tuple(entry for entry in world.catalogue.items() if entry.kind == kind)
    return look(state, Goal(neighbour(known, now.id if now else None, by).id), world)


def _found(wanted: str, world: World) -> Entry:
    """Raises BadArguments where no goal has this number or name."""
    known = tuple(entry for entry in world.catalogue.items() if entry.kind in KINDS)
    found = find(known, _id(wanted)) or find(known, wanted)
    if found is None:
        raise BadArguments(
            Text(f"‘{wanted}’, 그런 목표가 없습니다", f"There is no goal called “{wanted}”")
        )
    return found


def clear(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(replace(state, goal=""), Text("모든 목표를 봅니다", "All goals again"))


def looked_through(state: ViewState, world: World) -> Entry | None:
    """The goal or target that the wall is looked at through; None: it is not, or the goal went."""
    if not state.goal:
        return None
    return next((e for e in world.catalogue.items() if e.id == state.goal), None)


COMMANDS = (
    Command("goal.look", Text("목표로 보기", "Look through a goal"), look),
    Command("goal.open", Text("목표 열기", "Open a goal"), open_goal),
    Command("goal.next", Text("다음 목표", "Next goal"), next_goal),
    Command("goal.previous", Text("이전 목표", "Previous goal"), previous_goal),
    Command("goal.whole", Text("세부 목표에서 목표로", "From the target to its goal"), whole),
    Command("goal.indicators", Text("목표의 지표", "Indicators of a goal"), indicators),
    Command("goal.of_indicator", Text("지표의 목표로 보기", "Its goal"), of_indicator),
    Command(
        "goal.clear",
        Text("목표 해제", "All goals"),
        clear,
        when=Condition(
            lambda state, world: bool(state.goal),
            _NONE_CHOSEN,
        ),
    ),
)
