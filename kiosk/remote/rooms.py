"""The media of a call of several: who takes part goes into a room of the SFU once and comes out of
it towards each of the others. The SFU is told all of it from here, in words of our own.

A tablet's packets go straight to the SFU; the wall's pass a door each (`kiosk.remote.media`), so
that the calls' process knows no network here either."""

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import Callable, Coroutine
from typing import Any

from kiosk.core.clock import Clock
from kiosk.remote.media import LOOPBACK, MediaDoor, open_door
from kiosk.remote.sdp import (
    UnfitOffer,
    host_port,
    loopback_port,
    read_offer,
    user_of,
    with_address,
    write_offer,
)
from kiosk.remote.sfu import Sfu, SfuError, SfuPlace, Way

WALL = ""
UP_S = 8.0
NOWHERE_PORT = 9
"""A tablet's port is learnt from its packets; this one (discard, RFC 863) only stands for it."""

Tell = Callable[[str, str, str], None]


class Conference:
    """`answered(member, sdp)` is
    told the answer to a member's way in, `led(member, way, sdp)` an offer of what comes of another
    (`way`: who), `failed()` that there is no SFU to be had."""

    def __init__(
        self,
        place: SfuPlace,
        *,
        clock: Clock,
        refused: Callable[[str, str], None],
        answered: Callable[[str, str], None],
        led: Tell,
        failed: Callable[[], None],
    ) -> None:
        self._place = place
        self._host = place.host
        self._clock = clock
        self._refused = refused
        self._answered = answered
        self._led = led
        self._failed = failed
        self._sfu: Sfu | None = None
        self._at: dict[str, str] = {}
        self._in: dict[str, Way] = {}
        self._out: dict[tuple[str, str], Way] = {}
        self._doors: dict[str, MediaDoor] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()

    def enter(self, member: str, offer: str, address: str) -> None:
        """A member's way in, in our own words; what went before of that member ends. `address` is
        where a tablet's packets come from."""
        self._begin(self._enter(member, offer, address), self._failed)

    def finish(self, member: str, of: str, answer: str) -> None:
        """A member's answer to what comes `of` another."""
        self._begin(self._finish(member, of, answer))

    def again(self, member: str) -> None:
        """One whose connection here was gone for a while is led to all the others anew: what was
        offered meanwhile has been lost. Its own way in stays."""
        if member in self._in:
            self._begin(self._again(member))

    def keep(self, members: frozenset[str]) -> None:
        """Whoever is none of these is out."""
        for member in self._at.keys() - members:
            self._begin(self._leave(member))

    async def close(self) -> None:
        """Nothing passes any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for door in self._doors.values():
            door.close()
        self._doors.clear()
        if self._sfu is not None:
            await self._sfu.close()

    # ---- in turn

    async def _enter(self, member: str, offer: str, address: str) -> None:
        async with self._turn:
            sfu = await self._room()
            await self._drop(sfu, member)
            self._at[member] = address
            shown = await self._outward(member, WALL, offer)
            way = self._in[member] = await sfu.publish(shown)
            self._answered(member, self._inward(member, WALL, way.sdp))
        try:
            async with asyncio.timeout(UP_S):
                await way.up.wait()
        except TimeoutError:
            return  # it will offer anew
        async with self._turn:
            if self._in.get(member) is not way:
                return
            there = [m for m, other in self._in.items() if m != member and other.up.is_set()]
            for other in there:
                await self._lead(sfu, other, member)
                await self._lead(sfu, member, other)

    async def _finish(self, member: str, of: str, answer: str) -> None:
        way = self._out.get((member, of))
        if way is not None and self._sfu is not None:
            await self._sfu.finish(way, await self._outward(member, of, answer))

    async def _again(self, member: str) -> None:
        async with self._turn:
            if self._sfu is None or member not in self._in:
                return
            for pair in [pair for pair in self._out if pair[0] == member]:
                await self._sfu.drop(self._out.pop(pair))
            for other, way in list(self._in.items()):
                if other != member and way.up.is_set():
                    await self._lead(self._sfu, member, other)

    async def _leave(self, member: str) -> None:
        async with self._turn:
            if self._sfu is not None:
                await self._drop(self._sfu, member)

    async def _lead(self, sfu: Sfu, member: str, of: str) -> None:
        """What comes of one, towards another, unless it does already: of two that come at the same
        time each finds the other there."""
        if (member, of) in self._out:
            return
        way = self._out[member, of] = await sfu.subscribe(self._in[of])
        if member == WALL:
            await self._open_door(of)
        self._led(member, of, self._inward(member, of, way.sdp))

    async def _drop(self, sfu: Sfu, member: str) -> None:
        self._at.pop(member, None)
        ways = [self._in.pop(member, None)]
        for pair in [pair for pair in self._out if member in pair]:
            ways.append(self._out.pop(pair))
        gone = set(self._doors) if member == WALL else {member}
        for name in gone & set(self._doors):
            self._doors.pop(name).close()
        for way in ways:
            if way is not None:
                await sfu.drop(way)

    async def _room(self) -> Sfu:
        """The room; a new one where the SFU has lost the one before. Raises SfuError."""
        if self._sfu is not None and not self._sfu.there:
            await self._sfu.close()
            self._sfu = None
            self._in.clear()
            self._out.clear()
        if self._sfu is None:
            self._host = await address_of(self._place.host)
            # Kept before it is open: whoever ends the call in between ends it, too.
            self._sfu = self._place.make()
            await self._sfu.open()
        return self._sfu

    # ---- whose address stands where

    async def _outward(self, member: str, way: str, sdp: str) -> str:
        """A member's words as the SFU is told them."""
        ours = write_offer(read_offer(sdp))
        if member != WALL:
            return with_address(ours, self._at.get(member, LOOPBACK), NOWHERE_PORT)
        door = self._doors.get(way) or await self._open_door(way)
        door.lead_to(loopback_port(sdp), user_of(sdp))
        return with_address(ours, *door.address)

    def _inward(self, member: str, way: str, sdp: str) -> str:
        """The SFU's words as a member is told them."""
        port = host_port(sdp, self._host)
        ours = write_offer(read_offer(sdp))
        if member != WALL:
            return with_address(ours, self._host, port)
        door = self._doors[way]
        door.expect((self._host, port))
        return with_address(ours, LOOPBACK, door.inner_port)

    async def _open_door(self, way: str) -> MediaDoor:
        before = self._doors.pop(way, None)
        if before is not None:
            before.close()
        own = local_address(self._host)
        door = await open_door(own, 0, self._host, self._clock, self._refused)
        self._doors[way] = door
        return door

    # ---- tasks

    def _begin(
        self, work: Coroutine[Any, Any, None], failed: Callable[[], None] = lambda: None
    ) -> None:
        task = asyncio.ensure_future(self._hold(work, failed))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hold(self, work: Coroutine[Any, Any, None], failed: Callable[[], None]) -> None:
        try:
            await work
        except UnfitOffer as unfit:
            self._refused(self._host, f"unsolicited media: {unfit}")
        except (SfuError, OSError, ValueError) as error:
            self._refused(self._host, f"conference server: {error}")
            failed()


async def address_of(host: str) -> str:
    """The IP address of a name, itself for an address. Raises OSError without one."""
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_address(host))
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_DGRAM)
    return str(found[0][4][0])


def local_address(host: str) -> str:
    """This machine's address on the way to another. Raises OSError without a way."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as way:
        way.connect((host, NOWHERE_PORT))
        return str(way.getsockname()[0])
