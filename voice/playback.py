"""Main of a child process that does nothing but play: `python -m voice.playback RATE_HZ PARENT`.

Standard input: 16-bit mono samples, until it ends. In a process of its own for the reason of
`voice.capture`. What comes faster than it is played is let go, so that sound is never late by more
than MOST_MS. Exit code 0 at the end of the input, 1 when there is no device that plays.

PARENT is the id of the process that writes, without which it ends.
"""

import io
import os
import sys
import threading
from typing import Any

MOST_MS = 300
BLOCK_MS = 20
READ_BYTES = 8192


class Waiting:
    """Samples between the one that reads them and the device that takes them."""

    def __init__(self, rate_hz: int) -> None:
        self._most = rate_hz * MOST_MS // 1000 * 2
        self._bytes = b""
        self._lock = threading.Lock()

    def put(self, samples: bytes) -> None:
        with self._lock:
            self._bytes = (self._bytes + samples)[-self._most :]

    def take(self, size: int) -> bytes:
        """So many bytes, filled up with silence."""
        with self._lock:
            taken, self._bytes = self._bytes[:size], self._bytes[size:]
        return taken.ljust(size, b"\0")


def play(rate_hz: int, sound: io.BufferedReader, backend: Any, parent: int) -> None:
    """Plays until the input ends or the process `parent` is gone. Raises PortAudioError."""
    waiting = Waiting(rate_hz)

    def wanted(out: Any, _frames: int, _time: Any, _status: Any) -> None:
        out[:] = waiting.take(len(out))

    stream = backend.RawOutputStream(
        samplerate=rate_hz,
        channels=1,
        dtype="int16",
        blocksize=rate_hz * BLOCK_MS // 1000,
        callback=wanted,
    )
    with stream:
        while os.getppid() == parent and (samples := sound.read1(READ_BYTES)):
            waiting.put(samples)


def main(argv: list[str]) -> int:
    import sounddevice

    try:
        with open(0, "rb", closefd=False) as sound:
            play(int(argv[0]), sound, sounddevice, int(argv[1]))
    except sounddevice.PortAudioError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
