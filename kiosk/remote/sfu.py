"""What a conference asks of a server that passes pictures and sound on (an SFU): a room, a way in
for each who takes part, and a way out of it for each who sees and hears them.

Everybody's words to it pass here, so a tablet needs neither its address nor its secret, and none of
its programs. `kiosk.remote.janus` speaks to one kind; another kind is another module like it."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import msgspec


class SfuError(Exception):
    """The server could not be reached, or did not do what was asked; the text says what."""


class Way(msgspec.Struct, eq=False):
    """One connection of a participant with the server. `sdp` is the server's side of it, `up` is
    set once packets have come through."""

    handle: int
    sdp: str
    feed: int = 0
    up: asyncio.Event = msgspec.field(default_factory=asyncio.Event)


class Sfu(Protocol):
    """One room. Every call raises SfuError."""

    @property
    def there(self) -> bool:
        """Whether the room still is there, as far as is known."""
        ...

    async def open(self) -> None:
        """Makes the room, which nobody else is told of."""
        ...

    async def publish(self, offer: str) -> Way:
        """A way in; `sdp` is the answer."""
        ...

    async def subscribe(self, published: Way) -> Way:
        """A way out of what comes in there; `sdp` is an offer, to be answered by `finish`."""
        ...

    async def finish(self, way: Way, answer: str) -> None: ...

    async def drop(self, way: Way) -> None: ...

    async def close(self) -> None:
        """The room is gone, and everything in it. Never raises."""
        ...


class SfuPlace(msgspec.Struct, frozen=True):
    """Where calls of several are made: how a room is made, and the host (name or address) that its
    media come from."""

    make: Callable[[], Sfu]
    host: str
