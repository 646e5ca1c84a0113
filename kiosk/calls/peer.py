"""The wall's end of one connection: what the tablet offered is answered, and media flow until it is
closed. Packets go over loopback alone."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpSender,
    RTCSessionDescription,
)

from kiosk.calls import library  # noqa: F401 - changes what follows
from kiosk.calls.pictures import TabletPicture, WallPicture
from kiosk.calls.sound import Echo, SharedMicrophone, TabletSound, WallSound

log = logging.getLogger(__name__)

CODECS = {"video": ("video/VP8", "video/rtx"), "audio": ("audio/opus",)}
"""One kind of each is decoded: what comes from outside meets as little code as can be."""
ANSWER_S = 5.0
LOST_MS = 3_000.0


class Missing:
    """What of the wall has not come to the call."""

    def __init__(self) -> None:
        self.camera = True
        self.microphone = True
        self.loudspeaker = False


class Peer:
    """One connection; `close` ends it, and with it whatever it had opened."""

    def __init__(
        self, runtime_dir: Path, now_ms: Callable[[], int], echo_free: bool, missing: Missing
    ) -> None:
        self._missing = missing
        self._heard_s: float | None = None
        self._packets = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._connection.on("track", self._track)
        echo = Echo(cancels=not echo_free)
        self._picture = WallPicture(runtime_dir, self._sees)
        self._sound = WallSound(echo)
        self._microphone = SharedMicrophone(runtime_dir, echo, self._hears)
        self._shown = TabletPicture(runtime_dir, now_ms)
        self._played = TabletSound(echo, self._cannot_play)
        for track in (self._sound, self._picture):
            self._add(track)

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

    def show(self, shown_px: tuple[int, int]) -> None:
        """The size (width, height) in which the wall shows the tablet's picture."""
        if min(shown_px) > 0:
            self._shown.shown_px = shown_px

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
        self._picture.stop()
        self._sound.stop()
        self._microphone.close()
        self._shown.close()
        self._played.close()

    # ---- what comes

    def _track(self, track: MediaStreamTrack) -> None:
        take = self._shown.take if track.kind == "video" else self._played.take
        self._begin(take(track))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("media of the call stopped", exc_info=task.exception())

    async def _received(self) -> int:
        """Packets of every kind so far: a tablet that sends neither picture nor sound still reports
        on what it gets."""
        report = await self._connection.getTransceivers()[0].receiver.getStats()
        return sum(e.packetsReceived for e in report.values() if e.type == "transport")

    def _sees(self) -> None:
        self._missing.camera = False

    def _hears(self) -> None:
        self._missing.microphone = False

    def _cannot_play(self) -> None:
        self._missing.loudspeaker = True

    def _add(self, track: MediaStreamTrack) -> None:
        transceiver = self._connection.addTransceiver(track, direction="sendrecv")
        known = RTCRtpSender.getCapabilities(track.kind).codecs
        wanted = CODECS[track.kind]
        transceiver.setCodecPreferences([c for c in known if c.mimeType in wanted])
