"""A network that can be cut: bytes go through until they are swallowed, and no end is told."""

import asyncio
import contextlib


class Relay:
    """Listens on one address of this machine and passes on to the same port of another.

    While it is cut nothing is passed and nobody is told; a new connection is accepted and hears
    nothing, as of a network that drops packets. What was open at a cut stays dead afterwards.
    """

    def __init__(self, listen: str, target: str, port: int) -> None:
        self._listen, self._target, self._port = listen, target, port
        self._server: asyncio.Server | None = None
        self._cut = asyncio.Event()
        self._ways: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Relay":
        self._server = await asyncio.start_server(self._pass_on, self._listen, self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for way in self._ways:
            way.cancel()
        await asyncio.gather(*self._ways, return_exceptions=True)

    def cut(self) -> None:
        self._cut.set()

    def mend(self) -> None:
        self._cut = asyncio.Event()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._ways.add(task)
        try:
            # Cancelled by `__aexit__` alone; the stream's own callback would log it as a fault.
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await self._both_ways(reader, writer, self._cut)
        finally:
            writer.close()
            self._ways.discard(task)

    async def _both_ways(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: asyncio.Event
    ) -> None:
        if cut.is_set():
            while await reader.read(65_536):
                pass  # swallowed until the caller gives up
            return
        far_reader, far_writer = await asyncio.open_connection(self._target, self._port)
        ways: list[asyncio.Future[None]] = []
        try:
            ways = [
                asyncio.ensure_future(_copy(reader, far_writer, cut)),
                asyncio.ensure_future(_copy(far_reader, writer, cut)),
            ]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            while cut.is_set() and not ways[0].done():
                await asyncio.wait({ways[0]})  # the far end went; the near one is not told
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            far_writer.transport.abort()


async def _copy(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: asyncio.Event
) -> None:
    """Until one end closes; from a cut on everything is swallowed."""
    while data := await reader.read(65_536):
        if not cut.is_set():
            writer.write(data)
            await writer.drain()
