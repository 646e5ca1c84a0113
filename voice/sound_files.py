"""Recorded sound as 16 kHz mono samples: wav, flac, ogg and whatever else FFmpeg reads."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from voice.errors import SoundFileError

RATE_HZ = 16_000
CHUNK_MS = 100
CHUNK_BYTES = RATE_HZ * CHUNK_MS // 1000 * 2


def read_chunks(file: Path) -> Iterator[bytes]:
    """16-bit mono samples at 16 kHz in pieces of 100 ms, the last one shorter.

    Raises SoundFileError that says what is wrong with the file: not there, empty, no sound in it,
    or broken before the first sample. A file that is cut off gives what it holds.
    """
    if not file.is_file():
        raise SoundFileError(f"{file}: there is no such file")
    if file.stat().st_size == 0:
        raise SoundFileError(f"{file}: the file is empty; expected a wav, flac or ogg recording")
    waiting = b""
    got_any = False
    for samples in _decoded(file):
        got_any = True
        waiting += samples
        while len(waiting) >= CHUNK_BYTES:
            yield waiting[:CHUNK_BYTES]
            waiting = waiting[CHUNK_BYTES:]
    if waiting:
        yield waiting
    if not got_any:
        raise SoundFileError(f"{file}: there is not one sample of sound in it")


def check_sound(file: Path) -> None:
    """Raises SoundFileError unless the file holds sound."""
    for _ in read_chunks(file):
        return


def _decoded(file: Path) -> Iterator[bytes]:
    import av  # late: 0.1 s, and only for recordings

    decoded = False
    try:
        with av.open(str(file)) as container:
            if not container.streams.audio:
                raise SoundFileError(f"{file}: no sound track in it")
            resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
            for frame in container.decode(audio=0):
                decoded = True
                yield from _samples(resampler.resample(frame))
            if decoded:
                yield from _samples(resampler.resample(None))
    except (av.error.FFmpegError, ValueError) as error:
        # a recording that was cut off is heard as far as it goes
        if not decoded:
            raise SoundFileError(
                f"{file}: no readable sound ({error}); expected a wav, flac or ogg recording"
            ) from error


def _samples(frames: list[Any]) -> Iterator[bytes]:
    for frame in frames:
        yield frame.to_ndarray().tobytes()


class Replay:
    """A recording heard as if it were said now: 100 ms every 100 ms, then silence.

    `monotonic_ms` paces it. Raises SoundFileError from the start when the file is no sound.
    """

    def __init__(self, file: Path, monotonic_ms: Callable[[], float]) -> None:
        self._chunks = list(read_chunks(file))
        self._monotonic_ms = monotonic_ms
        self._start_ms = monotonic_ms()
        self._given = 0

    def due(self) -> list[bytes]:
        """What has been said since the last call."""
        elapsed = int((self._monotonic_ms() - self._start_ms) // CHUNK_MS)
        now = [self._at(i) for i in range(self._given, elapsed)]
        self._given = max(self._given, elapsed)
        return now

    def _at(self, index: int) -> bytes:
        return self._chunks[index] if index < len(self._chunks) else bytes(CHUNK_BYTES)
