"""The list on the wall: its pages, its parts; the tabs by their number."""

from collections.abc import Callable
from typing import Annotated

from msgspec import Meta

from kiosk.commands import cctv, navigation
from kiosk.commands.narrowing import Narrowed, narrow
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.looks import Turn
from kiosk.core.registry import Args, Command, Handler, NoArgs, Result
from kiosk.core.state import ViewState, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

CAMERAS = "cctv"


class Page(Args, frozen=True):
    """A page of the list, counted from one."""

    page: Annotated[int, Meta(ge=1, le=999)]


class Tab(Args, frozen=True):
    """A panel of the category on the wall, counted from one."""

    number: Annotated[int, Meta(ge=1, le=99)]


def next_page(state: ViewState, args: NoArgs, world: World) -> Result:
    """Of cameras as well, whose pages go round."""
    if state.panel == CAMERAS:
        return cctv.turned(state, world, 1)
    return _turned(state, world, lambda page, _pages: page + 1)


def previous_page(state: ViewState, args: NoArgs, world: World) -> Result:
    if state.panel == CAMERAS:
        return cctv.turned(state, world, -1)
    return _turned(state, world, lambda page, _pages: page - 1)


def first(state: ViewState, args: NoArgs, world: World) -> Result:
    return _turned(state, world, lambda _page, _pages: 0)


def last(state: ViewState, args: NoArgs, world: World) -> Result:
    return _turned(state, world, lambda _page, pages: pages - 1)


def page(state: ViewState, args: Page, world: World) -> Result:
    return _turned(state, world, lambda _page, _pages: args.page - 1)


def tab(state: ViewState, args: Tab, world: World) -> Result:
    """Raises Unavailable outside the categories, BadArguments where there are fewer."""
    menu = world.menu
    category = menu.category_of(state.panel)
    if category is None:
        raise Unavailable(Text("여기에는 탭이 없습니다", "There are no tabs here"))
    panels = menu.categories[category].panels
    if args.number > len(panels):
        count = len(panels)
        raise BadArguments(Text(f"탭은 {count}개입니다", f"There are {count} tabs"))
    return navigation.open_panel(state, navigation.Panel(panels[args.number - 1]), world)


def _part(by: int) -> Handler:
    def turn(state: ViewState, args: NoArgs, world: World) -> Result:
        """All of the list is one of its parts. Raises Unavailable where it has none."""
        words = ["", *world.narrowings.get(state.panel, {})]
        at = words.index(state.place.only) if state.place.only in words else 0
        return narrow(state, Narrowed(to=words[(at + by) % len(words)]), world)

    return turn


def _turned(state: ViewState, world: World, to: Callable[[int, int], int]) -> Result:
    """Raises Unavailable without a list of several pages, or where it ends."""
    listed = world.pages()
    if listed is None:
        raise Unavailable(Text("넘길 쪽이 없습니다", "There are no pages to turn here"))
    now, pages = listed
    wanted = to(now, pages)
    if wanted == now or not 0 <= wanted < pages:
        raise Unavailable(
            Text(f"{pages}쪽 가운데 {now + 1}쪽입니다", f"This is page {now + 1} of {pages}")
        )
    turn = Turn(wanted, state.turn.count + 1)
    say = Text(f"{pages}쪽 가운데 {wanted + 1}쪽", f"Page {wanted + 1} of {pages}")
    return Result(replace(state, turn=turn), say)


COMMANDS = (
    Command("list.next_page", Text("다음 쪽", "Next page"), next_page),
    Command("list.previous_page", Text("이전 쪽", "Previous page"), previous_page),
    Command("list.first", Text("첫 쪽", "First page"), first),
    Command("list.last", Text("마지막 쪽", "Last page"), last),
    Command("list.page", Text("몇 쪽으로", "Page by number"), page),
    Command("panel.tab", Text("탭 번호로 열기", "Tab by number"), tab),
    Command("panel.next_part", Text("목록의 다음 부분", "Next part of the list"), _part(1)),
    Command("panel.previous_part", Text("목록의 이전 부분", "Previous part"), _part(-1)),
)
