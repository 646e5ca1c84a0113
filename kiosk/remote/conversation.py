"""What is said over one WebSocket: challenge, then pairing or proof, then a session."""

import asyncio
import secrets
from collections.abc import Callable
from typing import Any, Literal

from aiohttp import WSMsgType, web

from kiosk.core.buckets import Bucket, Buckets
from kiosk.core.clock import Clock
from kiosk.remote.calls import CallDesk
from kiosk.remote.desks import ACTING
from kiosk.remote.devices import Roster
from kiosk.remote.keys import base64url, pair_statement, verify
from kiosk.remote.limits import Limits, Refusals
from kiosk.remote.pairing import LEFT, MISMATCH, UNSAVED, PairingDesk, Waiting
from kiosk.remote.protocol import (
    Answer,
    AnswerWay,
    Cancel,
    Challenge,
    Check,
    Command,
    Enrol,
    Enrolled,
    EnrolWith,
    Incoming,
    Malformed,
    OfferCall,
    Pair,
    Paired,
    Point,
    Prove,
    Refused,
    Verify,
    VerifyWith,
    Watch,
    Welcome,
    clean_name,
    frame,
    parse,
)
from kiosk.remote.sessions import AWAY, TOO_FAST, UNVERIFIED, Hub, Session
from kiosk.remote.sfu import SfuPlace
from kiosk.remote.talks import TalkDesk
from kiosk.remote.verification import Challenges, NotVerified
from kiosk.wire.messages import (
    CredentialOffered,
    Device,
    Message,
    PairingGone,
    TabletPoint,
    TabletRequest,
    WatchPanels,
)

# Posts a message to the ui; the callback runs when nobody was there to take it.
Post = Callable[[Message, Callable[[], None] | None], None]


