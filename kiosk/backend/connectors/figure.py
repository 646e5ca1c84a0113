"""A field as a figure: is it there, is it a number, is it possible?"""

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

from kiosk.backend.connectors.normal import Quality

BLANK = frozenset({"", "-", "--", "–", "null", "none", "nan", "n/a"})
# in the place of a figure only: withheld, not counted, and what spreadsheets write of errors
NO_FIGURE = frozenset(
    {"…", "...", "x", "*", "**", "***", "#n/a", "#div/0!", "#ref!", "#value!", "#name?", "#num!"}
)
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+|(?=\.\d))(\.\d*)?([eE][+-]?\d{1,3})?", re.ASCII)
# what instruments and databases write where they have no value; only believed out of bounds
SENTINELS = frozenset((-9.0, -9.9, -99.0, -99.9, -999.0, -999.9, -9999.0, -9999.9, -99999.0))
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


def is_blank(raw: object) -> bool:
    """Is this one of the ways in which the city's systems say that a field is empty?"""
    return raw is None or (isinstance(raw, str) and raw.strip().lower() in BLANK)


def is_missing(raw: object) -> bool:
    """Is this one of the ways in which they say that they have no figure?"""
    return is_blank(raw) or (isinstance(raw, str) and raw.strip().lower() in NO_FIGURE)


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
        if value < self.low and value in SENTINELS:
            return Reading(None, "missing", f"{value:g} stands for missing")
        if not self.low <= value <= self.high:
            return Reading(value, "suspect", f"outside {self.low:g} to {self.high:g}")
        return Reading(value)
