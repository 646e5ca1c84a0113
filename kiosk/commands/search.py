"""Looking for anything by name."""

from typing import Annotated

from msgspec import Meta

from kiosk.core.errors import Unavailable
from kiosk.core.registry import Args, Command, NoArgs, Result
from kiosk.core.state import Place, ViewState, go, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

PANEL = "search"
LONGEST = 80


class Wanted(Args, frozen=True):
    """What is looked for; empty opens the search with nothing in it."""

    text: Annotated[str, Meta(max_length=LONGEST)] = ""


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


COMMANDS = (
    Command("search.open", Text("찾기", "Search"), search),
    Command("search.clear", Text("찾는 말 지우기", "Clear the search"), clear),
)
