"""The bench's relay in a thread of its own, for tests that wait in theirs."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator

from kiosk.tools.bench.relay import Relay


class Network:
    """`cut` and `mend` from any thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, relay: Relay) -> None:
        self._loop, self._relay = loop, relay

    def cut(self) -> None:
        self._loop.call_soon_threadsafe(self._relay.cut)

    def mend(self) -> None:
        self._loop.call_soon_threadsafe(self._relay.mend)


@contextlib.contextmanager
def cuttable(listen: str, target: str, port: int) -> Iterator[Network]:
    """A way from one address of this machine to another, until the end of the block."""
    loop = asyncio.new_event_loop()
    relay = Relay(listen, target, port)
    thread = threading.Thread(target=loop.run_forever, name="relay")
    thread.start()
    asyncio.run_coroutine_threadsafe(relay.__aenter__(), loop).result(5)
    try:
        yield Network(loop, relay)
    finally:
        asyncio.run_coroutine_threadsafe(relay.__aexit__(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()
