"""The wall's end of a call of several: one way in with its own picture and sound, and for each
tablet a way out with that one's. All of them lead to the SFU, by the tablets' server."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from kiosk.calls.connection import Connection
from kiosk.calls.peer import Missing
from kiosk.calls.pictures import SHOWN_PX, TabletPicture, WallPicture
from kiosk.calls.sound import Echo, Mixed, SharedMicrophone, WallSound
from kiosk.wire.shared import party_camera


class Room:
    """`close` ends it, and with it whatever it had opened."""

    def __init__(
        self, runtime_dir: Path, now_ms: Callable[[], int], echo_free: bool, missing: Missing
    ) -> None:
        self._runtime = runtime_dir
        self._now_ms = now_ms
        self._shown_px = SHOWN_PX
        echo = Echo(cancels=not echo_free)
        self._mixed = Mixed(echo, missing.cannot_play)
        self._picture = WallPicture(runtime_dir, missing.sees)
        self._sound = WallSound(echo)
        self._microphone = SharedMicrophone(runtime_dir, echo, missing.hears)
        self._in = Connection({})
        for track in (self._sound, self._picture):
            self._in.send(track, "sendonly")
        self._out: dict[str, tuple[Connection, TabletPicture]] = {}

    async def offer(self) -> str:
        """The wall's way in."""
        return await self._in.offer()

    async def answered(self, answer: str) -> None:
        """Raises ValueError."""
        await self._in.answered(answer)

    async def answer(self, device: str, offer: str) -> str:
        """The answer to what comes of a tablet, in place of what came of it before. Raises
        ValueError."""
        await self.drop(device)
        shown = TabletPicture(self._runtime, party_camera(device), self._now_ms)
        shown.shown_px = self._shown_px
        takes = {"video": shown.take, "audio": self._mixed.take}
        connection = Connection(takes)
        self._out[device] = connection, shown
        return await connection.answer(offer)

    def show(self, shown_px: tuple[int, int]) -> None:
        """The size (width, height) in which the wall shows each picture."""
        if min(shown_px) > 0:
            self._shown_px = shown_px
            for _, shown in self._out.values():
                shown.shown_px = shown_px

    async def keep(self, devices: frozenset[str]) -> None:
        """Nothing comes any more of a tablet that is none of these."""
        for device in [d for d in self._out if d not in devices]:
            await self.drop(device)

    async def alive(self) -> bool | None:
        """Whether the wall's own way in is there; None while it is being made."""
        return await self._in.alive()

    async def live(self) -> tuple[str, ...]:
        """The tablets of which something comes."""
        ways = sorted((device, connection) for device, (connection, _) in self._out.items())
        there = await asyncio.gather(*(connection.alive() for _, connection in ways))
        named = zip((device for device, _ in ways), there, strict=True)
        return tuple(device for device, is_there in named if is_there)

    async def close(self) -> None:
        for device in tuple(self._out):
            await self.drop(device)
        await self._in.close()
        self._picture.stop()
        self._sound.stop()
        self._microphone.close()
        await self._mixed.close()

    async def drop(self, device: str) -> None:
        """What came of a tablet goes, and with it its last picture."""
        way = self._out.pop(device, None)
        if way is not None:
            connection, shown = way
            await connection.close()
            shown.close()
