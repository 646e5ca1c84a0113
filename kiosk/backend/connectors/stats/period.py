"""Periods as statistics write them: when they begin and how long they are."""

import re
from typing import Literal, NamedTuple

from kiosk.backend.connectors.moment import moment

Length = Literal["", "hour", "day", "month", "quarter", "half", "year"]


class Period(NamedTuple):
    """`time`: its first moment, ISO 8601 with the Korean zone."""

    time: str
    length: Length


# a quarter as a fraction of the year at its end (1/2 is the second), or as n of 4
_QUARTER_OF = {"1/4": 1, "1/2": 2, "2/4": 2, "3/4": 3, "4/4": 4}
_FRACTION = re.compile(r"((?:19|20)\d\d)\s*[.년]?\s*(1/4|1/2|2/4|3/4|4/4)\s*(?:분기)?")
_QUARTER = re.compile(r"((?:19|20)\d\d)\s*년?\s*\.?\s*([1-4])\s*분기")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*(?:년도?)?")
_MONTH = re.compile(r"((?:19|20)\d\d)\s*(?:[.\-/]|년)?\s*(0[1-9]|1[0-2]|[1-9](?=월))\s*월?")
_DAY = re.compile(r"((?:19|20)\d\d)[-./]?(\d\d)[-./]?(\d\d)")


_PART = re.compile(r"(?:[1-9]|1[0-2])월|[1-4]\s*(?:/4|/4?\s*분기|분기)")


def is_part(text: str) -> bool:
    """`3월`, `1/4`, `2분기`: a part of a year that the table names elsewhere."""
    return _PART.fullmatch(text) is not None


def part_of(year: Period, part: str) -> Period | None:
    """The part of the year; None when `year` is none, or the part is not known."""
    return read_period(f"{year.time[:4]}년 {part}") if year.length == "year" else None


def fractions(texts: list[str]) -> bool:
    """Does this row of headings count quarters as fractions, so that a bare year ends one?"""
    found = [match[2] for text in texts if (match := _FRACTION.fullmatch(text))]
    return bool(found) and "4/4" not in found


def read_period(text: str, *, year_ends_quarter: bool = False) -> Period | None:
    """`2020 1/4`, `2020.2/4`, `2023년 1분기`, `2021`, `2014년`, `202401`, `2023.5월`, `2024-12-31`.

    year_ends_quarter: among fractions of a year `2021` is the end of 2020, its fourth quarter. None
    when the text is no period.
    """
    text = text.strip()
    if match := _FRACTION.fullmatch(text):
        return _quarter(match[1], _QUARTER_OF[match[2]])
    if match := _QUARTER.fullmatch(text):
        return _quarter(match[1], int(match[2]))
    if match := _YEAR.fullmatch(text):
        return _quarter(f"{int(match[1]) - 1}", 4) if year_ends_quarter else _year(match[1])
    if match := _MONTH.fullmatch(text):
        return _of(f"{match[1]}{int(match[2]):02}01", "month")
    if match := _DAY.fullmatch(text):
        return _of("".join(match.groups()), "day")
    return None


def kosis_period(length: str, code: str) -> Period | None:
    """PRD_SE and PRD_DE: Y or A 2024, S or H 202401 (half), Q 202401, M 202401, D 20240131.

    F (every so many years) and IR (irregular) are told by their length.
    """
    if not code.isascii() or not code.isdigit():
        return None
    year, part = code[:4], int(code[4:] or 0)
    length = {"H": "S", "반기": "S", "분기": "Q"}.get(length, length)
    if length in ("Q", "S") and len(code) == 6:
        parts = 4 if length == "Q" else 2
        if not 1 <= part <= parts:
            return None
        return _quarter(year, part) if length == "Q" else _of(f"{year}{part * 6 - 5:02}01", "half")
    if len(code) == 4:
        return _year(year)
    return _of(f"{code}01", "month") if len(code) == 6 else _of(code, "day")


def _year(year: str) -> Period | None:
    return _of(f"{year}0101", "year")


def _quarter(year: str, quarter: int) -> Period | None:
    return _of(f"{year}{quarter * 3 - 2:02}01", "quarter")


def _of(day: str, length: Length) -> Period | None:
    time = moment(day)
    return Period(time, length) if time else None
