"""The wall's own sound is taken out of what the microphone hears, and speech is left."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kiosk.core.clock import ManualClock
from voice.echo import DELAY_MS, RETRY_MS, EchoCanceller, EchoFreeMicrophone
from voice.errors import MicrophoneLost, MicrophoneMissing, VoiceError
from voice.sound_files import CHUNK_BYTES, RATE_HZ, read_chunks

SPEECH = Path(__file__).resolve().parents[2] / "assets" / "demo" / "speech"
Values = NDArray[np.float64]


def talk(*names: str) -> Values:
    """Recorded sentences, one after another."""
    files = [SPEECH / f"{name}.flac" for name in names or ("map", "complaints", "zoom_out")]
    sound = b"".join(chunk for file in files for chunk in read_chunks(file))
    return np.frombuffer(sound, np.int16).astype(np.float64)


def room(delay_ms: int, seed: int) -> Values:
    """The way from the loudspeaker to the microphone: a delay, and echoes for 0.3 s."""
    tail = np.random.default_rng(seed).normal(size=int(0.3 * RATE_HZ))
    tail *= 10 ** (-3 * np.arange(tail.size) / tail.size)
    way = np.concatenate([np.zeros(delay_ms * RATE_HZ // 1000), [4.0], tail])
    gain: Values = 0.5 * way / np.sqrt(np.sum(way**2))
    return gain


def chunks(values: Values) -> list[bytes]:
    sound = values.clip(-32768, 32767).astype(np.int16).tobytes()
    return [sound[at : at + CHUNK_BYTES] for at in range(0, len(sound), CHUNK_BYTES)]


def power_db(values: Values) -> float:
    return float(10 * np.log10(np.mean(values**2) + 1e-9))


def through(near: list[bytes], far: list[bytes]) -> Values:
    canceller = EchoCanceller()
    heard = b"".join(canceller.cancel(n, f) for n, f in zip(near, far, strict=True))
    return np.frombuffer(heard, np.int16).astype(np.float64)


@pytest.mark.parametrize(("early", "delay_ms"), [(-1, 5), (0, 60), (1, 5)])
def test_the_echo_of_a_room_is_gone_when_it_has_been_learnt(early: int, delay_ms: int) -> None:
    """Also when what is played arrives a piece of 100 ms late (-1) or early (1)."""
    played = talk(*sorted(file.stem for file in SPEECH.glob("*.flac"))[:9])
    echo = np.convolve(played, room(delay_ms, 2))[: played.size]
    far = chunks(played)
    far = [b"", *far[:-1]] if early < 0 else [far[0] + far[1], *far[2:], b""] if early else far
    heard = through(chunks(echo), far)
    learnt = 12 * RATE_HZ
    assert power_db(heard[learnt:]) < power_db(echo[learnt:]) - 20


def test_who_speaks_is_heard_while_the_wall_plays_nothing() -> None:
    speech = talk()
    heard = through(chunks(speech), [bytes(CHUNK_BYTES)] * len(chunks(speech)))
    late = DELAY_MS * RATE_HZ // 1000
    assert power_db(heard[late:]) == pytest.approx(power_db(speech), abs=2.0)


@pytest.mark.parametrize("seconds", [1, 5])
def test_a_reference_that_stops_holds_nobody_up_for_long(seconds: int) -> None:
    canceller = EchoCanceller()
    given = [canceller.cancel(chunk, b"") for chunk in chunks(talk())[: 20 * seconds]]
    assert len(b"".join(given)) >= (seconds - 0.5) * RATE_HZ * 2
    ahead = EchoCanceller()
    ahead.cancel(b"", b"".join(chunks(talk())))
    assert len(ahead.cancel(bytes(CHUNK_BYTES), b"")) > 0


class Played:
    """A microphone of the test."""

    def __init__(self, *sound: bytes | VoiceError) -> None:
        self.sound = list(sound)
        self.muted = False
        self.overflows = 3
        self.closed = False

    def due(self) -> list[bytes]:
        if not self.sound:
            return []
        first = self.sound.pop(0)
        if isinstance(first, VoiceError):
            raise first
        return [first]

    def close(self) -> None:
        self.closed = True


def test_a_reference_that_is_not_there_is_tried_again_and_the_microphone_heard_meanwhile(
    clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    reference = Played(bytes(CHUNK_BYTES), MicrophoneLost("gone"))
    opened: list[Played | VoiceError] = [MicrophoneMissing("none"), reference]

    def open_reference() -> Played:
        found = opened.pop(0)
        if isinstance(found, VoiceError):
            raise found
        return found

    said = chunks(talk()[RATE_HZ:])
    microphone = Played(*said)
    sound = EchoFreeMicrophone(microphone, open_reference, clock.monotonic_ms)
    assert sound.overflows == 3
    assert [sound.due(), sound.due()] == [said[0:1], said[1:2]]
    clock.advance(int(RETRY_MS))
    assert sound.due() != said[2:3]  # late, and cleaned
    assert sound.due() == said[3:4]
    assert reference.closed
    assert caplog.text.count("not taken out") == 2
    sound.close()
    assert microphone.closed
