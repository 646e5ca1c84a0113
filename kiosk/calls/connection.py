"""One connection of the calls' process: its tracks, whether packets come, and its end. Packets go
over loopback alone."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpSender,
    RTCSessionDescription,
)

from kiosk.calls import library  # noqa: F401 - changes what follows

log = logging.getLogger(__name__)

CODECS = {"video": ("video/VP8", "video/rtx"), "audio": ("audio/opus",)}
"""One kind of each is decoded: what comes from outside meets as little code as can be."""
ANSWER_S = 5.0
LOST_MS = 3_000.0

Take = Callable[[MediaStreamTrack], Coroutine[Any, Any, None]]


class Connection:
    """`takes` is what becomes of the tracks that come, by kind."""

    def __init__(self, takes: Mapping[str, Take]) -> None:
        self._takes = takes
        self._heard_s: float | None = None
        self._packets = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._connection.on("track", self._track)

    def send(self, track: MediaStreamTrack, direction: str) -> None:
        """Adds a track of ours, before anything is said."""
        transceiver = self._connection.addTransceiver(track, direction=direction)
        known = RTCRtpSender.getCapabilities(track.kind).codecs
        wanted = CODECS[track.kind]
        transceiver.setCodecPreferences([c for c in known if c.mimeType in wanted])

    async def offer(self) -> str:
        """What is offered to the other end."""
        await self._connection.setLocalDescription(await self._connection.createOffer())
        return str(self._connection.localDescription.sdp)

    async def answered(self, answer: str) -> None:
        """Raises ValueError for one that can't be used."""
        try:
            async with asyncio.timeout(ANSWER_S):
                answered = RTCSessionDescription(answer, "answer")
                await self._connection.setRemoteDescription(answered)
        except Exception as error:
            raise ValueError(f"not taken: {type(error).__name__}: {error}") from error

    async def answer(self, offer: str) -> str:
        """The answer to an offer. Raises ValueError for one that can't be answered."""
        connection = self._connection
        try:
            async with asyncio.timeout(ANSWER_S):
                await connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
                await connection.setLocalDescription(await connection.createAnswer())
        except Exception as error:
            # Whatever a stranger's words make of the library, they end one offer and no more.
            raise ValueError(f"not answered: {type(error).__name__}: {error}") from error
        return str(connection.localDescription.sdp)

    async def alive(self) -> bool | None:
        """Whether packets come; None while the connection is being made. To be asked some times a
        second."""
        state = self._connection.connectionState
        if state in ("failed", "closed"):
            return False
        now_s, packets = time.monotonic(), await self._received()
        if packets != self._packets:
            self._packets, self._heard_s = packets, now_s
        if state != "connected":
            return None
        return self._heard_s is None or (now_s - self._heard_s) * 1000 < LOST_MS

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._connection.close()

    def _track(self, track: MediaStreamTrack) -> None:
        task = asyncio.ensure_future(self._takes[track.kind](track))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("media of the call stopped", exc_info=task.exception())

    async def _received(self) -> int:
        """Packets of every kind so far: who sends neither picture nor sound still reports on what
        it gets."""
        transceivers = self._connection.getTransceivers()
        if not transceivers:
            return 0
        report = await transceivers[0].receiver.getStats()
        return sum(e.packetsReceived for e in report.values() if e.type == "transport")
