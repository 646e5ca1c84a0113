"""Noise without state: the same seed, name and place give the same number, on any machine."""

import math
import zlib

_MASK = 0xFFFF_FFFF_FFFF_FFFF


def stream(seed: int, *names: str) -> int:
    """A number that stands for one independent course of noise."""
    return (seed * 0x9E3779B97F4A7C15 ^ zlib.crc32("|".join(names).encode()) << 20) & _MASK


def unit(course: int, k: int) -> float:
    """The k-th number of a course, in [0, 1). SplitMix64 (Steele, Lea, Flood 2014)."""
    z = (course + (k + 1) * 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((z ^ (z >> 31)) >> 11) / (1 << 53)


def signed(course: int, k: int) -> float:
    """The k-th number of a course, in [-1, 1)."""
    return 2 * unit(course, k) - 1


def smooth(course: int, x: float) -> float:
    """A course that wanders within [-1, 1], with about one swing in each unit of x."""
    k = math.floor(x)
    blend = (1 - math.cos(math.pi * (x - k))) / 2
    return signed(course, k) * (1 - blend) + signed(course, k + 1) * blend
