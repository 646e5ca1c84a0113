"""Arithmetic of map and charts: true lengths, honest axes, gaps that stay gaps."""

import math
from datetime import datetime

import pytest

from kiosk.pack.clock import zone
from kiosk.ui.charts.chart_model import (
    ChartPoint,
    ChartRule,
    ChartSeries,
    LineChartModel,
    axis_words,
    gaps,
    runs,
    time_ticks,
    value_axis,
)
from kiosk.ui.charts.geometry import contains, label_points, projection_for, scale_bar_m
from kiosk.ui.charts.map_touch import Fingers
from kiosk.wire.text import Text

DAY_MS = 86_400_000
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
HOLE = ((3.0, 3.0), (7.0, 3.0), (7.0, 7.0), (3.0, 7.0), (3.0, 3.0))


def line(*values: float | None, step_ms: int = DAY_MS) -> LineChartModel:
    points = tuple(ChartPoint(i * step_ms, value) for i, value in enumerate(values))
    return LineChartModel((ChartSeries(Text("가", "a"), points),))


def test_a_kilometre_is_a_kilometre_both_ways() -> None:
    # Gwanghwamun to Jamsil: 14.13 km on the WGS84 ellipsoid, 12.1 east and 7.3 south.
    projection = projection_for([((126.77, 37.43), (127.18, 37.70))])
    ax, ay = projection.metres(126.9769, 37.5759)
    bx, by = projection.metres(127.1002, 37.5133)
    assert math.dist((ax, ay), (bx, by)) == pytest.approx(12_900, rel=0.01)
    assert bx - ax == pytest.approx(10_890, rel=0.01)
    assert by - ay == pytest.approx(6_950, rel=0.01)


def test_a_map_without_a_point_says_so() -> None:
    with pytest.raises(ValueError, match="no boundary point"):
        projection_for([])


def test_a_hole_is_outside() -> None:
    assert contains((SQUARE, HOLE), 1, 1)
    assert not contains((SQUARE, HOLE), 5, 5)
    assert not contains((SQUARE,), 11, 5)


def test_the_best_place_for_a_label_is_well_inside() -> None:
    x, y = label_points((SQUARE,))[0]
    assert (x, y) == pytest.approx((5, 5), abs=0.6)
    assert all(contains((SQUARE, HOLE), *point) for point in label_points((SQUARE, HOLE)))


@pytest.mark.parametrize(("m_per_px", "metres"), [(50.0, 2000), (12.0, 1000), (1.0, 50)])
def test_the_scale_bar_is_a_round_length(m_per_px: float, metres: int) -> None:
    assert scale_bar_m(m_per_px, 90) == metres


def test_an_axis_starts_at_zero_when_values_come_near_it() -> None:
    axis = value_axis(line(3.0, 10.0))
    assert axis.low == 0.0
    assert axis.from_zero


def test_an_axis_far_from_zero_is_cut_and_admits_it() -> None:
    axis = value_axis(line(51.9, 55.4))
    assert axis.low == 51.0
    assert axis.high == 56.0
    assert not axis.from_zero


def test_a_goal_stays_on_the_axis() -> None:
    model = LineChartModel(line(51.9, 55.4).series, (ChartRule(60.0, Text("목표", "goal")),))
    assert value_axis(model).high >= 60.0


def test_negative_values_have_an_axis_too() -> None:
    axis = value_axis(line(-8.0, 4.0))
    assert axis.low <= -8.0
    assert axis.high >= 4.0
    assert axis_words(axis, axis.low, 0).startswith("−")


def test_flat_and_empty_lines_have_an_axis() -> None:
    assert value_axis(line(5.0, 5.0)).high > 0
    assert value_axis(LineChartModel()).ticks[0] == 0.0


def test_ticks_have_as_many_decimals_as_their_step_needs() -> None:
    axis = value_axis(line(0.02, 0.03))
    words = [axis_words(axis, tick, 3) for tick in axis.ticks]
    assert len(set(words)) == len(words)


