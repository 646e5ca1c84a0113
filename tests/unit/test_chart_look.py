"""How the line of an indicator is looked at: by command, and what then stands on the wall."""

from typing import cast

import pytest

from kiosk.cache.repositories import Repositories
from kiosk.core.desk import Desk
from kiosk.core.disclosure import Disclosure
from kiosk.core.invocation import Outcome, Status
from kiosk.core.looks import ChartLook, Mark
from kiosk.core.state import Place, ViewState
from kiosk.panels.indicators.detail import detail as in_full
from kiosk.panels.indicators.detail import read_detail
from kiosk.panels.indicators.model import Detail
from tests.helpers.heart import Heart
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, demo_city
from voice.events import IntentMatch


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture
def heart() -> Heart:
    heart = Heart()
    heart.intake.touch("indicator.open", {"indicator": "pm25"}, "tile")
    return heart


def say(heart: Heart, command: str, **args: str) -> Outcome:
    return heart.intake.voice(IntentMatch(command, dict(args), "said", "heard", 1.0, 0))


def look(heart: Heart) -> ChartLook:
    return heart.store.state.place.chart


def detail(city: MemoryRepositories, indicator: str, **look: object) -> Detail:
    return shown(city, Place("indicators", indicator=indicator, chart=ChartLook(**look)))  # type: ignore[arg-type]


def shown(city: MemoryRepositories, place: Place) -> Detail:
    """Without a map, which takes long to lay out."""
    told = next(i for i in city.indicators() if i.id == place.indicator)
    state, districts = ViewState(place), city.districts()
    data = read_detail(cast(Repositories, city), told, districts, None, state)
    return in_full(data, state, districts, city.sources(), Desk(), Disclosure(), "1/1", NOW_MS)


# ---- commands


def test_marks_come_one_by_one_and_go_together(heart: Heart) -> None:
    for mark in ("highest", "lowest", "mean", "trend", "before"):
        assert say(heart, f"chart.{mark}").done
    assert look(heart).marks == ("highest", "lowest", "mean", "trend", "before")
    assert say(heart, "chart.mean").status is Status.UNAVAILABLE
    assert say(heart, "chart.clear").done
    assert look(heart).marks == ()
    assert say(heart, "chart.clear").status is Status.UNAVAILABLE


def test_one_mark_goes_alone(heart: Heart) -> None:
    assert say(heart, "chart.unmark", mark="mean").status is Status.UNAVAILABLE
    for mark in ("mean", "trend"):
        assert say(heart, f"chart.{mark}").done
    assert say(heart, "chart.unmark", mark="mean").done
    assert look(heart).marks == ("trend",)
    assert say(heart, "chart.unmark", mark="rivers").status is Status.BAD_ARGUMENTS


def test_a_time_is_shown_told_and_left(heart: Heart) -> None:
    assert say(heart, "chart.whole").status is Status.UNAVAILABLE
    assert say(heart, "chart.time", when="2024-Q3").reason.ko == "2024년 3분기 기간을 봅니다"
    assert say(heart, "chart.at", when="2024-05").done
    assert (look(heart).time, look(heart).at) == ("2024-Q3", "2024-05")
    assert say(heart, "chart.whole").done
    assert look(heart).time == ""


@pytest.mark.parametrize("when", ["2024-13", "2024-02-30", "soon", "2999"])
def test_what_is_no_time_or_yet_to_come_is_refused(heart: Heart, when: str) -> None:
    before = heart.store.state
    for command in ("chart.time", "chart.at"):
        assert say(heart, command, when=when).status is Status.BAD_ARGUMENTS
    assert say(heart, "indicator.open", indicator="pm25", when=when).status is Status.BAD_ARGUMENTS
    assert heart.store.state == before


def test_table_people_and_line_take_one_another_s_place(heart: Heart) -> None:
    assert say(heart, "chart.line").status is Status.UNAVAILABLE
    assert say(heart, "chart.table").done
    assert say(heart, "chart.by_sex").done
    assert (look(heart).as_table, look(heart).split) == (False, "sex")
    assert say(heart, "chart.by_age").done
    assert say(heart, "chart.line").done
    assert look(heart) == ChartLook()


