"""Paired tablets that are connected now, what they are sent, and what they have asked."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Sequence
from typing import Literal

import msgspec
from aiohttp import WSCloseCode, web

from kiosk.core.buckets import Bucket
from kiosk.remote.desks import ACTING, dealt
from kiosk.remote.protocol import Alive, Answer, Bye, RoleNow, Wall, frame
from kiosk.remote.verification import Challenges
from kiosk.wire.desk import TabletDesk
from kiosk.wire.messages import Device, TabletAnswer, TabletCount
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

WAITING_FRAMES = 64
REQUESTS_KEPT = 256
SOCKETS_PER_DEVICE = 4

NO_ANSWER = Text("벽이 응답하지 않습니다", "The wall does not answer")
AWAY = Text(
    "벽 화면이 꺼져 있습니다. 다시 켜지면 해 주세요", "The wall is away. Try when it is back"
)
UNVERIFIED = Text(
    "본인 확인이 되지 않아 하지 않았습니다", "Not done: its owner could not be verified"
)
TOO_FAST = Text("너무 빨리 눌렀습니다. 잠시 뒤에 해 주세요", "Too fast. Wait a moment")


class Session:
    """One connected tablet. Frames wait in a queue of their own, so a slow tablet slows no other;
    of each kind of view only the newest waits."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        device: Device,
        bucket: Bucket,
        challenges: Challenges,
        host: str,
        points: Bucket,
    ) -> None:
        """`host` is the address of this machine that the tablet reached."""
        self.device = device
        self.bucket = bucket
        self.challenges = challenges
        self.points = points
        self.watching = ""
        self.host = host
        self._socket = socket
        self._frames: deque[str] = deque()
        self._views: dict[str, str] = {}
        self._wake = asyncio.Event()
        self._closing = False

    def send(self, message: msgspec.Struct) -> None:
        self._frames.append(frame(message))
        if len(self._frames) > WAITING_FRAMES:
            self._closing = True
        self._wake.set()

    def show(self, kind: str, view: str) -> None:
        """A frame that takes the place of any of its kind that still waits."""
        self._views[kind] = view
        self._wake.set()

    def end(self, reason: Literal["revoked", "stopping", "replaced", "malformed"]) -> None:
        """Says goodbye and closes; nothing else is sent, not even what was waiting."""
        self._frames.clear()
        self._views.clear()
        self._frames.append(frame(Bye(reason)))
        self._closing = True
        self._wake.set()

    async def write(self) -> None:
        """Sends what waits until the session ends."""
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while self._frames or self._views:
                    await self._socket.send_str(self._next())
                if self._closing:
                    break
        except ConnectionError:
            pass
        await self._socket.close(code=WSCloseCode.GOING_AWAY)

    def _next(self) -> str:
        if self._frames:
            return self._frames.popleft()
        return self._views.pop(next(iter(self._views)))


def _rights(device: Device) -> tuple[str, str, str]:
    return device.role, device.credential, device.office


class _Asked(msgspec.Struct):
    device: str
    request: str
    answer: Answer | None = None
    timer: asyncio.TimerHandle | None = None


