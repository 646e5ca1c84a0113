"""Voice and video calls between the wall and a tablet, at the wall: ring, answer, hang up.

What is said of it elsewhere: kiosk.commands.calls_told. How more than one tablet comes into a call:
kiosk.commands.conference."""

from collections.abc import Collection

import msgspec

from kiosk.commands import departments, orders
from kiosk.commands.talks import busy
from kiosk.core.contacts import ACTING, Contact, reachable
from kiosk.core.errors import BadArguments, Denied, Unavailable
from kiosk.core.invocation import Source
from kiosk.core.lookup import matter
from kiosk.core.registry import Args, Command, Condition, NoArgs, Question, Result, Risk
from kiosk.core.state import ViewState, replace
from kiosk.core.world import Entry, World
from kiosk.wire.calls import NOTHING, Call
from kiosk.wire.text import Text

RINGS_AT_MOST = 20


class Start(Args, frozen=True):
    """Whom to call: a tablet (its id or name), else a department (`to`, id or name), else who is in
    charge of a thing (`about`, as table/key; none given: what is on the screen)."""

    device: str = ""
    to: str = ""
    about: str | None = None


class Caller(Args, frozen=True):
    """`by` is filled in."""

    by: str = ""


class Switch(Args, frozen=True):
    """On or off; none given: the other way."""

    on: bool | None = None


# ---- at the wall


def ask(state: ViewState, args: Start, world: World) -> Question:
    """Raises BadArguments, and Unavailable when no tablet could ring."""
    to, contacts, thing = _whom(state, args, world)
    name = _name(to, contacts)
    about = Text(f" (‘{thing.name.ko}’)", f" about “{thing.name.en}”") if thing else NOTHING
    words = Text(
        f"{name.ko}에 영상 통화를 걸까요?{about.ko}",
        f"Start a video call to {name.en}{about.en}?",
    )
    why = Text(
        "상대가 받으면 이 벽의 카메라와 마이크가 켜집니다",
        "Once it is taken, this wall's camera and microphone are on",
    )
    wanted = orders.on_screen(state) if args.about is None else args.about
    return Question(words, {"device": args.device, "to": args.to, "about": wanted}, why)


def start(state: ViewState, args: Start, world: World) -> Result:
    to, contacts, thing = _whom(state, args, world)
    name = _name(to, contacts)
    call = Call(
        id=world.new_id(),
        phase="ringing",
        name=name,
        since_ms=world.now_ms(),
        rings=tuple(c.device for c in contacts),
        about=thing.name if thing else NOTHING,
    )
    return Result(replace(state, call=call), Text(f"{name.ko} 부르는 중", f"Ringing {name.en}"))


def answer(state: ViewState, args: NoArgs, world: World) -> Result:
    call = running(state)
    if call.phase != "asking":
        raise Unavailable(Text("받을 전화가 없습니다", "No call waits to be taken"))
    return Result(accepted(state, call, call.device, world), Text("통화를 받았습니다", "Taken"))


def microphone(state: ViewState, args: Switch, world: World) -> Result:
    call = running(state)
    on = not call.wall.microphone if args.on is None else args.on
    wall = msgspec.structs.replace(call.wall, microphone=on)
    say = Text("마이크를 켰습니다", "The microphone is on")
    if not on:
        say = Text("마이크를 껐습니다. 상대에게 들리지 않습니다", "Muted: nobody hears you")
    return Result(changed(state, call, wall=wall), say)


def camera(state: ViewState, args: Switch, world: World) -> Result:
    call = running(state)
    on = not call.wall.camera if args.on is None else args.on
    wall = msgspec.structs.replace(call.wall, camera=on)
    say = Text("카메라를 켰습니다", "The camera is on")
    if not on:
        say = Text("카메라를 껐습니다. 상대에게 보이지 않습니다", "Hidden: nobody sees you")
    return Result(changed(state, call, wall=wall), say)


def by_hand(state: ViewState, args: NoArgs, world: World) -> Result:
    """The hand that stands for a telephone: takes the call that rings, ends the one that is on,
    and without one calls whose business the screen is."""
    if state.call is None:
        then = "call.start" if reachable(world.contacts) else "department.call"
    else:
        then = "call.answer" if state.call.phase == "asking" else "call.end"
    return Result(state, Text("전화 손짓", "The telephone hand"), then=(then, {}))


# ---- at either end


def end(state: ViewState, args: Caller, world: World) -> Result:
    """Hangs up, declines, or gives up ringing. Raises Denied for a tablet without a part in it."""
    call = running(state)
    contact = contact_of(args.by, world)
    if contact is None:
        said = {
            "ringing": Text("통화를 걸지 않았습니다", "The call was given up"),
            "asking": Text("벽에서 통화를 받지 않았습니다", "The wall did not take the call"),
        }
        words = said.get(call.phase, Text("벽에서 통화를 마쳤습니다", "The wall ended the call"))
        return Result(replace(state, call=None), words)
    if contact.device not in call.tablets:
        raise Denied(NOT_THEIRS)
    name, left = contact.name, without(call, {contact.device})
    words = Text(f"{name}에서 통화를 마쳤습니다", f"{name} ended the call")
    if contact.device in call.rings:
        words = Text(f"{name}: 지금 받을 수 없습니다", f"{name} can't take the call now")
    elif left is not None:
        words = Text(f"{name} 나감", f"{name} has left the call")
    return Result(replace(state, call=left), words)


# ---- parts


