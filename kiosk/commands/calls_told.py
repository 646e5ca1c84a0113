"""What is said of a call elsewhere: tablets ring the wall, take a call and tell what they send; the
processes tell how its media are."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.commands.calls import (
    IN_CALL,
    NOT_THEIRS,
    accepted,
    changed,
    contact_of,
    running,
    same,
)
from kiosk.commands.talks import busy
from kiosk.core.contacts import ACTING
from kiosk.core.errors import Denied, Unavailable
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command, Condition, Result
from kiosk.core.state import ViewState, replace
from kiosk.core.world import World
from kiosk.wire.calls import MOST_TABLETS, Call, Party, Sends, Thing
from kiosk.wire.text import Text


class Ring(Args, frozen=True):
    """What a tablet calls about, in its owner's words; `by` is filled in."""

    about: Annotated[str, Meta(max_length=200)] = ""
    by: str = ""


class Rung(Args, frozen=True):
    """The call that rings; `by` is filled in."""

    call: str
    by: str = ""


class Sending(Args, frozen=True):
    """What a tablet in a call sends of itself; `by` is filled in."""

    camera: bool
    microphone: bool
    by: str = ""


class Media(Args, frozen=True):
    """How the media of a call are at the wall, and what it does without."""

    call: str
    state: Literal["new", "live", "lost"]
    missing: tuple[Thing, ...] = ()
    live: tuple[str, ...] = ()


class Over(Args, frozen=True):
    """Why a call is over."""

    call: str
    ko: str
    en: str


def ring_wall(state: ViewState, args: Ring, world: World) -> Result:
    """Rings the wall; a person there takes the call, or does not."""
    contact = contact_of(args.by, world)
    if contact is None:
        raise Denied(Text("연결되지 않은 태블릿입니다", "This tablet is not paired"))
    if busy(state, contact.device):
        raise Unavailable(Text("이미 통화 중입니다", "Already in a call"))
    name = Text(contact.name, contact.name)
    about = " ".join(args.about.split())
    call = Call(
        id=world.new_id(),
        phase="asking",
        name=name,
        since_ms=world.now_ms(),
        device=contact.device,
        about=Text(about, about),
    )
    words = Text(f"{name.ko}에서 통화를 겁니다", f"{name.en} calls the wall")
    return Result(replace(state, call=call, dimmed=False), words)


def take(state: ViewState, args: Rung, world: World) -> Result:
    """The tablet's owner takes the call that rings there."""
    call = state.call
    if call is None or call.id != args.call:
        raise Unavailable(Text("그 통화는 이미 끝났습니다", "That call is over"))
    if call.phase != "ringing" and args.by not in call.rings:
        raise Unavailable(Text("다른 곳에서 먼저 받았습니다", "Taken elsewhere"))
    contact = contact_of(args.by, world)
    if contact is None or args.by not in call.rings:
        raise Denied(NOT_THEIRS)
    name = Text(contact.name, contact.name)
    if call.accepted:
        state = _joined(state, call, Party(args.by, name))
        return Result(state, Text(f"{name.ko} 참여", f"{name.en} has joined the call"))
    state = accepted(state, call, args.by, world, name=name)
    return Result(state, Text(f"{name.ko} 태블릿이 받았습니다", f"{name.en} has taken the call"))


def sends(state: ViewState, args: Sending, world: World) -> Result:
    call = running(state)
    if not call.accepted or args.by not in call.inside:
        raise Denied(NOT_THEIRS)
    tablet = Sends(args.camera, args.microphone)
    others = tuple(
        msgspec.structs.replace(party, sends=tablet) if party.device == args.by else party
        for party in call.others
    )
    own = tablet if args.by == call.device else call.tablet
    words = Text(
        f"상대 카메라 {_on(args.camera).ko}, 마이크 {_on(args.microphone).ko}",
        f"Their camera {_on(args.camera).en}, microphone {_on(args.microphone).en}",
    )
    return Result(changed(state, call, tablet=own, others=others), words)


def media(state: ViewState, args: Media, world: World) -> Result:
    call = same(state, args.call)
    if not call.accepted:
        raise Unavailable(Text("아직 받지 않은 통화입니다", "That call is not taken yet"))
    now_ms = world.now_ms()
    phase = {"live": "talking", "lost": "lost"}.get(args.state, call.phase)
    if phase == "lost" and call.phase == "connecting":
        phase = "connecting"
    since_ms = now_ms if phase != call.phase else call.since_ms
    begun_ms = call.begun_ms or (now_ms if phase == "talking" else 0)
    state = changed(
        *(state, call),
        phase=phase,
        since_ms=since_ms,
        begun_ms=begun_ms,
        missing=args.missing,
        live=args.live,
    )
    said = {
        "connecting": Text("통화를 잇는 중", "Connecting the call"),
        "talking": Text("통화 중", "In a call"),
        "lost": Text("통화가 끊겼습니다. 다시 잇는 중", "The call is cut. Trying again"),
    }
    return Result(state, said[phase])


def over(state: ViewState, args: Over, world: World) -> Result:
    same(state, args.call)
    return Result(replace(state, call=None), Text(args.ko, args.en))


def _joined(state: ViewState, call: Call, party: Party) -> ViewState:
    """Raises Unavailable when the call is full."""
    if len(call.parties) >= MOST_TABLETS:
        raise Unavailable(Text("통화가 가득 찼습니다", "The call is full"))
    rings = tuple(device for device in call.rings if device != party.device)
    return changed(state, call, rings=rings, others=(*call.others, party))


def _on(on: bool) -> Text:
    return Text("켬", "on") if on else Text("끔", "off")


_FREE = Condition(
    lambda state, world: state.call is None,
    Text("벽은 다른 통화 중입니다", "The wall is in another call"),
)
_AT_TABLET = frozenset({Source.TABLET})
BY_SYSTEM = frozenset({Source.SYSTEM})

COMMANDS = (
    # No question back: whoever is at the wall says yes or no to the ring itself.
    Command(
        "call.ring",
        Text("벽에 통화 걸기", "Call the wall"),
        ring_wall,
        sources=_AT_TABLET,
        roles=ACTING,
        when=_FREE,
        signed="by",
    ),
    # No question back: it is the owner's own yes, given on the tablet that rings.
    Command(
        "call.take",
        Text("태블릿에서 통화 받기", "Take the call at a tablet"),
        take,
        sources=_AT_TABLET,
        roles=ACTING,
        signed="by",
    ),
    Command(
        "call.sends",
        Text("태블릿이 보내는 것", "What the tablet sends"),
        sends,
        sources=_AT_TABLET,
        roles=ACTING,
        when=IN_CALL,
        signed="by",
    ),
    Command(
        "call.media",
        Text("통화 상태", "State of the call"),
        media,
        sources=BY_SYSTEM,
        while_locked=True,
    ),
    Command(
        "call.over",
        Text("통화 끝", "The call is over"),
        over,
        sources=BY_SYSTEM,
        while_locked=True,
    ),
)
