"""Calls at the tablets' server: who is told what, and which media are taken from whom.

What a call is, the wall decides; here is checked that an offer comes from a tablet that is in an
accepted call, and nothing else opens the way for packets.
"""

import asyncio
import hashlib
from collections.abc import Callable
from functools import partial
from typing import Literal

from kiosk.core.clock import Clock
from kiosk.core.contacts import ACTING
from kiosk.remote.limits import Limits, Refusals
from kiosk.remote.media import MediaDoor, open_door
from kiosk.remote.protocol import (
    AnswerWay,
    CallAnswered,
    CallEnded,
    CallShown,
    CallWay,
    OfferCall,
    Other,
)
from kiosk.remote.rooms import WALL, Conference
from kiosk.remote.sdp import (
    UnfitOffer,
    loopback_port,
    read_offer,
    user_of,
    with_address,
    write_offer,
)
from kiosk.remote.sessions import Hub, Session
from kiosk.remote.sfu import SfuPlace
from kiosk.wire.calls import Call
from kiosk.wire.messages import (
    CallAnswer,
    CallNow,
    CallOffer,
    CallOver,
    Message,
    RoomAnswer,
    RoomFailed,
    RoomOffer,
)
from kiosk.wire.text import Text

Post = Callable[[Message, Callable[[], None] | None], None]
WALL_WAY = "wall-wall"
MOVED = Text("통화를 다른 창에서 계속합니다", "The call goes on in another window")


