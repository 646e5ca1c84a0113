"""Noise for measuring: made with a seed, and mixed into speech at a known signal-to-noise ratio.

Sound is 16-bit mono samples at 16 kHz, as everywhere. Mixtures stay in memory.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.errors import SoundFileError
from voice.sound_files import RATE_HZ, read_chunks

Samples = NDArray[np.float64]

_FRAME = RATE_HZ // 50  # 20 ms
_ACTIVE_DB = 30.0  # speech is active where it is at most so far below its loudest frame
_FULL_SCALE = 32767.0
_LEVEL = 3000.0  # root mean square of what is made here: about -21 dB below full scale


def mixed(speech: bytes, noise: bytes, snr_db: float, seed: int) -> bytes:
    """Speech with noise under all of it, silence before and after included.

    The ratio is that of the power of active speech (frames of 20 ms at most 30 dB below the loudest
    one) to the power of the noise. The noise begins at a place that the seed chooses, and is
    repeated where it is too short. A mixture that would clip is turned down as a whole.
    Raises ValueError when either has no sound in it.
    """
    voice, under = _values(speech), _values(noise)
    speech_power, noise_power = _active_power(voice), float(np.mean(under**2)) if under.size else 0
    if not speech_power or not noise_power:
        raise ValueError("neither speech nor noise may be silent")
    start = int(np.random.default_rng(seed).integers(under.size))
    stretch = np.resize(np.roll(under, -start), voice.size)
    gain = np.sqrt(speech_power / noise_power / 10 ** (snr_db / 10))
    return _bytes(voice + gain * stretch)


def made(kind: str) -> bytes:
    """Half a minute of a kind of noise of `MADE`, always the same."""
    return MADE[kind](30.0, 1)


def read_noise(file: Path) -> bytes:
    """A recording of noise, or what is made of that name when no file is called so. Raises
    SoundFileError, also when it holds only silence."""
    if file.name in MADE and not file.exists():
        return made(file.name)
    sound = b"".join(read_chunks(file))
    if not any(sound):
        raise SoundFileError(f"{file}: there is only silence in it; expected noise")
    return sound


def pink(seconds: float, seed: int) -> bytes:
    """Noise with as much power in every octave: rooms, rain, a crowd far away."""
    return _bytes(_levelled(_shaped(seconds, seed, lambda hz: 1 / np.sqrt(np.maximum(hz, 20.0)))))


def fan(seconds: float, seed: int) -> bytes:
    """Ventilation: a rush that falls off above 500 Hz, and the swelling hum of a motor."""
    rush = _levelled(_shaped(seconds, seed, lambda hz: 1 / (1 + (hz / 500.0) ** 2)))
    t_s = np.arange(rush.size) / RATE_HZ
    hum = sum(np.sin(2 * np.pi * 120.0 * k * t_s + k) / k for k in range(1, 6))
    swell = 1 + 0.3 * np.sin(2 * np.pi * 0.4 * t_s)
    return _bytes(_levelled(rush + 0.5 * swell * _levelled(hum)))


def kitchen(seconds: float, seed: int) -> bytes:
    """An extractor hood under about two clinks of dishes a second, each 12 dB louder for 30 ms."""
    random = np.random.default_rng(seed)
    hood = _levelled(_values(fan(seconds, seed)))
    for at in random.integers(hood.size, size=int(2 * seconds)):
        length = min(RATE_HZ // 8, hood.size - int(at))
        t_s = np.arange(length) / RATE_HZ
        tones = sum(np.sin(2 * np.pi * hz * t_s) for hz in random.uniform(1500, 6000, size=3))
        hood[at : at + length] += 4 * _LEVEL / np.sqrt(1.5) * np.exp(-t_s / 0.03) * tones
    return _bytes(_levelled(hood))


MADE: Mapping[str, Callable[[float, int], bytes]] = {"fan": fan, "kitchen": kitchen, "pink": pink}


def babble(talks: Sequence[bytes]) -> bytes:
    """People who talk at once, each equally loud; as long as the longest talk."""
    voices = [_values(talk) for talk in talks]
    longest = max(voice.size for voice in voices)
    return _bytes(_levelled(sum(np.resize(_levelled(voice), longest) for voice in voices)))


def _values(sound: bytes) -> Samples:
    return np.frombuffer(sound, dtype=np.int16).astype(np.float64)


def _bytes(values: Samples) -> bytes:
    loudest = float(np.abs(values).max(initial=0.0))
    kept = values if loudest <= _FULL_SCALE else values * (_FULL_SCALE / loudest)
    return kept.round().astype(np.int16).tobytes()


def _active_power(voice: Samples) -> float:
    """Mean square over the frames in which somebody speaks; 0 when nobody does."""
    whole = voice[: voice.size // _FRAME * _FRAME] if voice.size >= _FRAME else voice
    if not whole.size:
        return 0.0
    frames = np.mean(whole.reshape(max(1, whole.size // _FRAME), -1) ** 2, axis=1)
    return float(frames[frames >= frames.max() / 10 ** (_ACTIVE_DB / 10)].mean())


def _levelled(values: Any) -> Samples:
    level: Samples = values * (_LEVEL / np.sqrt(np.mean(values**2)))
    return level


def _shaped(seconds: float, seed: int, gain: Callable[[Samples], Samples]) -> Samples:
    """White noise whose spectrum is multiplied by `gain` of the frequency in Hz."""
    white: Samples = np.random.default_rng(seed).normal(size=int(seconds * RATE_HZ))
    hz = np.fft.rfftfreq(white.size, 1 / RATE_HZ).astype(np.float64)
    shaped: Samples = np.fft.irfft(np.fft.rfft(white) * gain(hz), white.size)
    return shaped
