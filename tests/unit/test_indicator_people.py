"""Periods and people of one indicator: what is offered, chosen, and said."""

from kiosk.core.state import Place
from kiosk.panels.indicators.model import Detail
from kiosk.panels.indicators.people import MOMENT, chosen_line
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of


def detail(city: MemoryRepositories, **place: str) -> Detail:
    found: Detail = model_of("indicators", city, at("indicators", **place)).detail
    return found


def test_what_there_is_not_falls_back_to_what_there_is() -> None:
    offers = {MOMENT, ("month", "all", "all"), ("year", "all", "all"), ("year", "male", "all")}
    assert chosen_line(Place(period="year", sex="male"), offers) == ("year", "male", "all")
    assert chosen_line(Place(period="year", sex="female"), offers) == ("year", "all", "all")
    assert chosen_line(Place(period="month", sex="male"), offers) == ("month", "all", "all")
    assert chosen_line(Place(period="year", age="20-29"), {MOMENT}) == MOMENT


def test_periods_and_people_change_every_figure_of_the_screen() -> None:
    city = demo_city()
    now = detail(city, indicator="ambulance")
    assert [c.args["period"] for c in now.choices.periods] == ["now", "month", "year"]
    assert (now.choices.sexes, now.choices.ages) == ((), ())
    year = detail(city, indicator="ambulance", period="year")
    women = detail(city, indicator="ambulance", period="year", sex="female", age="20-29")
    assert year.figure.as_of is not None
    assert year.figure.as_of.ko == "2025년"
    assert year.title.ko == "구급 출동", "a year is not today's count"
    assert year.chart_title.ko == "연도별 합계, 건"
    assert women.chart_title.ko == "연도별 합계, 20-29세 여, 건"
    whole, part = (int(d.figure.value.replace(",", "")) for d in (year, women))
    assert 0.02 * whole < part < 0.2 * whole
    assert [c.label.ko for c in women.choices.sexes] == ["전체", "남", "여"]
    assert (women.choices.period, women.choices.sex) == (2, 2)
    assert [c.args["age"] for c in women.choices.ages] == ["10-19", "all", "30-39"]
    ranked = [row for row in women.ranking.rows if row.value is not None]
    assert len(ranked) == 25
    assert abs(sum(row.value or 0.0 for row in ranked) - part) < 1


def test_a_year_that_is_not_over_is_in_the_line_but_not_the_figure() -> None:
    shown = detail(demo_city(), indicator="ambulance", period="year")
    assert shown.figure.as_of is not None
    assert shown.figure.as_of.ko == "2025년"
    assert shown.chart.series[0].points[-1].provisional


def test_a_level_keeps_its_thresholds_and_a_published_figure_is_as_before() -> None:
    city = demo_city()
    month = detail(city, indicator="pm25", period="month", district="11710")
    assert month.chart_title.ko == "월별 평균, µg/m³"
    assert any(rule.label.ko == "나쁨 36" for rule in month.chart.rules)
    assert detail(city, indicator="population", period="year").choices.periods == ()
