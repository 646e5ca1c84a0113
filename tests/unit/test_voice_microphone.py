"""A microphone that is missing, busy, of another format, muted, or pulled out; PortAudio is played,
and so is the process that records where its failures can't be had otherwise."""

import io
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import msgspec
import pytest

from kiosk.core.clock import ManualClock
from voice import microphone as module
from voice.capture import HEADER, Opened, Recording, Refused, record
from voice.errors import MicrophoneBusy, MicrophoneError, MicrophoneLost, MicrophoneMissing
from voice.level import level_db
from voice.microphone import LOST_AFTER_MS, Microphone

DEADLINE_S = 10.0

# ---- the process that records


class PortAudioError(Exception):
    pass


class Stream:
    def __init__(self, **options: Any) -> None:
        self.options = options
        self.callback: Callable[..., None] = options["callback"]
        self.active = False

    def start(self) -> None:
        self.active = True

    def say(self, samples: bytes, overflow: bool = False) -> None:
        status = SimpleNamespace(input_overflow=overflow)
        self.callback(samples, len(samples) // 2, None, status)


class Backend:
    """What of sounddevice is used. `rates` are those that the device takes."""

    PortAudioError = PortAudioError

    def __init__(self, *devices: str, rates: tuple[int, ...] = (16_000,), least: int = 1) -> None:
        self.devices = devices
        self.rates = rates
        self.least_channels = least
        self.error: PortAudioError | None = None
        self.stream: Stream | None = None

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

    def check_input_settings(self, *, samplerate: int, channels: int, **_options: Any) -> None:
        if samplerate not in self.rates or channels < self.least_channels:
            raise PortAudioError("Invalid sample rate", -9997)

    def RawInputStream(self, **options: Any) -> Stream:
        if self.error is not None:
            raise self.error
        self.stream = Stream(**options)
        return self.stream


def refused(name: str, backend: Backend) -> Refused:
    out = io.BytesIO()
    record(name, out, backend, os.getppid())
    return msgspec.json.decode(out.getvalue(), type=Refused)


def test_a_device_is_chosen_by_a_part_of_its_name() -> None:
    backend = Backend("Speaker", "Webcam", "Jabra Speak 750")
    assert Recording("jabra", backend).stream.options["device"] == 2
    assert Recording("default", backend).stream.options["device"] == 0


def test_a_source_of_the_sound_server_is_chosen_by_its_own_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PULSE_SOURCE", "another")
    backend = Backend("Webcam", "pulse")
    assert Recording("pulse:room.monitor", backend).stream.options["device"] == 1
    assert os.environ["PULSE_SOURCE"] == "room.monitor"


@pytest.mark.parametrize(
    ("backend", "form"),
    [
        (Backend("Array"), Opened(16_000, 1)),
        (Backend("Array", rates=(48_000,)), Opened(48_000, 1)),
        (Backend("Array", rates=(48_000,), least=2), Opened(48_000, 2)),
        (Backend("Array", rates=()), Opened(48_000, 1)),
    ],
)
def test_the_format_is_ours_where_the_device_can_and_its_own_elsewhere(
    backend: Backend, form: Opened
) -> None:
    assert Recording("Array", backend).format == form


def test_the_callback_only_enqueues_and_what_does_not_fit_is_counted() -> None:
    recording = Recording("Array", Backend("Array"))
    recording.stream.say(b"\1\0", overflow=True)
    for _ in range(204):
        recording.stream.say(b"\0\0")
    assert recording.chunks.qsize() == 200
    assert recording.overflows == 1 + 5


@pytest.mark.parametrize("devices", [(), ("Speaker",)])
def test_no_microphone_at_all(devices: tuple[str, ...]) -> None:
    assert refused("default", Backend(*devices)).reason == "no microphone is plugged in"


def test_a_name_that_nobody_has_lists_those_present() -> None:
    answer = refused("Shure", Backend("Webcam"))
    assert (answer.kind, "'Shure'; present: Webcam" in answer.reason) == ("missing", True)


@pytest.mark.parametrize(("code", "kind"), [(-9985, "busy"), (-9996, "missing"), (-9999, "other")])
def test_a_device_that_does_not_open_says_why(code: int, kind: str) -> None:
    backend = Backend("Array")
    backend.error = PortAudioError("Error opening RawInputStream", code)
    answer = refused("default", backend)
    assert answer.kind == kind
    assert "'default'" in answer.reason


def test_whoever_records_for_nobody_ends() -> None:
    """When the voice process is killed, the microphone must be free for its successor."""
    program = (
        "import sys; from tests.unit.test_voice_microphone import Backend; "
        "from voice.capture import record; "
        "print('begun', file=sys.stderr, flush=True); "
        "record('Array', open('/dev/null', 'wb'), Backend('Array'), int(sys.argv[1]))"
    )
    root = str(Path(__file__).resolve().parents[2])
    parent = subprocess.Popen(
        ["sh", "-c", f'{sys.executable} -c "{program}" $$ & echo $!; wait'],
        env={"PYTHONPATH": root}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert parent.stdout is not None
    assert parent.stderr is not None
    orphan = Path("/proc") / parent.stdout.readline().decode().strip()
    assert parent.stderr.readline() == b"begun\n"
    assert orphan.exists()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    parent.stderr.close()
    end = time.monotonic() + DEADLINE_S
    while is_running(orphan):
        assert time.monotonic() < end, "it goes on recording"
        threading.Event().wait(0.05)


def is_running(process: Path) -> bool:
    """An ended process may stay listed until somebody asks for its end."""
    try:
        return ") Z " not in (process / "stat").read_text()
    except FileNotFoundError:
        return False


# ---- its reader


class Recorder:
    """Plays the process that records: its answer, then packets, from the test's hand."""

    def __init__(self, folder: Path, clock: ManualClock) -> None:
        pipe = folder / "recorded"
        os.mkfifo(pipe)
        self._end = os.open(pipe, os.O_RDWR)
        self._command = ("cat", str(pipe))
        self._clock = clock
        self._open: list[Microphone] = []

    def microphone(self, first: Opened | Refused = Opened(16_000, 1)) -> Microphone:  # noqa: B008
        self.write(msgspec.json.encode(first) + b"\n")
        self._open.append(Microphone("Array", self._clock.monotonic_ms, self._command))
        return self._open[-1]

    def write(self, written: bytes) -> None:
        os.write(self._end, written)

    def say(self, samples: bytes, overflows: int = 0) -> None:
        self.write(HEADER.pack(overflows, len(samples)) + samples)

    def end(self) -> None:
        if self._end >= 0:
            os.close(self._end)
        self._end = -1

    def close(self) -> None:
        self.end()
        for microphone in self._open:
            microphone.close()


@pytest.fixture
def recorder(tmp_path: Path, clock: ManualClock) -> Iterator[Recorder]:
    recorder = Recorder(tmp_path, clock)
    yield recorder
    recorder.close()


def heard(microphone: Microphone, chunks: int = 1) -> list[bytes]:
    """Waits for so much; the clock of the test stands."""
    found: list[bytes] = []
    end = time.monotonic() + DEADLINE_S
    while len(found) < chunks:
        assert time.monotonic() < end
        found += microphone.due()
    return found


def test_sound_comes_through_in_order_and_so_does_the_count_of_what_was_lost(
    recorder: Recorder,
) -> None:
    microphone = recorder.microphone()
    recorder.say(b"\1\0")
    whole = HEADER.pack(7, 4) + b"\2\0\3\0"
    recorder.write(whole[:9])
    assert heard(microphone) == [b"\1\0"]
    assert microphone.due() == []
    recorder.write(whole[9:])
    assert heard(microphone) == [b"\2\0\3\0"]
    assert microphone.overflows == 7


@pytest.mark.parametrize("channels", [1, 2])
def test_another_format_is_converted(recorder: Recorder, channels: int) -> None:
    microphone = recorder.microphone(Opened(48_000, channels))
    tone = [16384 if i // 50 % 2 else -16384 for i in range(4800)]
    recorder.say(b"".join(struct.pack("<h", sample) * channels for sample in tone))
    (samples,) = heard(microphone)
    assert len(samples) == pytest.approx(3200, abs=100)
    assert level_db(samples) == pytest.approx(-6.0, abs=2.0)


@pytest.mark.parametrize(
    ("kind", "error"),
    [("busy", MicrophoneBusy), ("missing", MicrophoneMissing), ("other", MicrophoneError)],
)
def test_a_microphone_that_does_not_open_says_why(
    recorder: Recorder, kind: Literal["busy", "missing", "other"], error: type[MicrophoneError]
) -> None:
    with pytest.raises(error, match="because") as caught:
        recorder.microphone(Refused(kind, "because"))
    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("command", "reason"), [("exit", "can't be recorded"), ("sleep 60", "does not answer")]
)
def test_a_recording_process_that_hangs_or_dies_is_an_error_and_is_gone(
    clock: ManualClock, monkeypatch: pytest.MonkeyPatch, command: str, reason: str
) -> None:
    monkeypatch.setattr(module, "OPEN_WITHIN_S", 0.2)
    with pytest.raises(MicrophoneError, match=reason):
        Microphone("Array", clock.monotonic_ms, ("sh", "-c", f"exec {command}"))


def test_a_microphone_that_falls_silent_for_good_is_lost(
    recorder: Recorder, clock: ManualClock
) -> None:
    microphone = recorder.microphone()
    recorder.say(b"\0\0")
    assert heard(microphone) == [b"\0\0"]
    clock.advance(int(LOST_AFTER_MS))
    assert microphone.due() == []
    clock.advance(1)
    with pytest.raises(MicrophoneLost):
        microphone.due()


def test_a_recording_that_ended_is_lost_at_once(recorder: Recorder) -> None:
    microphone = recorder.microphone()
    recorder.end()
    with pytest.raises(MicrophoneLost):
        heard(microphone)


def test_a_muted_microphone_is_noticed_and_so_is_its_coming_back(
    recorder: Recorder, clock: ManualClock
) -> None:
    microphone = recorder.microphone()
    for _ in range(16):
        clock.advance(100)
        recorder.say(struct.pack("<hh", 0, 1))  # a converter's last bit may waver
        heard(microphone)
    assert microphone.muted
    recorder.say(struct.pack("<hh", -32768, 0))
    heard(microphone)
    assert not microphone.muted
