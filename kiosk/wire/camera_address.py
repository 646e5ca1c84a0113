"""What the address of a camera may be; no lookups.

It comes from a catalogue, not from a person at the wall: it must not reach into this machine or its
network's plumbing, hold a login, or smuggle options to the decoder.
"""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from kiosk.wire.text import Text

WEB = ("http", "https")
RTSP = ("rtsp", "rtsps")
FILE = "file"
LENGTH_LIMIT = 2000
PORTS = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Parts of an RTSP address's query that FFmpeg reads as its own options (libavformat/rtsp.c).
_RTSP_OPTIONS = frozenset(("udp", "multicast", "tcp", "http", "https", "filter_src"))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052

_THIS_MACHINE = Text("주소가 이 기계를 가리킵니다", "The address is this machine itself")
_NO_CAMERA = Text(
    "링크 로컬, 멀티캐스트, 빈 주소는 카메라가 아닙니다",
    "Link-local, multicast and empty addresses are no cameras",
)


class SourceError(Exception):
    """Why a camera gives no pictures, in words that hold no address."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)


class AddressError(SourceError):
    """An address that is not opened; the message never repeats it: it may hold a password."""


def check_address(
    url: str, *, loopback: bool, schemes: tuple[str, ...] = (*RTSP, *WEB, FILE)
) -> SplitResult:
    """The address in its parts. Raises AddressError unless it is a plain address of another
    machine without a login, or of a file (which may not be one that is opened).

    `loopback` lets in this machine's own addresses: the demonstration's cameras live there.
    """
    parts = _split(url, schemes)
    if parts.scheme == FILE:
        return parts
    host = parts.hostname
    if not host:
        raise _refused("호스트가 없습니다", "no host in it: scheme://host/path is expected")
    if parts.username is not None or parts.password is not None:
        raise _refused(
            "사용자 이름이나 암호가 들어 있습니다. 비밀 파일에 적고 그 이름을 쓰십시오",
            "it holds a user name or password: write them into the secrets file, and name it",
        )
    if parts.scheme in RTSP and _RTSP_OPTIONS & set(parts.query.split("&")):
        raise _refused("디코더 선택이 들어 있습니다", "it holds options for the decoder")
    address = numeric(host)
    if address is not None:
        judge(address, loopback=loopback)
    elif _is_local_name(host) and not loopback:
        raise AddressError(_THIS_MACHINE)
    return parts


def host_of(url: str) -> str:
    """What may be shown of an address: how it is spoken to, and where. "" when it is none."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}{port}/" if parts.hostname else ""


def judge(address: Address, *, loopback: bool) -> None:
    """Raises AddressError when no camera can be at a numeric address."""
    address = _inner(address)
    if address.is_loopback:
        if not loopback:
            raise AddressError(_THIS_MACHINE)
    elif address.is_link_local or address.is_multicast or address.is_unspecified:
        raise AddressError(_NO_CAMERA)


def _refused(ko: str, en: str) -> AddressError:
    return AddressError(Text(f"주소를 열지 않습니다: {ko}", f"The address is refused: {en}"))


def _split(url: str, schemes: tuple[str, ...]) -> SplitResult:
    if len(url) > LENGTH_LIMIT:
        raise _refused("너무 깁니다", f"more than {LENGTH_LIMIT} characters")
    if any(character.isspace() or not character.isprintable() for character in url):
        raise _refused("빈칸이나 제어 문자가 있습니다", "blanks or control characters in it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused("호스트나 포트를 읽을 수 없습니다", "no readable host or port") from error
    if port == 0:
        raise _refused("포트가 0입니다", "port 0: 1 to 65535 is expected")
    if parts.scheme not in schemes:
        words = f"{parts.scheme[:20]!r}: {', '.join(schemes)}"
        raise _refused(f"모르는 방식 {words}", f"scheme {words} are expected")
    return parts


def numeric(host: str) -> Address | None:
    """The address that a host is spelled as; None for a name."""
    try:
        return ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        pass
    try:
        # 127.1, 0x7f000001 and 2130706433 are loopback to the decoder's resolver as well
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address only wraps."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_local_name(host: str) -> bool:
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")
