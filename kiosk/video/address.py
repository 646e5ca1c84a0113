"""Which camera addresses are opened at all.

A camera's address comes from a catalogue, not from a person at the wall: it must not reach into
this machine or its network's plumbing, and must not smuggle options to the decoder.
"""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

SCHEMES = ("http", "https", "rtsp", "rtsps")
LENGTH_LIMIT = 2000

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressError(Exception):
    """An address that is not opened; the message never repeats it: it may hold a password."""


def check_address(url: str, *, loopback: bool) -> None:
    """Raises AddressError unless `url` is a plain http(s) or rtsp(s) address of another machine.

    `loopback` lets in this machine's own addresses: the demonstration's cameras live there.
    Names are looked up by `check_host`, because that may take seconds.
    """
    parts = _split(url)
    host = parts.hostname
    if not host:
        raise AddressError("no host in the address: scheme://host/path is expected")
    literal = _literal(host)
    if literal is not None:
        _check_literal(literal, loopback=loopback)
    elif _is_local_name(host) and not loopback:
        raise AddressError("the address is this machine: a camera on the network is expected")


def check_host(url: str, *, loopback: bool) -> None:
    """Looks the address's host up and raises AddressError when it leads where none may lead.

    Raises OSError when the name can't be looked up. Blocks: for decoder threads only.
    """
    host = _split(url).hostname or ""
    if _literal(host) is not None:
        return
    for *_, found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
        _check_literal(ipaddress.ip_address(str(found[0]).split("%")[0]), loopback=loopback)


def _split(url: str) -> SplitResult:
    if len(url) > LENGTH_LIMIT:
        raise AddressError(f"an address of more than {LENGTH_LIMIT} characters")
    if any(character.isspace() or not character.isprintable() for character in url):
        raise AddressError("blanks or control characters in the address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError("host or port of the address can't be read") from error
    if port == 0:
        raise AddressError("port 0: 1 to 65535 is expected")
    if parts.scheme not in SCHEMES:
        raise AddressError(f"scheme {parts.scheme[:20]!r}: one of {', '.join(SCHEMES)} is expected")
    return parts


def _literal(host: str) -> _Address | None:
    try:
        return ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        pass
    try:
        # 127.1, 0x7f000001 and 2130706433 are loopback to the decoder's resolver as well
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def _is_local_name(host: str) -> bool:
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")


def _check_literal(address: _Address, *, loopback: bool) -> None:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        if not loopback:
            raise AddressError("the address is this machine: a camera on the network is expected")
    elif address.is_link_local or address.is_multicast or address.is_unspecified:
        raise AddressError("link-local, multicast and empty addresses are no cameras")
