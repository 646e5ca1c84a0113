"""Talks to the sync API, over a Unix socket or http(s). Plain blocking calls, one thread each."""

import contextlib
import http.client
import socket
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from kiosk.wire.city import ChangesPage, WakeUp
from kiosk.wire.text import Text

TIMEOUT_S = 5.0
SILENCE_S = 25.0
BODY_MAX_BYTES = 64 << 20
_NEVER = frozenset(
    {
        http.client.BAD_REQUEST,
        http.client.FORBIDDEN,
        http.client.CONFLICT,
        http.client.REQUEST_ENTITY_TOO_LARGE,
        http.client.UNPROCESSABLE_ENTITY,
    }
)

_page = msgspec.json.Decoder(ChangesPage)
_wakeup = msgspec.json.Decoder(WakeUp)


class BackendAway(Exception):  # noqa: N818 - a state of the world, not a fault
    """The backend gave no answer that can be used; `reason` is for a person."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)


class BackendRefuses(Exception):  # noqa: N818
    """The backend understood and will never take this; the reason is its own."""


class _Answer(msgspec.Struct, frozen=True):
    status: int
    body: bytes
    etag: str


class _Known(msgspec.Struct, frozen=True):
    """What was asked, and the page without rows that came: it is asked again and again."""

    path: str
    etag: str
    page: ChangesPage


class BackendClient:
    """One connection to the backend. `address` is an http(s) URL or the path of a Unix socket."""

    def __init__(self, address: str | Path) -> None:
        self._address = address
        self._known: _Known | None = None
        # Within one machine nothing is gained by compressing.
        self._coding = "identity" if isinstance(address, Path) else "gzip"
        self._connection: http.client.HTTPConnection | None = None
        self._kept = False
        self._prefix = "" if isinstance(address, Path) else urlsplit(address).path.rstrip("/")

    def page(self, since: int, limit: int) -> ChangesPage:
        """Changes after revision `since`. Raises BackendAway."""
        path = f"/v1/changes?since={since}&limit={limit}"
        known = self._known if self._known is not None and self._known.path == path else None
        answer = self._get(path, {} if known is None else {"If-None-Match": known.etag})
        if known is not None and answer.status == http.client.NOT_MODIFIED:
            return known.page
        if answer.status != http.client.OK:
            raise BackendAway(_refused(answer.status))
        try:
            page = _page.decode(answer.body)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            self.close()
            raise BackendAway(_not_understood(error)) from error
        told_nothing = answer.etag and not page.rows
        self._known = _Known(path, answer.etag, page) if told_nothing else None
        return page

    def post(self, path: str, key: str, body: bytes, never: frozenset[int] = frozenset()) -> bytes:
        """Hands something over, at least once; `key` tells the backend what it has already.

        `never`: further answers that mean that it will not be taken.

        Raises BackendAway (nobody knows whether it arrived: give it again), BackendRefuses.
        """
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        answer = self._send("POST", path, body, headers)
        if answer.status in (http.client.OK, http.client.CREATED):
            return answer.body
        if answer.status in _NEVER | never:
            reason = answer.body[:200].decode(errors="replace")
            raise BackendRefuses(f"{answer.status}: {reason}")
        raise BackendAway(_refused(answer.status))

    def wakeups(self) -> Iterator[WakeUp]:
        """Revisions as they come, one at least every SILENCE_S. Raises BackendAway at the end."""
        with self._told(), contextlib.closing(self._connect(SILENCE_S)) as connection:
            connection.request("GET", f"{self._prefix}/v1/wakeups")
            with connection.getresponse() as response:
                if response.status != http.client.OK:
                    raise BackendAway(_refused(response.status))
                while line := response.readline():
                    yield _wakeup.decode(line)
        self.close()
        raise BackendAway(_GONE)

    def close(self) -> None:
        """Ends the connection; may be called from another thread to end a waiting call."""
        connection, self._connection = self._connection, None
        if connection is not None:
            if connection.sock is not None:
                with contextlib.suppress(OSError):
                    connection.sock.shutdown(socket.SHUT_RDWR)
            connection.close()

    def _get(self, path: str, headers: dict[str, str]) -> _Answer:
        return self._send("GET", path, None, {"Accept-Encoding": self._coding, **headers})

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> _Answer:
        """Raises BackendAway."""
        with self._told():
            try:
                return self._ask(method, path, body, headers)
            except (http.client.RemoteDisconnected, ConnectionError):
                if not self._kept:
                    raise
                self.close()  # a connection kept open may have been closed for being idle
                return self._ask(method, path, body, headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> _Answer:
        self._kept = self._connection is not None
        connection = self._connection or self._connect(TIMEOUT_S)
        try:
            connection.request(method, self._prefix + path, body, headers)
            with connection.getresponse() as response:
                return _Answer(response.status, _body(response), response.headers.get("ETag", ""))
        except BaseException:
            connection.close()  # `close` in another thread may have come before there was a socket
            raise

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turns what may go wrong on the way into BackendAway."""
        try:
            yield
        except TimeoutError as error:
            self.close()
            raise BackendAway(_SILENT) from error
        except (msgspec.ValidationError, msgspec.DecodeError, zlib.error) as error:
            self.close()
            raise BackendAway(_not_understood(error)) from error
        except (OSError, http.client.HTTPException, AttributeError, ValueError) as error:
            # AttributeError and ValueError: `close` in another thread took the socket away
            self.close()
            raise BackendAway(_GONE) from error

    def _connect(self, timeout_s: float) -> http.client.HTTPConnection:
        if isinstance(self._address, Path):
            self._connection = _UnixConnection(self._address, timeout_s)
        else:
            parts = urlsplit(self._address)
            secure = parts.scheme == "https"
            kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
            self._connection = kind(parts.hostname or "", parts.port, timeout=timeout_s)
        return self._connection


def _body(response: http.client.HTTPResponse) -> bytes:
    """The body as it was before it was compressed. Raises zlib.error, also when it is too long."""
    body = response.read(BODY_MAX_BYTES + 1)
    if response.headers.get("Content-Encoding", "identity") == "gzip":
        unzip = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        body = unzip.decompress(body, BODY_MAX_BYTES + 1)
        if not unzip.eof and len(body) <= BODY_MAX_BYTES:
            raise zlib.error("the compressed answer is incomplete")
    if len(body) > BODY_MAX_BYTES:
        raise zlib.error(f"the answer is longer than {BODY_MAX_BYTES} bytes")
    return body


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path, timeout_s: float) -> None:
        super().__init__("localhost", timeout=timeout_s)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


_GONE = Text("도시 백엔드에 연결되지 않습니다", "The city backend can't be reached")
_SILENT = Text("도시 백엔드가 응답하지 않습니다", "The city backend does not answer")


def _refused(status: int) -> Text:
    return Text(
        f"도시 백엔드가 오류를 보냈습니다 ({status})", f"The city backend answered {status}"
    )


def _not_understood(error: Exception) -> Text:
    return Text(
        f"도시 백엔드의 답을 읽을 수 없습니다 ({error})",
        f"The city backend's answer can't be read ({error})",
    )
