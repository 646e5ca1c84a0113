"""Indicators: open one, step through them, choose the period and the people it is shown for."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.core.errors import Unavailable
from kiosk.core.looks import ChartLook
from kiosk.core.lookup import entry, neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState, elsewhere, go
from kiosk.core.times import LONGEST_TIME, check_past
from kiosk.core.world import Entry, World
from kiosk.pack import here
from kiosk.wire.city import EVERYONE, Period, Sex
from kiosk.wire.text import Text

AGE = r"^(all|[0-9]{1,2}-[0-9]{1,3}|[0-9]{1,3}\+)$"


class Indicator(Args, frozen=True):
    """An indicator by id or name, and what to see it for, if that is said: a district, a time
    (2024, 2024-05, 2024-Q3, 2022/2026), a sex, an age group such as 20-29 or 80+."""

    indicator: str
    district: str | None = None
    when: Annotated[str, Meta(max_length=LONGEST_TIME)] = ""
    sex: Sex = "all"
    age: Annotated[str, Meta(pattern=AGE)] = EVERYONE


class Span(Args, frozen=True):
    """How finely the figures are shown: as the source tells them (`now`), by month or by year."""

    period: Literal["now", "month", "year"]


class Group(Args, frozen=True):
    """Whom the figures are about: `age` is "all" or a group such as 20-29 or 80+."""

    sex: Sex = "all"
    age: Annotated[str, Meta(pattern=AGE)] = EVERYONE


def show_period(state: ViewState, args: Span, world: World) -> Result:
    period: Period = "" if args.period == "now" else args.period
    place = msgspec.structs.replace(state.place, period=period)
    words = _PERIODS[args.period]
    return Result(go(state, place), Text(f"{words.ko}로 봅니다", f"Shown {words.en}"))


def show_group(state: ViewState, args: Group, world: World) -> Result:
    """Raises Unavailable where the indicator does not tell such people apart."""
    _check_people(state.place.indicator, args.sex, args.age, world)
    place = msgspec.structs.replace(state.place, sex=args.sex, age=args.age, period="")
    words = group_words(args.sex, args.age)
    return Result(go(state, place), Text(f"{words.ko} 수치를 봅니다", f"Figures of {words.en}"))


def _check_people(indicator: str | None, sex: Sex, age: str, world: World) -> None:
    if sex != "all":
        check_apart(indicator, "sex", world)
    if age != EVERYONE:
        check_apart(indicator, "age", world)


def check_apart(indicator: str | None, by: Literal["sex", "age"], world: World) -> None:
    """Raises Unavailable where an indicator has no figures by sex, or by age."""
    if by not in world.apart(indicator or ""):
        word = _BY[by]
        raise Unavailable(
            Text(f"{word.ko} 값이 없는 지표입니다", f"It has no figures by {word.en}")
        )


def group_words(sex: Sex, age: str) -> Text:
    """ "20-29세 여성", "모든 사람"."""
    people = _SEXES[sex]
    if age == EVERYONE:
        return people
    if sex == "all":
        return Text(f"{age}세", f"age {age}")
    return Text(f"{age}세 {people.ko}", f"{people.en}, age {age}")


def open_indicator(state: ViewState, args: Indicator, world: World) -> Result:
    found = entry(world.catalogue.indicators(), args.indicator, Text("지표", "indicator"))
    district = state.place.district
    if args.district is not None:
        district = entry(world.catalogue.districts(), args.district, here().parts.name).id
    _check_people(found.id, args.sex, args.age, world)
    if args.when:
        check_past(args.when, world)
    done = _opened(state, found, district, world)
    if not args.when and (args.sex, args.age) == ("all", EVERYONE):
        return done
    place = msgspec.structs.replace(
        done.state.place, sex=args.sex, age=args.age, period="", chart=ChartLook(time=args.when)
    )
    return Result(go(state, place), done.say)


def next_indicator(state: ViewState, args: NoArgs, world: World) -> Result:
    found = neighbour(world.catalogue.indicators(), state.place.indicator, 1)
    return _opened(state, found, state.place.district, world)


def previous_indicator(state: ViewState, args: NoArgs, world: World) -> Result:
    found = neighbour(world.catalogue.indicators(), state.place.indicator, -1)
    return _opened(state, found, state.place.district, world)


def _opened(state: ViewState, found: Entry, district: str | None, world: World) -> Result:
    place = elsewhere(state.place, "indicators", indicator=found.id, district=district)
    if state.place.indicator is not None:
        place = msgspec.structs.replace(place, period=state.place.period)
    said = world.figure(found.id, district)
    if said is None:
        said = Text("지표를 열었습니다", "opened")
    return Result(
        go(state, place), Text(f"{found.name.ko} {said.ko}", f"{found.name.en}: {said.en}")
    )


_PERIODS = {
    "now": Text("지금 값으", "as it is now"),
    "month": Text("월별", "by month"),
    "year": Text("연도별", "by year"),
}
_BY = {"sex": Text("성별", "sex"), "age": Text("나이별", "age")}
_SEXES: dict[Sex, Text] = {
    "all": Text("모든 사람", "everybody"),
    "male": Text("남성", "men"),
    "female": Text("여성", "women"),
}
OPEN = Condition(
    lambda state, world: state.place.panel == "indicators" and state.place.indicator is not None,
    Text("지표를 먼저 열어 주세요", "Open an indicator first"),
)

COMMANDS = (
    Command("indicator.open", Text("지표 열기", "Open an indicator"), open_indicator),
    Command("indicator.next", Text("다음 지표", "Next indicator"), next_indicator),
    Command("indicator.previous", Text("이전 지표", "Previous indicator"), previous_indicator),
    Command(
        "indicator.period",
        Text("지표 기간", "Period of the indicator"),
        show_period,
        when=OPEN,
    ),
    Command(
        "indicator.group",
        Text("지표 성별·나이", "Sex and age of the indicator"),
        show_group,
        when=OPEN,
    ),
)