def test_people_who_are_not_told_apart_are_refused(heart: Heart) -> None:
    heart.world.people_apart = frozenset(("sex",))
    assert say(heart, "chart.by_sex").done
    refused = say(heart, "chart.by_age")
    assert (refused.status, refused.reason.ko) == (
        Status.UNAVAILABLE,
        "나이별 값이 없는 지표입니다",
    )
    assert say(heart, "indicator.group", sex="male").done
    assert say(heart, "indicator.group", age="20-29").status is Status.UNAVAILABLE


def test_everything_is_said_in_one_sentence() -> None:
    heart = Heart()
    asked = {"indicator": "pm25", "district": "송파구", "when": "2024", "sex": "female"}
    assert say(heart, "indicator.open", **asked, age="20-29").done
    place = heart.store.state.place
    assert (place.indicator, place.district, place.sex, place.age, place.chart.time) == (
        "pm25",
        "11710",
        "female",
        "20-29",
        "2024",
    )


def test_back_brings_the_line_as_it_was_looked_at_and_another_indicator_does_not(
    heart: Heart,
) -> None:
    say(heart, "chart.mean")
    say(heart, "indicator.open", indicator="population")
    assert look(heart) == ChartLook()
    heart.intake.touch("nav.back", {}, "x")
    assert look(heart).marks == ("mean",)


def test_without_an_indicator_there_is_no_line() -> None:
    heart = Heart()
    for command in ("chart.mean", "chart.table", "chart.by_sex", "chart.line", "chart.whole"):
        assert say(heart, command).status is Status.UNAVAILABLE
    assert say(heart, "chart.time", when="2024").status is Status.UNAVAILABLE


# ---- the wall


@pytest.mark.parametrize(
    ("mark", "word"), [("highest", "최고 62.3"), ("lowest", "최저 58.8"), ("mean", "평균 61.0")]
)
def test_a_value_is_marked_across_the_chart(
    city: MemoryRepositories, mark: Mark, word: str
) -> None:
    chart = detail(city, "employment-rate", marks=(mark,)).chart
    plain = detail(city, "employment-rate").chart
    assert len(chart.rules) == len(plain.rules) + 1
    assert chart.rules[-1].label.ko.startswith(word)
    values = [p.value for p in chart.series[0].points if p.value is not None]
    expected = {"highest": max(values), "lowest": min(values), "mean": sum(values) / len(values)}
    assert chart.rules[-1].value == pytest.approx(expected[mark])


def test_the_trend_is_straight_and_ends_with_its_slope(city: MemoryRepositories) -> None:
    trend = detail(city, "employment-rate", marks=("trend",)).chart.series[-1]
    assert not trend.focus
    assert len(trend.points) == 2
    assert trend.end_note.ko == "추세, 해마다"
    begin, end = trend.points
    assert begin.value is not None
    assert end.value is not None
    years = (end.t_ms - begin.t_ms) / (365.25 * 86_400_000)
    slope = (end.value - begin.value) / years
    assert float(trend.end.replace("−", "-")) == pytest.approx(slope, abs=0.06)


def test_the_time_before_lies_under_the_line_a_year_later(city: MemoryRepositories) -> None:
    chart = detail(city, "employment-rate", time="2025", marks=("before",)).chart
    own, before = chart.series
    assert before.name.ko == "1년 전"
    whole = {p.t_ms: p.value for p in detail(city, "employment-rate").chart.series[0].points}
    year = round(365.25 * 86_400_000)
    assert [p.value for p in before.points] == [whole[p.t_ms - year] for p in before.points]
    assert len(own.points) == 12


def test_a_time_cuts_the_line_and_is_named(city: MemoryRepositories) -> None:
    found = detail(city, "employment-rate", time="2025-Q3")
    assert [len(series.points) for series in found.chart.series] == [3]
    assert found.chart_title.ko.startswith("2025년 3분기, ")
    assert found.figure == detail(city, "employment-rate").figure, "the newest figure stays"


def test_what_speaks_all_day_is_shown_by_month_or_year_over_a_long_time(
    city: MemoryRepositories,
) -> None:
    months = detail(city, "complaints", time="2025")
    assert len(months.chart.series[0].points) == 12
    assert "월별" in months.chart_title.ko
    assert "연도별" in detail(city, "complaints", time="2020/2026").chart_title.ko


