"""A field as a figure: is it there, is it a number, is it possible?"""

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

from kiosk.backend.connectors.normal import Quality

MISSING = frozenset({"", "-", "--", "null", "none", "nan", "n/a", "…", "...", "x"})
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+|(?=\.\d))(\.\d*)?([eE][+-]?\d{1,3})?", re.ASCII)
_LARGEST = 1e15  # above it a double no longer holds every whole number


class Reading(NamedTuple):
    """A value with the mark it deserves."""

    value: float | None
    quality: Quality = "good"
    note: str = ""


def number(raw: object) -> float | None:
    """A finite number below 1e15 from an int, float or text ("1,234.5"); None for all else."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    if isinstance(raw, str):
        raw = raw.strip()
        if len(raw) > 40 or not _NUMBER.fullmatch(raw):
            return None
        raw = float(raw.replace(",", ""))
    return float(raw) if math.isfinite(raw) and abs(raw) < _LARGEST else None


def is_missing(raw: object) -> bool:
    """Is this one of the ways in which the city's systems say that they have no value?"""
    return raw is None or (isinstance(raw, str) and raw.strip().lower() in MISSING)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a field holds: kind of the catalogue, unit, and the bounds of what can be true."""

    kind: str
    unit: str = ""
    low: float = -math.inf
    high: float = math.inf

    def read(self, raw: object) -> Reading:
        """Missing, suspect (as given, outside of the bounds) or good. Never raises."""
        if is_missing(raw):
            return Reading(None, "missing")
        value = number(raw)
        if value is None:
            return Reading(None, "missing", f"not a number: {str(raw)[:40]!a}")
        if not self.low <= value <= self.high:
            return Reading(value, "suspect", f"outside {self.low:g} to {self.high:g}")
        return Reading(value)
