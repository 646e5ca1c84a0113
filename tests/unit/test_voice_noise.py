"""Noise for measuring: what is asked for is what is mixed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.errors import SoundFileError
from voice.noise import babble, fan, kitchen, made, mixed, pink, read_noise
from voice.sound_files import RATE_HZ

SECOND = RATE_HZ * 2  # bytes


def tone(seconds: float = 1.0, amplitude: int = 1500) -> bytes:
    t_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return (amplitude * np.sin(2 * np.pi * 500 * t_s)).astype(np.int16).tobytes()


def power(sound: bytes) -> float:
    return float(np.mean(np.frombuffer(sound, np.int16).astype(np.float64) ** 2))


@pytest.mark.parametrize("snr_db", [-5.0, 5.0, 10.0, 20.0])
def test_the_ratio_is_that_of_speech_without_its_pauses_to_noise(snr_db: float) -> None:
    speech = bytes(SECOND) + tone() + bytes(SECOND)
    heard = mixed(speech, pink(5.0, seed=1), snr_db, seed=2)
    assert len(heard) == len(speech)
    # where nobody speaks there is the noise alone
    ratio_db = 10 * np.log10(power(tone()) / power(heard[:SECOND]))
    assert ratio_db == pytest.approx(snr_db, abs=0.5)


def test_a_seed_gives_the_same_mixture_and_another_seed_another() -> None:
    noise = fan(2.0, seed=1)
    assert mixed(tone(), noise, 10.0, 3) == mixed(tone(), noise, 10.0, 3)
    assert mixed(tone(), noise, 10.0, 3) != mixed(tone(), noise, 10.0, 4)


@given(st.floats(-20, 40), st.integers(0, 2**32), st.integers(-32768, 32767))
def test_a_mixture_never_wraps_around(snr_db: float, seed: int, loud: int) -> None:
    speech = np.full(1600, loud or 1, dtype=np.int16).tobytes()
    heard = np.frombuffer(mixed(speech, tone(0.05), snr_db, seed), np.int16)
    assert heard.size == 1600
    if snr_db >= 20:
        assert np.sign(heard.mean()) == np.sign(loud or 1)


@pytest.mark.parametrize(("speech", "noise"), [(b"", tone()), (bytes(640), tone()), (tone(), b"")])
def test_silence_has_no_ratio(speech: bytes, noise: bytes) -> None:
    with pytest.raises(ValueError, match="silent"):
        mixed(speech, noise, 10.0, 1)


@pytest.mark.parametrize("make", [pink, fan, kitchen])
def test_made_noise_is_repeatable_and_as_loud_as_the_others(
    make: Callable[[float, int], bytes],
) -> None:
    assert make(1.0, 7) == make(1.0, 7) != make(1.0, 8)
    assert len(make(1.0, 7)) == SECOND
    assert np.sqrt(power(make(2.0, 7))) == pytest.approx(3000, rel=0.05)


def test_babble_is_everybody_at_once() -> None:
    heard = babble([tone(1.0), tone(0.5, amplitude=100)])
    assert len(heard) == SECOND
    assert np.sqrt(power(heard)) == pytest.approx(3000, rel=0.01)


def test_made_noise_is_read_by_its_name() -> None:
    assert read_noise(Path("fan")) == made("fan") == fan(30.0, 1)


def test_a_noise_file_of_silence_is_refused(tmp_path: Path) -> None:
    import wave

    file = tmp_path / "still.wav"
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        out.writeframes(bytes(SECOND))
    with pytest.raises(SoundFileError, match="only silence"):
        read_noise(file)
