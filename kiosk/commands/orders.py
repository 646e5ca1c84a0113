"""Orders to those in charge: write one, see how far they are, report on one at a tablet."""

from typing import Any, Literal

import msgspec

from kiosk.core.desk import TEXT_LIMIT, Department, in_full
from kiosk.core.errors import BadArguments, Denied, Unavailable
from kiosk.core.invocation import Source
from kiosk.core.lookup import matter
from kiosk.core.registry import Args, Command, Condition, Question, Result, Risk, Send
from kiosk.core.shown import OrdersShown
from kiosk.core.state import Place, ViewState, elsewhere, go, replace
from kiosk.core.world import Entry, World
from kiosk.pack.clock import midnight_ms
from kiosk.wire.messages import WriteOrder, WriteReport
from kiosk.wire.orders import Order, OrderState, Report, SeenView, further
from kiosk.wire.text import Text

PANEL = "orders"
AT_THE_WALL = "wall"
DAYS = {"today": 1, "tomorrow": 2, "week": 8}
DUE_WORDS = {
    "": Text("", ""),
    "today": Text("오늘까지", "by today"),
    "tomorrow": Text("내일까지", "by tomorrow"),
    "week": Text("일주일 안에", "within a week"),
}
Due = Literal["", "today", "tomorrow", "week"]
ATTACHED = Text("보던 화면 첨부", "with the view attached")


class Give(Args, frozen=True):
    """An order: to a department (id or name; empty: who is in charge), a ready instruction's id or
    words of one's own, about a thing as table/key (none given: what is on the screen, "": nothing),
    until when. `attach`: what was looked at goes with it; none given: when it is about a thing.
    `by` and `view` are filled in."""

    text: str
    to: str = ""
    about: str | None = None
    due: Due = ""
    attach: bool | None = None
    by: str = ""
    view: SeenView | None = None


class About(Args, frozen=True):
    """What the order is to be about, as table/key; none given: what is on the screen."""

    about: str | None = None


class Shown(Args, frozen=True):
    """Which orders: open, past their day (late), done or all; empty: as before."""

    shown: OrdersShown | Literal[""] = ""


class One(Args, frozen=True):
    """An order by its id."""

    order: str


class Progress(Args, frozen=True):
    """How far those in charge are with an order, and what they have to say to it: an answer always,
    else when it is done if they like. `by` is filled in."""

    order: str
    state: Literal["delivered", "read", "answered", "done"]
    text: str = ""
    by: str = ""


class News(Args, frozen=True):
    """What has become of an order or a reply, in both languages."""

    id: str
    ko: str
    en: str
    refused: bool = False


def compose(state: ViewState, args: About, world: World) -> Result:
    about = on_screen(state) if args.about is None else args.about
    if about:
        matter(world, about)
    place = elsewhere(state.place, PANEL, about=about)
    say = Text("부서와 지시를 고르세요", "Choose a department and an instruction")
    return Result(go(state, place), say)


def ask(state: ViewState, args: Give, world: World) -> Question:
    """Raises BadArguments, and Unavailable when nobody is in charge."""
    about, thing = _about(state, args.about, world)
    office, name = _office(args.to, about, thing, world)
    _check_reach(args.by, office, world)
    text = words_of_ones_own(in_full(world.desk.instruction, args.text))
    due, what = DUE_WORDS[args.due], thing.name if thing else Text("", "")
    view = world.view() if (bool(about) if args.attach is None else args.attach) else None
    with_it = ATTACHED if view else Text("", "")
    question = Text(
        f"{name.ko}에 지시: ‘{text}’{_listed(what.ko, due.ko, with_it.ko)}. 보낼까요?",
        f"Order to {name.en}: “{text}”{_listed(what.en, due.en, with_it.en)}. Send it?",
    )
    plain: dict[str, Any] = {"to": office, "text": text, "about": about, "due": args.due}
    if view is not None:
        plain["view"] = msgspec.to_builtins(view)
    return Question(question, plain)


