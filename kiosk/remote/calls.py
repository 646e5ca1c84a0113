"""Calls at the tablets' server: who is told what, and which media are taken from whom.

What a call is, the wall decides; here is checked that an offer comes from the tablet that is in an
accepted call, and nothing else opens the way for packets.
"""

from collections.abc import Callable
from functools import partial
from typing import Literal

from kiosk.core.clock import Clock
from kiosk.core.contacts import ACTING
from kiosk.remote.limits import Limits, Refusals
from kiosk.remote.media import MediaDoor, open_door
from kiosk.remote.protocol import CallAnswered, CallEnded, CallShown, OfferCall
from kiosk.remote.sdp import (
    UnfitOffer,
    loopback_port,
    read_offer,
    user_of,
    with_address,
    write_offer,
)
from kiosk.remote.sessions import Hub, Session
from kiosk.wire.calls import Call
from kiosk.wire.messages import CallAnswer, CallNow, CallOffer, CallOver, Message

Post = Callable[[Message, Callable[[], None] | None], None]


class CallDesk:
    """The one call that the wall is in, as far as tablets are concerned."""

    def __init__(
        self, clock: Clock, limits: Limits, refusals: Refusals, hub: Hub, post: Post
    ) -> None:
        self._clock = clock
        self._port = limits.media_port
        self._refusals = refusals
        self._hub = hub
        self._post = post
        self._call: Call | None = None
        self._offering: Session | None = None
        self._door: MediaDoor | None = None

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
            case _:
                return False
        return True

    def join(self, session: Session) -> None:
        """A tablet that comes, or comes back, sees the call that it has a part in."""
        if self._call is not None and session.device.id in self._call.tablets:
            session.send(self._shown(self._call, session))

    def leave(self, session: Session) -> None:
        if session is self._offering:
            self._offering = None

    async def offer(self, session: Session, asked: OfferCall, address: str) -> None:
        """Opens the way for packets of the tablet that is in the call, and of nobody else."""
        try:
            words = self._checked(session, asked)
        except UnfitOffer as unfit:
            self._refuse(session, asked.call, address, str(unfit))
            return
        self.close()
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

    def close(self) -> None:
        """No packet passes any more."""
        self._offering = None
        if self._door is not None:
            self._door.close()
            self._door = None

    def _checked(self, session: Session, asked: OfferCall) -> str:
        """The offer in our own words. Raises UnfitOffer."""
        call = self._call
        if call is None or not call.accepted or call.id != asked.call:
            raise UnfitOffer("no such call")
        if call.device != session.device.id or session.device.role not in ACTING:
            raise UnfitOffer("not in the call")
        return write_offer(read_offer(asked.sdp))

    def _refuse(self, session: Session, call: str, address: str, why: str) -> None:
        self._refusals.note(address, f"unsolicited media: {why}")
        session.send(CallAnswered(call, ""))

    def _now(self, call: Call | None) -> None:
        before, self._call = self._call, call
        if call is None or not call.accepted or (before is not None and before.id != call.id):
            self.close()
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
            self.close()
            session.send(CallAnswered(answer.call, ""))
            return
        session.send(CallAnswered(answer.call, with_address(answer.sdp, *door.address)))

    def _of(self, devices: frozenset[str]) -> list[Session]:
        return [session for session in self._hub.everyone() if session.device.id in devices]

    def _shown(self, call: Call, session: Session) -> CallShown:
        side: Literal["ringing", "mine"] = "mine" if call.device == session.device.id else "ringing"
        return CallShown(
            call=call.id,
            phase=call.phase,
            side=side,
            about=call.about,
            wall=call.wall,
            tablet=call.tablet,
            missing=call.missing,
            begun_ms=call.begun_ms,
            server_ms=self._clock.now_ms(),
        )
