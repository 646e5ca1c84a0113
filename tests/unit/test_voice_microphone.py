"""A microphone that is missing, busy, of another format, or pulled out; PortAudio is played."""

import struct
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.core.clock import ManualClock
from voice.errors import MicrophoneBusy, MicrophoneError, MicrophoneLost, MicrophoneMissing
from voice.level import level_db
from voice.microphone import LOST_AFTER_MS, Microphone


class PortAudioError(Exception):
    pass


class Stream:
    def __init__(self, **options: Any) -> None:
        self.options = options
        self.callback: Callable[..., None] = options["callback"]
        self.active = False
        self.closed = False

    def start(self) -> None:
        self.active = True

    def close(self) -> None:
        self.closed = True

    def say(self, samples: bytes, overflow: bool = False) -> None:
        status = SimpleNamespace(input_overflow=overflow)
        self.callback(samples, len(samples) // 2, None, status)


class Backend:
    """What of sounddevice is used. `rates` are those that the device takes."""

    PortAudioError = PortAudioError

    def __init__(self, *devices: str, rates: tuple[int, ...] = (16_000,)) -> None:
        self.devices = devices
        self.rates = rates
        self.starts = 0
        self.error: PortAudioError | None = None
        self.stream: Stream | None = None

    def _terminate(self) -> None:
        self.starts -= 1

    def _initialize(self) -> None:
        self.starts += 1

    def query_devices(self, kind: str = "") -> Any:
        found = [
            {
                "name": name,
                "index": index,
                "max_input_channels": 0 if name == "Speaker" else 2,
                "default_samplerate": 48_000.0,
            }
            for index, name in enumerate(self.devices)
        ]
        return found[0] if kind else found

    def check_input_settings(self, *, samplerate: int, **_options: Any) -> None:
        if samplerate not in self.rates:
            raise PortAudioError("Invalid sample rate", -9997)

    def RawInputStream(self, **options: Any) -> Stream:
        if self.error is not None:
            raise self.error
        self.stream = Stream(**options)
        return self.stream


def opened(
    backend: Backend, clock: ManualClock, name: str = "default"
) -> tuple[Microphone, Stream]:
    microphone = Microphone(name, clock.monotonic_ms, backend)
    assert backend.stream is not None
    return microphone, backend.stream


def test_sound_comes_through_in_order(clock: ManualClock) -> None:
    microphone, stream = opened(Backend("Array"), clock)
    stream.say(b"\1\0")
    stream.say(b"\2\0", overflow=True)
    assert microphone.due() == [b"\1\0", b"\2\0"]
    assert microphone.due() == []
    assert microphone.overflows == 1
    microphone.close()
    assert stream.closed


def test_a_device_is_chosen_by_a_part_of_its_name(clock: ManualClock) -> None:
    _, stream = opened(Backend("Speaker", "Webcam", "Jabra Speak 750"), clock, "jabra")
    assert stream.options["device"] == 2


def test_a_reader_that_sleeps_loses_sound_and_counts_it(clock: ManualClock) -> None:
    microphone, stream = opened(Backend("Array"), clock)
    for _ in range(105):
        stream.say(b"\0\0")
    assert len(microphone.due()) == 100
    assert microphone.overflows == 5


def test_another_rate_is_converted(clock: ManualClock) -> None:
    microphone, stream = opened(Backend("Array", rates=(48_000,)), clock)
    assert stream.options["samplerate"] == 48_000
    stream.say(b"".join(struct.pack("<h", 16384 if i // 50 % 2 else -16384) for i in range(4800)))
    (samples,) = microphone.due()
    assert len(samples) == pytest.approx(3200, abs=100)
    assert level_db(samples) == pytest.approx(-6.0, abs=2.0)


@pytest.mark.parametrize("devices", [(), ("Speaker",)])
def test_no_microphone_at_all(clock: ManualClock, devices: tuple[str, ...]) -> None:
    with pytest.raises(MicrophoneMissing, match="no microphone is plugged in"):
        Microphone("default", clock.monotonic_ms, Backend(*devices))


def test_a_name_that_nobody_has_lists_those_present(clock: ManualClock) -> None:
    with pytest.raises(MicrophoneMissing, match="'Shure'; present: Webcam"):
        Microphone("Shure", clock.monotonic_ms, Backend("Webcam"))


@pytest.mark.parametrize(
    ("code", "kind"),
    [(-9985, MicrophoneBusy), (-9996, MicrophoneMissing), (-9999, MicrophoneError)],
)
def test_a_device_that_does_not_open_says_why(
    clock: ManualClock, code: int, kind: type[MicrophoneError]
) -> None:
    backend = Backend("Array")
    backend.error = PortAudioError("Error opening RawInputStream", code)
    with pytest.raises(kind, match="'default'") as caught:
        Microphone("default", clock.monotonic_ms, backend)
    assert type(caught.value) is kind


def test_a_microphone_that_falls_silent_for_good_is_lost(clock: ManualClock) -> None:
    microphone, stream = opened(Backend("Array"), clock)
    stream.say(b"\0\0")
    assert microphone.due() == [b"\0\0"]
    clock.advance(int(LOST_AFTER_MS))
    assert microphone.due() == []
    clock.advance(1)
    with pytest.raises(MicrophoneLost):
        microphone.due()


def test_a_stream_that_ended_is_lost_at_once(clock: ManualClock) -> None:
    microphone, stream = opened(Backend("Array"), clock)
    stream.active = False
    with pytest.raises(MicrophoneLost):
        microphone.due()


def test_each_opening_reads_the_list_of_devices_anew(clock: ManualClock) -> None:
    backend = Backend("Array")
    for _ in range(3):
        Microphone("default", clock.monotonic_ms, backend)
    assert backend.starts == 0


def test_a_muted_microphone_is_noticed_and_so_is_its_coming_back(clock: ManualClock) -> None:
    microphone, stream = opened(Backend("Array"), clock)
    for _ in range(16):
        clock.advance(100)
        stream.say(struct.pack("<hh", 0, 1))  # a converter's last bit may waver
        microphone.due()
    assert microphone.muted
    stream.say(struct.pack("<hh", -32768, 0))
    microphone.due()
    assert not microphone.muted
