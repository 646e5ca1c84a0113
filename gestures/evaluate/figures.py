"""The numbers: F1, percentiles, and what a count in some hours says about the rate."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence


def ratio(part: float, whole: float) -> float | None:
    """None when there is nothing to divide by: no figure is better than an invented one."""
    return round(part / whole, 4) if whole else None


def f1(right: int, meant: int, said: int) -> float | None:
    return ratio(2 * right, meant + said)


def percentile(values: Sequence[float], part: float) -> float | None:
    """Nearest rank; None of no values."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)]


def poisson_interval(count: int, sure: float = 0.95) -> tuple[float, float]:
    """Exact bounds of the mean of a Poisson count (Garwood, 1936)."""
    tail = (1 - sure) / 2
    low = 0.0 if count == 0 else _mean_where(lambda mean: 1 - _at_most(count - 1, mean), tail)
    return low, _mean_where(lambda mean: 1 - _at_most(count, mean), 1 - tail)


def _at_most(count: int, mean: float) -> float:
    """P(N <= count) of a Poisson variable."""
    if mean <= 0:
        return 1.0
    logs = (k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(count + 1))
    return min(1.0, sum(math.exp(each) for each in logs))


def _mean_where(rising: Callable[[float], float], goal: float) -> float:
    low, high = 0.0, 1.0
    while rising(high) < goal:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < goal else (low, middle)
    return high
