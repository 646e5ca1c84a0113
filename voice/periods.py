"""Times that people name, resolved against today: 지난달, 작년 3분기, 2024년 5월, last five years.

A time is written as ISO 8601 has it, with quarters and halves beside: `2024`, `2024-H1`, `2024-Q3`,
`2024-05`, `2026-W47`, `2026-11-21`, and `first/last` of two of these, both included. Weeks begin on
Monday. Recent months and years end with the present one ("최근 5년" said in 2026: `2022/2026`).

A month, quarter or half without a year is the one of this year, unless that is yet to come: then
last year's or this year's may be meant, and both are given. What no calendar has gives nothing.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from voice.errors import NoSuchValueError
from voice.numbers import ENGLISH, NATIVE, SINO, read_english, read_korean, read_sino

Today = Callable[[], date]
Said = dict[str, str | None]  # the parts of what was said, by name
EARLIEST, LATEST = 1900, 2100


# ---- what both languages share


def _month(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        raise NoSuchValueError(f"month {month}")
    return f"{_year(year)}-{month:02}"


def _year(year: int) -> str:
    if not EARLIEST <= year <= LATEST:
        raise NoSuchValueError(f"year {year}")
    return f"{year:04}"


def _part(year: int, letter: str, number: int) -> str:
    if not 1 <= number <= {"Q": 4, "H": 2}[letter]:
        raise NoSuchValueError(f"{letter}{number}")
    return f"{_year(year)}-{letter}{number}"


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(int(_year(year)), month, day).isoformat()
    except ValueError as error:
        raise NoSuchValueError(str(error)) from error


def _week(today: date, weeks: int) -> str:
    year, week, _ = (today + timedelta(weeks=weeks)).isocalendar()
    return f"{year}-W{week:02}"


def _months_ago(today: date, months: int) -> tuple[int, int]:
    count = today.year * 12 + today.month - 1 - months
    return count // 12, count % 12 + 1


def _recent(today: date, number: int, unit: str) -> str:
    """`unit` is y, m, w or d."""
    if not 1 <= number <= 1000:
        raise NoSuchValueError(f"{number} {unit}")
    if (number, unit) == (1, "y"):  # a year back from now, not this year
        number, unit = 12, "m"
    elif (number, unit) == (1, "m"):
        number, unit = 30, "d"
    if unit == "y":
        first, last = _year(today.year - number + 1), _year(today.year)
    elif unit == "m":
        first, last = _month(*_months_ago(today, number - 1)), _month(today.year, today.month)
    else:
        days = number * 7 if unit == "w" else number
        first, last = (today - timedelta(days=days - 1)).isoformat(), today.isoformat()
    return first if first == last else f"{first}/{last}"


def _short_year(year: int, today: date) -> int:
    """24 -> 2024; beyond ten years from now the last century's."""
    if year >= 100:
        return year
    century = today.year // 100 * 100
    return century + year if century + year <= today.year + 10 else century - 100 + year


