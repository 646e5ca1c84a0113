"""Where an RTSP camera sends its readers on to. FFmpeg is not let go there by itself."""

import socket
import ssl
from urllib.parse import SplitResult

from kiosk.core.clock import Clock
from kiosk.video import reasons
from kiosk.video.address import CONNECT_S, SourceError

MOST_HEAD = 8192


def moved_to(parts: SplitResult, address: str, port: int, clock: Clock, ca_file: str) -> str:
    """The address of a camera's answer with a status of 3xx (RFC 7826, 17.4); "" when it has none.

    `address` is the numeric one to connect to. Raises SourceError.
    """
    due_ms = clock.monotonic_ms() + CONNECT_S * 1000
    host = parts.hostname or ""
    try:
        with socket.create_connection((address, port), CONNECT_S) as plain:
            line = plain
            if parts.scheme == "rtsps":
                context = ssl.create_default_context(cafile=ca_file or None)
                line = context.wrap_socket(plain, server_hostname=host)
            with line:
                for count, method in enumerate(("OPTIONS", "DESCRIBE"), start=1):
                    netloc = parts.netloc.rpartition("@")[2]
                    path = parts.path + (f"?{parts.query}" if parts.query else "")
                    asked = (
                        f"{method} {parts.scheme}://{netloc}{path} RTSP/1.0\r\nCSeq: {count}\r\n"
                    )
                    line.sendall(f"{asked}Accept: application/sdp\r\n\r\n".encode())
                    found = _location(_head(line, due_ms, clock))
                    if found:
                        return found
    except ssl.SSLError:
        raise SourceError(reasons.CERTIFICATE) from None
    except TimeoutError:
        raise SourceError(reasons.DRIPS) from None
    except OSError:
        raise SourceError(reasons.MUTE) from None
    return ""


def _head(line: socket.socket, due_ms: float, clock: Clock) -> bytes:
    """An answer up to its empty line."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < MOST_HEAD:
        left_s = (due_ms - clock.monotonic_ms()) / 1000
        if left_s <= 0:
            raise TimeoutError
        line.settimeout(left_s)
        chunk = line.recv(MOST_HEAD)
        if not chunk:
            break
        head += chunk
    return head


def _location(head: bytes) -> str:
    first, *fields = head.decode("latin-1").split("\r\n")
    if first.split(" ")[1:2] and not first.split(" ")[1].startswith("3"):
        return ""
    for field in fields:
        name, _, value = field.partition(":")
        if name.strip().lower() == "location":
            return value.strip()
    return ""
