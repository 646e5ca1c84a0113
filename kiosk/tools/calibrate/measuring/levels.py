"""How loud the room, a voice and the wall itself are in the microphone.

Levels are in dB below full scale (a sine at full scale: -3), 16-bit mono sound at 16 kHz.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voice.level import SILENCE_DB
from voice.sound_files import RATE_HZ

FRAME = RATE_HZ // 50  # 20 ms
FULL_SCALE = 32768.0
FLAT_RUN = 3  # samples at one height that are no wave's crest any more
TOP = 0.985  # of the loudest sample: where a wave that was cut off lies flat
HUMS_HZ = (50.0, 60.0)
SPEECH_STANDS_OUT_DB = 9.0
LOUD_SHARE = 95
VOICED = 4.0  # of the power of the pauses: a frame in which somebody speaks

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Noise:
    """level_db: of the room while nobody speaks. peak_db: the loudest sample. hum_hz: of the mains
    in it, 0 without; silent: not one sample differs from zero by more than a step."""

    level_db: float
    peak_db: float
    hum_hz: int
    silent: bool


@dataclass(frozen=True)
class Speech:
    """speech_db: while somebody speaks. snr_db: how far that stands out of the pauses. clipped:
    part of the loud samples that lie flat at the top."""

    speech_db: float
    snr_db: float
    peak_db: float
    clipped: float
    silent: bool


def samples_of(sound: bytes) -> Floats:
    """-1..1."""
    return np.frombuffer(sound, np.int16).astype(np.float64) / FULL_SCALE


def measure_noise(sound: bytes) -> Noise:
    """The median frame tells the level: a cough or a door does not count."""
    values = samples_of(sound)
    return Noise(
        level_db=_db(float(np.median(_powers(values))) if values.size >= FRAME else 0.0),
        peak_db=_db(_peak(values) ** 2),
        hum_hz=_hum(values),
        silent=is_silent(sound),
    )


def measure_speech(sound: bytes) -> Speech:
    """Of somebody who speaks with pauses."""
    values = samples_of(sound)
    powers = _powers(values)
    if not powers.size:
        return Speech(SILENCE_DB, 0.0, SILENCE_DB, 0.0, True)
    loud = float(np.percentile(powers, LOUD_SHARE))
    quiet = float(np.percentile(powers, 10))
    stands_out = loud > quiet * 10 ** (SPEECH_STANDS_OUT_DB / 10)
    active = powers[powers > max(loud / 100, VOICED * quiet)] if stands_out else powers
    speech = max(float(active.mean()) - quiet, 0.0) if stands_out else 0.0
    return Speech(
        speech_db=_db(speech),
        snr_db=_db(speech) - _db(quiet) if stands_out else 0.0,
        peak_db=_db(_peak(values) ** 2),
        clipped=clipped_part(values),
        silent=is_silent(sound),
    )


def clipped_part(values: Floats) -> float:
    """Part of the samples near the top that lie flat there, in runs of three and more. A wave that
    was cut off before it was sampled lies flat below full scale too."""
    top = _peak(values)
    if top < 0.05:
        return 0.0
    high = np.abs(values) >= TOP * top
    if not high.any():
        return 0.0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], high.astype(np.int8), [0]])))
    runs = edges[1::2] - edges[::2]
    return float(runs[runs >= FLAT_RUN].sum() / len(values))


def is_silent(sound: bytes) -> bool:
    """Nothing but zeros, give or take a step of the converter."""
    values = np.frombuffer(sound, np.int16)
    return not values.size or int(np.abs(values.astype(np.int32)).max()) <= 1


def _powers(values: Floats) -> Floats:
    whole = values.size // FRAME * FRAME
    return np.asarray(np.mean(values[:whole].reshape(-1, FRAME) ** 2, axis=1))


def _peak(values: Floats) -> float:
    return float(np.abs(values).max(initial=0.0))


def _db(power: float) -> float:
    return max(SILENCE_DB, 10 * float(np.log10(power))) if power > 0 else SILENCE_DB


def _hum(values: Floats) -> int:
    """The mains frequency whose overtones stand 15 dB and more out of their neighbourhood."""
    if values.size < RATE_HZ:
        return 0
    power = np.abs(np.fft.rfft(values * np.hanning(values.size))) ** 2
    step = RATE_HZ / values.size

    def stands_out(hz: float) -> float:
        at = round(hz / step)
        near = power[max(0, at - 2) : at + 3].max(initial=0.0)
        around = np.median(power[max(0, at - round(12 / step)) : at + round(12 / step) + 1])
        return float(10 * np.log10((near + 1e-20) / (around + 1e-20)))

    # 300 Hz and 600 Hz belong to both
    scores = {
        hz: min(stands_out(hz), max(stands_out(2 * hz), stands_out(3 * hz))) for hz in HUMS_HZ
    }
    hz, score = max(scores.items(), key=lambda pair: pair[1])
    return round(hz) if score > 20.0 else 0
