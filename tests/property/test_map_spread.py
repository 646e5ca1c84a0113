"""Marks of near places are moved apart; those with room stay."""

import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.charts.map_spread import spread

APART = 33.0
places = st.tuples(st.floats(0, 600), st.floats(0, 400))


@given(st.lists(places, max_size=8))
def test_no_mark_covers_another(points: list[tuple[float, float]]) -> None:
    placed = spread(points, APART)
    assert len(placed) == len(points)
    for first, second in combinations(placed, 2):
        assert math.dist(first, second) > APART * 0.9


@given(st.lists(places, min_size=1, max_size=8))
def test_a_mark_with_room_around_it_stays(points: list[tuple[float, float]]) -> None:
    far = (2000.0, 2000.0)
    assert spread([*points, far], APART)[-1] == far


@given(places, st.integers(2, 6))
def test_marks_of_one_place_stand_around_it(place: tuple[float, float], count: int) -> None:
    placed = spread([place] * count, APART)
    middle = tuple(sum(axis) / count for axis in zip(*placed, strict=True))
    assert math.dist((middle[0], middle[1]), place) < 1.0
    assert max(math.dist(p, place) for p in placed) < APART * count


def test_two_marks_move_by_half_each() -> None:
    (left, _), (right, _) = spread([(0.0, 0.0), (20.0, 0.0)], 30.0)
    assert abs(left + 5) < 0.1
    assert abs(right - 25) < 0.1
