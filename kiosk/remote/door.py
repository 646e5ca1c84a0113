"""Accepts connections: few per address, and each must soon finish its handshake and ask."""

import asyncio
import contextlib
import socket
import ssl
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from kiosk.remote.limits import Limits

BACKLOG = 256
KEEP_ALIVE_S = 20.0
SHUTDOWN_S = 0.5
GOODBYE_S = 0.3

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Refused = Callable[[str, str], None]


class _Connection(web.RequestHandler):
    """aiohttp's, but what is no HTTP is told as a refusal, without a log full of a stranger's
    bytes and without an answer that names the fault."""

    __slots__ = ("_refused",)

    def __init__(self, manager: web.Server, refused: Refused, **kwargs: Any) -> None:
        super().__init__(manager, **kwargs)
        self._refused = refused

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        if status >= 500:
            return super().handle_error(request, status, exc, message)
        self._refused(request.remote or "unknown", "not HTTP")
        answer = web.Response(status=status)
        answer.force_close()
        return answer


class _Http(web.Server):
    """aiohttp's low-level server, and a future per connection that says when it is gone."""

    def __init__(self, handler: Handler, refused: Refused) -> None:
        super().__init__(handler)
        self._refused = refused
        self._gone: dict[object, asyncio.Future[None]] = {}

    def __call__(self) -> web.RequestHandler:
        return _Connection(
            self,
            self._refused,
            loop=asyncio.get_running_loop(),
            access_log=None,
            keepalive_timeout=KEEP_ALIVE_S,
            lingering_time=1.0,
        )

    def open(self) -> "tuple[asyncio.Protocol, asyncio.Future[None]]":
        protocol = self()
        gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._gone[protocol] = gone
        return protocol, gone

    def forget(self, protocol: asyncio.Protocol) -> None:
        self._gone.pop(protocol, None)

    def connection_lost(
        self, handler: web.RequestHandler, exc: BaseException | None = None
    ) -> None:
        super().connection_lost(handler, exc)
        gone = self._gone.pop(handler, None)
        if gone is not None and not gone.done():
            gone.set_result(None)


class Door:
    """Listens, counts, and hands requests to `handler`.

    aiohttp's own listener has no limit per address and waits a minute for a handshake, so a
    stranger could hold every connection half open.
    """

    def __init__(
        self,
        limits: Limits,
        tls: ssl.SSLContext,
        handler: Handler,
        refused: Refused,
    ) -> None:
        self._limits = limits
        self._tls = tls
        self._http = _Http(self._ask(handler), refused)
        self._refused = refused
        self._open: Counter[str] = Counter()
        self._listener: socket.socket | None = None
        self._accepting: asyncio.Task[None] | None = None
        # A connection's task, and its transport once the handshake is done.
        self._tasks: dict[asyncio.Task[None], asyncio.Transport | None] = {}
        self._half_open: dict[asyncio.Task[None], str] = {}  # the address, oldest first
        self._asked: set[asyncio.BaseTransport] = set()
        self._kept: set[asyncio.BaseTransport] = set()

    def listen(self, host: str, port: int) -> int:
        """Opens the port and starts to accept; the port. Raises OSError when it is taken."""
        listener = socket.create_server((host, port), backlog=BACKLOG)
        listener.setblocking(False)
        self._listener = listener
        self._accepting = asyncio.ensure_future(self._accept(listener))
        return int(listener.getsockname()[1])

    def keep(self, transport: asyncio.BaseTransport) -> None:
        """This connection has become a WebSocket, which lives as long as both ends want."""
        self._kept.add(transport)

    async def close(self) -> None:
        """Ends listening and every connection, those that do not say goodbye as well."""
        if self._accepting is not None:
            self._accepting.cancel()
            await asyncio.gather(self._accepting, return_exceptions=True)
        if self._listener is not None:
            self._listener.close()
        await self._http.shutdown(SHUTDOWN_S)
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=GOODBYE_S)
        for task, transport in self._tasks.items():
            if transport is None:
                task.cancel()
            else:
                transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        # A transport that was cut in its handshake closes in the loop's next rounds.
        for _ in range(3):
            await asyncio.sleep(0)

    def _ask(self, handler: Handler) -> Handler:
        async def asked(request: web.BaseRequest) -> web.StreamResponse:
            if request.transport is not None:
                self._asked.add(request.transport)
            return await handler(request)

        return asked

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, peer = await loop.sock_accept(listener)
            except OSError:
                # Out of descriptors, most likely: those that are held run out within seconds.
                await asyncio.sleep(0.2)
                continue
            address = str(peer[0])
            if not self._admits(address):
                connection.close()
                self._refused(address, "too many connections")
                continue
            self._make_room()
            self._open[address] += 1
            task = asyncio.ensure_future(self._serve(connection, address))
            self._tasks[task] = None
            self._half_open[task] = address
            task.add_done_callback(self._forget)
            # A burst is not taken in one go: those who shake hands have their turn in between.
            await asyncio.sleep(0)

    def _make_room(self) -> None:
        while len(self._half_open) >= self._limits.half_open:
            oldest = next(iter(self._half_open))
            self._refused(self._half_open.pop(oldest), "too many half open")
            oldest.cancel()

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        self._half_open.pop(task, None)

    def _admits(self, address: str) -> bool:
        return (
            self._open[address] < self._limits.connections_per_address
            and self._open.total() < self._limits.connections
        )

    async def _serve(self, connection: socket.socket, address: str) -> None:
        protocol, gone = self._http.open()
        transport: asyncio.Transport | None = None
        try:
            transport = await self._handshake(connection, protocol)
            if transport is None:
                self._refused(address, "no handshake")
                return
            task = asyncio.current_task()
            assert task is not None
            self._tasks[task] = transport
            self._half_open.pop(task, None)
            await self._watch(transport, gone, address)
            await gone
        finally:
            self._http.forget(protocol)
            if transport is not None:
                self._asked.discard(transport)
                self._kept.discard(transport)
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    async def _watch(
        self, transport: asyncio.Transport, gone: "asyncio.Future[None]", address: str
    ) -> None:
        """Ends a connection that asks nothing, and one that only looks busy."""
        first_s = self._limits.first_request_s
        await asyncio.wait({gone}, timeout=first_s)
        if not gone.done() and transport not in self._asked:
            transport.abort()
            self._refused(address, "no request")
            return
        await asyncio.wait({gone}, timeout=self._limits.connection_s - first_s)
        if not gone.done() and transport not in self._kept:
            transport.abort()
            self._refused(address, "connection too long")

    async def _handshake(
        self, connection: socket.socket, protocol: asyncio.Protocol
    ) -> asyncio.Transport | None:
        try:
            transport, _ = await asyncio.get_running_loop().connect_accepted_socket(
                lambda: protocol,
                connection,
                ssl=self._tls,
                ssl_handshake_timeout=self._limits.handshake_s,
                ssl_shutdown_timeout=2.0,
            )
        except (OSError, TimeoutError):
            with contextlib.suppress(OSError):
                connection.close()
            return None
        return transport
