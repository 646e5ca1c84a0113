"""Main of a child process that does nothing but record: `python -m voice.capture NAME PARENT`.

The sound library PortAudio may hang or spin in native code when a sound server dies under it, and
freezes its list of devices when it starts. In a process of its own it can be killed at any time,
and a new one sees what was plugged in a moment ago.

PARENT is the id of the process that reads, without which it ends.
NAME is a part of a device's name, `default`, or `pulse:SOURCE`: a source of the sound server
(PulseAudio, or PipeWire in its place), also the monitor of what is played.

Standard output: one line of JSON, an Opened or a Refused; then packets: `HEADER`, samples. The
callback only enqueues; nothing is kept. Ends when nobody reads any more.
"""

import os
import queue
import struct
import sys
from typing import Any, BinaryIO, Literal

import msgspec

CHUNK_MS = 50
HEADER = struct.Struct("<II")  # how often sound was lost so far, bytes of samples that follow
_WANTED_RATE_HZ = 16_000
_QUEUE_CHUNKS = 200  # ten seconds: a reader that is later than that has lost the sentence anyway
_SERVER, _SERVER_DEVICE = "pulse:", "pulse"
_ORPHAN_CHECK_S = 1.0
_DEVICE_UNAVAILABLE = -9985  # paDeviceUnavailable: somebody else holds it
_INVALID_DEVICE = -9996


class Opened(msgspec.Struct, frozen=True, tag="opened"):
    """The format of what follows: interleaved 16-bit samples."""

    rate_hz: int
    channels: int


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """No sound will come, and why."""

    kind: Literal["missing", "busy", "other"]
    reason: str


class Recording:
    """An open device of `backend` (sounddevice, or what plays it)."""

    def __init__(self, name: str, backend: Any) -> None:
        self.overflows = 0
        self.chunks: queue.Queue[bytes] = queue.Queue(_QUEUE_CHUNKS)
        device = _find(_without_source(name), backend)
        self.format = _format(device, backend)
        rate_hz = self.format.rate_hz
        self.stream = backend.RawInputStream(
            device=device["index"],
            samplerate=rate_hz,
            channels=self.format.channels,
            dtype="int16",
            blocksize=rate_hz * CHUNK_MS // 1000,
            latency=CHUNK_MS / 1000,  # a shorter buffer under these blocks stalls sound servers
            callback=self._heard,
        )
        self.stream.start()

    def _heard(self, samples: Any, _frames: int, _time: Any, status: Any) -> None:
        if status.input_overflow:
            self.overflows += 1
        try:
            self.chunks.put_nowait(bytes(samples))
        except queue.Full:
            self.overflows += 1


def record(name: str, out: BinaryIO, backend: Any, parent: int) -> None:
    """Writes until the device ends, the reader is gone, or the process `parent` is."""
    opened: Opened | Refused
    recording = None
    try:
        recording = Recording(name, backend)
        opened = recording.format
    except _Missing as error:
        opened = Refused("missing", str(error))
    except backend.PortAudioError as error:
        opened = _refused(name, error)
    out.write(msgspec.json.encode(opened) + b"\n")
    out.flush()
    while recording is not None and recording.stream.active and os.getppid() == parent:
        try:
            samples = recording.chunks.get(timeout=_ORPHAN_CHECK_S)
        except queue.Empty:
            continue
        out.write(HEADER.pack(recording.overflows, len(samples)) + samples)
        out.flush()


def _without_source(name: str) -> str:
    """The library of the sound server reads the source's name from the environment."""
    if not name.startswith(_SERVER):
        return name
    os.environ["PULSE_SOURCE"] = name.removeprefix(_SERVER)
    return _SERVER_DEVICE


class _Missing(Exception):  # noqa: N818 - a state of the world, not a fault
    pass


def _find(name: str, backend: Any) -> dict[str, Any]:
    inputs = [d for d in backend.query_devices() if d["max_input_channels"] > 0]
    if not inputs:
        raise _Missing("no microphone is plugged in")
    if name == "default":
        default: dict[str, Any] = backend.query_devices(kind="input")
        return default
    found = [d for d in inputs if name.casefold() in d["name"].casefold()]
    if not found:
        present = ", ".join(d["name"] for d in inputs)
        raise _Missing(f"no microphone is called {name!r}; present: {present}")
    return dict(found[0])


def _format(device: dict[str, Any], backend: Any) -> Opened:
    """Rate and channels that the device takes, the ones that we need first."""
    own_rate_hz = int(device["default_samplerate"])
    for rate_hz in (_WANTED_RATE_HZ, own_rate_hz):
        for channels in (1, min(2, int(device["max_input_channels"]))):
            try:
                backend.check_input_settings(
                    device=device["index"], samplerate=rate_hz, channels=channels, dtype="int16"
                )
            except backend.PortAudioError:
                continue
            return Opened(rate_hz, channels)
    return Opened(own_rate_hz, 1)  # opening it will say why not


def _refused(name: str, error: Exception) -> Refused:
    code = error.args[1] if len(error.args) > 1 else 0
    if code == _DEVICE_UNAVAILABLE:
        return Refused("busy", f"another program holds microphone {name!r}")
    if code == _INVALID_DEVICE:
        return Refused("missing", f"microphone {name!r} is not there")
    return Refused("other", f"microphone {name!r} can't be opened: {error}")


def main(name: str, parent: int) -> None:
    out = sys.stdout.buffer
    try:
        import sounddevice
    except OSError as error:
        lacking = Refused("other", f"the sound library PortAudio is missing: {error}")
        out.write(msgspec.json.encode(lacking) + b"\n")
        return
    try:
        record(name, out, sounddevice, parent)
    except BrokenPipeError:
        pass  # nobody reads any more
    finally:
        os._exit(0)  # a broken device can hold up an orderly end for ever


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
