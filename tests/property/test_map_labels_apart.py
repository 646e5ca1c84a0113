"""Whatever the names and the room: no label covers another, a marker, or the map's edge."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.panels.classes import by_change, by_value, round_cuts
from kiosk.ui.charts.map_labels import LabelWish, box_around, overlaps, place_labels
from kiosk.wire.text import Text

COORDINATE = st.floats(0, 400, allow_nan=False)
POINT = st.tuples(COORDINATE, COORDINATE)
WISHES = st.lists(
    st.builds(
        lambda width, height, points: ("", width, height, tuple(points)),
        st.floats(5, 90),
        st.floats(5, 40),
        st.lists(POINT, min_size=1, max_size=8),
    ),
    max_size=14,
)
BOXES = st.lists(POINT.map(lambda p: box_around(p, 30, 30)), max_size=4)
VALUES = st.dictionaries(
    st.sampled_from([f"11{n:03d}" for n in range(25)]),
    st.floats(-1e6, 1e6, allow_nan=False, allow_infinity=False),
)
CODES = tuple(f"11{n:03d}" for n in range(25))


@given(WISHES, BOXES)
def test_labels_keep_apart(
    wishes: list[tuple[str, float, float, tuple[tuple[float, float], ...]]],
    blocked: list[tuple[float, float, float, float]],
) -> None:
    named = [LabelWish(str(i), w, h, points) for i, (_, w, h, points) in enumerate(wishes)]
    bounds = (0.0, 0.0, 400.0, 400.0)
    placed = place_labels(named, blocked, bounds)
    assert set(placed) == {wish.code for wish in named}
    boxes = []
    for wish in named:
        spot = placed[wish.code]
        if spot is not None:
            assert spot in wish.points
            boxes.append(box_around(spot, wish.width, wish.height))
    for box in boxes:
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= 400
        assert box[3] <= 400
        assert not any(overlaps(box, other) for other in blocked)
    assert not any(overlaps(first, second) for first, second in combinations(boxes, 2))


@given(VALUES)
def test_every_district_has_one_class_and_a_missing_one_none(values: dict[str, float]) -> None:
    classes = by_value(values, CODES, 1, frozenset())
    assert [fill.district for fill in classes.fills] == list(CODES)
    for fill in classes.fills:
        if fill.district in values:
            assert fill.grade is not None
            assert 0 <= fill.grade < len(classes.grades)
        else:
            assert fill.grade is None


@given(VALUES)
def test_a_larger_value_never_has_a_lower_class(values: dict[str, float]) -> None:
    grades = {f.district: f.grade for f in by_value(values, CODES, 1, frozenset()).fills}
    ordered = sorted(values, key=lambda code: values[code])
    for low, high in pairwise(ordered):
        assert (grades[low] or 0) <= (grades[high] or 0)


@given(VALUES)
def test_growth_is_never_coloured_as_a_fall(values: dict[str, float]) -> None:
    classes = by_change(values, CODES, frozenset())
    for fill in classes.fills:
        if fill.district in values:
            assert fill.grade is not None
            grew = values[fill.district] >= 0
            assert (classes.grades[fill.grade].color == "map.increase") == grew


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), max_size=40))
def test_cuts_rise_and_lie_among_the_values(values: list[float]) -> None:
    cuts = round_cuts(values)
    assert list(cuts) == sorted(set(cuts))
    assert all(min(values) < cut <= max(values) for cut in cuts)
    assert len(cuts) <= 3


def test_limits_of_large_figures_are_said_as_each_language_counts() -> None:
    def first(step: float) -> Text:
        values = {code: step * n for n, code in enumerate(CODES, start=3)}
        return by_value(values, CODES, 0, frozenset()).grades[0].label

    assert first(20_000) == Text("20만 미만", "below 200k")
    assert first(400) == Text("4,000 미만", "below 4,000")
