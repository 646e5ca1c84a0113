"""Which figures of an indicator are shown: its periods, and whom they are about. No Qt."""

from collections.abc import Iterable, Sequence

import msgspec

from kiosk.core.state import Place
from kiosk.panels.figures import published
from kiosk.wire.city import EVERYONE, PERIOD_S, SEXES, Indicator, Observation, Period, Sex
from kiosk.wire.text import Text

Line = tuple[Period, Sex, str]
MOMENT: Line = ("", "all", EVERYONE)
TODAY = Text(", 오늘 누계", " today")  # what the title of a count since midnight ends with
SHOWN: tuple[Period, ...] = ("", "month", "year")
SEX_WORDS: dict[Sex, Text] = {
    "all": Text("전체", "All"),
    "male": Text("남", "Men"),
    "female": Text("여", "Women"),
}
_SUMS = ("sum", "daily")
_MADE = {
    "sum": Text("합계", "sum"),
    "daily": Text("합계", "sum"),
    "mean": Text("평균", "mean"),
    "weighted": Text("평균", "mean"),
    "last": Text("말 값", "end value"),
}


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A press with its words."""

    label: Text
    command: str
    args: dict[str, str]
    trigger: str


class Choices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What can be chosen, and the place of what is, from 0; `ages` are back, all, on."""

    periods: tuple[Choice, ...] = ()
    period: int = 0
    sexes: tuple[Choice, ...] = ()
    sex: int = 0
    ages: tuple[Choice, ...] = ()


def chosen_line(place: Place, offers: Iterable[Line]) -> Line:
    """The line that was asked for, or the nearest that there is: certain people of no certain
    period by year or by month, before everybody."""
    known = set(offers)
    period, sex, age = place.period, place.sex, place.age
    people: list[Line] = []
    if not period and (sex, age) != ("all", EVERYONE):
        people = [(other, sex, age) for other in ("year", "month")]
    for line in ((period, sex, age), *people, (period, "all", EVERYONE)):
        if line in known and line[0] in SHOWN:
            return line
    return MOMENT


def seen_as(indicator: Indicator, period: Period) -> Indicator:
    """The indicator as its figures of a period are read: a sum is not today's, and the goals and
    thresholds of a moment mean nothing for it."""
    if not period:
        return indicator
    found = msgspec.structs.replace(indicator, period_s=PERIOD_S[period])
    if indicator.rollup not in _SUMS:
        return found
    title = Text(
        indicator.title.ko.removesuffix(TODAY.ko), indicator.title.en.removesuffix(TODAY.en)
    )
    return msgspec.structs.replace(found, title=title, goal=None, thresholds=())


def complete(rows: Sequence[Observation]) -> tuple[Observation, ...]:
    """Without a last period that is not over yet, unless there is nothing else."""
    return tuple(row for row in rows if not (row.provisional and row.rollup)) or tuple(rows)


def line_title(indicator: Indicator, line: Line) -> Text:
    """ "연도별 합계, 20-29세 여, 건"; empty for figures as the source tells them."""
    period, sex, age = line
    words = [Text("연도별", "By year") if period == "year" else Text("월별", "By month")]
    if made := _MADE.get(indicator.rollup):
        words = [Text(f"{words[0].ko} {made.ko}", f"{words[0].en}, {made.en}")]
    if (sex, age) != ("all", EVERYONE):
        words.append(whom(sex, age))
    words.append(indicator.unit)
    return Text(", ".join(w.ko for w in words), ", ".join(w.en for w in words))


def whom(sex: Sex, age: str) -> Text:
    """ "20-29세 여"."""
    parts = [] if age == EVERYONE else [age_words(age)]
    parts += [] if sex == "all" else [SEX_WORDS[sex]]
    return Text(" ".join(p.ko for p in parts), " ".join(p.en for p in parts))


def choices(indicator: Indicator, line: Line, offers: Iterable[Line]) -> Choices:
    """Nothing where there is nothing to choose from."""
    period, sex, age = line
    known = sorted(offers)
    periods = [p for p in SHOWN if not p or (p, "all", EVERYONE) in known]
    as_told = Text("발표 값", "Published") if published(indicator) else Text("하루", "Day")
    labels = {"": as_told, "month": Text("월별", "Months"), "year": Text("연도별", "Years")}
    ages = [
        EVERYONE,
        *sorted({a for p, s, a in known if p == period and a != EVERYONE}, key=youngest_first),
    ]
    sexes = [s for s in SEXES if (period, s, EVERYONE) in known]
    return Choices(
        periods=tuple(
            _choice("indicator.period", {"period": p or "now"}, labels[p]) for p in periods
        )
        if len(periods) > 1
        else (),
        period=periods.index(period) if period in periods else 0,
        sexes=tuple(_choice("indicator.group", {"sex": s, "age": age}, SEX_WORDS[s]) for s in sexes)
        if len(sexes) > 1
        else (),
        sex=sexes.index(sex) if sex in sexes else 0,
        ages=_ages(ages, sex, age) if len(ages) > 1 else (),
    )


def _ages(ages: Sequence[str], sex: Sex, age: str) -> tuple[Choice, ...]:
    """The group before, the one that is shown (pressed: all), the one after."""
    at = ages.index(age) if age in ages else 0
    turns = (
        ((at - 1) % len(ages), Text("이전", "Previous")),
        ((at + 1) % len(ages), Text("다음", "Next")),
    )
    before, after = (
        _choice("indicator.group", {"sex": sex, "age": ages[n]}, words, turn)
        for turn, (n, words) in zip(("before", "after"), turns, strict=True)
    )
    every = _choice("indicator.group", {"sex": sex, "age": EVERYONE}, age_words(age), "every")
    return before, every, after


def _choice(command: str, args: dict[str, str], label: Text, turn: str = "") -> Choice:
    trigger = ".".join((command, turn or "".join(list(args.values())[:1])))
    return Choice(label, command, args, trigger)


def age_words(age: str) -> Text:
    return Text("모든 나이", "All ages") if age == EVERYONE else Text(f"{age}세", f"Age {age}")


def youngest_first(age: str) -> int:
    return int(age.rstrip("+").partition("-")[0])
