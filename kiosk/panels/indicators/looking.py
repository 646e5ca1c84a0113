"""What a finger can choose of the line: what is marked in it, whom it tells apart, which years it
shows. No Qt."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.core.looks import ChartLook, Mark
from kiosk.pack.clock import local_time
from kiosk.panels.figures import published
from kiosk.panels.indicators.look import within
from kiosk.panels.indicators.model import Looking, Toggle
from kiosk.panels.indicators.people import SHOWN, Choice, Line, complete
from kiosk.wire.city import EVERYONE, Indicator, Observation
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

MARKS: dict[Mark, Text] = {
    "highest": Text("최고점", "Highest"),
    "lowest": Text("최저점", "Lowest"),
    "mean": Text("평균", "Mean"),
    "trend": Text("추세", "Trend"),
    "before": Text("그 전의 같은 때", "Time before"),
}
YEARS = (1, 3, 5, 10)
LEAST_POINTS = 3
"""A time with fewer figures is not offered: two points are no course."""


def read_long(
    repositories: "Repositories",
    indicator: Indicator,
    area: str,
    line: Line,
    offers: Iterable[Line],
) -> tuple[Observation, ...]:
    """The rows that years of this line are made of; none of what speaks all day and is not kept
    by month."""
    if not line[0] and not published(indicator):
        line = ("month", "all", EVERYONE)
        if line not in set(offers):
            return ()
    period, sex, age = line
    return complete(repositories.series(indicator.id, area, period=period, sex=sex, age=age))


def looking(
    known: Sequence[Observation],
    long: Sequence[Observation],
    offers: Iterable[Line],
    look: ChartLook,
) -> Looking:
    """`known` are the rows that are shown, `long` those of `read_long`."""
    toggles = _split_toggles(offers, look)
    if sum(row.value is not None for row in known) > 1:
        toggles = (*_mark_toggles(look), *toggles)
    times = _times(long)
    asked = [choice.args.get("when", "") for choice in times]
    return Looking(toggles, times, asked.index(look.time) if look.time in asked else -1)


def _mark_toggles(look: ChartLook) -> tuple[Toggle, ...]:
    return tuple(
        _toggle(words, f"chart.{mark}", ("chart.unmark", {"mark": mark}), mark in look.marks)
        for mark, words in MARKS.items()
    )


def _split_toggles(offers: Iterable[Line], look: ChartLook) -> tuple[Toggle, ...]:
    known = [line for line in offers if line[0] in SHOWN]
    found = []
    if any(sex == "male" and age == EVERYONE for _, sex, age in known):
        found.append(_split("sex", Text("남녀", "By sex"), look))
    if any(age != EVERYONE for _, _, age in known):
        found.append(_split("age", Text("나이별", "By age"), look))
    return tuple(found)


def _split(split: str, words: Text, look: ChartLook) -> Toggle:
    return _toggle(words, f"chart.by_{split}", ("chart.line", {}), look.split == split)


def _toggle(words: Text, command: str, back: tuple[str, dict[str, str]], chosen: bool) -> Toggle:
    asks, args = back if chosen else (command, {})
    return Toggle(Choice(words, asks, args, f"look.{command}"), chosen)


def _times(long: Sequence[Observation]) -> tuple[Choice, ...]:
    """All of the time, and the last year, three, five or ten that there are figures of."""
    known = [row for row in long if row.value is not None]
    if not known:
        return ()
    last = local_time(known[-1].t_ms).year
    found: list[Choice] = []
    for years in YEARS:
        time = str(last) if years == 1 else f"{last - years + 1}/{last}"
        if LEAST_POINTS <= len(within(known, time)) < len(known):
            words = Text(f"{last}년", str(last)) if years == 1 else _last(years)
            found.append(Choice(words, "chart.time", {"when": time}, f"look.time.{years}"))
    if not found:
        return ()
    return (Choice(Text("전체", "All"), "chart.whole", {}, "look.time.all"), *found)


def _last(years: int) -> Text:
    return Text(f"{years}년", f"{years} years")