def without(call: Call, devices: Collection[str]) -> Call | None:
    """The call when these tablets have left it, or don't ring any more; None when nobody is left
    for whom it could go on."""
    rings = tuple(device for device in call.rings if device not in devices)
    stay = [party for party in call.parties if party.device not in devices]
    if not stay and (call.accepted or call.phase == "asking" or not rings):
        return None
    changes: dict[str, object] = {"rings": rings}
    if stay and len(stay) < len(call.parties):
        first = stay[0]
        changes |= {"device": first.device, "name": first.name, "tablet": first.sends}
        changes["others"] = tuple(stay[1:])
    return msgspec.structs.replace(call, **changes)


def _whom(
    state: ViewState, args: Start, world: World
) -> tuple[Text, tuple[Contact, ...], Entry | None]:
    """The department that is meant (empty: nobody in particular), the tablets that would ring, and
    what the call is about. Raises BadArguments, Unavailable."""
    about = orders.on_screen(state) if args.about is None else args.about
    thing = matter(world, about)[1] if about else None
    if args.device:
        return NOTHING, (one(args.device, state, world),), thing
    office = orders.in_charge(about, thing, world) if thing else None
    if args.to:
        office = (world.desk.office_of(args.to), world.desk.named(args.to))
    free = [c for c in world.contacts if not busy(state, c.device)]
    contacts = reachable(free, office[0] if office else "")[:RINGS_AT_MOST]
    if not contacts:
        phone = departments.by_phone()
        raise Unavailable(
            Text(
                f"지금 접속한 직원 태블릿이 없습니다{phone.ko}",
                f"No official's tablet is connected{phone.en}",
            )
        )
    return office[1] if office else NOTHING, contacts, thing


def one(wanted: str, state: ViewState, world: World) -> Contact:
    """A connected tablet by its id or name. Raises BadArguments, Unavailable."""
    found = [c for c in world.contacts if wanted in (c.device, c.name)]
    if not found:
        raise BadArguments(Text(f"‘{wanted}’ 태블릿은 없습니다", f"There is no tablet “{wanted}”"))
    contact = next((c for c in found if c.here), found[0])
    if not contact.here:
        raise Unavailable(
            Text(f"{contact.name}: 지금 접속해 있지 않습니다", f"{contact.name} is not connected")
        )
    if busy(state, contact.device):
        raise Unavailable(Text(f"{contact.name}: 통화 중", f"{contact.name} is in a call"))
    if contact.role not in ACTING:
        raise Unavailable(
            Text(f"{contact.name}: 통화할 권한이 없습니다", f"{contact.name} may not take calls")
        )
    return contact


def _name(to: Text, contacts: tuple[Contact, ...]) -> Text:
    """Who is called, in words."""
    if len(contacts) == 1:
        name = contacts[0].name
        if to.ko:
            return Text(f"{to.ko} ({name})", f"{to.en} ({name})")
        return Text(name, name)
    count = len(contacts)
    if to.ko:
        return Text(f"{to.ko} (태블릿 {count}대)", f"{to.en} ({count} tablets)")
    return Text(f"태블릿 {count}대", f"{count} tablets")


def contact_of(by: str, world: World) -> Contact | None:
    """The tablet that asks; None for a person at the wall, and for the kiosk itself."""
    return next((c for c in world.contacts if c.device == by), None)


def accepted(
    state: ViewState, call: Call, device: str, world: World, name: Text | None = None
) -> ViewState:
    """Both said yes: from here on camera and microphone are in use."""
    return changed(
        state,
        call,
        phase="connecting",
        device=device,
        rings=tuple(d for d in call.rings if d != device) if call.meets else (),
        name=name or call.name,
        since_ms=world.now_ms(),
    )


def changed(state: ViewState, call: Call, **changes: object) -> ViewState:
    return replace(state, call=msgspec.structs.replace(call, **changes))


def running(state: ViewState) -> Call:
    if state.call is None:
        raise Unavailable(_NONE)
    return state.call


def same(state: ViewState, call: str) -> Call:
    if state.call is None or state.call.id != call:
        raise Unavailable(Text("그 통화는 이미 끝났습니다", "That call is over"))
    return state.call


_NONE = Text("통화가 없습니다", "There is no call")
NOT_THEIRS = Text("이 태블릿의 통화가 아닙니다", "Not this tablet's call")
SERVED = Condition(
    lambda state, world: state.call is None and world.health("calls") in ("running", "degraded"),
    Text(
        "지금은 통화할 수 없습니다. 다른 통화 중이거나 통화 프로그램이 쉬고 있습니다",
        "No call now: another one is on, or the calls' process is not running",
    ),
)
IN_CALL = Condition(lambda state, world: state.call is not None, _NONE)
AT_WALL = frozenset(Source) - {Source.TABLET, Source.SYSTEM}

COMMANDS = (
    Command(
        "call.start",
        Text("영상 통화 걸기", "Start a video call"),
        start,
        risk=Risk.REACH,
        sources=AT_WALL,
        when=SERVED,
        ask=ask,
    ),
    # A finger takes it at once; a hand or a word is asked back, since it opens the camera.
    Command(
        "call.answer",
        Text("통화 받기", "Take the call"),
        answer,
        risk=Risk.CONTROL,
        sources=AT_WALL,
        when=IN_CALL,
    ),
    Command(
        "call.end",
        Text("통화 끊기", "Hang up"),
        end,
        when=IN_CALL,
        while_locked=True,
        signed="by",
    ),
    Command(
        "call.microphone",
        Text("통화 마이크 켜고 끄기", "Mute or unmute the call"),
        microphone,
        sources=AT_WALL,
        when=IN_CALL,
    ),
    Command(
        "call.camera",
        Text("통화 카메라 켜고 끄기", "Camera of the call on or off"),
        camera,
        sources=AT_WALL,
        when=IN_CALL,
    ),
    Command("call.hand", Text("전화 손짓", "The telephone hand"), by_hand, sources=AT_WALL),
)
