"""HTTP as a camera needs it: every hop and every address checked, and all of it bounded.

The decoder's library never touches the network for HTTP; it is fed with bytes from here.
"""

import ssl
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType

import httpcore
import httpx

from kiosk.core.clock import Clock
from kiosk.settings.secrets import Login
from kiosk.video import reasons
from kiosk.video.address import CONNECT_S, MOST_HOPS, WEB, AddressError, Gate, SourceError
from kiosk.video.connections import Checked, told
from kiosk.wire.text import Text

READ_S = 3.0
WITHIN_S = 5.0
BEGIN_BYTES = 16  # enough to tell what it is
USER_AGENT = b"city-kiosk"

MOVED = frozenset((301, 302, 303, 307, 308))
OK, PARTIAL, NOT_MODIFIED, UNAUTHORISED, FORBIDDEN = 200, 206, 304, 401, 403
GONE = frozenset((404, 410))

_TIMEOUTS = {"connect": CONNECT_S, "read": READ_S, "write": READ_S, "pool": READ_S}


class Web:
    """Asks for one camera. Not for several threads at a time. `close` it after use.

    `login` is sent to the host of the first address alone, and only when it asks for one. `ca_file`
    holds the certificates of the cameras' authority; "" takes the system's.
    """

    def __init__(
        self, gate: Gate, clock: Clock, login: Login | None = None, ca_file: str = ""
    ) -> None:
        self._gate = gate
        self._clock = clock
        self._login = login
        self._ca_file = ca_file
        self._origin: tuple[str, str, int | None] | None = None
        self._auth: httpx.Auth | None = None
        self._due_ms: float | None = None
        self._pool: httpcore.ConnectionPool | None = None

    def get(self, url: str, *, headers: Iterable[tuple[str, str]] = ()) -> "Answer":
        """The answer to a question, its body still to be read; at most WITHIN_S until it begins.

        Raises SourceError, of an address that is not opened AddressError.
        """
        address = self._checked(url)
        self._origin = self._origin or _origin(address)
        self._within(WITHIN_S)
        for _ in range(MOST_HOPS + 1):
            answer = self._ask(address, tuple(headers))
            if answer.status not in MOVED:
                return answer
            answer.close()
            target = answer.headers.get("location", "")
            if not target:
                raise SourceError(reasons.NOTHING)
            address = self._checked(str(address.join(_url(target))))
        raise SourceError(reasons.ROUND)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()

    def _checked(self, url: str) -> httpx.URL:
        self._gate.check(url, WEB)
        return _url(url)

    def _ask(self, address: httpx.URL, headers: tuple[tuple[str, str], ...]) -> "Answer":
        """Asks, and once more with the login where the camera wants one."""
        request = httpx.Request("GET", address, headers=list(headers))
        flow = None
        if self._auth is not None and _origin(address) == self._origin:
            flow = self._auth.sync_auth_flow(request)
            request = next(flow)
        answer = self._send(request)
        if answer.status != UNAUTHORISED or self._login is None or _origin(address) != self._origin:
            return answer
        answer.close()
        if flow is None:
            self._auth = _auth(answer.headers, self._login)
            flow = self._auth.sync_auth_flow(request)
            request = next(flow)
        try:
            if "authorization" not in request.headers or isinstance(self._auth, httpx.DigestAuth):
                told = httpx.Response(answer.status, headers=answer.headers, request=request)
                request = flow.send(told)
        except (StopIteration, httpx.ProtocolError) as error:
            raise SourceError(reasons.LOGIN) from error
        return self._send(request)

    def _send(self, request: httpx.Request) -> "Answer":
        url = request.url
        asked = [(b"Host", url.netloc), (b"User-Agent", USER_AGENT), (b"Accept", b"*/*")]
        asked.append((b"Accept-Encoding", b"identity"))  # what is packed may unpack without end
        own = {name.lower() for name, _ in asked}
        asked += [pair for pair in request.headers.raw if pair[0].lower() not in own]
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        question = httpcore.Request(
            "GET", target, headers=asked, extensions={"timeout": dict(_TIMEOUTS)}
        )
        with told():
            return Answer(url, self._connections().handle_request(question), self._within)

    def _connections(self) -> httpcore.ConnectionPool:
        if self._pool is None:
            try:
                context = ssl.create_default_context(cafile=self._ca_file or None)
            except OSError as error:
                raise SourceError(reasons.CERTIFICATE) from error
            self._pool = httpcore.ConnectionPool(
                ssl_context=context,
                max_connections=4,
                keepalive_expiry=30.0,
                network_backend=Checked(self._gate, self._left_s),
            )
        return self._pool

    def _within(self, seconds: float | None) -> None:
        """All that is read from now on has to be there in time; None: there is no end to it."""
        self._due_ms = None if seconds is None else self._clock.monotonic_ms() + seconds * 1000

    def _left_s(self) -> float:
        if self._due_ms is None:
            return READ_S
        left_s = (self._due_ms - self._clock.monotonic_ms()) / 1000
        if left_s <= 0:
            raise httpcore.ReadTimeout("too slow")
        return min(left_s, READ_S)


class Answer:
    """The answer of a camera; its body is read once, with one of `read` and `chunks`."""

    def __init__(
        self, url: httpx.URL, response: httpcore.Response, within: Callable[[float | None], None]
    ) -> None:
        self.url = str(url)
        self.status = response.status
        self.headers = httpx.Headers(response.headers)
        self._response = response
        self._body = response.iter_stream()
        self._begun = b""
        self._within = within

    def __enter__(self) -> "Answer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def good(self) -> "Answer":
        """Itself. Raises SourceError unless it is what was asked for."""
        if self.status in (OK, PARTIAL):
            return self
        self.close()
        if self.status == UNAUTHORISED:
            raise SourceError(reasons.LOGIN)
        if self.status == FORBIDDEN:
            raise SourceError(reasons.SHUT)
        if self.status in GONE:
            raise SourceError(reasons.NOTHING)
        ko, en = reasons.FAULT.ko, reasons.FAULT.en
        raise SourceError(Text(f"{ko} ({self.status})", f"{en} ({self.status})"))

    def allow(self, seconds: float | None) -> None:
        """How long all reading may take from now on; None: there is no end to it."""
        self._within(seconds)

    def begin(self) -> bytes:
        """How the body begins, in some kilobytes; `read` and `chunks` give that again."""
        with told():
            while len(self._begun) < BEGIN_BYTES and (chunk := next(self._body, b"")):
                self._begun += chunk
        return self._begun

    def read(self, most_bytes: int, within_s: float = WITHIN_S) -> bytes:
        """The whole body. Raises SourceError when it is larger or takes longer."""
        self._within(within_s)
        body = bytearray(self._begun)
        with told():
            for chunk in self._body:
                body += chunk
                if len(body) > most_bytes:
                    raise SourceError(reasons.TOO_LARGE)
        return bytes(body)

    def chunks(self) -> Iterator[bytes]:
        """The body as it comes, for as long as is allowed. Raises SourceError."""
        if self._begun:
            yield self._begun
        with told():
            yield from self._body

    def close(self) -> None:
        with told():
            self._response.close()


def _url(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError):
        words = Text("주소를 읽을 수 없습니다", "the address can't be read")
        raise AddressError(words) from None


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _auth(headers: httpx.Headers, login: Login) -> httpx.Auth:
    asked = headers.get_list("www-authenticate")
    if any(words.lower().startswith("digest") for words in asked):
        return httpx.DigestAuth(login.user, login.password)
    return httpx.BasicAuth(login.user, login.password)
