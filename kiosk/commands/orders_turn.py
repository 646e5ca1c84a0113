"""From order to order, to what one is about, and once more to those who have it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.commands.orders import PANEL, WRITES, words_of_ones_own
from kiosk.core.desk import Department
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.lookup import matter
from kiosk.core.registry import Args, Command, NoArgs, Question, Result, Risk, Send
from kiosk.core.shown import OrdersShown
from kiosk.core.state import ViewState, elsewhere, go
from kiosk.core.world import World
from kiosk.wire.messages import WriteOrder
from kiosk.wire.orders import GivenOrder, Order
from kiosk.wire.text import Text

OPENS = {
    "incidents": ("incident.open", "incident"),
    "indicators": ("indicator.open", "indicator"),
    "cameras": ("cctv.open", "camera"),
    "complaints": ("complaint.show", "complaint"),
    "items": ("item.open", "item"),
}
"""Table -> the command that opens a thing of it, and the argument that names the thing."""


class Number(Args, frozen=True):
    """Which of the list on the orders panel, counted from one."""

    number: Annotated[int, Meta(ge=1, le=999)]


class Again(Args, frozen=True):
    """An order by its id (empty: the one that is open, else the last one given). `by` is filled
    in."""

    order: str = ""
    by: str = ""


class Also(Args, frozen=True):
    """A department by id or name, and the order that it gets too, as in Again."""

    to: str
    order: str = ""
    by: str = ""


def next_order(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def previous_order(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def number(state: ViewState, args: Number, world: World) -> Result:
    """Raises BadArguments where the list has no such number."""
    listed = _listed(state, world)
    if args.number > len(listed):
        raise BadArguments(
            Text(f"{args.number}번은 목록에 없습니다", f"There is no number {args.number} here")
        )
    return _opened(state, listed[args.number - 1])


def last(state: ViewState, args: NoArgs, world: World) -> Result:
    """The order that was given last, however far it is."""
    return _opened(state, _given("", state, world, opened=False))


def about(state: ViewState, args: NoArgs, world: World) -> Result:
    """Raises Unavailable for an order about nothing in particular, BadArguments when what it is
    about is not there any more."""
    given = _given("", state, world)
    if not given.order.about:
        raise Unavailable(
            Text("특정 대상이 없는 지시입니다", "This order is about nothing in particular")
        )
    table, found = matter(world, given.order.about)
    command, arg = OPENS[table]
    return Result(state, found.name, then=(command, {arg: found.id}))


def ask_remind(state: ViewState, args: Again, world: World) -> Question:
    """Raises Unavailable for an order that is done."""
    given = _under_way(args.order, state, world)
    name, text = world.desk.named(given.order.to), given.order.text
    words = Text(
        f"{name.ko}에 재촉: ‘{text}’ 진행 상황을 보고하라고 보낼까요?",
        f"Remind {name.en}: ask how far “{text}” is?",
    )
    return Question(words, {"order": given.order.id})


def remind(state: ViewState, args: Again, world: World) -> Result:
    given = _under_way(args.order, state, world)
    text = words_of_ones_own(f"진행 상황 보고: {given.order.text}")
    return _write(state, world, msgspec.structs.replace(given.order, text=text), args.by)


def ask_also(state: ViewState, args: Also, world: World) -> Question:
    """Raises BadArguments for a department that is not there, or that has the order already."""
    given, office = _given(args.order, state, world), _office(args.to, world)
    if office.id == given.order.to:
        raise BadArguments(
            Text(f"{office.name.ko}에 이미 지시했습니다", f"{office.name.en} has it already")
        )
    words = Text(
        f"{office.name.ko}에도 같은 지시: ‘{given.order.text}’. 보낼까요?",
        f"The same order to {office.name.en}: “{given.order.text}”. Send it?",
    )
    return Question(words, {"to": office.id, "order": given.order.id})


def also(state: ViewState, args: Also, world: World) -> Result:
    given, office = _given(args.order, state, world), _office(args.to, world)
    return _write(state, world, msgspec.structs.replace(given.order, to=office.id), args.by)


def listed(given: tuple[GivenOrder, ...], shown: OrdersShown, now_ms: int) -> list[GivenOrder]:
    """As the orders panel lists them, newest first."""
    if shown == "late":
        return [one for one in given if overdue(one, now_ms)]
    return [one for one in given if shown == "all" or (one.state == "done") == (shown == "done")]


def overdue(given: GivenOrder, now_ms: int) -> bool:
    due_ms = given.order.due_ms
    return due_ms is not None and due_ms <= now_ms and given.state != "done"


def _listed(state: ViewState, world: World) -> list[GivenOrder]:
    return listed(world.given.orders, state.orders_shown, world.now_ms())


def _step(state: ViewState, world: World, by: int) -> Result:
    """The neighbour in the list, round the end; without an open one the first."""
    found = _listed(state, world)
    if not found:
        raise Unavailable(Text("목록에 지시가 없습니다", "There is no order in the list"))
    ids = [one.order.id for one in found]
    opened = state.place.item if state.panel == PANEL else None
    at = (ids.index(opened) + by) % len(ids) if opened in ids else 0
    return _opened(state, found[at])


def _given(order: str, state: ViewState, world: World, *, opened: bool = True) -> GivenOrder:
    wanted = order or (state.place.item if opened and state.panel == PANEL else "")
    every = world.given.orders
    if not every:
        raise Unavailable(Text("아직 지시한 것이 없습니다", "Nothing has been ordered yet"))
    if not wanted:
        return every[0]
    found = next((one for one in every if one.order.id == wanted), None)
    if found is None:
        raise BadArguments(Text("그런 지시가 없습니다", "There is no such order"))
    return found


def _under_way(order: str, state: ViewState, world: World) -> GivenOrder:
    given = _given(order, state, world)
    if given.state == "done" or given.refused is not None:
        raise Unavailable(Text("이미 끝난 지시입니다", "This order is over already"))
    return given


def _office(to: str, world: World) -> Department:
    found = world.desk.find(to)
    if found is None:
        raise BadArguments(Text(f"‘{to}’, 그런 부서가 없습니다", f"There is no department “{to}”"))
    return found


def _opened(state: ViewState, given: GivenOrder) -> Result:
    place = elsewhere(state.place, PANEL, item=given.order.id)
    text = given.order.text
    return Result(go(state, place), Text(f"지시: {text}", f"Order: {text}"))


def _write(state: ViewState, world: World, like: Order, by: str) -> Result:
    """A new order like one that was given; it counts when sync has it on the disk."""
    order = msgspec.structs.replace(like, id=world.new_id(), t_ms=world.now_ms(), by=by)
    if order.due_ms is not None and order.due_ms <= order.t_ms:
        order = msgspec.structs.replace(order, due_ms=None)
    name = world.desk.named(order.to)
    say = Text(f"쓰는 중: {name.ko}, {order.text}", f"Writing: {name.en}, {order.text}")
    return Result(state, say, (Send("sync", WriteOrder(order)),))


COMMANDS = (
    Command("order.next", Text("다음 지시", "Next order"), next_order),
    Command("order.previous", Text("이전 지시", "Previous order"), previous_order),
    Command("order.number", Text("번호로 지시 열기", "Open an order by number"), number),
    Command("order.last", Text("마지막 지시", "The last order"), last),
    Command("order.about", Text("지시 대상 열기", "Open what an order is about"), about),
    Command(
        "order.remind",
        Text("지시 재촉", "Remind of an order"),
        remind,
        risk=Risk.REACH,
        when=WRITES,
        ask=ask_remind,
        signed="by",
    ),
    Command(
        "order.also",
        Text("다른 부서에도 지시", "Order another department too"),
        also,
        risk=Risk.REACH,
        when=WRITES,
        ask=ask_also,
        signed="by",
    ),
)
