"""Calls between two tablets: one rings another, which takes it or does not. Said at the wall's
door, so that rights, both sides' yes and the audit are the same as everywhere."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.core.contacts import ACTING, Contact
from kiosk.core.errors import BadArguments, Denied, Unavailable
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command, Result
from kiosk.core.state import ViewState, replace
from kiosk.core.world import World
from kiosk.wire.talks import Talk
from kiosk.wire.text import Text

AT_ONCE = 20
"""Such calls at one time: so many pairs of tablets the Wi-Fi of a house carries."""


class Ring(Args, frozen=True):
    """The tablet that is called, by its id, and about what; `by` is filled in."""

    to: str
    about: Annotated[str, Meta(max_length=200)] = ""
    by: str = ""


class One(Args, frozen=True):
    """The call between tablets; `by` is filled in."""

    talk: str
    by: str = ""


class Over(Args, frozen=True):
    """Why it is over."""

    talk: str
    ko: str
    en: str


def ring(state: ViewState, args: Ring, world: World) -> Result:
    """Raises BadArguments, Denied, Unavailable."""
    caller, callee = _contact(args.by, world), _contact(args.to, world)
    if caller is None:
        raise Denied(Text("연결되지 않은 태블릿입니다", "This tablet is not paired"))
    if callee is None or callee.device == caller.device:
        raise BadArguments(Text("그런 태블릿은 없습니다", "There is no such tablet"))
    if not callee.here or callee.role not in ACTING:
        raise Unavailable(
            Text(f"{callee.name}: 지금 받을 수 없습니다", f"{callee.name} can't be reached now")
        )
    for contact in (caller, callee):
        if busy(state, contact.device):
            raise Unavailable(Text(f"{contact.name}: 통화 중", f"{contact.name} is in a call"))
    if len(state.talks) >= AT_ONCE:
        raise Unavailable(Text("지금 통화가 너무 많습니다", "Too many calls at this moment"))
    about = " ".join(args.about.split())
    talk = Talk(
        id=world.new_id(),
        caller=caller.device,
        callee=callee.device,
        caller_name=caller.name,
        callee_name=callee.name,
        since_ms=world.now_ms(),
        about=Text(about, about),
    )
    words = Text(f"{callee.name} 부르는 중", f"Ringing {callee.name}")
    return Result(replace(state, talks=(*state.talks, talk)), words)


def take(state: ViewState, args: One, world: World) -> Result:
    """The yes of the one who is called."""
    talk = _known(state, args.talk)
    if args.by != talk.callee:
        raise Denied(_NOT_THEIRS)
    if talk.taken:
        raise Unavailable(Text("이미 받은 통화입니다", "Taken already"))
    taken = msgspec.structs.replace(talk, taken=True, since_ms=world.now_ms())
    talks = tuple(taken if other.id == talk.id else other for other in state.talks)
    return Result(replace(state, talks=talks), Text("통화를 받았습니다", "Taken"))


def end(state: ViewState, args: One, world: World) -> Result:
    """Hangs up, declines, or gives up ringing."""
    talk = _known(state, args.talk)
    if args.by not in talk.tablets:
        raise Denied(_NOT_THEIRS)
    name = talk.callee_name if args.by == talk.callee else talk.caller_name
    words = Text(f"{name}에서 통화를 마쳤습니다", f"{name} ended the call")
    if not talk.taken and args.by == talk.callee:
        words = Text(f"{name}: 지금 받을 수 없습니다", f"{name} can't take the call now")
    return Result(_without(state, talk), words)


def over(state: ViewState, args: Over, world: World) -> Result:
    return Result(_without(state, _known(state, args.talk)), Text(args.ko, args.en))


def busy(state: ViewState, device: str) -> bool:
    """Whether a tablet is in a call, of whichever kind, or rings."""
    if state.call is not None and device in state.call.tablets:
        return True
    return any(device in talk.tablets for talk in state.talks)


def _contact(device: str, world: World) -> Contact | None:
    return next((c for c in world.contacts if c.device == device), None)


def _known(state: ViewState, named: str) -> Talk:
    talk = next((talk for talk in state.talks if talk.id == named), None)
    if talk is None:
        raise Unavailable(Text("그 통화는 이미 끝났습니다", "That call is over"))
    return talk


def _without(state: ViewState, talk: Talk) -> ViewState:
    return replace(state, talks=tuple(other for other in state.talks if other.id != talk.id))


_NOT_THEIRS = Text("이 태블릿의 통화가 아닙니다", "Not this tablet's call")
_AT_TABLET = frozenset({Source.TABLET})

COMMANDS = (
    # No question back: who is called says yes or no to the ring itself.
    Command(
        "talk.ring",
        Text("다른 태블릿에 통화 걸기", "Call another tablet"),
        ring,
        sources=_AT_TABLET,
        roles=ACTING,
        signed="by",
    ),
    Command(
        "talk.take",
        Text("다른 태블릿의 통화 받기", "Take another tablet's call"),
        take,
        sources=_AT_TABLET,
        roles=ACTING,
        signed="by",
    ),
    Command(
        "talk.end",
        Text("태블릿끼리의 통화 끊기", "End a call between tablets"),
        end,
        sources=_AT_TABLET,
        while_locked=True,
        signed="by",
    ),
    Command(
        "talk.over",
        Text("태블릿끼리의 통화 끝", "A call between tablets is over"),
        over,
        sources=frozenset({Source.SYSTEM}),
        while_locked=True,
    ),
)
