"""Calls of several: call many at once, call one more to a call that is on, and who falls out of it.

Who takes such a call has said yes to everybody in it; tablets say so before they are let in, and
the wall's own yes is the question that it is asked here."""

import msgspec

from kiosk.commands import orders
from kiosk.commands.calls import (
    AT_WALL,
    SERVED,
    one,
    running,
    same,
    without,
)
from kiosk.commands.calls_told import BY_SYSTEM
from kiosk.commands.talks import busy
from kiosk.core.contacts import Contact, reachable
from kiosk.core.errors import Unavailable
from kiosk.core.lookup import matter
from kiosk.core.registry import Args, Command, Condition, Question, Result, Risk
from kiosk.core.state import ViewState, replace
from kiosk.core.world import World
from kiosk.wire.calls import MOST_TABLETS, NOTHING, Call
from kiosk.wire.text import Text


class Meet(Args, frozen=True):
    """Whom to call: tablets (ids or names) or departments (ids or names), with commas between;
    none: those in charge of what it is about, then the other officials that are connected. `about`
    as table/key; none given: what is on the screen."""

    to: str = ""
    about: str | None = None


class Add(Args, frozen=True):
    """Whom to call to the call: a tablet (id or name), or a department."""

    to: str


class Fallen(Args, frozen=True):
    """Tablets that have no part in the call any more, and why."""

    call: str
    devices: tuple[str, ...]
    ko: str
    en: str


def ask_meet(state: ViewState, args: Meet, world: World) -> Question:
    """Raises BadArguments, and Unavailable when no tablet could ring."""
    _check_free(state, world)
    wanted = orders.on_screen(state) if args.about is None else args.about
    contacts = _called(args.to, wanted, state, world)
    names, about = _names(contacts), NOTHING
    if wanted:
        thing = matter(world, wanted)[1]
        about = Text(f" (‘{thing.name.ko}’)", f" about “{thing.name.en}”")
    words = Text(
        f"{names.ko}, 영상 회의를 열까요?{about.ko}",
        f"Open a video conference with {names.en}{about.en}?",
    )
    plain = {"to": ",".join(c.device for c in contacts), "about": wanted}
    return Question(words, plain, _CONSENT)


def meet(state: ViewState, args: Meet, world: World) -> Result:
    _check_free(state, world)
    about = orders.on_screen(state) if args.about is None else args.about
    contacts = _called(args.to, about, state, world)
    names = _names(contacts)
    call = Call(
        id=world.new_id(),
        phase="ringing",
        name=names,
        since_ms=world.now_ms(),
        rings=tuple(c.device for c in contacts),
        about=matter(world, about)[1].name if about else NOTHING,
        meets=True,
    )
    return Result(replace(state, call=call), Text(f"{names.ko} 부르는 중", f"Ringing {names.en}"))


def ask_add(state: ViewState, args: Add, world: World) -> Question:
    """Raises BadArguments, Unavailable."""
    contacts = _addable(state, args.to, world)
    names = _names(contacts)
    words = Text(f"{names.ko}, 이 통화에 부를까요?", f"Call {names.en} to this call?")
    why = Text(
        "받으면 모두가 서로 보고 듣습니다. 영상은 회의 서버를 거칩니다",
        "Once it is taken all see and hear each other, by way of the conference server",
    )
    return Question(words, {"to": ",".join(c.device for c in contacts)}, why)


def add(state: ViewState, args: Add, world: World) -> Result:
    call = running(state)
    contacts = _addable(state, args.to, world)
    rings = (*call.rings, *(c.device for c in contacts))
    changed = msgspec.structs.replace(call, rings=rings, meets=True)
    names = _names(contacts)
    words = Text(f"{names.ko} 부르는 중", f"Ringing {names.en}")
    return Result(replace(state, call=changed), words)


def fallen(state: ViewState, args: Fallen, world: World) -> Result:
    call = same(state, args.call)
    return Result(replace(state, call=without(call, args.devices)), Text(args.ko, args.en))


