"""A microphone by name: a child process records (`voice.capture`), here its sound arrives."""

import os
import selectors
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np

from voice.capture import HEADER, Opened, Refused
from voice.errors import MicrophoneBusy, MicrophoneError, MicrophoneLost, MicrophoneMissing
from voice.sound_files import RATE_HZ

LOST_AFTER_MS = 1500.0
MUTED_AFTER_MS = 1500.0
OPEN_WITHIN_S = 3.0
_DITHER = 1  # a muted converter may still waver by one step
_READ_BYTES = 1 << 20
_KINDS = {"missing": MicrophoneMissing, "busy": MicrophoneBusy, "other": MicrophoneError}


class Microphone:
    """An open microphone. Opening raises MicrophoneMissing, MicrophoneBusy or MicrophoneError.

    `overflows` counts how often sound was lost; `muted`: for 1.5 s there was nothing but zeros.
    """

    def __init__(
        self,
        name: str,
        monotonic_ms: Callable[[], float],
        command: Sequence[str] | None = None,
        *,
        lost_after_ms: float = LOST_AFTER_MS,
    ) -> None:
        """`command` records in place of `voice.capture`. Without sound for `lost_after_ms` the
        microphone counts as lost."""
        self.overflows = 0
        self.muted = False
        self._name = name
        self._monotonic_ms = monotonic_ms
        self._lost_after_ms = lost_after_ms
        self._process = _start(command or _capture(name))
        try:
            form = self._opened()
        except BaseException:
            self.close()
            raise
        self._convert = _converter(form.rate_hz, form.channels)
        self._last_ms = self._last_sound_ms = monotonic_ms()

    def due(self) -> list[bytes]:
        """16-bit mono samples at 16 kHz since the last call. Raises MicrophoneLost."""
        ended = self._read()
        chunks = self._packets()
        now_ms = self._monotonic_ms()
        if chunks:
            self._last_ms = now_ms
        elif ended or now_ms - self._last_ms > self._lost_after_ms:
            raise MicrophoneLost(f"microphone {self._name!r} stopped delivering sound")
        heard = [self._convert(chunk) for chunk in chunks]
        if any(_holds_sound(chunk) for chunk in heard):
            self._last_sound_ms = now_ms
        self.muted = now_ms - self._last_sound_ms > MUTED_AFTER_MS
        return heard

    def close(self) -> None:
        self._process.kill()  # it has nothing to lose, and may not be able to end by itself
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _opened(self) -> Opened:
        self._waiting = b""
        with selectors.DefaultSelector() as ready:
            ready.register(self._fd, selectors.EVENT_READ)
            while b"\n" not in self._waiting:
                if not ready.select(OPEN_WITHIN_S):
                    raise MicrophoneError(f"microphone {self._name!r} does not answer")
                if self._read() and b"\n" not in self._waiting:
                    raise MicrophoneError(f"microphone {self._name!r} can't be recorded")
        line, _, self._waiting = self._waiting.partition(b"\n")
        opened = msgspec.json.decode(line, type=Opened | Refused)
        if isinstance(opened, Refused):
            raise _KINDS[opened.kind](opened.reason)
        return opened

    @property
    def _fd(self) -> int:
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def _read(self) -> bool:
        """Takes what has come; whether that was the last."""
        while True:
            try:
                came = os.read(self._fd, _READ_BYTES)
            except BlockingIOError:
                return False
            if not came:
                return True
            self._waiting += came

    def _packets(self) -> list[bytes]:
        found = []
        while len(self._waiting) >= HEADER.size:
            overflows, length = HEADER.unpack_from(self._waiting)
            end = HEADER.size + length
            if len(self._waiting) < end:
                break
            found.append(self._waiting[HEADER.size : end])
            self._waiting = self._waiting[end:]
            self.overflows = overflows
        return found


def _capture(name: str) -> tuple[str, ...]:
    return sys.executable, "-m", "voice.capture", name, str(os.getpid())


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    root = str(Path(__file__).resolve().parents[1])
    silent = subprocess.DEVNULL  # PortAudio complains there, again and again
    process = subprocess.Popen(
        command,
        stdin=silent,
        stdout=subprocess.PIPE,
        stderr=silent,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    return process


def _holds_sound(samples: bytes) -> bool:
    values = np.frombuffer(samples, dtype=np.int16)
    return bool(np.abs(values, dtype=np.int32).max(initial=0) > _DITHER)


def _converter(rate_hz: int, channels: int) -> Callable[[bytes], bytes]:
    """From the device's format to 16 kHz mono."""
    if (rate_hz, channels) == (RATE_HZ, 1):
        return bytes
    import av

    layout = "mono" if channels == 1 else "stereo"
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)

    def convert(samples: bytes) -> bytes:
        frame = av.AudioFrame.from_ndarray(
            np.frombuffer(samples, dtype=np.int16).reshape(1, -1), format="s16", layout=layout
        )
        frame.sample_rate = rate_hz
        return b"".join(f.to_ndarray().tobytes() for f in resampler.resample(frame))

    return convert
