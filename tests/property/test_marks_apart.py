"""Marks of the world picture: pushed apart, and no further than that takes."""

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from kiosk.panels.outline.earth import apart

POINTS = st.lists(st.tuples(st.floats(0, 600), st.floats(0, 600)), max_size=12)
LEAST = 46.0


@given(POINTS)
def test_every_two_marks_have_room(points: list[tuple[float, float]]) -> None:
    moved = apart(points, LEAST)
    for one, other in itertools.combinations(moved, 2):
        assert math.dist(one, other) >= LEAST - 1.0


@given(POINTS)
def test_what_is_far_enough_apart_stays(points: list[tuple[float, float]]) -> None:
    spread = [(x * 100 + n * 100_000, y) for n, (x, y) in enumerate(points)]
    assert apart(spread, LEAST) == spread