def _check_free(state: ViewState, world: World) -> None:
    """Raises Unavailable during a call, and while none can be made."""
    if not SERVED.holds(state, world):
        raise Unavailable(SERVED.reason)


def _called(to: str, about: str, state: ViewState, world: World) -> tuple[Contact, ...]:
    """Raises BadArguments, Unavailable."""
    if to:
        contacts = tuple(
            contact for name in to.split(",") for contact in _meant(name, state, world)
        )
    else:
        thing = matter(world, about)[1] if about else None
        office = orders.in_charge(about, thing, world) if thing else None
        free = [c for c in world.contacts if not busy(state, c.device)]
        first = reachable(free, office[0]) if office else ()
        contacts = (*first, *reachable(free))
    found = tuple({contact.device: contact for contact in contacts}.values())[:MOST_TABLETS]
    if len(found) < 2:
        raise Unavailable(
            Text(
                "회의에는 접속한 직원 태블릿이 두 대 이상 있어야 합니다",
                "A conference needs two officials' tablets that are connected",
            )
        )
    return found


def _meant(name: str, state: ViewState, world: World) -> tuple[Contact, ...]:
    """The tablets of a department, else the tablet. Raises BadArguments, Unavailable."""
    office = world.desk.find(name.strip())
    if office is not None:
        own = [c for c in reachable(world.contacts, office.id) if c.office == office.id]
        if not own:
            nobody = f"{office.name.ko}: 접속한 태블릿이 없습니다"
            raise Unavailable(Text(nobody, f"No tablet of {office.name.en} is connected"))
        return tuple(own)
    return (one(name.strip(), state, world),)


def _addable(state: ViewState, to: str, world: World) -> tuple[Contact, ...]:
    """Raises BadArguments, Unavailable."""
    call = running(state)
    if call.phase == "asking":
        raise Unavailable(Text("먼저 통화를 받으세요", "Take the call first"))
    meant = [contact for name in to.split(",") for contact in _meant(name, state, world)]
    found = tuple(contact for contact in meant if contact.device not in call.tablets)
    if not found:
        raise Unavailable(Text("이미 이 통화에 있습니다", "Already in this call"))
    if len(call.tablets) + len(found) > MOST_TABLETS:
        words = f"통화에는 태블릿 {MOST_TABLETS}대까지 참여합니다"
        raise Unavailable(Text(words, f"A call takes {MOST_TABLETS} tablets at most"))
    return found


def _names(contacts: tuple[Contact, ...]) -> Text:
    names = ", ".join(contact.name for contact in contacts)
    return Text(names, names)


_CONSENT = Text(
    "받는 순서대로 참여하고, 이 벽의 카메라와 마이크가 켜집니다. 영상은 회의 서버를 거칩니다",
    "Each joins on taking it, and this wall's camera and microphone are on. The pictures pass the"
    " conference server",
)
_NO_SERVER = Text(
    "여럿이 하는 통화는 회의 서버가 설정된 곳에서만 됩니다",
    "Calls of several need a conference server in the settings",
)
_HAS_SERVER = Condition(lambda state, world: world.conferences, _NO_SERVER)

COMMANDS = (
    Command(
        "call.meet",
        Text("영상 회의 열기", "Open a video conference"),
        meet,
        risk=Risk.REACH,
        sources=AT_WALL,
        when=_HAS_SERVER,
        ask=ask_meet,
    ),
    Command(
        "call.add",
        Text("통화에 부르기", "Call somebody to the call"),
        add,
        risk=Risk.REACH,
        sources=AT_WALL,
        when=_HAS_SERVER,
        ask=ask_add,
    ),
    Command(
        "call.fallen",
        Text("통화에서 나감", "Out of the call"),
        fallen,
        sources=BY_SYSTEM,
        while_locked=True,
    ),
)
