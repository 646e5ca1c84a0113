"""From a fingertip to a steady place in the box within easy reach."""

from __future__ import annotations

import math

from gestures.events import Point2
from gestures.tuning import PointerTuning


class OneEuro:
    """One-Euro filter (Casiez, Roussel, Vogel, CHI 2012): steady when slow, prompt when fast."""

    def __init__(self, min_cutoff_hz: float, beta: float, slope_cutoff_hz: float) -> None:
        self._min_cutoff_hz = min_cutoff_hz
        self._beta = beta
        self._slope_cutoff_hz = slope_cutoff_hz
        self._value: float | None = None
        self._slope = 0.0

    def __call__(self, value: float, dt_s: float) -> float:
        if self._value is None or dt_s <= 0.0:
            self._value = value if self._value is None else self._value
            return self._value
        slope = (value - self._value) / dt_s
        self._slope += _gain(self._slope_cutoff_hz, dt_s) * (slope - self._slope)
        cutoff_hz = self._min_cutoff_hz + self._beta * abs(self._slope)
        self._value += _gain(cutoff_hz, dt_s) * (value - self._value)
        return self._value


class ReachPointer:
    """A fingertip as (x, y) in 0..1 of the reach box; the box is dragged along at its edges."""

    def __init__(self, tuning: PointerTuning, centre: Point2, palm: float, t_ms: int) -> None:
        self._width = tuning.width * palm
        self._height = tuning.height * palm
        self._left = centre[0] - self._width / 2
        self._top = centre[1] - self._height / 2
        cutoffs = (tuning.min_cutoff_hz, tuning.beta, tuning.slope_cutoff_hz)
        self._x, self._y = OneEuro(*cutoffs), OneEuro(*cutoffs)
        self._t_ms = t_ms

    def move(self, tip: Point2, t_ms: int) -> Point2:
        """tip in heights of the picture, x to the person's right."""
        self._left = min(max(self._left, tip[0] - self._width), tip[0])
        self._top = min(max(self._top, tip[1] - self._height), tip[1])
        dt_s = (t_ms - self._t_ms) / 1000
        self._t_ms = t_ms
        x = self._x((tip[0] - self._left) / self._width, dt_s)
        y = self._y((tip[1] - self._top) / self._height, dt_s)
        return _unit(x), _unit(y)


def _gain(cutoff_hz: float, dt_s: float) -> float:
    turn = 2 * math.pi * cutoff_hz * dt_s
    return turn / (turn + 1)


def _unit(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)
