"""Recorded sound as 16 kHz mono samples: wav, flac, ogg and whatever else FFmpeg reads."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from voice.errors import SoundFileError

RATE_HZ = 16_000
LEAST_RATE_HZ, MOST_RATE_HZ = 4_000, 768_000  # a header may lie: 1 Hz would fill the memory
BYTES_PER_MS = RATE_HZ * 2 // 1000
CHUNK_MS = 50
CHUNK_BYTES = CHUNK_MS * BYTES_PER_MS


def read_chunks(file: Path) -> Iterator[bytes]:
    """16-bit mono samples at 16 kHz in pieces of 50 ms, the last one shorter.

    Raises SoundFileError that says what is wrong with the file: not there, empty, no sound in it,
    or broken before the first sample. A file that is cut off gives what it holds.
    """
    try:
        size = file.stat().st_size if file.is_file() else -1
    except OSError as error:
        raise SoundFileError(f"{file}: can't be read ({error.strerror})") from error
    if size < 0:
        raise SoundFileError(f"{file}: there is no such file")
    if size == 0:
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


def read_part(file: Path, from_ms: int, to_ms: int) -> Iterator[bytes]:
    """The same, of the sound between two times. Raises SoundFileError."""
    at, begin, end = 0, from_ms * RATE_HZ // 1000 * 2, to_ms * RATE_HZ // 1000 * 2
    for chunk in read_chunks(file):
        if at >= end:
            return
        if at + len(chunk) > begin:
            yield chunk[max(0, begin - at) : end - at]
        at += len(chunk)


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
            context = container.streams.audio[0].codec_context
            rate_hz = (context.sample_rate or 0) if context else 0  # none: nothing decodes it
            if not LEAST_RATE_HZ <= rate_hz <= MOST_RATE_HZ:
                raise SoundFileError(f"{file}: {rate_hz} samples a second is no rate of speech")
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
    """A recording heard as if it were said now, piece by piece, then silence.

    `monotonic_ms` paces it. Raises SoundFileError from the start when the file is no sound.
    """

    def __init__(self, file: Path, monotonic_ms: Callable[[], float]) -> None:
        self._chunks = read_chunks(file)
        self._first = [next(self._chunks)]
        self._monotonic_ms = monotonic_ms
        self._start_ms = monotonic_ms()
        self._given = 0

    def due(self) -> list[bytes]:
        """What has been said since the last call."""
        elapsed = int((self._monotonic_ms() - self._start_ms) // CHUNK_MS)
        now = [self._next() for _ in range(self._given, elapsed)]
        self._given = max(self._given, elapsed)
        return now

    def _next(self) -> bytes:
        return self._first.pop() if self._first else next(self._chunks, bytes(CHUNK_BYTES))
