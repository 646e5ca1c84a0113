"""Calls between two tablets at the tablets' server: whose words are brought to whom.

Their media go straight from one to the other. Each is told only addresses at which the other's own
connection arrived here, so no tablet can be led anywhere else; nothing of their media passes or is
seen here."""

import ipaddress
import re
from typing import Literal

from kiosk.core.clock import Clock
from kiosk.core.contacts import ACTING
from kiosk.remote.limits import Refusals
from kiosk.remote.protocol import AnswerWay, CallAnswered, CallShown, CallWay, OfferCall
from kiosk.remote.sdp import UnfitOffer, read_offer, with_addresses, write_offer
from kiosk.remote.sessions import Hub, Session
from kiosk.wire.calls import Sends
from kiosk.wire.messages import Message, TalksNow
from kiosk.wire.talks import Talk

PEER_WAY = "peer-peer"
MOST_PORTS = 4
_CANDIDATE = re.compile(r"a=candidate:\S+ 1 udp \d+ (\S+) (\d{1,5}) typ host.*", re.IGNORECASE)


class TalkDesk:
    """The calls between tablets that the wall knows."""

    def __init__(self, clock: Clock, refusals: Refusals, hub: Hub) -> None:
        self._clock = clock
        self._refusals = refusals
        self._hub = hub
        self._talks: dict[str, Talk] = {}
        self._at: dict[tuple[str, str], Session] = {}

    def take(self, message: Message) -> bool:
        """Whether it was about calls between tablets."""
        if not isinstance(message, TalksNow):
            return False
        before, self._talks = self._talks, {talk.id: talk for talk in message.talks}
        self._at = {key: session for key, session in self._at.items() if key[0] in self._talks}
        for talk in message.talks:
            if talk != before.get(talk.id):
                for session in self._hub.everyone():
                    if session.device.id in talk.tablets:
                        session.send(self._shown(talk, session))
        return True

    def join(self, session: Session) -> None:
        """A tablet that comes, or comes back, sees the call that it has a part in."""
        for talk in self._talks.values():
            if session.device.id in talk.tablets:
                session.send(self._shown(talk, session))

    def leave(self, session: Session) -> None:
        self._at = {key: other for key, other in self._at.items() if other is not session}

    def knows(self, call: str) -> bool:
        return call in self._talks

    def offer(self, session: Session, asked: OfferCall, address: str) -> None:
        """The caller's words, to the window of the other that has taken it."""
        talk = self._talks[asked.call]
        if session.device.id != talk.caller:
            self._refuse(session, asked.call, address, "not the caller")
            return
        words = self._checked(session, talk, asked.sdp, address)
        if words is None:
            return
        self._at[talk.id, talk.caller] = session
        for other in self._hub.everyone():
            if other.device.id == talk.callee:
                other.send(CallWay(talk.id, PEER_WAY, words))

    def answer(self, session: Session, asked: AnswerWay, address: str) -> None:
        """The other's answer, to the window that offered."""
        talk = self._talks[asked.call]
        if session.device.id != talk.callee or asked.way != PEER_WAY:
            self._refuse(session, asked.call, address, "not who was called")
            return
        words = self._checked(session, talk, asked.sdp, address)
        caller = self._at.get((talk.id, talk.caller))
        if words is not None and caller is not None:
            caller.send(CallAnswered(talk.id, words))

    def _checked(self, session: Session, talk: Talk, sdp: str, address: str) -> str | None:
        """What a tablet says in our own words, with addresses of its own; None when refused."""
        if not talk.taken or session.device.role not in ACTING:
            self._refuse(session, talk.id, address, "no such call")
            return None
        try:
            words = write_offer(read_offer(sdp))
        except UnfitOffer as unfit:
            self._refuse(session, talk.id, address, str(unfit))
            return None
        return with_addresses(words, address, own_ports(sdp, address))

    def _refuse(self, session: Session, call: str, address: str, why: str) -> None:
        self._refusals.note(address, f"unsolicited media: {why}")
        session.send(CallAnswered(call, ""))

    def _shown(self, talk: Talk, session: Session) -> CallShown:
        own = session.device.id
        side: Literal["ringing", "mine"] = "mine"
        if own == talk.callee and not talk.taken:
            side = "ringing"
        return CallShown(
            call=talk.id,
            phase="talking" if talk.taken else "asking" if own == talk.caller else "ringing",
            side=side,
            about=talk.about,
            wall=Sends(),
            tablet=Sends(),
            missing=(),
            begun_ms=talk.since_ms if talk.taken else 0,
            server_ms=self._clock.now_ms(),
            peer=talk.other(own),
            offers=own == talk.caller,
        )


def own_ports(sdp: str, address: str) -> tuple[int, ...]:
    """The ports that it names at its own address, and at none but that."""
    own = ipaddress.ip_address(address)
    found: dict[int, None] = {}
    for line in sdp.splitlines():
        match = _CANDIDATE.fullmatch(line)
        if match is not None and _is(match[1], own) and 1024 <= int(match[2]) < 65536:
            found[int(match[2])] = None
    return tuple(found)[:MOST_PORTS]


def _is(host: str, own: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        return ipaddress.ip_address(host) == own
    except ValueError:
        return False