def give(state: ViewState, args: Give, world: World) -> Result:
    """The order counts as given when sync has it on the disk, which it tells later."""
    about, thing = _about(state, args.about, world)
    office, name = _office(args.to, about, thing, world)
    _check_reach(args.by, office, world)
    text = words_of_ones_own(in_full(world.desk.instruction, args.text))
    now_ms = world.now_ms()
    due_ms = _due_ms(args.due, now_ms)
    order = Order(world.new_id(), now_ms, args.by, office, text, about, due_ms, args.view)
    if state.place.about is not None:
        state = replace(go(state, Place(panel=PANEL)), orders_shown="open")
    say = Text(f"쓰는 중: {name.ko}, {text}", f"Writing: {name.en}, {text}")
    return Result(state, say, (Send("sync", WriteOrder(order)),))


def show_list(state: ViewState, args: Shown, world: World) -> Result:
    shown: OrdersShown = args.shown or state.orders_shown
    place = elsewhere(state.place, PANEL)
    words = {
        "open": Text("진행 중인 지시입니다", "Orders under way"),
        "late": Text("기한이 지난 지시입니다", "Orders past their day"),
        "done": Text("끝난 지시입니다", "Orders that are done"),
        "all": Text("모든 지시입니다", "All orders"),
    }
    return Result(replace(go(state, place), orders_shown=shown), words[shown])


def show(state: ViewState, args: One, world: World) -> Result:
    _known(args.order, world)
    place = elsewhere(state.place, PANEL, item=args.order)
    return Result(go(state, place), Text("지시를 열었습니다", "Opened the order"))


def report(state: ViewState, args: Progress, world: World) -> Result:
    """Raises Unavailable for news that is none, Denied for an order to another department."""
    before = _known(args.order, world)
    _check_office(args, world)
    if further(before, args.state) == before:
        raise Unavailable(Text("이미 알린 상태입니다", "That has been reported already"))
    text = " ".join(args.text.split()) if args.state in ("answered", "done") else ""
    if text or args.state == "answered":
        text = words_of_ones_own(text)
    report_id, now_ms = f"{args.order}.{args.state}", world.now_ms()
    told = Report(report_id, now_ms, args.order, args.state, args.by, text)
    say = {
        "delivered": Text("도착을 알립니다", "Reporting it as delivered"),
        "read": Text("읽음으로 알립니다", "Reporting it as read"),
        "answered": Text("답을 보냅니다", "Sending the answer"),
        "done": Text("완료로 알립니다", "Reporting it as done"),
    }
    return Result(state, say[args.state], (Send("sync", WriteReport(told)),))


def told(state: ViewState, args: News, world: World) -> Result:
    """Raises Unavailable for what has been refused."""
    words = Text(args.ko, args.en)
    if args.refused:
        raise Unavailable(words)
    return Result(state, words)


def on_screen(state: ViewState) -> str:
    """What the wall is about, as table/key; empty when it is about nothing in particular."""
    place = state.place
    if place.about is not None:
        return place.about
    if place.item and place.panel != PANEL:
        table = {"complaints": "complaints", "incident": "incidents"}.get(place.panel, "items")
        return f"{table}/{place.item}"
    if place.camera:
        return f"cameras/{place.camera}"
    return f"indicators/{place.indicator}" if place.indicator else ""


def in_charge(about: str, thing: Entry, world: World) -> tuple[str, Text] | None:
    """Whose duty a thing is: by its kind, else who is in charge of it anyway."""
    table = about.partition("/")[0]
    office = world.desk.in_charge(f"{table}.{thing.kind}")
    if office is None and thing.department.ko:
        office = world.desk.find(thing.department.ko) or Department(
            thing.department.ko, thing.department
        )
    return (office.id, office.name) if office else None


def words_of_ones_own(text: str) -> str:
    """Raises BadArguments for an empty or endless text."""
    if not 0 < len(text) <= TEXT_LIMIT:
        raise BadArguments(
            Text(f"1자부터 {TEXT_LIMIT}자까지 쓸 수 있습니다", f"1 to {TEXT_LIMIT} characters")
        )
    return text


