"""A tablet in Python, for the tour and for tests: the same protocol as the web app's."""

import asyncio
import contextlib
import secrets
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import msgspec
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from kiosk.remote.keys import (
    PublicKey,
    base64url,
    check_code,
    connect_statement,
    hash_code,
    pair_statement,
)
from kiosk.remote.protocol import PROTOCOL
from kiosk.wire.desk import TabletDesk
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

CLOSE_S = 0.5  # a network that is gone answers no goodbye


class TabletError(Exception):
    """The server refused, or did not do what was waited for."""


class _Through(AbstractResolver):
    def __init__(self, address: str) -> None:
        self._address = address

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = ResolveResult(
            hostname=host, host=self._address, port=port, family=socket.AF_INET, proto=0, flags=0
        )
        return [found]

    async def close(self) -> None:
        pass


class Sockets:
    """A session's sockets, so that none is left to a server that does not say goodbye.

    aiohttp forgets a TLS connection that it has begun to close, and does not wait for it. With a
    `source` they come from that address of this machine; with `through` every name leads there.
    """

    def __init__(self, source: str = "", through: str = "") -> None:
        self._made: list[socket.socket] = []
        self._source = source
        self._through = through

    def connector(self, tls: ssl.SSLContext) -> aiohttp.TCPConnector:
        resolver = _Through(self._through) if self._through else None
        return aiohttp.TCPConnector(ssl=tls, socket_factory=self._make, resolver=resolver)

    async def hang_up(self) -> None:
        """Ends every socket; to be called after the session's own close."""
        for made in self._made:
            with contextlib.suppress(OSError):
                made.shutdown(socket.SHUT_RDWR)
        for _ in range(100):
            if all(made.fileno() < 0 for made in self._made):
                return
            await asyncio.sleep(0.005)

    def _make(self, address: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol = address[:3]
        made = socket.socket(family=family, type=kind, proto=protocol)
        self._made.append(made)
        if self._source:
            made.bind((self._source, 0))
        return made


def public_key(key: ec.EllipticCurvePrivateKey) -> PublicKey:
    """As the tablet shows it when it is paired."""
    numbers = key.public_key().public_numbers()
    x, y = (base64url(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
    return PublicKey(crv="P-256", kty="EC", x=x, y=y)


class TabletAnswered(msgspec.Struct, frozen=True):
    """What the wall said to one command."""

    request: str
    status: str
    reason: Text


class Tablet:
    """One tablet. Use as `async with Tablet(ca) as tablet: await tablet.pair(...)`.

    `authority` is the kiosk's `ca.pem`, which is the only certificate trusted. With a `key` it is
    the tablet that was paired with it. `source` is the address that it comes from, `through` the
    one where every name leads.
    """

    def __init__(
        self,
        authority: Path,
        key: ec.EllipticCurvePrivateKey | None = None,
        source: str = "",
        through: str = "",
    ) -> None:
        self._key = key or ec.generate_private_key(ec.SECP256R1())
        self._tls = ssl.create_default_context(cafile=str(authority))
        self._sockets = Sockets(source, through)
        self._http = aiohttp.ClientSession(connector=self._sockets.connector(self._tls))
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._base = ""
        self._answers: dict[str, asyncio.Future[TabletAnswered]] = {}
        self._news = asyncio.Event()
        self.device = self.public_key.device_id()
        self.projection: Projection | None = None
        self.desk = TabletDesk()
        self.watched: Projection | None = None
        self.wall = ""
        self.role = ""
        self.verifiable = False
        self.goodbye: str | None = None
        self.call: dict[str, Any] | None = None
        """How the call stands that this tablet has a part in, as it was last told."""
        self.on_call: Callable[[dict[str, Any]], None] = lambda message: None
        """Called with each frame about a call."""

    async def __aenter__(self) -> "Tablet":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def public_key(self) -> PublicKey:
        return public_key(self._key)

    def sign(self, statement: bytes) -> str:
        r, s = decode_dss_signature(self._key.sign(statement, ec.ECDSA(hashes.SHA256())))
        return base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    async def pair(
        self, url: str, name: str, on_check: Callable[[str], None] | None = None
    ) -> None:
        """Pairs by the QR code's address; returns when a person at the wall has accepted.

        `on_check` gets the six digits to compare. Raises TabletError when refused.
        """
        code = urlsplit(url).fragment.removeprefix("pair=")
        nonce = await self._open(url)
        await self._say(
            {
                "type": "pair",
                "code": code,
                "key": self.public_key,
                "name": name,
                "signature": self.sign(pair_statement(nonce, self.origin, code)),
            }
        )
        await self._expect("check")
        if on_check is not None:
            on_check(check_code(hash_code(code), nonce, self.public_key.thumbprint()))
        await self._expect("paired")
        await self._drop()

    async def connect(self, url: str = "") -> None:
        """Connects as a paired tablet. Raises TabletError when refused."""
        nonce = await self._open(url or self._base)
        signature = self.sign(connect_statement(nonce, self.origin, self.device))
        await self._say({"type": "prove", "device": self.device, "signature": signature})
        welcome = await self._expect("welcome")
        self.wall, self.role, self.goodbye = welcome["wall"], welcome["role"], None
        self._reader = asyncio.ensure_future(self._read())

    async def send(
        self,
        command: str,
        args: dict[str, Any] | None = None,
        request: str = "",
        timeout_s: float = 10.0,
    ) -> TabletAnswered:
        """Sends a command; the wall's answer. Raises TabletError when none comes."""
        request = request or secrets.token_hex(8)
        answer = self.answer_to(request)
        await self._say(
            {"type": "command", "request": request, "command": command, "args": args or {}}
        )
        try:
            return await asyncio.wait_for(answer, timeout_s)
        except TimeoutError as error:
            raise TabletError(f"no answer to {command} in {timeout_s} s") from error
        finally:
            self._answers.pop(request, None)

    async def watch(self, panel: str) -> None:
        """Looks at a panel whatever the wall shows; `watched` is what comes. Empty: at none."""
        await self._say({"type": "watch", "panel": panel})

    async def offer_call(self, call: str, sdp: str) -> None:
        """What this tablet would send and take in a call. Raises TabletError when not connected."""
        await self._say({"type": "call_offer", "call": call, "sdp": sdp})

    async def answer_way(self, call: str, way: str, sdp: str) -> None:
        """In a call of several: the answer to what comes of another. Raises TabletError."""
        await self._say({"type": "call_way_answer", "call": call, "way": way, "sdp": sdp})

    def answer_to(self, request: str) -> "asyncio.Future[TabletAnswered]":
        """Resolves when the wall has answered this request."""
        return self._answers.setdefault(request, asyncio.get_running_loop().create_future())

    async def wait_until(self, seen: Callable[[], bool], timeout_s: float = 10.0) -> None:
        """Waits until `seen()` holds after some news. Raises TabletError."""
        try:
            async with asyncio.timeout(timeout_s):
                while not seen():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError as error:
            raise TabletError(f"not seen in {timeout_s} s") from error

    async def close(self) -> None:
        await self._drop()
        await self._http.close()
        await self._sockets.hang_up()

    @property
    def origin(self) -> str:
        return self._base.rstrip("/")

    async def _open(self, url: str) -> str:
        await self._drop()
        parts = urlsplit(url)
        self._base = f"https://{parts.netloc}/"
        try:
            self._socket = await self._http.ws_connect(
                f"wss://{parts.netloc}/ws",
                origin=self.origin,
                timeout=aiohttp.ClientWSTimeout(ws_close=CLOSE_S),
            )
        except aiohttp.ClientError as error:
            raise TabletError(f"not let in: {error}") from error
        challenge = await self._expect("challenge")
        if challenge["protocol"] != PROTOCOL:
            raise TabletError(f"protocol {challenge['protocol']}, not {PROTOCOL}")
        return str(challenge["nonce"])

    async def _say(self, message: dict[str, Any]) -> None:
        if self._socket is None or self._socket.closed:
            raise TabletError("not connected")
        await self._socket.send_str(msgspec.json.encode(message).decode())

    async def _expect(self, kind: str) -> dict[str, Any]:
        assert self._socket is not None
        got = await self._socket.receive(timeout=180.0)
        if got.type != aiohttp.WSMsgType.TEXT:
            raise TabletError(f"closed while waiting for {kind}")
        message: dict[str, Any] = msgspec.json.decode(got.data)
        if message["type"] != kind:
            raise TabletError(f"{message} instead of {kind}")
        return message

    async def _read(self) -> None:
        assert self._socket is not None
        async for got in self._socket:
            self.hear(got.data)
            self._news.set()
        self.goodbye = self.goodbye or "lost"
        self._news.set()

    def hear(self, frame: str) -> None:
        """Takes one frame of the server."""
        message = msgspec.json.decode(frame)
        match message["type"]:
            case "projection":
                self.projection = msgspec.convert(message["projection"], Projection)
            case "desk":
                self.desk = msgspec.convert(message["desk"], TabletDesk)
            case "panel":
                self.watched = msgspec.convert(message["projection"], Projection)
            case "answer":
                waiting = self._answers.get(message["request"])
                if waiting is not None and not waiting.done():
                    del message["type"]
                    waiting.set_result(msgspec.convert(message, TabletAnswered))
            case "wall":
                self.wall = message["state"]
            case "role":
                self.role, self.verifiable = message["role"], message["verifiable"]
            case "call" | "call_answer" | "call_way" | "call_over":
                if message["type"] in ("call", "call_over"):
                    self.call = message if message["type"] == "call" else None
                self.on_call(message)
            case "bye":
                self.goodbye = message["reason"]

    async def _drop(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
            self._reader = None
        if self._socket is not None:
            await self._socket.close()
            self._socket = None
