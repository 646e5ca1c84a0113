"""Observations become figures by the declared rule, and never figures that nobody told."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.connectors.normal import Observation, Quality
from kiosk.backend.pull.declaration import Feed
from kiosk.backend.pull.figures import figures
from tests.helpers.city import indicator

HOUR = "2026-11-22T14:00:00+09:00"
EARLIER = "2026-11-22T13:00:00+09:00"
HOUR_MS = 1_795_323_600_000
NOW_MS = HOUR_MS + 1_200_000
PM25 = msgspec.structs.replace(indicator("pm25"), areas="districts")
MEAN = Feed("air.pm25", "pm25", least=2)
SUM = Feed("air.pm25", "pm25", combine="sum")


def told(
    value: float | None, place: str = "11110", time: str = HOUR, quality: Quality = "good"
) -> Observation:
    return Observation(
        id=f"{place}{time}", kind="air.pm25", place=place, time=time, value=value, quality=quality
    )


def made(
    feed: Feed, *items: Observation, complete: bool = True, now_ms: int = NOW_MS
) -> dict[str, float | None]:
    def district(item: Observation) -> str:
        return item.place if item.place and item.place.startswith("11") else ""

    rows = figures(feed, PM25, items, district, now_ms, complete=complete)
    assert all(not row.simulated and row.t_ms == rows[0].t_ms for row in rows)
    return {row.area: row.value for row in rows}


def test_districts_and_their_mean() -> None:
    assert made(MEAN, told(10), told(30, "11140")) == {"11110": 10, "11140": 30, "city": 20}


def test_a_sum_of_several_places_in_a_district() -> None:
    rows = made(SUM, told(10), told(30, "11140"), told(5, "11140"))
    assert rows == {"11110": 10, "11140": 35, "city": 45}


def test_too_few_stations_make_no_figure_of_the_city() -> None:
    assert made(MEAN, told(10)) == {"11110": 10}


def test_part_of_an_answer_makes_no_sum() -> None:
    assert made(SUM, told(10), complete=False) == {}
    assert made(MEAN, told(10), complete=False) == {"11110": 10}


@pytest.mark.parametrize("quality", ["missing", "suspect", "stale", "estimated"])
def test_what_is_in_doubt_is_left_out(quality: Quality) -> None:
    assert made(MEAN, told(10), told(99, "11140", quality=quality)) == {"11110": 10}


def test_maintenance_is_told_without_a_value() -> None:
    rows = figures(
        MEAN,
        PM25,
        [told(None, quality="maintenance")],
        lambda item: item.place or "",
        NOW_MS,
        complete=True,
    )
    assert [(row.area, row.value) for row in rows] == [("11110", None)]
    assert rows[0].note is not None


def test_stations_outside_the_districts_and_of_an_earlier_hour_are_left_out() -> None:
    assert made(SUM, told(10), told(50, "신촌로"), told(70, "11140", EARLIER)) == {
        "11110": 10,
        "city": 10,
    }


def test_late_reports_count_within_the_declared_time() -> None:
    feed = msgspec.structs.replace(SUM, within_s=3600)
    assert made(feed, told(10), told(70, "11140", EARLIER))["city"] == 80


def test_beds_below_zero_are_no_beds() -> None:
    feed = msgspec.structs.replace(SUM, floor=0.0)
    assert made(feed, told(10), told(-7, "11140", quality="over_capacity"))["city"] == 10


def test_one_place_can_stand_for_the_city() -> None:
    feed = Feed("air.pm25", "pm25", at="60,127")
    assert made(feed, told(12.0, "60,127"), told(99.0)) == {"city": 12.0}


def test_a_report_from_the_future_is_none() -> None:
    assert made(MEAN, told(10), now_ms=HOUR_MS - 2 * 3_600_000) == {}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["11110", "11140", "11170", "x"]),
            st.one_of(st.none(), st.floats(-1e6, 1e6)),
            st.sampled_from(["good", "missing", "suspect", "maintenance", "stale"]),
        ),
        max_size=12,
    ),
    st.sampled_from([MEAN, SUM]),
)
def test_no_figure_lies_outside_of_what_was_told(
    told_values: list[tuple[str, float | None, Quality]], feed: Feed
) -> None:
    items = [told(value, place, quality=quality) for place, value, quality in told_values]
    good = [v for p, v, q in told_values if q == "good" and v is not None and p != "x"]
    rows = made(feed, *items) if items else {}
    for value in rows.values():
        if value is None:
            continue
        assert good
        low, high = (min(good), max(good)) if feed is MEAN else (-1.3e7, 1.3e7)
        assert low - 1 <= value <= high + 1
    assert "city" not in rows or len(good) >= feed.least