class Hub:
    """All sessions, the newest projection, and the open requests."""

    def __init__(self, answer_s: float) -> None:
        self._answer_s = answer_s
        self._sessions: dict[str, list[Session]] = {}
        self._projection: Projection | None = None
        self._desk: TabletDesk | None = None
        self._panels: dict[str, str] = {}
        self._sent_ms = 0
        self._asked: OrderedDict[tuple[str, str], _Asked] = OrderedDict()
        self._on_wall: dict[str, _Asked] = {}

    @property
    def connected(self) -> int:
        """How many tablets, not how many of their windows."""
        return len(self._sessions)

    def count(self) -> TabletCount:
        """How many and which, for the wall."""
        return TabletCount(self.connected, tuple(sorted(self._sessions)))

    def join(self, session: Session) -> None:
        windows = self._sessions.setdefault(session.device.id, [])
        windows.append(session)
        if len(windows) > SOCKETS_PER_DEVICE:
            windows.pop(0).end("replaced")
        self._show([session])
        self._lay([session])

    def leave(self, session: Session) -> None:
        windows = self._sessions.get(session.device.id, [])
        if session in windows:
            windows.remove(session)
        if not windows:
            self._sessions.pop(session.device.id, None)

    def everyone(self) -> list[Session]:
        return [session for windows in self._sessions.values() for session in windows]

    def show(self, projection: Projection, sent_ms: int) -> None:
        self._projection, self._sent_ms = projection, sent_ms
        self._show(self.everyone())

    def lay(self, desk: TabletDesk) -> None:
        self._desk = desk
        self._lay(self.everyone())

    def watch(self, session: Session, panel: str) -> bool:
        """What this tablet looks at from now on; whether that changes what all of them do."""
        before, session.watching = self.watched(), panel
        known = self._panels.get(panel)
        if known is not None:
            session.show("panel", known)
        return self.watched() != before

    def watched(self) -> tuple[str, ...]:
        """The panels that any tablet looks at, in the order of their ids."""
        return tuple(sorted({s.watching for s in self.everyone() if s.watching}))

    def show_panel(self, projection: Projection) -> None:
        """To those who look at it; kept for whoever comes while it is watched."""
        watched = self.watched()
        self._panels = {panel: kept for panel, kept in self._panels.items() if panel in watched}
        told = msgspec.json.encode({"type": "panel", "projection": projection}).decode()
        if projection.panel in watched:
            self._panels[projection.panel] = told
        for session in self.everyone():
            if session.watching == projection.panel:
                session.show("panel", told)

    def _show(self, sessions: Sequence[Session]) -> None:
        if self._projection is None:
            return
        told = {"type": "projection", "sent_ms": self._sent_ms, "projection": self._projection}
        shown = msgspec.json.encode(told).decode()
        for session in sessions:
            session.show("projection", shown)

    def _lay(self, sessions: Sequence[Session]) -> None:
        """Each gets its part; tablets of the same kind share one encoding."""
        if self._desk is None:
            return
        frames: dict[tuple[object, ...], str] = {}
        for session in sessions:
            part, device = dealt(self._desk, session.device), session.device
            key = (device.role in ACTING, tuple(order.id for order in part.orders))
            if key not in frames:
                told = {"type": "desk", "desk": part}
                frames[key] = msgspec.json.encode(told).decode()
            session.show("desk", frames[key])

    def wall(self, state: Literal["here", "away"], server_ms: int) -> None:
        for session in self.everyone():
            session.send(Wall(state, server_ms))

    def alive(self, server_ms: int) -> None:
        for session in self.everyone():
            session.send(Alive(server_ms))

    def reconcile(self, devices: dict[str, Device]) -> None:
        """Ends the sessions of devices that may no longer connect, and tells of new roles."""
        for session in self.everyone():
            device = devices.get(session.device.id)
            if device is None or device.public_key != session.device.public_key:
                session.end("revoked")
                self.leave(session)
            else:
                before, session.device = session.device, device
                if _rights(device) != _rights(before):
                    if device.role not in ACTING:
                        session.watching = ""
                    session.send(RoleNow(device.role, bool(device.credential), device.office))
                    self._lay([session])

    def ask(self, session: Session, request: str) -> str | None:
        """The request's id at the wall, or None when it was seen before.

        A repeated request gets the answer that there is, now or when it comes. The id follows from
        device and request, so that the wall knows it again when this server is a new one.
        """
        key = (session.device.id, request)
        before = self._asked.get(key)
        if before is not None:
            if before.answer is not None:
                session.send(before.answer)
            return None
        asked = _Asked(session.device.id, request)
        self._asked[key] = asked
        while len(self._asked) > REQUESTS_KEPT * max(1, self.connected):
            self._asked.popitem(last=False)
        wall_id = f"{session.device.id}/{request}"
        self._on_wall[wall_id] = asked
        loop = asyncio.get_running_loop()
        asked.timer = loop.call_later(self._answer_s, self._overdue, wall_id)
        return wall_id

    def knows(self, session: Session, request: str) -> bool:
        """Whether this request was seen before."""
        return (session.device.id, request) in self._asked

    def answer(self, answer: TabletAnswer) -> None:
        """The wall's answer, also a late one; to an unknown request: ignored."""
        asked = self._on_wall.pop(answer.request, None)
        if asked is not None:
            self._tell(asked, answer.status, answer.reason)

    def lost(self, wall_id: str) -> None:
        """The request never reached the wall: said so, and free to be asked again."""
        asked = self._on_wall.pop(wall_id, None)
        if asked is not None:
            self._tell(asked, "away", AWAY)
            self._asked.pop((asked.device, asked.request), None)

    def close(self) -> None:
        for asked in self._on_wall.values():
            if asked.timer is not None:
                asked.timer.cancel()

    def _overdue(self, wall_id: str) -> None:
        asked = self._on_wall.get(wall_id)
        if asked is not None:
            self._tell(asked, "no-answer", NO_ANSWER)
            # A late answer is still awaited for a while, then forgotten.
            loop = asyncio.get_running_loop()
            asked.timer = loop.call_later(60.0, self._on_wall.pop, wall_id, None)

    def _tell(self, asked: _Asked, status: str, reason: Text) -> None:
        if asked.timer is not None:
            asked.timer.cancel()
        asked.answer = Answer(asked.request, status, reason)
        for session in self._sessions.get(asked.device, []):
            session.send(asked.answer)
