"""A sweep through the loudspeakers and back through the microphone: echo and reverberation.

The sweep rises exponentially, so that its inverse turns the recording into the room's answer to
one click (Farina, 2000); the fall of that answer, summed from its end, is the reverberation
(Schroeder, 1965).

As a program it plays the sweep once: `python -m kiosk.tools.calibrate.measuring.sweep VOLUME`; exit
code 1 when nothing plays.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.tools.calibrate.measuring.levels import samples_of
from voice.sound_files import RATE_HZ

SECONDS = 3.0
FROM_HZ, TO_HZ = 150.0, 7000.0
FADE_S = 0.02
PLAYED_HZ = 48_000
BEFORE_S = 0.005  # the answer's rise before its crest
TAIL_S = 1.5
FALL_DB = (5.0, 25.0)  # the part of the fall that is measured, as in ISO 3382-2 (T20)
LEAST_ROOM_DB = 35.0  # of the crest over the noise of the answer

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Echo:
    """level_db: of the wall's own sound in the microphone. over_noise_db: how far it stands out of
    the noise. rt60_s: reverberation, 0 where the noise hides it."""

    level_db: float
    over_noise_db: float
    rt60_s: float


def sweep(rate_hz: int) -> Floats:
    """The sweep at full height, -1..1."""
    t = np.arange(round(SECONDS * rate_hz)) / rate_hz
    growth = np.log(TO_HZ / FROM_HZ)
    wave = np.sin(2 * np.pi * FROM_HZ * SECONDS / growth * (np.exp(t / SECONDS * growth) - 1))
    fade = np.minimum(1.0, np.minimum(t, t[-1] - t) / FADE_S)
    return np.asarray(wave * fade)


def measure_echo(sound: bytes) -> Echo | None:
    """From a recording that holds the whole sweep, and some silence before and a second and a half
    after it. None when the sweep is not in it."""
    heard = samples_of(sound)
    played = sweep(RATE_HZ)
    if heard.size < played.size + RATE_HZ // 2:
        return None
    answer = _answer(heard, played)
    # what began later than this is not in the recording as a whole
    possible = np.abs(answer[: heard.size - played.size + 1])
    crest = int(np.argmax(possible))
    begin = max(0, crest - round(BEFORE_S * RATE_HZ))
    tail = answer[begin : begin + round(TAIL_S * RATE_HZ)]
    noise = float(np.median(possible) / 0.6745)  # of a normal value, by its median
    height_db = 20 * float(np.log10(abs(answer[crest]) / max(noise, 1e-12)))
    if height_db < 20.0:
        return None
    during = heard[crest : crest + played.size]
    before = heard[: max(RATE_HZ // 4, crest - RATE_HZ // 10)]
    loud, quiet = float(np.mean(during**2)), float(np.median(_frames(before)))
    return Echo(
        level_db=10 * float(np.log10(max(loud, 1e-9))),
        over_noise_db=10 * float(np.log10(max(loud, 1e-9) / max(quiet, 1e-9))),
        rt60_s=_rt60(tail, noise) if height_db >= LEAST_ROOM_DB else 0.0,
    )


def _frames(values: Floats) -> Floats:
    whole = values.size // 320 * 320
    return np.asarray(np.mean(values[:whole].reshape(-1, 320) ** 2, axis=1))


def _answer(heard: Floats, played: Floats) -> Floats:
    """What the room makes of a click; its index is when the sweep began."""
    size = 1 << (heard.size + played.size - 1).bit_length()
    # the time-reversed sweep, 6 dB an octave quieter towards the low end: together they are flat
    growth = np.log(TO_HZ / FROM_HZ)
    inverse = played[::-1] * np.exp(-np.arange(played.size) / played.size * growth)
    inverse /= np.sum(played[::-1] * inverse)
    product = np.fft.rfft(heard, size) * np.fft.rfft(inverse, size)
    whole = np.fft.irfft(product, size)
    return np.asarray(whole[played.size - 1 : played.size - 1 + heard.size])


def _rt60(tail: Floats, noise: float) -> float:
    power = np.maximum(tail**2 - noise**2, 0.0)
    # beyond where it sinks into the noise there is nothing to sum
    smooth = np.convolve(tail**2, np.ones(160) / 160, "same")
    crest = int(np.argmax(smooth))
    sunk = np.flatnonzero(smooth[crest:] < 4 * noise**2)
    end = crest + int(sunk[0]) if sunk.size else tail.size
    fall = np.cumsum(power[crest:end][::-1])[::-1]
    if not fall.size or fall[0] <= 0:
        return 0.0
    db = 10 * np.log10(np.maximum(fall / fall[0], 1e-12))
    inside = np.flatnonzero((db <= -FALL_DB[0]) & (db >= -FALL_DB[1]))
    if inside.size < 20 or db[inside[-1]] > -FALL_DB[1] + 3:
        return 0.0
    slope, _ = np.polyfit(inside / RATE_HZ, db[inside], 1)
    return float(-60.0 / slope) if slope < 0 else 0.0


def main(argv: list[str]) -> int:
    import sounddevice

    volume = min(1.0, max(0.0, float(argv[0])))
    try:
        sounddevice.play((sweep(PLAYED_HZ) * volume).astype(np.float32), PLAYED_HZ, blocking=True)
    except sounddevice.PortAudioError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
