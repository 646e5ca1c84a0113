"""The line of an indicator: which time it shows, what is marked in it, whom it tells apart."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from kiosk.commands.indicators import OPEN, check_apart
from kiosk.core.errors import Unavailable
from kiosk.core.looks import ChartLook, Mark, Split
from kiosk.core.registry import Args, Command, Condition, Handler, NoArgs, Result
from kiosk.core.state import ViewState, go
from kiosk.core.times import LONGEST_TIME, check_past, time_words
from kiosk.core.world import World
from kiosk.wire.text import Text


class Time(Args, frozen=True):
    """A time as ISO 8601 writes it, with quarters beside: 2024, 2024-05, 2024-Q3, 2022/2026."""

    when: Annotated[str, Meta(min_length=4, max_length=LONGEST_TIME)]


class Marked(Args, frozen=True):
    """One of the marks in the line."""

    mark: Mark


MARKS: dict[Mark, Text] = {
    "highest": Text("최고점", "the highest point"),
    "lowest": Text("최저점", "the lowest point"),
    "mean": Text("평균", "the mean"),
    "trend": Text("추세", "the trend"),
    "before": Text("그 전의 같은 때", "the time before"),
}
SPLITS: dict[Split, Text] = {
    "sex": Text("남녀를 나란히 봅니다", "Men and women side by side"),
    "age": Text("나이별로 봅니다", "By age"),
}


def _marking(mark: Mark) -> Handler:
    def add(state: ViewState, args: NoArgs, world: World) -> Result:
        """Raises Unavailable where it is marked already."""
        marks, words = state.place.chart.marks, MARKS[mark]
        if mark in marks:
            raise Unavailable(Text(f"{words.ko}: 이미 보입니다", f"{words.en} is shown already"))
        say = Text(f"{words.ko} 표시", f"Marked: {words.en}")
        return _looked(state, say, marks=(*marks, mark), as_table=False)

    return add


def unmark(state: ViewState, args: Marked, world: World) -> Result:
    """Raises Unavailable where it is not marked."""
    marks, words = state.place.chart.marks, MARKS[args.mark]
    if args.mark not in marks:
        raise Unavailable(Text(f"{words.ko}: 보이지 않습니다", f"{words.en} is not shown"))
    say = Text(f"{words.ko} 표시를 지웠습니다", f"No longer marked: {words.en}")
    return _looked(state, say, marks=tuple(mark for mark in marks if mark != args.mark))


def clear(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("그래프의 표시를 지웠습니다", "The chart's marks are gone")
    return _looked(state, say, marks=(), at="")


def show_time(state: ViewState, args: Time, world: World) -> Result:
    """Raises BadArguments for a time that no calendar has, or that is yet to come."""
    check_past(args.when, world)
    name = time_words(args.when)
    return _looked(state, Text(f"{name.ko} 기간을 봅니다", f"Shown: {name.en}"), time=args.when)


def whole_time(state: ViewState, args: NoArgs, world: World) -> Result:
    return _looked(state, Text("전체 기간을 봅니다", "All of the time"), time="")


def tell_time(state: ViewState, args: Time, world: World) -> Result:
    """Raises BadArguments in the same way."""
    check_past(args.when, world)
    name = time_words(args.when)
    say = Text(f"{name.ko} 값을 적었습니다", f"The figure of {name.en} stands beside")
    return _looked(state, say, at=args.when)


def as_table(state: ViewState, args: NoArgs, world: World) -> Result:
    return _looked(state, Text("표로 봅니다", "As a table"), as_table=True, split="")


def as_line(state: ViewState, args: NoArgs, world: World) -> Result:
    return _looked(state, Text("그래프로 봅니다", "As a line"), as_table=False, split="")


def _splitting(split: Literal["sex", "age"]) -> Handler:
    def tell_apart(state: ViewState, args: NoArgs, world: World) -> Result:
        """Raises Unavailable where the indicator does not tell them apart."""
        check_apart(state.place.indicator, split, world)
        return _looked(state, SPLITS[split], split=split, as_table=False)

    return tell_apart


def _looked(state: ViewState, say: Text, **changes: Any) -> Result:
    chart = msgspec.structs.replace(state.place.chart, **changes)
    return Result(go(state, msgspec.structs.replace(state.place, chart=chart)), say)


def _also(holds: Callable[[ChartLook], bool], reason: Text) -> Condition:
    """With an indicator opened whose line is looked at in some way."""
    return Condition(
        lambda state, world: OPEN.holds(state, world) and holds(state.place.chart), reason
    )


_MARKED = _also(
    lambda look: bool(look.marks or look.at),
    Text("그래프에 지울 표시가 없습니다", "Nothing is marked in a chart"),
)
_TIMED = _also(
    lambda look: bool(look.time),
    Text("전체 기간을 보고 있습니다", "All of the time is shown already"),
)
_NO_LINE = _also(
    lambda look: look.as_table or bool(look.split),
    Text("이미 그래프로 보고 있습니다", "It is shown as a line already"),
)

COMMANDS = (
    Command(
        "chart.highest", Text("최고점 표시", "Mark the highest"), _marking("highest"), when=OPEN
    ),
    Command("chart.lowest", Text("최저점 표시", "Mark the lowest"), _marking("lowest"), when=OPEN),
    Command("chart.mean", Text("평균선 표시", "Mark the mean"), _marking("mean"), when=OPEN),
    Command("chart.trend", Text("추세선 표시", "Mark the trend"), _marking("trend"), when=OPEN),
    Command(
        "chart.before",
        Text("작년과 겹쳐 보기", "Against the time before"),
        _marking("before"),
        when=OPEN,
    ),
    Command("chart.unmark", Text("표시 하나 지우기", "Remove one mark"), unmark, when=OPEN),
    Command("chart.clear", Text("그래프 표시 지우기", "Clear the marks"), clear, when=_MARKED),
    Command("chart.time", Text("그래프 기간", "Time of the chart"), show_time, when=OPEN),
    Command("chart.whole", Text("전체 기간", "All of the time"), whole_time, when=_TIMED),
    Command("chart.at", Text("그때의 값", "Figure of a time"), tell_time, when=OPEN),
    Command("chart.table", Text("표로 보기", "As a table"), as_table, when=OPEN),
    Command("chart.line", Text("그래프로 보기", "As a line"), as_line, when=_NO_LINE),
    Command("chart.by_sex", Text("남녀 나란히", "Men and women"), _splitting("sex"), when=OPEN),
    Command("chart.by_age", Text("나이별", "By age"), _splitting("age"), when=OPEN),
)
