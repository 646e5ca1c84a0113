"""Main of the remote process: joins the ui's link (threads) and the server (event loop)."""

import asyncio
import contextlib
import hashlib
import queue
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

from kiosk.core.clock import Clock
from kiosk.remote.addresses import Names, names_of
from kiosk.remote.certificates import Certificate, Certificates
from kiosk.remote.janus import place_of
from kiosk.remote.limits import Limits
from kiosk.remote.server import Server
from kiosk.remote.shell import authority_file, read_shell
from kiosk.settings import Settings
from kiosk.wire import Link, Text
from kiosk.wire.messages import Devices, Health, Message, RemoteReady, State, TabletCount

WORKER = "remote"
TICK_S = 0.1
PROBE_TICKS = 4
CERTIFICATE_TICKS = 600
RETRY_S = 2.0

OFF = Text("설정에서 태블릿을 꺼 두었습니다", "Tablets are switched off in the settings")
LISTENING = Text("태블릿을 기다립니다", "Waiting for tablets")
NO_LAN = Text("네트워크가 없어 태블릿이 올 수 없습니다", "No network: tablets can't reach the wall")


def run(settings: Settings, link: Link, clock: Clock, limits: Limits | None = None) -> None:
    """Serves tablets until `link.stopped` is set."""
    if not settings.remote.enabled:
        link.send(Health(WORKER, "stopped", OFF))
        link.stopped.wait()
        return
    limits = limits or Limits(media_port=settings.remote.media_port)
    asyncio.run(_Remote(settings, link, clock, limits).run())


class _Remote:
    """The process's life: certificate, port, upkeep, and the two directions of the link."""

    def __init__(self, settings: Settings, link: Link, clock: Clock, limits: Limits) -> None:
        self._settings = settings.remote
        self._sfu = place_of(settings.calls)
        self._link = link
        self._clock = clock
        self._limits = limits
        given = settings.remote
        self._certificates = Certificates(
            Path(settings.paths.data_dir) / "certificates",
            clock,
            Path(given.certificate) if given.certificate else None,
            Path(given.key) if given.key else None,
        )
        self._outbox: queue.Queue[tuple[Message, Callable[[], None] | None] | None] = queue.Queue()
        self._stopped = asyncio.Event()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_3
        self._certificate: Certificate | None = None
        self._health: Health | None = None
        self._server: Server | None = None
        self._early: list[Message] = []
        self._here = False

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        threads = [
            threading.Thread(target=self._receive, args=(loop,), name="remote-in"),
            threading.Thread(target=self._send, args=(loop,), name="remote-out"),
        ]
        for thread in threads:
            thread.start()
        try:
            self._say("starting", Text("", ""))
            server = await self._open()
            if server is not None:
                await self._keep(server)
                await server.close()
        finally:
            self._link.stopped.set()
            self._outbox.put(None)
            for thread in threads:
                await loop.run_in_executor(None, thread.join)

    # ---- the link

    def _receive(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._link.stopped.is_set():
            message = self._link.receive(0.1)
            if message is not None:
                loop.call_soon_threadsafe(self._take, message)
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(self._stopped.set)

    def _send(self, loop: asyncio.AbstractEventLoop) -> None:
        """Sends in a thread of its own: a ui that does not read must not hold up the tablets."""
        while (item := self._outbox.get()) is not None:
            message, lost = item
            here = self._link.send(message)
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._sent, here, lost)

    def _sent(self, here: bool, lost: Callable[[], None] | None) -> None:
        if self._server is not None:
            self._server.set_wall(here)
            if here and not self._here:
                # The ui came, or came back: it may be a new one that knows nothing of us.
                self._post(self._ready(self._server))
            self._here = here
        if not here and lost is not None:
            lost()

    def _post(self, message: Message, lost: Callable[[], None] | None = None) -> None:
        self._outbox.put((message, lost))

    def _take(self, message: Message) -> None:
        if self._server is None:
            self._early.append(message)
            return
        self._server.take(message)
        if isinstance(message, Devices):
            # A ui that sends its devices may be a new one: tell it where we are.
            self._post(self._ready(self._server))

    # ---- life

    async def _open(self) -> Server | None:
        """Certificate and port, tried again until both are there; None when stopped before."""
        shell = read_shell()
        while not self._stopped.is_set():
            try:
                names = names_of(self._settings)
                self._load(names)
                server = Server(
                    self._clock, self._limits, names, self._tls, shell, self._post, self._sfu
                )
                server.listen(self._settings.host, self._settings.port)
            except (OSError, ValueError) as error:
                reason = Text(
                    f"태블릿 서버를 열지 못했습니다: {error}", f"Can't open the server: {error}"
                )
                self._say("failed", reason)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopped.wait(), RETRY_S)
                continue
            self._server = server
            self._ready(server)
            self._post(TabletCount(0))
            for message in self._early:
                self._take(message)
            self._early.clear()
            return server
        return None

    async def _keep(self, server: Server) -> None:
        ticks = 0
        while not self._stopped.is_set():
            server.tick()
            if ticks % PROBE_TICKS == 0:
                # Also asks whether the ui is there: a send that nobody takes is how one learns.
                self._post(server.count)
            if ticks % CERTIFICATE_TICKS == 0:
                self._renew(server)
            ticks += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), TICK_S)

    def _renew(self, server: Server) -> None:
        """Follows a new address, a certificate near its end, or one that was dropped in."""
        names = names_of(self._settings)
        before = self._certificate
        try:
            self._load(names)
        except (OSError, ValueError) as error:
            self._say(
                "degraded",
                Text(f"인증서를 갱신하지 못했습니다: {error}", f"Can't renew: {error}"),
            )
            return
        if names != server.names or self._certificate != before:
            server.names = names
            self._post(self._ready(server))
        problem = self._certificate.problem if self._certificate else None
        if problem is not None:
            self._say("degraded", problem)
        elif self._settings.host in ("0.0.0.0", "::") and not names.on_lan:  # noqa: S104
            self._say("degraded", NO_LAN)
        else:
            self._say("running", LISTENING)

    def _load(self, names: Names) -> None:
        found = self._certificates.current(names)
        if self._certificate is None or found.fingerprint != self._certificate.fingerprint:
            # New connections get the new certificate; those that are open keep theirs.
            self._tls.load_cert_chain(found.chain, found.key)
        self._certificate = found

    def _ready(self, server: Server) -> RemoteReady:
        """Where we are, and by which authority a tablet knows that it is us."""
        der = self._certificate.authority if self._certificate is not None else None
        server.authority = authority_file(der) if der is not None else None
        return RemoteReady(server.url, hashlib.sha256(der).hexdigest() if der is not None else "")

    def _say(self, state: State, reason: Text) -> None:
        health = Health(WORKER, state, reason)
        if health != self._health:
            self._health = health
            self._post(health)
