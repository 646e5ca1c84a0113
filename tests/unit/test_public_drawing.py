"""Lines, maps and pictures of the public pages, as plain records."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kiosk.public.card import SIZE, Card, draw_card
from kiosk.public.line_drawing import draw_line, draw_spark
from kiosk.public.look import read_tokens, stylesheet
from kiosk.public.map_drawing import draw_map
from kiosk.public.model import Area
from kiosk.public.pages.figures import address_of, span_named
from kiosk.ui.charts.chart_model import ChartPoint, ChartSeries, LineChartModel
from kiosk.wire.city import Period
from kiosk.wire.text import Text

DAY_MS = 86_400_000
START_MS = 1_700_000_000_000
NUMBERS = re.compile(r"-?\d+")


def line_of(*points: ChartPoint) -> LineChartModel:
    return LineChartModel((ChartSeries(Text("가", "a"), points),))


values = st.floats(-1e9, 1e9) | st.none()


@given(st.lists(st.tuples(values, st.booleans()), max_size=40))
def test_a_line_stays_inside_its_drawing(told: list[tuple[float | None, bool]]) -> None:
    points = [ChartPoint(START_MS + n * DAY_MS, v, p) for n, (v, p) in enumerate(told)]
    drawn = draw_line(line_of(*points))
    if drawn is None:
        assert not points
        return
    for stroke in drawn.strokes:
        for path in (*stroke.paths, stroke.tail):
            assert all(0 <= int(n) <= 1000 for n in NUMBERS.findall(path))
        for x, y in (*stroke.alone, *([stroke.end] if stroke.end else [])):
            assert 0 <= x <= 100
            assert 0 <= y <= 100
    assert all(0 <= tick.at <= 100 for tick in (*drawn.times, *drawn.values))


def test_what_is_not_over_yet_is_a_line_of_its_own() -> None:
    points = [ChartPoint(START_MS + n * DAY_MS, 5.0 + n, n == 3) for n in range(4)]
    drawn = draw_line(line_of(*points))
    assert drawn is not None
    stroke = drawn.strokes[0]
    assert stroke.tail.count("L") == 1
    assert stroke.paths[0].count("L") == 2
    assert stroke.end is not None


def test_a_gap_is_not_bridged_and_says_why() -> None:
    why = Text("점검", "maintenance")
    known = [ChartPoint(START_MS + n * DAY_MS, 1.0 + n) for n in range(8) if n != 4]
    points = [*known[:4], ChartPoint(START_MS + 4 * DAY_MS, None, note=why), *known[4:]]
    drawn = draw_line(line_of(*points))
    assert drawn is not None
    assert len(drawn.strokes[0].paths) == 2
    assert [hatch.note for hatch in drawn.hatches] == [why]


def test_a_spark_of_one_value_is_none() -> None:
    assert draw_spark((None, 3.0, None)) is None
    drawn = draw_spark((1.0, None, 3.0), slots=11)
    assert drawn is not None
    assert drawn.strokes[0].end == (20.0, 10.0)


SQUARE = ((0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0))
EAST = tuple((x + 1.0, y) for x, y in SQUARE)
WEST_AREA = Area("11010", Text("서구", "West-gu"), 0.5, 0.5, (SQUARE,))
EAST_AREA = Area("11020", Text("동편구", "East-gu"), 0.5, 1.5, (EAST,))


def test_a_map_says_what_has_no_figure() -> None:
    drawn = draw_map((WEST_AREA, EAST_AREA), {"11010": 3.0}, 0, "ko")
    assert drawn is not None
    assert {shape.code: shape.grade for shape in drawn.shapes}["11020"] == "class-none"
    assert [entry.label.en for _, entry in drawn.entries][-1] == "no data"
    assert all(shape.spot is not None for shape in drawn.shapes)


def test_a_figure_without_room_stands_in_the_table_alone() -> None:
    drawn = draw_map((WEST_AREA, EAST_AREA), {"11010": 3.0, "11020": 1e7}, 0, "ko")
    assert drawn is not None
    assert {shape.value for shape in drawn.shapes} == {"3", ""}


def test_without_boundaries_there_is_no_map() -> None:
    assert draw_map((Area("1", Text("a", "a"), 0.0, 0.0),), {}, 0, "en") is None


periods = st.sampled_from(["year", "quarter", "month", "day", "hour", ""])


@given(periods, st.integers(946_684_800_000, 2_500_000_000_000))
def test_a_period_is_in_the_span_of_its_address(period: Period, t_ms: int) -> None:
    named = address_of(period, t_ms)
    span = span_named(named)
    assert span.start_ms <= t_ms < span.end_ms or period == "hour"
    assert address_of(span.period or "", span.start_ms) == named


@given(st.text(max_size=24) | st.sampled_from(["9999-12-31", "9999", "0001", "0000-01"]))
def test_any_name_of_a_period_is_taken_or_refused(name: str) -> None:
    try:
        span = span_named(name)
    except ValueError:
        return
    assert span.start_ms < span.end_ms


def test_the_picture_takes_words_of_any_length() -> None:
    long = Card("긴 제목 " * 30, "123,456,789,012", "단위" * 20, "때" * 60, "출처" * 60, "이름" * 9)
    assert draw_card(long)[:4] == b"\x89PNG"
    assert SIZE == (1200, 630)


def test_the_pages_have_the_walls_colours() -> None:
    css = stylesheet("body { }", {})
    color = read_tokens()["color"]
    for theme in ("light", "dark"):
        assert f"--background: {color[theme]['background']};" in css
        assert f"--accent-fill: {color[theme]['accent']['fill']};" in css
    assert "body { }" in css
