"""Items: pledges, plans, projects and whatever else the city's files or its systems list."""

from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.lookup import entry, neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import Place, ViewState, go
from kiosk.core.world import Entry, World
from kiosk.wire.text import Text

THING = Text("항목", "item")


class One(Args, frozen=True):
    """An item by its id or name."""

    item: str


def open_item(state: ViewState, args: One, world: World) -> Result:
    """Opens it on the panel that shows its kind. Raises BadArguments where no panel does."""
    found = entry(world.catalogue.items(), args.item, THING)
    panel = world.item_panels.get(found.kind)
    if panel is None:
        raise BadArguments(
            Text(
                f"‘{found.name.ko}’ 항목을 보여 줄 화면이 없습니다",
                f"No panel shows “{found.name.en}”",
            )
        )
    return _opened(state, panel, found)


def next_item(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def previous_item(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def _step(state: ViewState, world: World, by: int) -> Result:
    """The neighbour among items of the same kind, of all that the panel shows when none is open.
    Raises Unavailable when it shows none."""
    panel, shown = state.place.panel, world.item_panels
    here = next((e for e in world.catalogue.items() if e.id == state.place.item), None)
    kinds = {kind for kind, of in shown.items() if of == panel}
    wanted = {here.kind} if here is not None and here.kind in kinds else kinds
    entries = tuple(e for e in world.catalogue.items() if e.kind in wanted)
    if not entries:
        raise Unavailable(
            Text("여기에는 넘겨 볼 항목이 없습니다", "There are no items to turn here")
        )
    return _opened(state, panel, neighbour(entries, state.place.item, by))


def _opened(state: ViewState, panel: str, found: Entry) -> Result:
    place = Place(panel=panel, district=state.place.district, item=found.id)
    return Result(go(state, place), found.name)


_SHOWN = Condition(
    lambda state, world: state.place.panel in world.item_panels.values(),
    Text("항목이 있는 화면을 먼저 열어 주세요", "Open a panel with items first"),
)

COMMANDS = (
    Command("item.open", Text("항목 열기", "Open an item"), open_item),
    Command("item.next", Text("다음 항목", "Next item"), next_item, when=_SHOWN),
    Command("item.previous", Text("이전 항목", "Previous item"), previous_item, when=_SHOWN),
)