def bounds(value: str) -> tuple[date, date]:
    """First and last day of a time in the form above. Raises ValueError."""
    first, _, last = value.partition("/")
    if last:
        return bounds(first)[0], bounds(last)[1]
    found = re.fullmatch(r"(\d{4})(?:-(?:([QHW])(\d{1,2})|(\d\d)(?:-(\d\d))?))?", value)
    if found is None:
        raise ValueError(f"{value!r} is no time; expected 2024, 2024-05, 2024-Q3, 2026-W47 or so")
    year, letter, number, month, day = found.groups()
    if letter == "W":
        monday = date.fromisocalendar(int(year), int(number), 1)
        return monday, monday + timedelta(days=6)
    if day:
        exact = date.fromisoformat(value)
        return exact, exact
    if letter:
        long = {"Q": 3, "H": 6}[letter]
        begin, months = (int(number) - 1) * long + 1, long
    else:
        begin, months = (int(month), 1) if month else (1, 12)
    after = int(year) * 12 + begin - 1 + months
    return date(int(year), begin, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


# ---- Korean

_YEARS = {
    **{"올해": 0, "금년": 0, "작년": -1, "지난해": -1, "전년": -1},
    **{"재작년": -2, "지지난해": -2, "내년": 1},
}
_MONTHS = {
    **{"이번달": 0, "이달": 0, "금월": 0, "지난달": 1, "저번달": 1, "전월": 1},
    **{"지지난달": 2, "다음달": -1},
}
_WEEKS = {"이번주": 0, "금주": 0, "지난주": -1, "저번주": -1, "지지난주": -2, "다음주": 1}
_DAYS = {"오늘": 0, "어제": -1, "그제": -2, "그저께": -2, "내일": 1, "모레": 2}
_QUARTERS = {"이번분기": 0, "지난분기": -1, "다음분기": 1}
_HALVES = {"상반기": 1, "하반기": 2}
_ODD_MONTHS = {"유월": 6, "시월": 10}


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


def _one(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_KO_YEAR = rf"(?:(?P<year>{_one(_YEARS)}|{SINO}년)도?의?)"
_KO_INNER = (
    rf"(?:(?P<quarter>{SINO})분기|(?P<half>{_one(_HALVES)})"
    rf"|(?:(?P<month>{_one(_ODD_MONTHS)}|{SINO}월)(?:의?(?P<day>{SINO})일)?))"
)
_KO_SINGLE = (
    rf"(?:(?={_unnamed(_KO_YEAR)}|{_unnamed(_KO_INNER)})"
    rf"{_KO_YEAR}?(?:{_KO_INNER}|(?P<same>같은달|이맘때|이번달|지난달))?"
    rf"|(?P<rel_month>{_one(_MONTHS)})|(?P<weekend>지난주말|이번주말|주말)"
    rf"|(?P<rel_week>{_one(_WEEKS)})|(?P<rel_quarter>{_one(_QUARTERS)})|(?P<rel_day>{_one(_DAYS)})"
    rf"|(?:최근|지난|과거)(?P<many>{NATIVE}|{SINO})(?P<unit>년|해|개월|달|주일?|일)(?:간|동안)?"
    rf"|(?P<many2>{NATIVE}|{SINO})(?P<unit2>년|해|개월|달|주일?|일)(?:간|동안))"
)
_KO_UNITS = {"년": "y", "해": "y", "개월": "m", "달": "m", "주": "w", "주일": "w", "일": "d"}


KOREAN = rf"{_unnamed(_KO_SINGLE)}(?:(?:부터|에서){_unnamed(_KO_SINGLE)}(?:까지)?|부터|이후)?"
_KO_ONE = re.compile(_KO_SINGLE)
_KO_RANGE = re.compile(
    rf"(?P<from>{_unnamed(_KO_SINGLE)})(?:(?:부터|에서)(?P<to>{_unnamed(_KO_SINGLE)})(?:까지)?"
    r"|부터|이후)"
)


def read_korean_period(said: str, today: date) -> tuple[str, ...]:
    """What normalised text that KOREAN matches as a whole may mean, likeliest first.

    Raises NoSuchValueError when no calendar has it.
    """
    ranged = _KO_RANGE.fullmatch(said)
    if ranged is None:
        return _korean_single(said, today)
    firsts = _korean_single(ranged["from"], today)
    if ranged["to"] is None:
        return tuple(f"{first}/{_now_like(first, today)}" for first in firsts)
    return _ranges(firsts, ranged["to"], today, _korean_single)


def _korean_single(said: str, today: date, year: int | None = None) -> tuple[str, ...]:
    """`year` is the one that stands without being said."""
    found = _KO_ONE.fullmatch(said)
    if found is None:
        raise NoSuchValueError(said)
    at = found.groupdict()
    if at["rel_month"]:
        return (_month(*_months_ago(today, _MONTHS[at["rel_month"]])),)
    if at["rel_week"]:
        return (_week(today, _WEEKS[at["rel_week"]]),)
    if at["weekend"]:
        return (_weekend(today, -1 if at["weekend"].startswith("지난") else 0),)
    if at["rel_day"]:
        return ((today + timedelta(days=_DAYS[at["rel_day"]])).isoformat(),)
    if at["rel_quarter"]:
        count = today.year * 4 + (today.month - 1) // 3 + _QUARTERS[at["rel_quarter"]]
        return (_part(count // 4, "Q", count % 4 + 1),)
    many, unit = at["many"] or at["many2"], at["unit"] or at["unit2"]
    if many:
        return (_recent(today, read_korean(many) or 0, _KO_UNITS[unit]),)
    if at["year"]:
        year = _korean_year(at["year"], today)
    if at["same"] and year is not None:
        months = 1 if at["same"] == "지난달" else 0
        return (_month(year, _months_ago(today, months)[1]),)
    return _of_years(at, year, today, _korean_inner)


def _of_years(
    at: Said, year: int | None, today: date, inner: Callable[[Said, int], str]
) -> tuple[str, ...]:
    """The part of the year that was said, or of the years that may be meant."""
    if year is not None:
        return (inner(at, year),)
    here = inner(at, today.year)
    if bounds(here)[0] <= today:
        return (here,)
    return inner(at, today.year - 1), here


def _korean_inner(at: Said, year: int) -> str:
    quarter, half, month, day = at["quarter"], at["half"], at["month"], at["day"]
    if quarter:
        # 1/4분기 is read 일사분기
        short = quarter[:-1] if len(quarter) == 2 and quarter.endswith("사") else quarter
        return _part(year, "Q", read_sino(short) or 0)
    if half:
        return _part(year, "H", _HALVES[half])
    if not month:
        return _year(year)
    number = _ODD_MONTHS.get(month) or read_sino(month.removesuffix("월")) or 0
    if day is None:
        return _month(year, number)
    return _day(year, number, read_sino(day) or 0)


def _korean_year(said: str, today: date) -> int:
    if said in _YEARS:
        return today.year + _YEARS[said]
    number = read_sino(said.removesuffix("년"))
    if number is None:
        raise NoSuchValueError(said)
    return _short_year(number, today)


def _weekend(today: date, weeks: int) -> str:
    saturday = today - timedelta(days=today.weekday()) + timedelta(days=5, weeks=weeks)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def _now_like(value: str, today: date) -> str:
    """Today, as finely as `value` is told."""
    if re.fullmatch(r"\d{4}", value):
        return _year(today.year)
    if re.fullmatch(r"\d{4}-\d\d", value):
        return _month(today.year, today.month)
    return today.isoformat()


def _ranges(
    firsts: tuple[str, ...],
    last: str,
    today: date,
    single: Callable[[str, date, int | None], tuple[str, ...]],
) -> tuple[str, ...]:
    """From each of the first to the last, which is of the same year unless it says another."""
    found: list[str] = []
    for first in firsts:
        begin = bounds(first)[0]
        for end in single(last, today, begin.year):
            if bounds(end)[1] < begin:
                raise NoSuchValueError(f"{first} to {end}")
            found.append(f"{first.split('/')[0]}/{end.split('/')[-1]}")
    return tuple(found)


# ---- English

_EN_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_EN_MONTHS = {name: number for number, name in enumerate(_EN_MONTH_NAMES, start=1)}
_EN_UNITS = {"year": "y", "month": "m", "week": "w", "day": "d"}
_EN_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_EN_YEARS = {"thisyear": 0, "lastyear": -1, "theyearbeforelast": -2, "nextyear": 1}
_EN_REL = {"this": 0, "last": -1, "next": 1}
_EN_YEAR = rf"(?P<year>{_one(_EN_YEARS)}|\d{{4}})"
_EN_SINGLE = (
    rf"(?:(?:the)?(?P<nth>{_one(_EN_NTH)})(?P<span>quarter|half)(?:(?:of|in)?{_EN_YEAR})?"
    rf"|q(?P<q>\d)(?:of)?(?P<year3>\d{{4}})?"
    rf"|(?P<month>{_one(_EN_MONTHS)})(?P<mday>(?!20\d\d)\d{{1,2}})?(?:(?:of)?(?P<year2>{_one(_EN_YEARS)}|\d{{4}}))?"
    rf"|(?P<rel>this|last|next)(?P<rel_unit>month|week|quarter|weekend)"
    rf"|(?P<day>yesterday|today|tomorrow)"
    rf"|(?:the)?(?:last|past)(?P<many>{ENGLISH})(?P<unit>year|month|week|day)s?"
    rf"|(?P<only>{_one(_EN_YEARS)}|(?:19|20)\d\d))"
)
ENGLISH_PERIOD = (
    rf"(?:(?:from)?{_unnamed(_EN_SINGLE)}(?:to|until){_unnamed(_EN_SINGLE)}"
    rf"|since{_unnamed(_EN_SINGLE)}|{_unnamed(_EN_SINGLE)})"
)
_EN_ONE = re.compile(_EN_SINGLE)
_EN_RANGE = re.compile(
    rf"(?:from)?(?P<from>{_unnamed(_EN_SINGLE)})(?:to|until)(?P<to>{_unnamed(_EN_SINGLE)})"
)


def read_english_period(said: str, today: date) -> tuple[str, ...]:
    """As `read_korean_period`, of text that ENGLISH_PERIOD matches."""
    ranged = _EN_RANGE.fullmatch(said)
    if ranged is not None:
        firsts = _english_single(ranged["from"], today)
        return _ranges(firsts, ranged["to"], today, _english_single)
    if said.startswith("since"):
        firsts = _english_single(said.removeprefix("since"), today)
        return tuple(f"{first}/{_now_like(first, today)}" for first in firsts)
    return _english_single(said, today)


def _english_single(said: str, today: date, year: int | None = None) -> tuple[str, ...]:
    found = _EN_ONE.fullmatch(said)
    if found is None:
        raise NoSuchValueError(said)
    at = found.groupdict()
    if at["day"]:
        days = {"yesterday": -1, "today": 0, "tomorrow": 1}[at["day"]]
        return ((today + timedelta(days=days)).isoformat(),)
    if at["rel"]:
        return (_english_relative(at["rel_unit"] or "", _EN_REL[at["rel"]], today),)
    if at["many"]:
        unit = _EN_UNITS[at["unit"] or ""]
        return (_recent(today, read_english(at["many"]) or 0, unit),)
    named = at["year"] or at["year2"] or at["year3"] or at["only"]
    if named:
        year = today.year + _EN_YEARS[named] if named in _EN_YEARS else int(named)
    return _of_years(at, year, today, _english_inner)


def _english_relative(unit: str, by: int, today: date) -> str:
    if unit == "month":
        return _month(*_months_ago(today, -by))
    if unit == "week":
        return _week(today, by)
    if unit == "weekend":
        return _weekend(today, by)
    count = today.year * 4 + (today.month - 1) // 3 + by
    return _part(count // 4, "Q", count % 4 + 1)


def _english_inner(at: Said, year: int) -> str:
    if at["nth"]:
        return _part(year, "Q" if at["span"] == "quarter" else "H", _EN_NTH[at["nth"]])
    if at["q"]:
        return _part(year, "Q", int(at["q"]))
    if not at["month"]:
        return _year(year)
    month = _EN_MONTHS[at["month"]]
    return _day(year, month, int(at["mday"])) if at["mday"] else _month(year, month)


# ---- said without doubt


def say_period(value: str, language: str) -> str:
    """A time in the form above in words: 2024-Q3 is "2024년 3분기", or "Q3 2024".

    Raises ValueError.
    """
    first, _, last = value.partition("/")
    if last:
        both = say_period(first, language), say_period(last, language)
        return "{}~{}".format(*both) if language == "ko" else "{} to {}".format(*both)
    begin = bounds(value)[0]
    year, letter, number = begin.year, value[5:6], value[6:]
    if letter == "W":
        year = int(value[:4])
        return f"{year}년 {int(number)}주" if language == "ko" else f"week {int(number)} of {year}"
    if letter == "H":
        half = {"1": ("상반기", "first"), "2": ("하반기", "second")}[number]
        return f"{year}년 {half[0]}" if language == "ko" else f"{half[1]} half of {year}"
    if letter == "Q":
        return f"{year}년 {number}분기" if language == "ko" else f"Q{number} {year}"
    if language == "ko":
        parts = (f"{year}년", f"{begin.month}월", f"{begin.day}일")
        return " ".join(parts[: value.count("-") + 1])
    parts = (str(begin.day), _EN_MONTH_NAMES[begin.month - 1].capitalize(), str(year))
    return " ".join(parts[2 - value.count("-") :])
