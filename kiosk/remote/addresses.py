"""By which names and addresses tablets reach this machine."""

import contextlib
import fcntl
import ipaddress
import socket
import struct

import msgspec

from kiosk.settings.model import RemoteSettings

_SIOCGIFADDR = 0x8915
_LOOPBACK = "127.0.0.1"


class Names(msgspec.Struct, frozen=True):
    """Host names and IP addresses that the server answers to; `public` goes in the QR code."""

    public: str
    hosts: tuple[str, ...]
    addresses: tuple[str, ...]

    @property
    def on_lan(self) -> bool:
        return any(not ipaddress.ip_address(address).is_loopback for address in self.addresses)

    def allows(self, host_header: str, port: int) -> bool:
        """Whether a Host header names this server: a foreign name means DNS rebinding."""
        host, _, given = host_header.rpartition(":")
        if not host or not given.isascii() or not given.isdigit():
            host, given = host_header, "443"
        return given == str(port) and host.lower() in {*self.hosts, *self.addresses}


def names_of(settings: RemoteSettings) -> Names:
    """What this machine is called now; asks the system, opens no connection."""
    given = settings.name.strip().lower()
    any_address = ipaddress.ip_address(settings.host).is_unspecified
    addresses = interface_addresses() if any_address else (settings.host,)
    hosts = []
    if any_address:
        hostname = socket.gethostname().lower()
        hosts = [hostname, f"{hostname}.local"] if hostname.isascii() and hostname else []
    if any(ipaddress.ip_address(address).is_loopback for address in addresses):
        hosts.append("localhost")
    if given and not is_address(given):
        hosts.insert(0, given)
    if given and is_address(given) and given not in addresses:
        addresses = (given, *addresses)
    return Names(
        public=given or addresses[0],
        hosts=tuple(dict.fromkeys(hosts)),
        addresses=addresses,
    )


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def interface_addresses() -> tuple[str, ...]:
    """IPv4 addresses of this machine, the one with the way out first, loopback last."""
    found = []
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Connecting a datagram socket sends nothing: it only makes the kernel choose a route.
        probe.connect(("192.0.2.1", 9))
        found.append(str(probe.getsockname()[0]))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            with contextlib.suppress(OSError):
                reply = fcntl.ioctl(asker.fileno(), _SIOCGIFADDR, request)
                found.append(socket.inet_ntoa(reply[20:24]))
    outside = [address for address in found if not ipaddress.ip_address(address).is_loopback]
    return tuple(dict.fromkeys([*outside, _LOOPBACK]))
