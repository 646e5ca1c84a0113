"""Connections over HTTP: only to addresses that were judged, and none for longer than allowed."""

import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Any

import httpcore

from kiosk.video import reasons
from kiosk.video.address import AddressError, Gate, SourceError

LeftS = Callable[[], float]
"""Seconds that reading may still take; raises httpcore.ReadTimeout when there are none."""


class told:  # noqa: N801 - reads as what it is, a context
    """Turns whatever goes wrong on the way into a SourceError without an address in it."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        match error:
            case None | SourceError() | GeneratorExit():
                return
            case httpcore.TimeoutException():
                raise SourceError(reasons.DRIPS) from None
            case httpcore.ConnectError() if isinstance(error.__cause__, ssl.SSLError):
                raise SourceError(reasons.CERTIFICATE) from None
            case (
                httpcore.NetworkError()
                | httpcore.ProtocolError()
                | httpcore.UnsupportedProtocol()
                | OSError()
            ):
                raise SourceError(reasons.MUTE) from None


class Checked(httpcore.NetworkBackend):
    """Connects to addresses that the gate has judged, and to no others."""

    def __init__(self, gate: Gate, left_s: LeftS) -> None:
        self._gate = gate
        self._left_s = left_s
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._gate.addresses(host)
        except AddressError:
            raise
        except OSError:
            raise SourceError(reasons.UNNAMED) from None
        failure: httpcore.ConnectError | None = None
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self._left_s(), local_address, socket_options
                )
                return _Bounded(stream, self._left_s)
            except httpcore.ConnectError as error:
                failure = error
        raise failure or httpcore.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        raise SourceError(reasons.MUTE)


class _Bounded(httpcore.NetworkStream):
    """A connection that is read until it is time, however slowly the bytes come."""

    def __init__(self, stream: httpcore.NetworkStream, left_s: LeftS) -> None:
        self._stream = stream
        self._left_s = left_s

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left_s())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left_s())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._left_s())
        return _Bounded(stream, self._left_s)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
