"""HTTPS for tablets: who is let in, with which headers, and what goes where."""

import ssl
from functools import partial

from aiohttp import web

from kiosk.core.buckets import Buckets
from kiosk.core.clock import Clock
from kiosk.remote.addresses import Names
from kiosk.remote.conversation import Conversations, Post
from kiosk.remote.door import Door
from kiosk.remote.limits import Limits, Refusals
from kiosk.remote.protocol import ALIVE_S, MESSAGE_LIMIT_BYTES
from kiosk.remote.sfu import SfuPlace
from kiosk.remote.shell import AUTHORITY_PATH, ShellFile
from kiosk.wire.messages import (
    ClosePairing,
    Devices,
    Message,
    OpenPairing,
    PairingDecision,
    PairingOffered,
    ShowDesk,
    ShowPanel,
    ShowProjection,
    TabletAnswer,
    TabletCount,
)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types kiosk-worker"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Server": "kiosk",
}
SOCKET_PATH = "/ws"
HEARTBEAT_S = 10.0


class Server:
    """One listening server. Everything runs on the event loop that made it."""

    def __init__(
        self,
        clock: Clock,
        limits: Limits,
        names: Names,
        tls: ssl.SSLContext,
        shell: dict[str, ShellFile],
        post: Post,
        sfu: SfuPlace | None = None,
    ) -> None:
        self.names = names
        self.port = 0
        self.authority: ShellFile | None = None
        self._clock = clock
        self._here = False
        self._alive_ms = 0.0
        self._shell = shell
        self._post = post
        self._refusals = Refusals(clock)
        self._requests = Buckets(clock, limits.requests_per_s, limits.request_burst)
        self._talks = Conversations(clock, limits, self._refusals, post, sfu)
        self._door = Door(limits, tls, self._handle, self._refusals.note)

    @property
    def url(self) -> str:
        return f"https://{self.names.public}:{self.port}/"

    @property
    def count(self) -> TabletCount:
        """How many tablets are connected, and which."""
        return self._talks.hub.count()

    def listen(self, host: str, port: int) -> None:
        """Opens the port. Raises OSError when it is taken."""
        self.port = self._door.listen(host, port)

    def tick(self) -> None:
        """Ends what is over and tells of refusals; to be called a few times a second."""
        gone = self._talks.desk.tick()
        if gone is not None:
            self._post(gone, None)
        now_ms = self._clock.monotonic_ms()
        if now_ms - self._alive_ms >= ALIVE_S * 1000:
            self._alive_ms = now_ms
            self._talks.hub.alive(self._clock.now_ms())
        if not self._here:
            return  # told once somebody is there to write it down
        for refusal in self._refusals.drain():
            self._post(refusal, partial(self._refusals.untold, refusal))

    def set_wall(self, here: bool) -> None:
        """Tells the tablets whether the ui is there."""
        self._here = here
        self._talks.set_wall("here" if here else "away")

    def take(self, message: Message) -> None:
        """A message of the ui."""
        talks = self._talks
        if talks.calls.take(message) or talks.talks.take(message):
            return
        match message:
            case Devices():
                talks.update(message.devices)
            case ShowProjection():
                talks.hub.show(message.projection, self._clock.now_ms())
            case ShowPanel():
                talks.hub.show_panel(message.projection)
            case ShowDesk():
                talks.hub.lay(message.desk)
            case TabletAnswer():
                talks.hub.answer(message)
            case OpenPairing():
                code, expires_ms = talks.desk.open(message.seconds)
                self._post(PairingOffered(f"{self.url}#pair={code}", expires_ms), None)
            case ClosePairing():
                talks.desk.close()
            case PairingDecision():
                talks.desk.decide(message)
            case _:
                pass  # meant for another worker

    async def close(self) -> None:
        for session in self._talks.hub.everyone():
            session.end("stopping")
        self._talks.desk.close()
        await self._talks.calls.close()
        self._talks.hub.close()
        self.tick()
        await self._door.close()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        address = request.remote or "unknown"
        if not self._requests.of(address).take():
            return self._turn_away(address, "too many requests", 429)
        if not self.names.allows(request.host, self.port):
            return self._turn_away(address, "foreign host name", 421)
        if request.method not in ("GET", "HEAD") or request.body_exists:
            return self._turn_away(address, "method", 405)
        if request.path == SOCKET_PATH:
            return await self._handle_socket(request, address)
        file = self.authority if request.path == AUTHORITY_PATH else self._shell.get(request.path)
        if file is None and request.path == AUTHORITY_PATH:
            return _plain(404)  # the city's own certificate serves: there is nothing to install
        if file is None:
            return self._turn_away(address, "unknown path", 404)
        etag = f'"{file.etag}"'
        headers = {**HEADERS, "ETag": etag, "Cache-Control": "no-cache"}
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = file.content_type
        return web.Response(body=file.body, headers=headers)

    async def _handle_socket(self, request: web.BaseRequest, address: str) -> web.StreamResponse:
        origin = request.headers.get("Origin", "")
        if origin != f"https://{request.host}":
            return self._turn_away(address, "foreign origin", 403)
        obstacle = self._talks.obstacle(address)
        if obstacle is not None:
            return self._turn_away(address, obstacle, 429)
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_S, max_msg_size=MESSAGE_LIMIT_BYTES, compress=False, timeout=1.0
        )
        if not socket.can_prepare(request).ok:
            return self._turn_away(address, "no websocket", 400)
        socket.headers.update(HEADERS)
        await socket.prepare(request)
        host = ""
        if request.transport is not None:
            self._door.keep(request.transport)
            host = str(request.transport.get_extra_info("sockname")[0])
        await self._talks.hold(socket, origin, address, host)
        await socket.close()
        return socket

    def _turn_away(self, address: str, reason: str, status: int) -> web.Response:
        self._refusals.note(address, reason)
        return _plain(status)


def _plain(status: int) -> web.Response:
    """The same few bytes for everybody: a refusal says nothing of why."""
    return web.Response(status=status, headers={**HEADERS, "Connection": "close"})
