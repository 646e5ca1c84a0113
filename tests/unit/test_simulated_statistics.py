"""Monthly and annual statistics of the demonstration: repeatable, marked, and adding up."""

import datetime as dt
import math
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.catalogue import City, load_city
from kiosk.backend.simulator.city import Simulator
from kiosk.backend.simulator.declared import read_ages, read_statistics
from kiosk.backend.simulator.statistics import Kind, Statistic, StatisticCourse
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.wire.city import CITY_AREA, EVERYONE, Observation, figure_key

KST = ZoneInfo("Asia/Seoul")

FOLDER = pack_folder(Settings())
SHARES = {"11110": 0.2, "11140": 0.3, "11170": 0.5}
AGES = {age.group: age for age in read_ages(FOLDER)}
COUNTS: tuple[Kind, ...] = ("flow", "level", "stock", "running")


def at(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=KST).timestamp() * 1000)


NOW_MS = at("2026-11-23T14:30")
OCTOBER_MS = at("2026-10-01")


def course(kind: Kind, *, annual: bool = False, seed: int = 7, **fields: object) -> StatisticCourse:
    given_fields = {"first": 1000.0, "last": 2000.0, "spread": 0.3, **fields}
    statistic = Statistic("made", kind, **given_fields)  # type: ignore[arg-type]
    return StatisticCourse(statistic, SHARES, AGES, annual=annual, decimals=0, seed=seed)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(FOLDER)


def by_key(rows: Iterable[Observation]) -> dict[str, Observation]:
    return {figure_key(row): row for row in rows}


@given(kind=st.sampled_from(COUNTS), month=st.integers(1, 12), year=st.integers(2017, 2030))
def test_districts_of_a_count_add_up_to_the_city(kind: Kind, month: int, year: int) -> None:
    values = course(kind).values(at(f"{year}-{month:02d}-01"))
    districts = math.fsum(value for area, value in values.items() if area != CITY_AREA)
    assert districts == pytest.approx(values[CITY_AREA])


@given(month=st.integers(1, 12), year=st.integers(2017, 2030))
def test_districts_of_a_rate_lie_on_both_sides_of_the_city(month: int, year: int) -> None:
    values = course("rate").values(at(f"{year}-{month:02d}-01"))
    weighted = math.fsum(SHARES[area] * values[area] for area in SHARES)
    assert weighted == pytest.approx(values[CITY_AREA], rel=1e-9)
    assert min(values[a] for a in SHARES) < values[CITY_AREA] < max(values[a] for a in SHARES)


@given(month=st.integers(2, 12), year=st.integers(2017, 2030))
def test_a_running_figure_grows_within_its_year_and_begins_again(month: int, year: int) -> None:
    running = course("running")
    this = running.values(at(f"{year}-{month:02d}-01"))[CITY_AREA]
    before = running.values(at(f"{year}-{month - 1:02d}-01"))[CITY_AREA]
    january = running.values(at(f"{year}-01-01"))[CITY_AREA]
    assert this > before >= january


@given(month=st.integers(2, 120))
def test_a_stock_that_only_grows_never_shrinks(month: int) -> None:
    stock = course("stock", wobble=0.0)
    starts = sorted({row.t_ms for row in stock.decade(NOW_MS) if row.period == "month"})
    before, after = stock.values(starts[month - 2]), stock.values(starts[month - 1])
    assert all(after[area] >= before[area] for area in before)


def test_men_and_women_and_the_ages_of_a_count_are_the_whole() -> None:
    made = course("flow", female=0.6, ages={"20-29": 1.0, "30-39": 2.0})
    rows = [row for row in made.told(OCTOBER_MS) if row.period == "month" and row.area == CITY_AREA]
    whole = next(r.value for r in rows if (r.sex, r.age) == ("all", EVERYONE))
    women = next(r.value for r in rows if (r.sex, r.age) == ("female", EVERYONE))
    ages = [r.value for r in rows if r.sex == "all" and r.age != EVERYONE]
    assert whole is not None
    assert women == pytest.approx(0.6 * whole, abs=1)
    assert sum(a for a in ages if a is not None) == pytest.approx(whole, abs=2)


def test_a_rate_of_men_and_women_averages_to_everybodys() -> None:
    made = course("rate", female=0.8)
    found = {
        r.sex: r.value for r in made.told(OCTOBER_MS) if r.period == "month" and r.area == "city"
    }
    men, women, whole = found["male"], found["female"], found["all"]
    assert men is not None
    assert women is not None
    assert whole is not None
    assert 0.487 * men + 0.513 * women == pytest.approx(whole, abs=1)
    assert women < whole < men


@pytest.mark.parametrize("kind", ["rate", *COUNTS])
def test_what_is_told_when_a_month_is_over_is_what_the_ten_years_hold(kind: Kind) -> None:
    made = course(kind, female=0.5)
    decade = by_key(made.decade(NOW_MS))
    for key, row in by_key(made.told(OCTOBER_MS)).items():
        assert decade[key] == row


def test_ten_years_of_months_and_whole_years_without_a_period_that_is_not_over() -> None:
    rows = list(course("flow").decade(NOW_MS))
    months = {row.t_ms for row in rows if row.period == "month"}
    years = {row.t_ms for row in rows if row.period == "year"}
    assert len(months) == 120
    assert max(months) == OCTOBER_MS
    assert years == {at(f"{year}-01-01") for year in range(2016, 2026)}


def test_an_annual_figure_is_that_of_the_last_year_that_is_over() -> None:
    rows = list(course("stock", annual=True).told(at("2025-01-01")))
    assert {row.period for row in rows} == {"", "year"}
    assert next(r.t_ms for r in rows if not r.period) == at("2025-12-31")


def test_another_seed_gives_other_districts(city: City) -> None:
    assert course("flow").values(OCTOBER_MS) == course("flow").values(OCTOBER_MS)
    assert course("flow").values(OCTOBER_MS) != course("flow", seed=8).values(OCTOBER_MS)


def test_every_figure_is_marked_as_simulated(city: City) -> None:
    simulator = Simulator(city, FOLDER, 7, 16)
    for statistic in read_statistics(city, FOLDER):
        rows = list(simulator.decade(statistic.indicator, NOW_MS))
        assert rows
        assert all(row.simulated for row in rows)


def test_a_month_is_told_once_and_the_next_one_when_it_is_over(city: City) -> None:
    simulator = Simulator(city, FOLDER, 7, 16)

    def told(now_ms: int) -> set[int]:
        rows = simulator.step(now_ms)
        mine = (r for r in rows if isinstance(r, Observation) and r.indicator == "births")
        return {r.t_ms for r in mine if r.period == "month"}

    assert told(NOW_MS) == {OCTOBER_MS}
    assert told(NOW_MS + 60_000) == set()
    assert told(at("2026-12-01")) == {at("2026-11-01")}


def test_a_source_that_is_real_silences_the_statistic(city: City) -> None:
    simulator = Simulator(city, FOLDER, 7, 16)
    simulator.without = frozenset(("births",))
    assert "births" not in simulator.played()
    rows = simulator.step(NOW_MS)
    assert not [r for r in rows if isinstance(r, Observation) and r.indicator == "births"]


def test_the_city_has_sixty_two_indicators_and_the_seven_that_are_named(city: City) -> None:
    assert len(city.indicators) == 62
    named = {i.id for i in city.indicators if i.chosen == "platform"}
    assert named == {
        "employment-rate",
        "womens-employment-rate",
        "jobs-created",
        "mini-solar",
        "ecomileage",
        "rental-housing",
        "committee-women",
    }
