"""From an item to what belongs to it: its whole, its figure, its places, the goal it serves."""

import msgspec

from kiosk.commands.items import SHOWN, THING, opened, out_of
from kiosk.core.errors import Unavailable
from kiosk.core.lookup import entry
from kiosk.core.registry import Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState, go
from kiosk.core.world import Entry, World
from kiosk.wire.text import Text


def up(state: ViewState, args: NoArgs, world: World) -> Result:
    """What the opened item is part of, else the panel's own list."""
    whole = out_of(state.place, world)
    if whole is not None:
        return opened(state, state.panel, entry(world.catalogue.items(), whole, THING))
    place = msgspec.structs.replace(state.place, item=None)
    return Result(go(state, place), world.panels[state.panel])


def figure(state: ViewState, args: NoArgs, world: World) -> Result:
    """Raises Unavailable for an item that no indicator tells more of."""
    found = _open(state, world)
    if not found.indicator:
        raise Unavailable(Text("이 항목의 지표가 없습니다", "No indicator tells more of this"))
    return Result(state, found.name, then=("indicator.open", {"indicator": found.indicator}))


def sites(state: ViewState, args: NoArgs, world: World) -> Result:
    """Raises Unavailable for an item that speaks of no places."""
    found = _open(state, world)
    if not found.sites:
        raise Unavailable(Text("이 항목의 시설이 없습니다", "This speaks of no places"))
    then = ("panel.narrow", {"panel": "places", "to": found.sites})
    return Result(state, found.name, then=then)


def goal(state: ViewState, args: NoArgs, world: World) -> Result:
    """The wall through the first goal that the item serves. Raises Unavailable without one."""
    found = _open(state, world)
    if not found.sdg:
        raise Unavailable(Text("이 항목에 적힌 목표가 없습니다", "No goal is given for this"))
    return Result(state, found.name, then=("goal.look", {"goal": str(found.sdg[0])}))


def latest(state: ViewState, args: NoArgs, world: World) -> Result:
    """What is furthest behind its dates on this panel, on a panel without items of the city."""
    here = {kind for kind, panel in world.item_panels.items() if panel == state.panel}
    kinds = here or set(world.item_panels)
    every = world.catalogue.items()
    wholes = {e.parent for e in every}
    late = [e for e in every if e.late and e.kind in kinds and e.id not in wholes]
    if not late:
        raise Unavailable(Text("지연된 것이 없습니다", "Nothing is behind its dates"))
    return opened(state, world.item_panels[late[0].kind], late[0])


def _open(state: ViewState, world: World) -> Entry:
    return entry(world.catalogue.items(), str(state.place.item), THING)


_OPEN = Condition(
    lambda state, world: SHOWN.holds(state, world) and state.place.item is not None,
    Text("먼저 항목을 하나 여세요", "Open an item first"),
)

COMMANDS = (
    Command("item.up", Text("위 항목으로", "To what it is part of"), up, when=_OPEN),
    Command("item.figure", Text("항목의 지표", "The item's indicator"), figure, when=_OPEN),
    Command("item.sites", Text("항목의 시설", "The item's places"), sites, when=_OPEN),
    Command("item.goal", Text("항목의 목표로 보기", "Look through its goal"), goal, when=_OPEN),
    Command("item.latest", Text("가장 늦은 항목", "What is furthest behind"), latest),
)