def test_a_day_of_what_speaks_all_day_is_not_called_the_last_one(city: MemoryRepositories) -> None:
    assert detail(city, "wind", time="2026-11-22").chart_title.ko == "2026년 11월 22일, m/s"


def test_a_time_without_figures_has_no_line(city: MemoryRepositories) -> None:
    found = detail(city, "employment-rate", time="1999", marks=("mean",), at="1999")
    assert found.chart.series[0].points == ()
    assert found.facts[0].value.ko == "자료 없음"


def test_the_figure_of_a_time_stands_among_the_facts(city: MemoryRepositories) -> None:
    month = detail(city, "employment-rate", at="2024-05").facts[0]
    assert (month.label.ko, month.value.ko) == ("2024년 5월", "61.7 %")
    assert detail(city, "employment-rate", at="2025").facts[0].label.ko == "2025년 평균"


def test_the_table_has_the_points_of_the_line_newest_first(city: MemoryRepositories) -> None:
    rows = detail(city, "employment-rate", as_table=True, time="2025").rows
    assert [row.when.ko for row in rows][:2] == ["2025년 12월", "2025년 11월"]
    assert len(rows) == 12
    assert rows[-1].moved == "", "nothing is known before the first"
    assert detail(city, "employment-rate").rows == ()


def test_men_and_women_have_a_line_each(city: MemoryRepositories) -> None:
    chart = detail(city, "complaints", split="sex").chart
    assert [series.end_note.ko for series in chart.series] == ["여", "남"]
    assert all(len(series.points) > 5 for series in chart.series)


def test_of_people_without_a_past_the_newest_figures_stand_beside_one_another(
    city: MemoryRepositories,
) -> None:
    found = detail(city, "employment-rate", split="sex")
    assert [row.name.ko for row in found.groups.rows] == ["여", "남"]
    ages = detail(city, "road-deaths", split="age").groups.rows
    assert [row.name.ko for row in ages][:2] == ["0-9세", "10-19세"]
    assert ages[0].press is not None
    assert ages[0].press.args == {"sex": "all", "age": "0-9"}


def test_certain_people_are_found_by_year_or_by_month(city: MemoryRepositories) -> None:
    for indicator, word in (("complaints", "연도별 합계, 여"), ("births", "월별, 여")):
        found = shown(city, Place("indicators", indicator=indicator, sex="female"))
        assert found.chart_title.ko.startswith(word)


# ---- what a finger can choose


def test_every_mark_is_offered_and_a_press_on_one_that_is_shown_takes_it_back(
    city: MemoryRepositories,
) -> None:
    offered = detail(city, "employment-rate", marks=("mean",)).looking.toggles
    asked = {toggle.choice.trigger: toggle.choice for toggle in offered}
    assert asked["look.chart.trend"].command == "chart.trend"
    mean = asked["look.chart.mean"]
    assert (mean.command, mean.args) == ("chart.unmark", {"mark": "mean"})
    assert {toggle.choice.trigger for toggle in offered if toggle.chosen} == {"look.chart.mean"}


def test_people_are_told_apart_only_where_they_are_counted_so(city: MemoryRepositories) -> None:
    def splits(indicator: str) -> set[str]:
        told = {toggle.choice.command for toggle in detail(city, indicator).looking.toggles}
        return told & {"chart.by_sex", "chart.by_age"}

    assert splits("complaints") == {"chart.by_sex", "chart.by_age"}
    assert splits("temperature") == set()


@pytest.mark.parametrize("indicator", ["employment-rate", "complaints", "population"])
def test_every_time_that_is_offered_shows_a_part_of_the_line(
    city: MemoryRepositories, indicator: str
) -> None:
    times = detail(city, indicator).looking.times
    assert times[0].command == "chart.whole"
    assert detail(city, indicator).looking.time == 0
    for place, choice in enumerate(times[1:], start=1):
        found = detail(city, indicator, time=choice.args["when"])
        assert found.looking.time == place
        (line, *_) = found.chart.series
        assert sum(point.value is not None for point in line.points) >= 3


def test_of_what_is_kept_for_a_day_no_years_are_offered(city: MemoryRepositories) -> None:
    assert detail(city, "temperature").looking.times == ()
    other = detail(city, "complaints", time="2019-03").looking
    assert other.time == -1, "a time that was spoken is none of those that can be pressed"
