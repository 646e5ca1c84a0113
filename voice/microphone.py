"""A microphone by name. PortAudio's callback only puts sound into a queue; nothing is kept.

PortAudio freezes its list of devices when it starts, so every attempt to open starts it anew: a
microphone that was plugged in a moment ago is found. That stops all streams of the process, which
is one reason why sound has a process of its own.
"""

import queue
from collections.abc import Callable
from typing import Any

import numpy as np

from voice.errors import MicrophoneBusy, MicrophoneError, MicrophoneLost, MicrophoneMissing
from voice.sound_files import CHUNK_MS, RATE_HZ

LOST_AFTER_MS = 1500.0
MUTED_AFTER_MS = 1500.0
_DITHER = 1  # a muted converter may still waver by one step
_QUEUE_CHUNKS = 100  # ten seconds: a reader that is later than that has lost the sentence anyway
_DEVICE_UNAVAILABLE = -9985  # paDeviceUnavailable: somebody else holds it
_INVALID_DEVICE = -9996


class Microphone:
    """An open microphone. Opening raises MicrophoneMissing, MicrophoneBusy or MicrophoneError.

    `overflows` counts how often sound was lost; `muted`: for 1.5 s there was nothing but zeros.
    """

    def __init__(
        self, name: str, monotonic_ms: Callable[[], float], backend: Any | None = None
    ) -> None:
        self.overflows = 0
        self.muted = False
        self._name = name
        self._monotonic_ms = monotonic_ms
        self._queue: queue.Queue[bytes] = queue.Queue(_QUEUE_CHUNKS)
        self._sd = backend if backend is not None else _sounddevice()
        self._convert: Callable[[bytes], bytes] = bytes
        self._stream = self._open()
        self._last_ms = self._last_sound_ms = monotonic_ms()

    def due(self) -> list[bytes]:
        """16-bit mono samples at 16 kHz since the last call. Raises MicrophoneLost."""
        chunks = []
        while True:
            try:
                chunks.append(self._queue.get_nowait())
            except queue.Empty:
                break
        now_ms = self._monotonic_ms()
        if chunks:
            self._last_ms = now_ms
        elif not self._stream.active or now_ms - self._last_ms > LOST_AFTER_MS:
            raise MicrophoneLost(f"microphone {self._name!r} stopped delivering sound")
        heard = [self._convert(chunk) for chunk in chunks]
        if any(_holds_sound(chunk) for chunk in heard):
            self._last_sound_ms = now_ms
        self.muted = now_ms - self._last_sound_ms > MUTED_AFTER_MS
        return heard

    def close(self) -> None:
        try:
            self._stream.close()
        except self._sd.PortAudioError:
            return  # it went away before us

    def _open(self) -> Any:
        try:
            # private names, but the only way to see a device that came after the first start
            self._sd._terminate()
            self._sd._initialize()
            device = self._find()
            rate, channels = self._format(device)
            self._convert = _converter(rate, channels)
            stream = self._sd.RawInputStream(
                device=device["index"],
                samplerate=rate,
                channels=channels,
                dtype="int16",
                blocksize=rate * CHUNK_MS // 1000,
                callback=self._heard,
            )
            stream.start()
        except self._sd.PortAudioError as error:
            raise _explained(self._name, error) from error
        return stream

    def _heard(self, samples: Any, _frames: int, _time: Any, status: Any) -> None:
        if status.input_overflow:
            self.overflows += 1
        try:
            self._queue.put_nowait(bytes(samples))
        except queue.Full:
            self.overflows += 1

    def _find(self) -> dict[str, Any]:
        inputs = [d for d in self._sd.query_devices() if d["max_input_channels"] > 0]
        if not inputs:
            raise MicrophoneMissing("no microphone is plugged in")
        if self._name == "default":
            default: dict[str, Any] = self._sd.query_devices(kind="input")
            return default
        found = [d for d in inputs if self._name.casefold() in d["name"].casefold()]
        if not found:
            present = ", ".join(d["name"] for d in inputs)
            raise MicrophoneMissing(f"no microphone is called {self._name!r}; present: {present}")
        return dict(found[0])

    def _format(self, device: dict[str, Any]) -> tuple[int, int]:
        """Rate and channels that the device takes, the ones we need first."""
        own_rate = int(device["default_samplerate"])
        for rate in (RATE_HZ, own_rate):
            for channels in (1, min(2, int(device["max_input_channels"]))):
                try:
                    self._sd.check_input_settings(
                        device=device["index"], samplerate=rate, channels=channels, dtype="int16"
                    )
                except self._sd.PortAudioError:
                    continue
                return rate, channels
        return own_rate, 1  # opening it will say why not


def _holds_sound(samples: bytes) -> bool:
    values = np.frombuffer(samples, dtype=np.int16)
    return bool(np.abs(values, dtype=np.int32).max(initial=0) > _DITHER)


def _converter(rate: int, channels: int) -> Callable[[bytes], bytes]:
    """From the device's format to 16 kHz mono."""
    if (rate, channels) == (RATE_HZ, 1):
        return bytes
    import av

    layout = "mono" if channels == 1 else "stereo"
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)

    def convert(samples: bytes) -> bytes:
        frame = av.AudioFrame.from_ndarray(
            np.frombuffer(samples, dtype=np.int16).reshape(1, -1), format="s16", layout=layout
        )
        frame.sample_rate = rate
        return b"".join(f.to_ndarray().tobytes() for f in resampler.resample(frame))

    return convert


def _explained(name: str, error: Exception) -> MicrophoneError:
    code = error.args[1] if len(error.args) > 1 else 0
    if code == _DEVICE_UNAVAILABLE:
        return MicrophoneBusy(f"another program holds microphone {name!r}")
    if code == _INVALID_DEVICE:
        return MicrophoneMissing(f"microphone {name!r} is not there")
    return MicrophoneError(f"microphone {name!r} can't be opened: {error}")


def _sounddevice() -> Any:
    try:
        import sounddevice
    except OSError as error:
        raise MicrophoneError(f"the sound library PortAudio is missing: {error}") from error
    return sounddevice
