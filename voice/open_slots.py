"""Slots whose values are read where they are said, because they are too many to be listed.

In a phrasing they stand like every slot: `{when}`, or `{when:since}` where the argument reads
`"{since}"`. Those that are always there:

| slot | said | value |
|---|---|---|
| `{when}` | 지난달, 작년 3분기, 2024년 5월, 최근 5년; last month, Q3 2024 | see `voice.periods` |
| `{count}` | 다섯, 5개, 열 곳; five | 1..999 |
| `{ordinal}` | 첫 번째, 셋째, 3번; third, number 3 | 1..999 |
| `{number}` | 칠십, 열두; seventy | 0..9999 |
| `{percent}` | 오십 퍼센트, 절반; fifty percent, half | 0..100 |

`{district+}` is two or more of the values of a listed slot, joined by 와, 과, 하고, 랑 or "and";
its value is "11680,11650". A listed slot that a file names under `open` is read in the same way
instead of being written out in every sentence.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial

import msgspec

from voice import numbers, periods
from voice.errors import NoSuchValueError
from voice.hangul import normalise
from voice.template import SlotValue, Value

FIRST_MARK = 0xE000  # a private character stands for an open slot in the key of a phrase
MOST = 999
Read = Callable[[str, date], tuple[Value, ...]]


class OpenSlot(msgspec.Struct, frozen=True):
    """One of them, in one language.

    `pattern` finds a value in normalised text. `read` gives what it may mean today, likeliest
    first, or raises NoSuchValueError. `say` says a value without doubt. `samples` are values as
    they are spoken, enough of them to have every word.
    """

    name: str
    pattern: re.Pattern[str]
    read: Read
    say: Callable[[Value], str]
    samples: tuple[str, ...]


class Mention(msgspec.Struct, frozen=True):
    """A value of an open slot in a normalised text, from `start` to `end`."""

    slot: str
    start: int
    end: int
    said: str


def mentions(key: str, slots: Iterable[OpenSlot], today: date) -> list[Mention]:
    """The longest values of every slot that stand in the text; those of two slots may overlap."""
    found = []
    for slot in slots:
        last = 0
        for start in range(len(key)):
            one = slot.pattern.match(key, start)
            if one is None or one.end() <= last:
                continue
            try:
                slot.read(one.group(), today)
            except NoSuchValueError:
                continue  # 구 of 강남구 before 이천이십사년: a later beginning makes sense
            found.append(Mention(slot.name, start, one.end(), one.group()))
            last = one.end()
    return found


def always_open(language: str) -> dict[str, OpenSlot]:
    """Those that every grammar has."""
    slots = _korean() if language == "ko" else _english()
    return {slot.name: slot for slot in slots}


def listed_open(name: str, values: Sequence[SlotValue], language: str) -> OpenSlot:
    """A slot of listed values that is read instead of written out."""
    known = _known(values, language)
    samples = tuple(value.spoken for value in values)
    pattern = re.compile(_one_of(known))
    return OpenSlot(name, pattern, partial(_read_listed, known), partial(_said, values), samples)


def several(name: str, values: Sequence[SlotValue], language: str) -> OpenSlot:
    """Two or more of the listed values, each once."""
    known = _known(values, language)
    joint, joined = (
        ("(?:와|과|하고|이?랑|및)", " ") if language == "ko" else ("(?:and|with)", " and ")
    )
    one = f"(?:{_one_of(known)})"
    pattern = re.compile(f"{one}(?:{joint}?{one})*{joint}{one}|{one}(?:{one})+")
    samples = tuple(
        f"{_with(one.spoken, language)}{joined}{_other(one, (*values[place:], *values)).spoken}"
        for place, one in enumerate(values)
    )
    read = partial(_read_several, known, re.compile(one))
    return OpenSlot(name, pattern, read, partial(_said_several, values), samples)


def _other(one: SlotValue, values: Sequence[SlotValue]) -> SlotValue:
    """The next with another value: a name may be said in several ways."""
    return next((other for other in values if other.value != one.value), values[0])


def _known(values: Sequence[SlotValue], language: str) -> dict[str, Value]:
    spell_out = language == "ko"
    return {normalise(one.spoken, spell_out=spell_out): one.value for one in values}


def _one_of(known: Mapping[str, Value]) -> str:
    return "|".join(map(re.escape, sorted(known, key=len, reverse=True))) or "(?!)"


def _read_listed(known: Mapping[str, Value], said: str, _today: date) -> tuple[Value, ...]:
    return (known[said],)


def _read_several(
    known: Mapping[str, Value], one: re.Pattern[str], said: str, _today: date
) -> tuple[Value, ...]:
    found = dict.fromkeys(str(known[name]) for name in one.findall(said))
    if len(found) < 2:
        raise NoSuchValueError(f"{said}: one and the same")
    return (",".join(found),)


def _said(values: Sequence[SlotValue], value: Value) -> str:
    return next((one.spoken for one in values if one.value == value), str(value))


def _said_several(values: Sequence[SlotValue], value: Value) -> str:
    return ", ".join(_said(values, one) for one in str(value).split(","))


def _with(word: str, language: str) -> str:
    """ "강남구와", "마포동과"; as it is in English."""
    if language != "ko":
        return word
    return word + ("과" if (ord(word[-1]) - 0xAC00) % 28 else "와")


def _number(
    read: Callable[[str], int | None], around: str, low: int, high: int, said: str, _today: date
) -> tuple[Value, ...]:
    """The number in `said`, without what stands `around` it."""
    number = read(re.sub(around, "", said))
    if number is None or not low <= number <= high:
        raise NoSuchValueError(said)
    return (number,)


# ---- Korean

_THINGS = "(?:개|곳|군데|건|대|명|위|가지)"


def _korean() -> tuple[OpenSlot, ...]:
    either = rf"(?:{numbers.NATIVE}|{numbers.SINO})"
    how_many = tuple(f"{numbers.native_korean(n)} 개" for n in (*range(1, 21), 30))
    several_of = tuple(
        f"{numbers.sino_korean(str(n))} {x}" for n in (3, 5, 10, 20) for x in "개위곳"
    )
    nth = tuple(f"{_native_nth(n)} 번째" for n in range(1, 13))
    number = tuple(f"{numbers.sino_korean(str(n))} 번" for n in range(1, 31))
    tens = [numbers.sino_korean(str(n)) for n in range(10, 101, 10)]
    percent = tuple(f"{ten} 퍼센트" for ten in tens)
    return (
        OpenSlot(
            "when",
            re.compile(periods.KOREAN),
            periods.read_korean_period,
            lambda value: periods.say_period(str(value), "ko"),
            _korean_times(),
        ),
        OpenSlot(
            "count",
            re.compile(rf"{either}{_THINGS}?"),
            partial(_number, numbers.read_korean, rf"{_THINGS}$", 1, MOST),
            lambda value: f"{value}개",
            (*how_many, *several_of),
        ),
        OpenSlot(
            "ordinal",
            re.compile(rf"첫(?:번째|째)|{either}(?:번째|째)|{numbers.SINO}번"),
            partial(_number, _read_nth, r"(?:번째|번|째)$", 1, MOST),
            lambda value: f"{value}번",
            (*nth, *number),
        ),
        OpenSlot(
            "number",
            re.compile(either),
            partial(_number, numbers.read_korean, "(?!)", 0, 9999),
            str,
            (*(numbers.sino_korean(str(n)) for n in range(1, 20)), *tens),
        ),
        OpenSlot(
            "percent",
            re.compile(rf"{numbers.SINO}(?:퍼센트|프로)|절반|반"),
            partial(_number, _read_share, "(?:퍼센트|프로)$", 0, 100),
            lambda value: f"{value}퍼센트",
            (*percent, "절반"),
        ),
    )


def _native_nth(number: int) -> str:
    return "첫" if number == 1 else numbers.native_korean(number)


def _read_nth(said: str) -> int | None:
    return 1 if said == "첫" else numbers.read_korean(said)


def _read_share(said: str) -> int | None:
    return 50 if said in ("절반", "반") else numbers.read_sino(said)


def _korean_times() -> tuple[str, ...]:
    few = [numbers.sino_korean(str(n)) for n in range(1, 11)]
    months = ["일", "이", "삼", "사", "오", "유", "칠", "팔", "구", "시", "십일", "십이"]
    return (
        *("오늘", "어제", "내일", "올해", "내년", "작년", "재작년", "상반기", "하반기", "주말"),
        *("이번 주", "지난주", "이번 달", "지난달", "이번 분기", "지난 분기", "작년 같은 달"),
        *("올해 상반기", "작년 하반기"),
        *(f"{month}월" for month in months),
        *(f"작년 {month}월" for month in months),
        *(f"{number} 분기" for number in few[:4]),
        *(f"작년 {number} 분기" for number in few[:4]),
        *(f"{numbers.sino_korean(str(year))}년" for year in range(2000, 2031)),
        *(
            f"이천이십{number}년 {month}월"
            for number, month in zip(few[:9], months[:9], strict=True)
        ),
        *(f"최근 {number} {unit}" for number in few for unit in ("년", "개월", "일")),
        *(f"최근 {numbers.native_korean(number)} 달" for number in range(1, 7)),
        "이천이십년부터 이천이십사년까지",
    )


# ---- English


def _english() -> tuple[OpenSlot, ...]:
    nth = "|".join(sorted(numbers.ENGLISH_ORDINALS, key=len, reverse=True))
    small = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    ordinals = list(numbers.ENGLISH_ORDINALS)
    return (
        OpenSlot(
            "when",
            re.compile(periods.ENGLISH_PERIOD),
            periods.read_english_period,
            lambda value: periods.say_period(str(value), "en"),
            (
                *("last month", "this month", "last year", "this year", "last week", "yesterday"),
                *("may", "december", "last five years", "third quarter of last year"),
                *("first half of this year", "since last year"),
            ),
        ),
        OpenSlot(
            "count",
            re.compile(numbers.ENGLISH),
            partial(_number, numbers.read_english, "(?!)", 1, MOST),
            str,
            (*small, "twenty"),
        ),
        OpenSlot(
            "ordinal",
            re.compile(rf"{nth}|\d+(?:st|nd|rd|th)|(?:number){numbers.ENGLISH}"),
            partial(_number, _read_english_nth, "^number|(?<=[0-9])(?:st|nd|rd|th)$", 1, MOST),
            str,
            (*ordinals, *(f"number {word}" for word in small)),
        ),
        OpenSlot(
            "number",
            re.compile(numbers.ENGLISH),
            partial(_number, numbers.read_english, "(?!)", 0, 9999),
            str,
            (*small, "twenty", "fifty", "seventy"),
        ),
        OpenSlot(
            "percent",
            re.compile(rf"{numbers.ENGLISH}percent|half"),
            partial(_number, _read_english_share, "percent$", 0, 100),
            lambda value: f"{value} percent",
            ("fifty percent", "seventy percent", "thirty percent", "half"),
        ),
    )


def _read_english_nth(said: str) -> int | None:
    return numbers.ENGLISH_ORDINALS.get(said) or numbers.read_english(said)


def _read_english_share(said: str) -> int | None:
    return 50 if said == "half" else numbers.read_english(said)
