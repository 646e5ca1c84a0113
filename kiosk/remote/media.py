"""The one place where packets of a call enter and leave the network.

While an accepted call is on, one UDP port is open on the address where the tablet's own connection
arrived. It takes packets from that tablet's address alone and hands them to the calls' process over
loopback; what that one sends goes back. Nobody else is answered, and nothing in a packet is read
but its first byte, by which a request of ICE (RFC 7983) is told from media.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

from kiosk.core.buckets import Bucket
from kiosk.core.clock import Clock

LOOPBACK = "127.0.0.1"
LARGEST_BYTES = 2_000
PACKETS_PER_S = 3_000.0
PACKET_BURST = 3_000
NAME_WITHIN = 200
_ICE = b"\x04"  # a packet of ICE begins with a byte below this one

Address = tuple[str, int]


class MediaDoor:
    """Made by `open_door`. `refused(reason)` is called for what is turned away."""

    def __init__(self, tablet: str, clock: Clock, refused: Callable[[str, str], None]) -> None:
        self._tablet = tablet
        self._bucket = Bucket(clock, PACKETS_PER_S, PACKET_BURST)
        self._refused = refused
        self._outside: asyncio.DatagramTransport | None = None
        self._inside: asyncio.DatagramTransport | None = None
        self._wall: Address | None = None
        self._user = b""
        self._seen: Address | None = None

    @property
    def address(self) -> Address:
        """Where the tablet is to send to."""
        assert self._outside is not None
        host, port = self._outside.get_extra_info("sockname")[:2]
        return str(host), int(port)

    @property
    def inner_port(self) -> int:
        """Where on loopback the calls' process is to send to."""
        assert self._inside is not None
        return int(self._inside.get_extra_info("sockname")[1])

    def expect(self, address: Address) -> None:
        """Where the other side takes packets, where that is known before it has sent any."""
        self._seen = address

    def lead_to(self, port: int, user: str) -> None:
        """The port on loopback where the calls' process waits, and under which name (of ICE) the
        tablet knocks there."""
        self._wall, self._user = (LOOPBACK, port), user.encode()

    def close(self) -> None:
        for transport in (self._outside, self._inside):
            if transport is not None:
                transport.close()

    def from_outside(self, packet: bytes, address: Address) -> None:
        if address[0] != self._tablet:
            # A tablet with two networks tries both; the one of its connection is enough.
            if not (self._user and packet[:1] < _ICE and self._user in packet[:NAME_WITHIN]):
                self._refused(address[0], "media from a stranger")
        elif len(packet) > LARGEST_BYTES or not packet or not self._bucket.take():
            self._refused(address[0], "too much media")
        elif packet[:1] < _ICE:
            # The tablet may have another port after a cut; media alone moves nothing.
            self._seen = address
            self._hand_in(packet)
        elif address == self._seen:
            self._hand_in(packet)

    def from_inside(self, packet: bytes, address: Address) -> None:
        if address == self._wall and self._seen is not None and self._outside is not None:
            self._outside.sendto(packet, self._seen)

    def _hand_in(self, packet: bytes) -> None:
        if self._wall is not None and self._inside is not None:
            self._inside.sendto(packet, self._wall)

    async def open(self, host: str, port: int) -> None:
        """Raises OSError when the port is taken."""
        loop = asyncio.get_running_loop()
        self._outside, _ = await loop.create_datagram_endpoint(
            lambda: _Side(self.from_outside), local_addr=(host, port)
        )
        self._inside, _ = await loop.create_datagram_endpoint(
            lambda: _Side(self.from_inside), local_addr=(LOOPBACK, 0)
        )


class _Side(asyncio.DatagramProtocol):
    def __init__(self, take: Callable[[bytes, Address], None]) -> None:
        self._take = take

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        self._take(data, (str(addr[0]), int(addr[1])))

    def error_received(self, exc: Exception) -> None:
        """A network that is gone for a moment: the packets are lost, as packets are."""


async def open_door(
    host: str,
    port: int,
    tablet: str,
    clock: Clock,
    refused: Callable[[str, str], None],
) -> MediaDoor:
    """`host` is the wall's address that the tablet reached, `tablet` the tablet's. Raises OSError
    when the port is taken."""
    door = MediaDoor(tablet, clock, refused)
    try:
        await door.open(host, port)
    except OSError:
        with contextlib.suppress(RuntimeError):
            door.close()
        raise
    return door
