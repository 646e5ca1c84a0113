"""Intervals in which a true value lies with 95 % probability, given what was counted."""

from collections.abc import Callable
from math import exp, sqrt

_Z = 1.959964  # the normal distribution's 97.5 % quantile
_TAIL = 0.025


def wilson_interval(count: int, n: int) -> tuple[float, float]:
    """Of a share, 0..1: Wilson (1927), which holds for small n and for shares near 0 and 1."""
    if not n:
        return 0.0, 1.0
    share, weight = count / n, _Z * _Z / n
    middle = (share + weight / 2) / (1 + weight)
    half = _Z * sqrt(share * (1 - share) / n + weight / (4 * n)) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)


def poisson_interval(count: int) -> tuple[float, float]:
    """Of the expected count: Garwood (1936), exact."""
    low = 0.0 if count == 0 else _solve(lambda mean: 1 - _at_most(count - 1, mean) - _TAIL, count)
    return low, _solve(lambda mean: _TAIL - _at_most(count, mean), count)


def _at_most(count: int, mean: float) -> float:
    """The probability of at most `count` where `mean` are expected."""
    term = total = exp(-mean)
    for k in range(1, count + 1):
        term *= mean / k
        total += term
    return total


def _solve(rising: Callable[[float], float], count: int) -> float:
    low, high = 0.0, 10.0 + 3.0 * count
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2