class CallDesk:
    """The one call that the wall is in, as far as tablets are concerned."""

    def __init__(
        self,
        clock: Clock,
        limits: Limits,
        refusals: Refusals,
        hub: Hub,
        post: Post,
        sfu: SfuPlace | None = None,
    ) -> None:
        self._clock = clock
        self._port = limits.media_port
        self._refusals = refusals
        self._hub = hub
        self._post = post
        self._sfu = sfu
        self._call: Call | None = None
        self._offering: Session | None = None
        self._door: MediaDoor | None = None
        self._conference: Conference | None = None
        self._inside: dict[str, Session] = {}
        self._closing: set[asyncio.Task[None]] = set()

    def take(self, message: Message) -> bool:
        """Whether it was about a call."""
        match message:
            case CallNow():
                self._now(message.call)
            case CallOver():
                for session in self._of(frozenset(message.devices)):
                    session.send(CallEnded(message.call, message.reason))
            case CallAnswer():
                self._answer(message)
            case RoomOffer(call=named, sdp=sdp):
                if self._is_on(named):
                    self._enter(WALL, sdp, "")
            case RoomAnswer(call=named, way=way, sdp=sdp):
                if self._is_on(named) and self._conference is not None and sdp:
                    self._conference.finish(WALL, way, sdp)
            case _:
                return False
        return True

    def join(self, session: Session) -> None:
        """A tablet that comes, or comes back, sees the call that it has a part in."""
        own = session.device.id
        if self._call is None or own not in self._call.tablets:
            return
        session.send(self._shown(self._call, session))
        if self._conference is not None and own not in self._inside and own in self._call.inside:
            self._inside[own] = session
            self._conference.again(own)

    def leave(self, session: Session) -> None:
        if session is self._offering:
            self._offering = None
        if self._inside.get(session.device.id) is session:
            del self._inside[session.device.id]

    async def offer(self, session: Session, asked: OfferCall, address: str) -> None:
        """Opens the way for packets of a tablet that is in the call, and of nobody else."""
        try:
            words = self._checked(session, asked.call, asked.sdp)
        except UnfitOffer as unfit:
            self._refuse(session, asked.call, address, str(unfit))
            return
        self._move(session, asked.call)
        if self._call is not None and self._call.others:
            self._inside[session.device.id] = session
            self._enter(session.device.id, words, address)
            return
        self._shut()
        note = self._refusals.note
        try:
            door = await open_door(session.host, self._port, address, self._clock, note)
        except OSError as error:
            self._refuse(session, asked.call, address, f"no port: {error.strerror}")
            return
        if self._call is None or self._call.id != asked.call or not self._call.accepted:
            door.close()
            return  # it ended meanwhile, and the tablet has been told
        self._offering, self._door = session, door
        lost = partial(self._refuse, session, asked.call, address, "the wall is away")
        self._post(CallOffer(asked.call, words), lost)

    def answer_way(self, session: Session, asked: AnswerWay, address: str) -> None:
        """A tablet's answer to what comes of another."""
        try:
            words = self._checked(session, asked.call, asked.sdp)
        except UnfitOffer as unfit:
            self._refuse(session, asked.call, address, str(unfit))
            return
        call, own = self._call, session.device.id
        assert call is not None
        ways = {way_of(call.id, d): d for d in (WALL, *call.inside) if d != own}
        if asked.way not in ways or self._inside.get(own) is not session:
            self._refusals.note(address, "unsolicited media: no such way")
        elif self._conference is not None:
            self._conference.finish(own, ways[asked.way], words)

    async def close(self) -> None:
        """No packet passes any more."""
        self._shut()
        self._end_conference()
        await asyncio.gather(*self._closing)

    def _move(self, session: Session, call: str) -> None:
        """Another window of the same tablet goes on with it: the one before lets go."""
        for before in (self._offering, self._inside.get(session.device.id)):
            if before is not None and before is not session:
                before.send(CallEnded(call, MOVED))

    def _shut(self) -> None:
        """The way of a call of two."""
        self._offering = None
        if self._door is not None:
            self._door.close()
            self._door = None

    def _checked(self, session: Session, named: str, sdp: str) -> str:
        """What a tablet says, in our own words. Raises UnfitOffer."""
        call = self._call
        if call is None or not call.accepted or call.id != named:
            raise UnfitOffer("no such call")
        if session.device.id not in call.inside or session.device.role not in ACTING:
            raise UnfitOffer("not in the call")
        return write_offer(read_offer(sdp))

    def _refuse(self, session: Session, call: str, address: str, why: str) -> None:
        self._refusals.note(address, f"unsolicited media: {why}")
        session.send(CallAnswered(call, ""))

    def _now(self, call: Call | None) -> None:
        before, self._call = self._call, call
        other = before is not None and (call is None or before.id != call.id)
        if call is None or not call.accepted or other or call.others:
            self._shut()
        if call is None or not call.others or other:
            self._end_conference()
        elif self._conference is not None:
            self._conference.keep(call.inside | {WALL})
        if call is not None:
            for session in self._of(call.tablets):
                session.send(self._shown(call, session))

    def _answer(self, answer: CallAnswer) -> None:
        session, door = self._offering, self._door
        if session is None or door is None or self._call is None or self._call.id != answer.call:
            return
        try:
            door.lead_to(loopback_port(answer.sdp), user_of(answer.sdp))
        except ValueError:
            self._shut()
            session.send(CallAnswered(answer.call, ""))
            return
        session.send(CallAnswered(answer.call, with_address(answer.sdp, *door.address)))

    # ---- several

    def _is_on(self, call: str) -> bool:
        return self._call is not None and self._call.id == call and bool(self._call.others)

    def _enter(self, member: str, words: str, address: str) -> None:
        call = self._call
        assert call is not None
        if self._sfu is None:
            self._post(RoomFailed(call.id), None)
            return
        if self._conference is None:
            self._conference = Conference(
                self._sfu,
                clock=self._clock,
                refused=self._refusals.note,
                answered=partial(self._entered, call.id),
                led=partial(self._led, call.id),
                failed=lambda: self._post(RoomFailed(call.id), None),
            )
        self._conference.enter(member, words, address)

    def _end_conference(self) -> None:
        self._inside.clear()
        if self._conference is not None:
            task = asyncio.ensure_future(self._conference.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
            self._conference = None

    def _entered(self, call: str, member: str, sdp: str) -> None:
        if member == WALL:
            self._post(RoomAnswer(call, WALL, sdp), None)
        elif member in self._inside:
            self._inside[member].send(CallAnswered(call, sdp))

    def _led(self, call: str, member: str, of: str, sdp: str) -> None:
        if member == WALL:
            self._post(RoomOffer(call, of, sdp), None)
        elif member in self._inside:
            self._inside[member].send(CallWay(call, way_of(call, of), sdp))

    # ---- what a tablet sees

    def _of(self, devices: frozenset[str]) -> list[Session]:
        return [session for session in self._hub.everyone() if session.device.id in devices]

    def _shown(self, call: Call, session: Session) -> CallShown:
        own = session.device.id
        side: Literal["ringing", "mine"] = "mine" if own in call.inside else "ringing"
        named = {s.device.id: s.device.name for s in self._of(frozenset(call.rings))}
        return CallShown(
            call=call.id,
            phase=call.phase,
            side=side,
            about=call.about,
            wall=call.wall,
            tablet=next((p.sends for p in call.parties if p.device == own), call.tablet),
            missing=call.missing,
            begun_ms=call.begun_ms,
            server_ms=self._clock.now_ms(),
            others=tuple(
                Other(way_of(call.id, p.device), p.name.ko, p.sends)
                for p in call.parties
                if p.device != own and (call.others or side == "ringing")
            ),
            called=tuple(named.values()) if call.accepted else (),
        )


def way_of(call: str, device: str) -> str:
    """The name of what comes of a tablet (of the wall), which tells nobody the tablet's own."""
    if device == WALL:
        return WALL_WAY
    return hashlib.sha256(f"{call}/{device}".encode()).hexdigest()[:16]
