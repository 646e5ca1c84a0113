"""Items: pledges, plans, projects and whatever else the city's files or its systems list."""

from typing import Annotated

from msgspec import Meta

from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.lookup import entry, neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.shown import STANDINGS, stands
from kiosk.core.state import Place, ViewState, go
from kiosk.core.world import Entry, World
from kiosk.wire.text import Text

THING = Text("항목", "item")


class One(Args, frozen=True):
    """An item by its id or name."""

    item: str


class Number(Args, frozen=True):
    """The number that an item has in the list on the wall."""

    number: Annotated[int, Meta(ge=1, le=999)]


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
    return opened(state, panel, found)


def open_number(state: ViewState, args: Number, world: World) -> Result:
    """Raises BadArguments where the list has no such number."""
    panel, item, district = state.place.panel, state.place.item, state.place.district
    parts = _parts(panel, world)
    listed = _narrowed(state, world)
    listed = listed or parts.get(item or "") or parts.get(_whole(item, parts), [])
    if district is not None and any(e.district for e in listed):
        listed = [e for e in listed if e.district == district or e.id == item]
    if args.number > len(listed):
        raise BadArguments(
            Text(f"{args.number}번은 목록에 없습니다", f"There is no number {args.number} here")
        )
    return opened(state, panel, listed[args.number - 1])


def next_item(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def previous_item(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def into(state: ViewState, world: World) -> Result | None:
    """The first of what the open item is made of, of the panel's list when none is open; None
    where there is nothing further down."""
    panel, item = state.place.panel, state.place.item
    parts = _parts(panel, world).get(item or "", ())
    return opened(state, panel, parts[0]) if parts else None


def out_of(place: Place, world: World) -> str | None:
    """What the open item is part of, by id; None: the panel's own list."""
    return _whole(place.item, _parts(place.panel, world)) or None


def _step(state: ViewState, world: World, by: int) -> Result:
    """The neighbour of what is open among the parts of the same whole; of the panel's list the
    first when nothing is. Raises Unavailable when the panel has none."""
    panel, item = state.place.panel, state.place.item
    parts = _parts(panel, world)
    entries = tuple(_narrowed(state, world) or parts.get(_whole(item, parts), ()))
    if not entries:
        raise Unavailable(
            Text("여기에는 넘겨 볼 항목이 없습니다", "There are no items to turn here")
        )
    return opened(state, panel, neighbour(entries, item, by))


def _narrowed(state: ViewState, world: World) -> list[Entry]:
    """The panel's items of the part that its list is narrowed to; none where it is not."""
    only, every = state.place.only, _shown(state.panel, world)
    if only in STANDINGS:
        wholes = {e.parent for e in every}
        return [e for e in every if e.id not in wholes and stands(only, state=e.state, late=e.late)]
    return [e for e in every if only and e.group == only]


def _parts(panel: str, world: World) -> dict[str, list[Entry]]:
    """The items that a panel shows by what they are part of; "": of nothing that it shows."""
    entries = _shown(panel, world)
    known = {e.id for e in entries}
    found: dict[str, list[Entry]] = {}
    for one in entries:
        found.setdefault(one.parent if one.parent in known else "", []).append(one)
    return found


def _shown(panel: str, world: World) -> list[Entry]:
    """All items that a panel shows."""
    kinds = {kind for kind, shown in world.item_panels.items() if shown == panel}
    return [e for e in world.catalogue.items() if e.kind in kinds]


def _whole(item: str | None, parts: dict[str, list[Entry]]) -> str:
    """What an item is part of, "" where that is nothing."""
    return next((whole for whole, of in parts.items() if any(e.id == item for e in of)), "")


def opened(state: ViewState, panel: str, found: Entry) -> Result:
    """A narrowed list stays what it is beside an item of it."""
    only = state.place.only
    fits = found.group == only
    if only in STANDINGS:
        fits = stands(only, state=found.state, late=found.late)
    only = only if fits else ""
    place = Place(panel=panel, district=state.place.district, item=found.id, only=only)
    return Result(go(state, place), found.name)


SHOWN = Condition(
    lambda state, world: state.place.panel in world.item_panels.values(),
    Text("항목이 있는 화면을 먼저 열어 주세요", "Open a panel with items first"),
)

COMMANDS = (
    Command("item.open", Text("항목 열기", "Open an item"), open_item),
    Command("item.number", Text("번호로 열기", "Open by number"), open_number, when=SHOWN),
    Command("item.next", Text("다음 항목", "Next item"), next_item, when=SHOWN),
    Command("item.previous", Text("이전 항목", "Previous item"), previous_item, when=SHOWN),
)
