"""The wall's sound on its way to the tablet, and the tablet's on its way to the loudspeaker.

What the loudspeaker plays comes back through the microphone: it is taken out here, where both are
known."""

import asyncio
import contextlib
import fractions
import itertools
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from aiortc import AudioStreamTrack, MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, AudioResampler

from kiosk.wire.shared import SOUND_HZ, sound_socket
from voice.echo import EchoCanceller
from voice.loudspeaker import PLAYED_HZ, Loudspeaker

FRAME_MS = 20
FRAME_BYTES = SOUND_HZ * FRAME_MS // 1000 * 2
HELD_MS = 120
"""Sound comes in pieces of 100 ms: that much is waited for before it is passed on, so that no
piece is torn."""
MOST_MS = 500
"""Sound that is later than that is let go: who speaks is to be heard now."""
PIECE_BYTES = 65_536
_MOST_AHEAD = SOUND_HZ * 200 // 1000 * 2
_MOST_MIXED = PLAYED_HZ * MOST_MS // 1000 * 2


class WallSound(AudioStreamTrack):
    """What the microphone's process shares, at an even pace; silence while it shares nothing."""

    def __init__(self, echo: "Echo") -> None:
        super().__init__()
        self._echo = echo
        self._start_s: float | None = None
        self._sent = 0

    async def recv(self) -> Any:
        """The next 20 ms. Raises MediaStreamError when the track has ended."""
        if self.readyState != "live":
            raise MediaStreamError
        now_s = time.monotonic()
        if self._start_s is None:
            self._start_s = now_s
        due_s = self._start_s + self._sent * FRAME_MS / 1000
        await asyncio.sleep(max(0.0, due_s - now_s))
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME_BYTES // 2)
        frame.planes[0].update(self._echo.next_frame())
        frame.pts = self._sent * FRAME_BYTES // 2
        frame.sample_rate = SOUND_HZ
        frame.time_base = fractions.Fraction(1, SOUND_HZ)
        self._sent += 1
        return frame


class Echo:
    """The microphone's sound without what the loudspeaker plays, in frames of 20 ms."""

    def __init__(self, *, cancels: bool) -> None:
        """`cancels`: False where the microphone's process has taken the wall's sound out."""
        self._canceller = EchoCanceller(delay_ms=0) if cancels else None
        self._played = b""
        self._ready = b""
        self._holding = True

    def played(self, samples: bytes) -> None:
        """What the loudspeaker was given (SOUND_HZ, mono, 16-bit)."""
        if self._canceller is not None:
            self._played += samples

    def heard(self, samples: bytes) -> None:
        """What the microphone heard, in the same form."""
        if self._canceller is not None:
            size = len(samples)
            far, self._played = self._played[:size], self._played[size:]
            self._played = self._played[-_MOST_AHEAD:]
            samples = self._canceller.cancel(samples, far.ljust(size, b"\0"))
        self._ready += samples
        most = SOUND_HZ * MOST_MS // 1000 * 2
        if len(self._ready) > most:
            self._ready = self._ready[-(SOUND_HZ * HELD_MS // 1000 * 2) :]

    def next_frame(self) -> bytes:
        """20 ms of it, silence where there is none."""
        least = SOUND_HZ * HELD_MS // 1000 * 2 if self._holding else FRAME_BYTES
        if len(self._ready) < least:
            self._holding = True
            return bytes(FRAME_BYTES)
        self._holding = False
        frame, self._ready = self._ready[:FRAME_BYTES], self._ready[FRAME_BYTES:]
        return frame


class SharedMicrophone:
    """Listens where the microphone's process sends to. `came` is called for each piece."""

    def __init__(self, runtime_dir: Path, echo: Echo, came: Callable[[], None]) -> None:
        self._path = sound_socket(runtime_dir)
        self._path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(str(self._path))
        self._path.chmod(0o600)
        self._echo = echo
        self._came = came
        asyncio.get_running_loop().add_reader(self._socket, self._read)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def _read(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._echo.heard(self._socket.recv(PIECE_BYTES))
            self._came()


class TabletSound:
    """Plays a track until it ends. `silent` is called when the loudspeaker can't be used."""

    def __init__(self, echo: Echo, silent: Callable[[], None]) -> None:
        self._echo = echo
        self._silent = silent
        self._speaker = Loudspeaker()

    async def take(self, track: MediaStreamTrack) -> None:
        to_play = AudioResampler(format="s16", layout="mono", rate=PLAYED_HZ)
        to_compare = AudioResampler(format="s16", layout="mono", rate=SOUND_HZ)
        while True:
            try:
                frame: Any = await track.recv()
            except MediaStreamError:
                return
            if self._speaker.play(_samples(to_play, frame)):
                self._echo.played(_samples(to_compare, frame))
            else:
                self._silent()

    def close(self) -> None:
        self._speaker.close()


class Mixed:
    """Plays several tracks at once, each until it ends. `silent` is called when the loudspeaker
    can't be used."""

    def __init__(self, echo: Echo, silent: Callable[[], None]) -> None:
        self._echo = echo
        self._silent = silent
        self._speaker = Loudspeaker()
        self._waiting: dict[int, bytes] = {}
        self._numbers = itertools.count()
        self._pace = asyncio.ensure_future(self._play())

    async def take(self, track: MediaStreamTrack) -> None:
        to_play = AudioResampler(format="s16", layout="mono", rate=PLAYED_HZ)
        number = next(self._numbers)
        self._waiting[number] = b""
        try:
            while True:
                frame: Any = await track.recv()
                waiting = self._waiting[number] + _samples(to_play, frame)
                self._waiting[number] = waiting[-_MOST_MIXED:]
        except MediaStreamError:
            return
        finally:
            del self._waiting[number]

    async def close(self) -> None:
        self._pace.cancel()
        await asyncio.gather(self._pace, return_exceptions=True)
        self._speaker.close()

    async def _play(self) -> None:
        to_compare = AudioResampler(format="s16", layout="mono", rate=SOUND_HZ)
        start_s, played = time.monotonic(), 0
        while True:
            await asyncio.sleep(max(0.0, start_s + played * FRAME_MS / 1000 - time.monotonic()))
            played += 1
            sound = self._next_frame()
            if not self._speaker.play(sound):
                self._silent()
                continue
            frame = AudioFrame(format="s16", layout="mono", samples=len(sound) // 2)
            frame.planes[0].update(sound)
            frame.sample_rate = PLAYED_HZ
            self._echo.played(_samples(to_compare, frame))

    def _next_frame(self) -> bytes:
        size = PLAYED_HZ * FRAME_MS // 1000 * 2
        parts = []
        for number, waiting in self._waiting.items():
            parts.append(waiting[:size])
            self._waiting[number] = waiting[size:]
        return mixed(parts, size)


def mixed(parts: Sequence[bytes], size: int) -> bytes:
    """Samples (mono, 16-bit) of several at once, `size` bytes; what ends before that is silent."""
    total = np.zeros(size // 2, np.int32)
    for part in parts:
        samples = np.frombuffer(part[: len(part) & ~1], np.int16)
        total[: len(samples)] += samples
    return bytes(np.clip(total, -32_768, 32_767).astype(np.int16).tobytes())


def _samples(resampler: Any, frame: Any) -> bytes:
    return b"".join(bytes(part.to_ndarray().tobytes()) for part in resampler.resample(frame))
