"""Looking for anything by name."""

from typing import Annotated

from msgspec import Meta

from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import Place, ViewState, go, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

PANEL = "search"
LONGEST = 80


class Wanted(Args, frozen=True):
    """What is looked for; empty opens the search with nothing in it."""

    text: Annotated[str, Meta(max_length=LONGEST)] = ""


class Which(Args, frozen=True):
    """Which of what was found, as it stands on the wall, counted from one."""

    number: Annotated[int, Meta(ge=1, le=60)]


def search(state: ViewState, args: Wanted, world: World) -> Result:
    """Raises Unavailable on a wall without the panel."""
    if PANEL not in world.panels:
        raise Unavailable(Text("찾기 화면이 없습니다", "There is no search panel"))
    wanted = _named(world, " ".join(args.text.split()))
    words = Text("무엇을 찾을까요", "What are you looking for?")
    if wanted:
        words = Text(f"‘{wanted}’ 찾는 중", f"Looking for “{wanted}”")
    return Result(replace(go(state, Place(panel=PANEL)), sought=wanted), words)


def _named(world: World, wanted: str) -> str:
    """The name of what is meant by an id, as voice gives it; else the words as they are."""
    of = world.catalogue
    known = (*of.indicators(), *of.districts(), *of.neighbourhoods(), *of.cameras())
    return next((entry.name.ko for entry in known if entry.id == wanted), wanted)


def clear(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(replace(state, sought=""), Text("찾는 말을 지웠습니다", "Search cleared"))


def take(state: ViewState, args: Which, world: World) -> Result:
    """Opens what stands there. Raises BadArguments where the page has fewer."""
    found = world.pressable(f"search.{args.number}")
    if found is None:
        raise BadArguments(
            Text(
                f"{args.number}번째로 찾은 것이 없습니다",
                f"Nothing was found as number {args.number}",
            )
        )
    return Result(state, Text(f"{args.number}번째", f"Number {args.number}"), then=found)


_SEARCHES = Condition(
    lambda state, world: state.panel == PANEL,
    Text("먼저 찾을 것을 말해 주세요", "Search for something first"),
)

COMMANDS = (
    Command("search.open", Text("찾기", "Search"), search),
    Command("search.take", Text("찾은 것 열기", "Open what was found"), take, when=_SEARCHES),
    Command("search.clear", Text("찾는 말 지우기", "Clear the search"), clear),
)
