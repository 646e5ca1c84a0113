"""How loud it is."""

import math

import numpy as np

SILENCE_DB = -90.0
_FULL_SCALE = 32768.0


def level_db(samples: bytes) -> float:
    """Root mean square of 16-bit mono samples in dB below full scale, -90..0; -90 for nothing."""
    if not samples:
        return SILENCE_DB
    values = np.frombuffer(samples, dtype=np.int16).astype(np.float64)
    power = float(np.mean(values * values)) / (_FULL_SCALE * _FULL_SCALE)
    return max(SILENCE_DB, 10.0 * math.log10(power)) if power > 0 else SILENCE_DB
