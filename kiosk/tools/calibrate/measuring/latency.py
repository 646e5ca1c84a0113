"""From the screen's flash to the camera's picture of it: how long the light takes through both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_MS = 800
LEAST_FLASHES = 6
LEAST_LIKENESS = 0.6  # correlation of what was shown and what was seen

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Latency:
    """latency_ms: from the order to draw to the time of the picture that shows it. likeness: 0..1,
    how well the seen brightness follows the flashes. frame_ms: between two pictures."""

    latency_ms: float
    likeness: float
    frame_ms: float


def measure_latency(
    seen: Sequence[tuple[float, float]], shown: Sequence[tuple[float, bool]]
) -> Latency | None:
    """seen: (time ms, brightness) of each picture. shown: (time ms, whether light from then on), on
    the same clock. None when the camera did not see the flashes.

    For every delay the brightness that the flashes would have had is compared with the seen one;
    the best delay is the answer. Flashes of uneven length leave only one that fits.
    """
    if len(seen) < 10 or len(shown) < LEAST_FLASHES:
        return None
    times = np.array([t for t, _ in seen])
    light = np.array([value for _, value in seen])
    frame_ms = float(np.median(np.diff(times)))
    light = light - light.mean()
    delays = np.arange(0.0, MOST_MS, 1.0)
    fits = np.array([_likeness(light, times - delay, shown, frame_ms) for delay in delays])
    best = float(fits.max())
    if best < LEAST_LIKENESS:
        return None
    top = delays[fits >= best - 0.002]  # a plateau where pictures are rare: its middle
    return Latency(float(top.mean()), best, frame_ms)


def _likeness(
    light: Floats, times: Floats, shown: Sequence[tuple[float, bool]], frame_ms: float
) -> float:
    lit = _shares(times, shown, frame_ms)
    lit = lit - lit.mean()
    size = float(np.sqrt(np.sum(lit**2) * np.sum(light**2)))
    return float(lit @ light) / size if size else 0.0


def _shares(times: Floats, shown: Sequence[tuple[float, bool]], frame_ms: float) -> Floats:
    """The part of the frame before each time in which the screen was light."""
    edges = np.array([t for t, _ in shown])
    state = np.array([float(light) for _, light in shown])
    # how long it has been light up to each edge, which between two edges grows evenly
    lit_ms = np.concatenate([[0.0], np.cumsum(np.diff(edges) * state[:-1])])

    def until(t: Floats) -> Floats:
        at = np.clip(np.searchsorted(edges, t, side="right") - 1, 0, len(edges) - 1)
        return np.asarray(lit_ms[at] + np.maximum(t - edges[at], 0.0) * state[at])

    return np.asarray((until(times) - until(times - frame_ms)) / frame_ms)