def _about(state: ViewState, about: str | None, world: World) -> tuple[str, Entry | None]:
    wanted = on_screen(state) if about is None else about
    return wanted, matter(world, wanted)[1] if wanted else None


def _office(to: str, about: str, thing: Entry | None, world: World) -> tuple[str, Text]:
    """Id and name of the department. Raises BadArguments, Unavailable."""
    charged = in_charge(about, thing, world) if thing else None
    if to:
        post, found = world.desk.find_post(to), world.desk.find(to)
        if post is not None:
            return post.id, world.desk.named(post.id)
        if found is not None:
            return found.id, found.name
        if charged is not None and charged[0] == to:
            return charged
        raise BadArguments(Text(f"‘{to}’, 그런 부서가 없습니다", f"There is no department “{to}”"))
    if charged is None:
        raise Unavailable(
            Text("어느 부서에 지시할지 골라 주세요", "Choose the department that is to act")
        )
    return charged


def _check_office(args: Progress, world: World) -> None:
    """A tablet that belongs to a department speaks for that one alone. Raises Denied."""
    own = world.offices.get(args.by, "")
    given = next((g.order for g in world.given.orders if g.order.id == args.order), None)
    if own and given is not None and world.desk.office_of(given.to) != own:
        raise Denied(
            Text("다른 부서에 내린 지시입니다", "This order was given to another department")
        )


def _check_reach(by: str, to: str, world: World) -> None:
    """An official orders within the own department: its posts, and what is part of it. Raises
    Denied."""
    contact = next((c for c in world.contacts if c.device == by), None)
    if by == AT_THE_WALL or (contact is not None and contact.role != "official"):
        return
    if contact is None or not contact.office:
        raise Denied(
            Text(
                "부서에 속한 태블릿만 지시할 수 있습니다. 소속은 벽의 ‘태블릿 연결’에서 정합니다",
                "Only a department's tablet can order. Whose it is, is said at the wall",
            )
        )
    above = {department.id for department in world.desk.chain(world.desk.office_of(to))}
    if contact.office not in above:
        raise Denied(
            Text("소속 부서 안에만 지시할 수 있습니다", "Orders within the own department only")
        )


def _known(order: str, world: World) -> OrderState:
    if order not in world.orders:
        raise BadArguments(Text("그런 지시가 없습니다", "There is no such order"))
    return world.orders[order]


def _due_ms(due: Due, now_ms: int) -> int | None:
    """The end of the day by which it is due."""
    if not due:
        return None
    return midnight_ms(now_ms, DAYS[due])


def _listed(*words: str) -> str:
    return "".join(f", {word}" for word in words if word)


WRITES = Condition(
    lambda state, world: world.health("sync") in ("running", "degraded"),
    Text(
        "지금은 적어 둘 수 없어 보내지 않았습니다. 동기화가 멈춰 있습니다",
        "Not sent: it can't be written down now, because sync is not running",
    ),
)
_REPORTER = frozenset({"official", "mayor"})

COMMANDS = (
    Command("order.compose", Text("지시 쓰기", "Write an order"), compose),
    Command(
        "order.give",
        Text("지시하기", "Give an order"),
        give,
        risk=Risk.REACH,
        when=WRITES,
        ask=ask,
        signed="by",
    ),
    Command("order.list", Text("지시 목록", "List the orders"), show_list),
    Command("order.show", Text("지시 열기", "Open an order"), show),
    # No question: it is an official's own word about their own work, and the wall shows it.
    Command(
        "order.report",
        Text("지시 처리 알리기", "Report on an order"),
        report,
        sources=frozenset({Source.TABLET}),
        roles=_REPORTER,
        when=WRITES,
        signed="by",
    ),
    Command(
        "order.told",
        Text("지시 소식", "News of an order"),
        told,
        sources=frozenset({Source.SYSTEM}),
        while_locked=True,
    ),
)
