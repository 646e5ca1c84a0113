"""How many pictures a second really come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Rate:
    """fps: over the whole time. worst_ms: the longest wait for a picture."""

    fps: float
    worst_ms: float


def measure_rate(times_ms: Sequence[float]) -> Rate:
    """From the times of pictures that follow one another; no rate from fewer than three."""
    if len(times_ms) < 3 or times_ms[-1] <= times_ms[0]:
        return Rate(0.0, 0.0)
    waits = np.diff(np.asarray(times_ms, np.float64))
    return Rate(1000 * len(waits) / (times_ms[-1] - times_ms[0]), float(waits.max()))