class Conversations:
    """Every conversation of one server, and who is paired, waiting, and connected."""

    def __init__(
        self,
        clock: Clock,
        limits: Limits,
        refusals: Refusals,
        post: Post,
        sfu: SfuPlace | None = None,
    ) -> None:
        self.roster = Roster()
        self.desk = PairingDesk(clock)
        self.hub = Hub(limits.answer_s)
        self._clock = clock
        self._limits = limits
        self._refusals = refusals
        self._post = post
        self.calls = CallDesk(clock, limits, refusals, self.hub, post, sfu)
        self.talks = TalkDesk(clock, refusals, self.hub)
        self._failures = Buckets(clock, limits.failures_per_s, limits.failure_burst)
        self._unproven = 0
        self._wall: Literal["here", "away"] = "away"
        self._saved: dict[str, asyncio.Event] = {}

    def obstacle(self, address: str) -> str | None:
        """Why no conversation is begun with this address now, if so."""
        if self._failures.of(address).empty:
            return "too many failures"
        if self._unproven >= self._limits.unproven:
            return "too many unproven"
        return None

    def set_wall(self, state: Literal["here", "away"]) -> None:
        if state != self._wall:
            self._wall = state
            self.hub.wall(state, self._clock.now_ms())

    def update(self, devices: tuple[Device, ...]) -> None:
        """Takes the device list as it is now: who is not in it is out at once."""
        self.roster.update(devices)
        known = {device.id: device for device in devices if not device.revoked}
        self.hub.reconcile(known)
        for device_id, saved in self._saved.items():
            if device_id in known:
                saved.set()
        self.count()

    def count(self) -> None:
        self._post(self.hub.count(), None)

    async def hold(
        self, socket: web.WebSocketResponse, origin: str, address: str, host: str
    ) -> None:
        """Converses until the tablet leaves, is refused, or its rights end. `host` is the address
        of this machine that it reached."""
        nonce = base64url(secrets.token_bytes(32))
        try:
            first = await self._greet(socket, nonce, address)
            if first is None:
                return
            if not self.roster.ready:
                self._refusals.note(address, "before the device list")
                await socket.send_str(frame(Refused("later")))
            elif isinstance(first, Prove):
                await self._admit(first, socket, nonce, origin, address, host)
            elif isinstance(first, Pair):
                await self._pair(first, socket, nonce, origin, address)
            else:
                await self._refuse(socket, address, "out of turn")
        except Malformed as error:
            self._fail(address, f"malformed: {error}")
        except ConnectionError:
            pass  # the tablet went away in mid-sentence

    async def _greet(
        self, socket: web.WebSocketResponse, nonce: str, address: str
    ) -> Incoming | None:
        self._unproven += 1
        try:
            await socket.send_str(frame(Challenge(nonce)))
            return await asyncio.wait_for(_receive(socket), self._limits.proof_s)
        except TimeoutError:
            self._refusals.note(address, "no proof in time")
            return None
        finally:
            self._unproven -= 1

    async def _refuse(self, socket: web.WebSocketResponse, address: str, reason: str) -> None:
        self._fail(address, reason)
        await socket.send_str(frame(Refused("no")))

    def _fail(self, address: str, reason: str) -> None:
        self._failures.of(address).take()
        self._refusals.note(address, reason)

    # ---- pairing

    async def _pair(
        self, asked: Pair, socket: web.WebSocketResponse, nonce: str, origin: str, address: str
    ) -> None:
        try:
            key = asked.key.usable()
        except ValueError:
            await self._refuse(socket, address, "unusable key")
            return
        if not verify(key, pair_statement(nonce, origin, asked.code), asked.signature):
            await self._refuse(socket, address, "pairing signature")
            return
        code_hash = self.desk.take(asked.code)
        if code_hash is None:
            await self._refuse(socket, address, "pairing code")
            return
        waiting, question = self.desk.ask(code_hash, asked.key, clean_name(asked.name), nonce)
        self._saved[waiting.device.id] = asyncio.Event()
        try:
            self._post(question, None)
            await socket.send_str(frame(Check(waiting.expires_ms, self._clock.now_ms())))
            if await self._decided(waiting, socket, address):
                await self._finish_pairing(waiting, socket)
        finally:
            self.desk.leave(waiting)
            self._saved.pop(waiting.device.id, None)

    async def _decided(self, waiting: Waiting, socket: web.WebSocketResponse, address: str) -> bool:
        """Waits for the person at the wall; False when the tablet gave up first."""
        leaving = asyncio.ensure_future(_receive(socket))
        try:
            ends: set[asyncio.Future[Any]] = {waiting.end, leaving}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            if waiting.end.done():
                return True
            said = leaving.exception() is None and isinstance(leaving.result(), Cancel)
            self._post(PairingGone(MISMATCH if said else LEFT), None)
            self._refusals.note(address, "pairing given up")
            return False
        finally:
            leaving.cancel()

    async def _finish_pairing(self, waiting: Waiting, socket: web.WebSocketResponse) -> None:
        if waiting.end.result() != "accepted":
            await socket.send_str(frame(Refused("declined")))
            return
        try:
            saved = self._saved[waiting.device.id]
            await asyncio.wait_for(saved.wait(), self._limits.save_s)
        except TimeoutError:
            self._post(PairingGone(UNSAVED), None)
            await socket.send_str(frame(Refused("declined")))
            return
        await socket.send_str(frame(Paired(waiting.device.id)))

    # ---- a session

    async def _admit(
        self,
        proof: Prove,
        socket: web.WebSocketResponse,
        nonce: str,
        origin: str,
        address: str,
        host: str,
    ) -> None:
        device = self.roster.prove(proof.device, nonce, origin, proof.signature)
        if device is None:
            await self._refuse(socket, address, "unknown device or signature")
            return
        bucket = Bucket(self._clock, self._limits.commands_per_s, self._limits.command_burst)
        points = Bucket(self._clock, self._limits.points_per_s, self._limits.point_burst)
        challenges = Challenges(self._clock, origin)
        session = Session(socket, device, bucket, challenges, host, points)
        welcome = Welcome(
            *(device.id, device.name, device.role, self._wall, self._clock.now_ms()),
            verifiable=bool(device.credential),
            office=device.office,
        )
        session.send(welcome)
        self.hub.join(session)
        self.calls.join(session)
        self.talks.join(session)
        self.count()
        writer = asyncio.ensure_future(session.write())
        try:
            await self._listen(session, socket, address)
        except Malformed:
            session.end("malformed")
            await writer
            raise
        finally:
            watched = self.hub.watched()
            self.hub.leave(session)
            if self.hub.watched() != watched:
                self._post(WatchPanels(self.hub.watched()), None)
            self.calls.leave(session)
            self.talks.leave(session)
            self.count()
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    async def _listen(self, session: Session, socket: web.WebSocketResponse, address: str) -> None:
        while (message := await _receive(socket)) is not None:
            match message:
                case Command():
                    self._command(session, message, address)
                case Enrol() | Enrolled() | Verify():
                    self._verification(session, message, address)
                case Point():
                    self._point(session, message, address)
                case Watch():
                    self._watch(session, message.panel, address)
                case OfferCall() | AnswerWay() if not session.bucket.take():
                    self._refusals.note(address, "too many commands")
                case OfferCall(call=named) if self.talks.knows(named):
                    self.talks.offer(session, message, address)
                case AnswerWay(call=named) if self.talks.knows(named):
                    self.talks.answer(session, message, address)
                case OfferCall():
                    await self.calls.offer(session, message, address)
                case AnswerWay():
                    self.calls.answer_way(session, message, address)
                case _:
                    raise Malformed("out of turn")

    def _point(self, session: Session, point: Point, address: str) -> None:
        """Many a second, and each stands for the one before: what is too much is left out."""
        if session.device.role not in ACTING:
            self._refusals.note(address, "a pointer without the right")
        elif session.points.take() or point.x is None:
            self._post(TabletPoint(session.device.id, point.x, point.y), None)

    def _watch(self, session: Session, panel: str, address: str) -> None:
        """A tablet looks at a panel by itself: those who act may, and visitors see the wall's."""
        if not session.bucket.take():
            self._refusals.note(address, "too many commands")
        elif panel and session.device.role not in ACTING:
            self._refusals.note(address, "a panel without the right")
        elif self.hub.watch(session, panel):
            self._post(WatchPanels(self.hub.watched()), None)

    def _verification(
        self, session: Session, message: Enrol | Enrolled | Verify, address: str
    ) -> None:
        device = session.device
        if not session.bucket.take():
            self._refusals.note(address, "too many commands")
            return
        try:
            match message:
                case Enrol():
                    options = session.challenges.to_enrol(device.id, device.name)
                    session.send(EnrolWith(options))
                case Enrolled():
                    credential = session.challenges.enrolled(message.answer)
                    self._post(CredentialOffered(device.id, credential), None)
                case Verify():
                    options = session.challenges.to_verify(message.request, device.credential)
                    session.send(VerifyWith(message.request, options))
        except NotVerified as why:
            self._refusals.note(address, f"verification: {why}")
            request = message.request if isinstance(message, Verify) else ""
            session.send(Answer(request, "denied", UNVERIFIED))

    def _proven(self, session: Session, message: Command, address: str) -> bool:
        """Whether it comes without a proof, or with a good one; said when not."""
        if message.proof is None or self.hub.knows(session, message.request):
            return True
        try:
            credential = session.device.credential
            session.challenges.verify(message.request, message.proof, credential)
        except NotVerified as why:
            self._fail(address, f"verification: {why}")
            session.send(Answer(message.request, "denied", UNVERIFIED))
            return False
        return True

    def _command(self, session: Session, message: Command, address: str) -> None:
        if self.roster.get(session.device.id) is None:
            self._refusals.note(address, "revoked device")
            return  # its goodbye is already on the way
        if not session.bucket.take():
            self._refusals.note(address, "too many commands")
            session.send(Answer(message.request, "too-fast", TOO_FAST))
            return
        if self._wall == "away":
            session.send(Answer(message.request, "away", AWAY))
            return
        if not self._proven(session, message, address):
            return
        wall_id = self.hub.ask(session, message.request)
        if wall_id is not None:
            args, proven = dict(message.args), message.proof is not None
            self._post(
                TabletRequest(wall_id, session.device.id, message.command, args, proven),
                lambda: self.hub.lost(wall_id),
            )


async def _receive(socket: web.WebSocketResponse) -> Incoming | None:
    """The next message, None when the tablet went away. Raises Malformed."""
    got = await socket.receive()
    if got.type == WSMsgType.TEXT:
        return parse(got.data)
    if got.type == WSMsgType.BINARY:
        raise Malformed("not text")
    if got.type == WSMsgType.ERROR:
        raise Malformed("bad frame")
    return None
