"""Rollups: the parts of a period give what the whole gives; each figure counts once."""

import datetime as dt
import math
import random
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.figures import Part
from kiosk.backend.rollups import Rollups, combine
from kiosk.backend.spans import parts_in, span
from kiosk.backend.store import Store
from kiosk.wire.city import ChangesPage, Indicator, Observation, Period, Rollup
from tests.helpers.city import indicator, observation

KST = ZoneInfo("Asia/Seoul")

DAY_MS = 86_400_000
times = st.integers(0, 4_102_444_800_000)  # 1970 to 2100
periods = st.sampled_from(["hour", "day", "month", "quarter", "year"])


def ms(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    return int(dt.datetime(year, month, day, hour, minute, tzinfo=KST).timestamp() * 1000)


@given(periods, times)
def test_periods_follow_one_another_without_gap_or_overlap(period: Period, t_ms: int) -> None:
    start_ms, end_ms = span(period, t_ms)
    assert start_ms <= t_ms < end_ms
    assert span(period, end_ms - 1) == (start_ms, end_ms)
    assert span(period, end_ms)[0] == end_ms


@given(st.sampled_from([("day", "hour"), ("month", "day"), ("quarter", "month")]), times)
def test_a_period_is_made_of_whole_shorter_ones(pair: tuple[Period, Period], t_ms: int) -> None:
    longer, shorter = pair
    start_ms, end_ms = span(longer, t_ms)
    count, at = 0, start_ms
    while at < end_ms:
        assert span(shorter, at)[0] == at
        at = span(shorter, at)[1]
        count += 1
    assert (at, count) == (end_ms, parts_in(longer, shorter, t_ms))


def test_leap_years_and_month_ends() -> None:
    assert parts_in("month", "day", ms(2024, 2, 29, 23, 59)) == 29
    assert parts_in("month", "day", ms(2100, 2, 1)) == 28
    assert span("month", ms(2024, 2, 29, 23, 59)) == (ms(2024, 2, 1), ms(2024, 3, 1))
    assert span("year", ms(2024, 12, 31, 23)) == (ms(2024, 1, 1), ms(2025, 1, 1))


@given(
    st.sampled_from(["sum", "mean", "last", "weighted"]),
    st.lists(
        st.tuples(st.none() | st.floats(-1e6, 1e6), st.none() | st.floats(0.1, 100)), min_size=1
    ),
    st.randoms(use_true_random=False),
)
def test_rollup_of_parts_is_rollup_of_the_whole(
    rule: Rollup, figures: list[tuple[float | None, float | None]], rng: random.Random
) -> None:
    whole = [Part(t, value, 0, weight) for t, (value, weight) in enumerate(figures)]
    cut = rng.randrange(len(whole) + 1)
    halves = [combine(rule, "day", part) for part in (whole[:cut], whole[cut:])]
    parts = [Part(n, half[0], 0, half[1]) for n, half in enumerate(halves) if half is not None]
    once, twice = combine(rule, "day", whole), combine(rule, "month", parts)
    assert (once is None) == (twice is None)
    if once is not None and twice is not None:
        for one, two in zip(once, twice, strict=True):
            assert math.isclose(one, two, rel_tol=1e-9, abs_tol=1e-6)


# ---- in a store


class City:
    """A store whose figures are rolled up."""

    def __init__(self, folder: Path, *rules: tuple[str, Rollup]) -> None:
        self.store = Store.open(folder / "backend.db")
        self.indicators = {name: _indicator(name, rule) for name, rule in rules}
        self.rollups = self.new()

    def new(self) -> Rollups:
        return Rollups(self.store, lambda: self.indicators, {"rate": "people"})

    def at(self, now_ms: int) -> None:
        while self.rollups.work(now_ms):
            pass
        for _ in range(6):  # each level is news for the next
            self.rollups.work(now_ms)

    def tell(self, name: str, at_ms: int, value: float | None) -> None:
        self.store.write([observation(name, at_ms, value)])

    def found(self, name: str, period: Period) -> dict[int, Observation]:
        page = msgspec.json.decode(self.store.changes(0, 100_000).body, type=ChangesPage)
        rows = [c.row for c in page.rows if isinstance(c.row, Observation)]
        return {r.t_ms: r for r in rows if r.indicator == name and r.period == period}


def _indicator(name: str, rule: Rollup) -> Indicator:
    period_s = {"people": 7_889_400, "rate": 86_400 * 5}.get(name, 600)
    kept = None if period_s > 600 else 26 * 3600
    known = msgspec.structs.replace(indicator(name, history_s=kept), rollup=rule)
    return msgspec.structs.replace(known, period_s=period_s)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    made = City(tmp_path, ("level", "mean"), ("calls", "daily"), ("rate", "weighted"))
    yield made
    made.store.close()


def test_a_level_is_averaged_and_a_count_since_midnight_added_up(city: City) -> None:
    """Two days around the end of a leap February, told every ten minutes."""
    start_ms = ms(2024, 2, 29)
    for step in range(2 * 144):
        at_ms = start_ms + step * 600_000
        city.tell("level", at_ms, float(step))
        city.tell("calls", at_ms, float(step % 144))
        if step % 36 == 35:
            city.at(at_ms + 1)
    city.at(start_ms + 2 * DAY_MS)
    levels = city.found("level", "day")
    assert [(t, r.value) for t, r in levels.items()] == [
        (start_ms, 71.5),
        (start_ms + DAY_MS, 215.5),
    ]
    assert all(r.rollup == "mean" and not r.provisional and r.simulated for r in levels.values())
    assert all(r.note is None for r in levels.values()), "nothing was missing"
    months = city.found("calls", "month")
    assert {t: r.value for t, r in months.items()} == {ms(2024, 2, 1): 143, ms(2024, 3, 1): 143}
    year = city.found("calls", "year")[ms(2024, 1, 1)]
    assert (year.value, year.provisional) == (286, True)


def test_a_period_that_is_not_over_is_provisional_until_it_is(city: City) -> None:
    start_ms = ms(2026, 11, 22, 13)
    city.tell("level", start_ms, 10.0)
    city.at(start_ms + 1)
    assert city.found("level", "hour")[start_ms].provisional
    city.rollups = city.new()  # the backend was started again
    city.at(start_ms + 3_600_000)
    hour = city.found("level", "hour")[start_ms]
    assert (hour.provisional, hour.value) == (False, 10.0)
    assert hour.note is not None
    assert "6개 가운데 1개" in hour.note.ko


def test_a_late_correction_is_worked_in(city: City) -> None:
    start_ms = ms(2026, 11, 22, 13)
    for k in range(6):
        city.tell("level", start_ms + k * 600_000, 10.0)
    city.at(start_ms + 3_600_000)
    city.tell("level", start_ms, 40.0)
    city.at(start_ms + 7_200_000)
    assert city.found("level", "hour")[start_ms].value == 15.0
    assert city.found("level", "day")[ms(2026, 11, 22)].value == 15.0
    revision = city.store.revision()
    city.at(start_ms + 7_200_001)
    assert city.store.revision() == revision, "what has not changed is not told again"


def test_nothing_is_made_of_what_is_left_of_dropped_figures(city: City) -> None:
    start_ms = ms(2026, 11, 22, 13)
    for k in range(6):
        city.tell("level", start_ms + k * 600_000, 10.0)
    city.at(start_ms + 3_600_000)
    late_ms = start_ms + 40 * 3_600_000
    city.store.forget("level", "", late_ms - 26 * 3_600_000)
    city.tell("level", start_ms, 99.0)
    city.at(late_ms)
    assert city.found("level", "hour")[start_ms].value == 10.0


def test_what_a_source_told_is_not_replaced(city: City) -> None:
    told = msgspec.structs.replace(observation("level", ms(2026, 11, 1), 5.0), period="month")
    city.store.write([told])
    city.tell("level", ms(2026, 11, 22, 13), 10.0)
    city.at(ms(2026, 11, 22, 14))
    assert city.found("level", "month") == {told.t_ms: told}
    assert city.found("level", "year")[ms(2026, 1, 1)].value == 5.0


def test_a_rate_counts_by_what_it_is_a_rate_of(city: City) -> None:
    city.tell("rate", ms(2026, 11, 1), 50.0)
    city.at(ms(2026, 11, 20))
    assert city.found("rate", "month") == {}, "without weights there is no mean"
    city.tell("people", ms(2026, 10, 1), 100.0)
    city.tell("people", ms(2026, 11, 5), 300.0)
    city.tell("rate", ms(2026, 11, 1), 50.5)
    city.tell("rate", ms(2026, 11, 6), 10.5)
    city.at(ms(2026, 11, 20))
    assert city.found("rate", "month")[ms(2026, 11, 1)].value == 20.5


def test_parts_that_are_gone_take_their_figure_along(city: City) -> None:
    at_ms = ms(2026, 11, 22, 13)
    city.tell("level", at_ms, 10.0)
    city.at(at_ms + 1)
    city.store.delete("observations", [f"level/city/{at_ms}"])
    city.at(at_ms + 2)
    for period in ("hour", "day", "month", "quarter", "year"):
        assert city.found("level", period) == {}
