"""How loud it is, and how far speech stands out of the noise of the room."""

import math
from collections import deque

import numpy as np

from voice.sound_files import RATE_HZ

SILENCE_DB = -90.0
MOST_SNR_DB = 60.0
_FULL_SCALE = 32768.0
_FRAME = RATE_HZ // 50  # 20 ms
_FRAMES = 150  # 3 s: long enough for a pause between words, short enough to follow the room
_QUIET_SHARE = 15  # percentile of the frames that is taken for noise: there are pauses in talk
_LOUD_SHARE = 95
_SPEECH_DB = 9.0  # noise alone does not swing so far within three seconds, speech does
_USUAL_SPEECH_DB = -22.0  # until somebody has spoken: the median of recorded talks


def level_db(samples: bytes) -> float:
    """Root mean square of 16-bit mono samples in dB below full scale, -90..0; -90 for nothing."""
    if not samples:
        return SILENCE_DB
    values = np.frombuffer(samples, dtype=np.int16).astype(np.float64)
    power = float(np.mean(values * values)) / (_FULL_SCALE * _FULL_SCALE)
    return max(SILENCE_DB, 10.0 * math.log10(power)) if power > 0 else SILENCE_DB


class SnrMeter:
    """Estimates the signal-to-noise ratio from the last three seconds of 16 kHz mono sound.

    Noise is what the quietest frames hold, speech what the loud ones hold beyond it. While nobody
    speaks, the speech heard last counts on, and before that a usual loudness of speech.
    """

    def __init__(self) -> None:
        self._powers: deque[float] = deque(maxlen=_FRAMES)
        self._speech = _FULL_SCALE**2 * 10 ** (_USUAL_SPEECH_DB / 10)
        self._snr_db: float | None = None

    @property
    def snr_db(self) -> float | None:
        """At most 60; None before the first sound."""
        return self._snr_db

    def add(self, samples: bytes) -> None:
        """16-bit samples of any length; what is left over of 20 ms is not looked at."""
        values = np.frombuffer(samples, dtype=np.int16).astype(np.float64)
        whole = values.size // _FRAME * _FRAME
        if not whole:
            return
        # one step of a 16-bit sample is the least noise that there can be
        self._powers.extend(np.mean(values[:whole].reshape(-1, _FRAME) ** 2, axis=1) + 1.0)
        powers = np.asarray(self._powers)
        noise, loud = np.percentile(powers, (_QUIET_SHARE, _LOUD_SHARE))
        if loud > noise * 10 ** (_SPEECH_DB / 10):
            spoken = powers[(powers > loud / 100) & (powers > 2 * noise)]
            self._speech = float(spoken.mean() - noise)
        self._snr_db = min(MOST_SNR_DB, 10 * math.log10(self._speech / float(noise)))
