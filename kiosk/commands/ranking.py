"""Districts in the order of a figure: from which end, how many of them, in which order."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from kiosk.core.errors import Unavailable
from kiosk.core.looks import Order
from kiosk.core.lookup import indicator_by_district
from kiosk.core.registry import Args, Command, Condition, Handler, NoArgs, Result
from kiosk.core.state import Place, ViewState, elsewhere, go
from kiosk.core.world import World
from kiosk.wire.text import Text

PANEL = "ranking"


class By(Args, frozen=True):
    """The indicator by id or name; empty: the one that the wall is about."""

    indicator: str = ""


class Many(Args, frozen=True):
    """How many of them, and the indicator; empty: the one that the wall is about."""

    count: Annotated[int, Meta(ge=1, le=999)]
    indicator: str = ""


def open_ranking(state: ViewState, args: By, world: World) -> Result:
    """Raises Unavailable for an indicator without figures by district."""
    place = _place(state, args.indicator, world)
    if place == state.place:
        raise Unavailable(Text("이미 순위를 보고 있습니다", "The ranking is shown already"))
    name = indicator_by_district(state, args.indicator, world).name
    return Result(go(state, place), Text(f"{name.ko} 순위입니다", f"{name.en} in order"))


def top(state: ViewState, args: Many, world: World) -> Result:
    say = Text(f"상위 {args.count}곳", f"The first {args.count}")
    return _opened(state, args.indicator, world, say, most=args.count)


def bottom(state: ViewState, args: Many, world: World) -> Result:
    say = Text(f"하위 {args.count}곳", f"The last {args.count}")
    return _opened(state, args.indicator, world, say, most=-args.count)


def all_of_them(state: ViewState, args: NoArgs, world: World) -> Result:
    return _opened(state, "", world, Text("순위를 모두 봅니다", "All of them"), most=0)


def reverse(state: ViewState, args: NoArgs, world: World) -> Result:
    """From the other end of the order by value; any other order gives way to that."""
    turned: Order = "value" if state.place.areas.order == "reverse" else "reverse"
    return _opened(state, "", world, _ORDERS[turned], order=turned)


def _ordering(order: Order) -> Handler:
    def put(state: ViewState, args: NoArgs, world: World) -> Result:
        """By change only what is published for a period: what is measured all day has no earlier
        figure to be told against."""
        indicator = indicator_by_district(state, "", world)
        if order == "change" and not indicator.published:
            name = indicator.name
            raise Unavailable(
                Text(
                    f"{name.ko}: 기간별로 발표되는 값이 아니라 변화를 알 수 없습니다",
                    f"{name.en} is not published by period, its change is not known",
                )
            )
        return _opened(state, "", world, _ORDERS[order], order=order)

    return put


def _opened(state: ViewState, wanted: str, world: World, say: Text, **changes: Any) -> Result:
    place = _place(state, wanted, world)
    areas = msgspec.structs.replace(place.areas, **changes)
    return Result(go(state, msgspec.structs.replace(place, areas=areas)), say)


def _place(state: ViewState, wanted: str, world: World) -> Place:
    """The ranking by an indicator; of the same one as it is looked at now."""
    indicator = indicator_by_district(state, wanted, world)
    if state.panel == PANEL and state.place.indicator == indicator.id:
        return state.place
    return elsewhere(state.place, PANEL, indicator=indicator.id)


_ORDERS: dict[Order, Text] = {
    "value": Text("값 순서입니다", "In the order of the figures"),
    "reverse": Text("거꾸로 된 순서입니다", "In the opposite order"),
    "name": Text("이름 순서입니다", "In the order of names"),
    "change": Text("변화 순서입니다", "In the order of change"),
}
_RANKED = Condition(
    lambda state, world: state.panel == PANEL,
    Text("순위를 먼저 열어 주세요", "Open a ranking first"),
)

COMMANDS = (
    Command("ranking.open", Text("순위 보기", "Ranking"), open_ranking),
    Command("ranking.top", Text("상위 몇 곳", "The first ones"), top),
    Command("ranking.bottom", Text("하위 몇 곳", "The last ones"), bottom),
    Command("ranking.all", Text("순위 모두", "All of the order"), all_of_them, when=_RANKED),
    Command("ranking.reverse", Text("순위 거꾸로", "The order reversed"), reverse, when=_RANKED),
    Command("ranking.by_value", Text("값 순서", "By value"), _ordering("value"), when=_RANKED),
    Command("ranking.by_name", Text("이름 순서", "By name"), _ordering("name"), when=_RANKED),
    Command("ranking.by_change", Text("변화 순서", "By change"), _ordering("change"), when=_RANKED),
)