def test_a_missing_value_is_a_gap_with_its_reason() -> None:
    points = [ChartPoint(i * DAY_MS, 1.0) for i in range(6)]
    points[3] = ChartPoint(3 * DAY_MS, None, note=Text("조사 개편", "survey changed"))
    (gap,) = gaps(points)
    assert (gap.start_ms, gap.end_ms) == (2 * DAY_MS, 4 * DAY_MS)
    assert gap.note == Text("조사 개편", "survey changed")
    assert [len(run) for run in runs(points)] == [3, 2]


def test_a_long_silence_is_a_gap_although_nobody_said_so() -> None:
    times = [0, 1, 2, 3, 6, 7, 8]
    points = [ChartPoint(t * DAY_MS, 1.0) for t in times]
    assert [gap.start_ms for gap in gaps(points)] == [3 * DAY_MS]


def test_an_even_line_has_no_gap() -> None:
    points = [ChartPoint(t * DAY_MS, 1.0) for t in range(9)]
    assert gaps(points) == ()
    assert len(runs(points)) == 1


def at(*parts: int) -> int:
    year, month, day, hour = (*parts, *(1, 1, 0)[len(parts) - 1 :])
    return int(datetime(year, month, day, hour, tzinfo=zone()).timestamp() * 1000)


@pytest.mark.parametrize(
    ("start", "end", "most", "words"),
    [
        (at(2026, 11, 21, 14), at(2026, 11, 22, 14), 6, ["18시", "11월 22일", "6시", "12시"]),
        (at(2020, 3), at(2025, 6), 6, ["2021년", "2022년", "2023년", "2024년", "2025년"]),
        (at(2026, 1), at(2026, 7), 4, ["2026년", "4월", "7월"]),
    ],
)
def test_time_is_told_in_round_seoul_hours_days_and_years(
    start: int, end: int, most: int, words: list[str]
) -> None:
    assert [name.ko for _, name in time_ticks(start, end, most)] == words


@pytest.mark.parametrize(
    ("apart_days", "words"),
    [
        (0, ["2023년", "4월", "7월", "10월", "2024년", "4월", "7월", "10월", "2025년"]),
        (365, ["2023년", "2024년", "2025년"]),
        (91, ["2023년", "4월", "7월", "10월", "2024년", "4월", "7월", "10월", "2025년"]),
    ],
)
def test_no_time_is_told_between_points_that_lie_years_apart(
    apart_days: float, words: list[str]
) -> None:
    ticks = time_ticks(at(2023), at(2025), 10, apart_days * DAY_MS)
    assert [name.ko for _, name in ticks] == words


@pytest.mark.parametrize("days", [0.1, 1, 5, 30, 100, 400, 4000, 40_000])
@pytest.mark.parametrize("most", [3, 8])
def test_there_are_never_more_ticks_than_asked_for(days: float, most: int) -> None:
    start = at(2020, 3)
    ticks = time_ticks(start, start + int(days * DAY_MS), most)
    assert len(ticks) <= most + 1


def test_a_finger_that_stays_is_a_tap_where_it_came_down() -> None:
    fingers = Fingers(10)
    fingers.update({1: (50.0, 50.0)})
    fingers.update({1: (54.0, 52.0)})
    assert fingers.release() == (50.0, 50.0)


def test_a_finger_that_leaves_its_place_is_no_tap_even_when_it_comes_back() -> None:
    fingers = Fingers(10)
    fingers.update({1: (50.0, 50.0)})
    fingers.update({1: (80.0, 50.0)})
    fingers.update({1: (50.0, 50.0)})
    assert fingers.release() is None


def test_a_second_finger_makes_a_pinch_of_a_tap() -> None:
    fingers = Fingers(10)
    fingers.update({1: (40.0, 50.0)})
    fingers.update({1: (40.0, 50.0), 2: (60.0, 50.0)})
    move = fingers.update({1: (30.0, 50.0), 2: (70.0, 50.0)})
    assert move is not None
    assert move.factor == pytest.approx(2.0)
    assert (move.x, move.y) == (50.0, 50.0)
    assert fingers.release() is None
