"""What the installers' walk says of touch frames and screens whose truth is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.tools.calibrate.measuring.touches import (
    COLUMNS,
    ROWS,
    between,
    cell,
    coverage,
    crosses,
    offsets,
)
from kiosk.tools.calibrate.step import Values, Verdict, find_step

SIZE = (3840, 2160)


def verdict(step: str, values: Values, **facts: float) -> Verdict:
    found = find_step(step)
    assert found is not None
    return found.judge([values], found.told(facts))


def states(step: str, values: Values, **facts: float) -> dict[str, str]:
    return {f.check: f.state for f in verdict(step, values, **facts).findings}


@pytest.mark.parametrize(("off_px", "state"), [(0, "ok"), (12, "ok"), (30, "poor"), (60, "fail")])
def test_a_frame_that_is_off(off_px: int, state: str) -> None:
    presses = [((x, y), (x + off_px, y)) for x, y in crosses(*SIZE)]
    found = offsets(presses, mm_a_px=0.5)
    assert found["offset_x_mm"] == pytest.approx(off_px * 0.5)
    assert found["offset_y_mm"] == 0.0
    assert states("touch", found) == {"touch-offset": state}


def test_no_touch_at_all() -> None:
    assert states("touch", offsets([], 0.5)) == {"touch-offset": "fail"}


def test_one_edge_that_is_off_is_not_lost_in_the_mean() -> None:
    presses = [((x, y), (x, y + (80 if y > 2000 else 0))) for x, y in crosses(*SIZE)]
    assert states("touch", offsets(presses, 0.5)) == {"touch-offset": "fail"}


ALL = {(column, row) for column in range(COLUMNS) for row in range(ROWS)}


@pytest.mark.parametrize(
    ("dead", "state"),
    [(set(), "ok"), ({(0, 0)}, "poor"), ({(c, 9) for c in range(COLUMNS)}, "fail")],
)
def test_dead_spots(dead: set[tuple[int, int]], state: str) -> None:
    found = coverage(ALL - dead)
    assert found["dead"] == len(dead)
    assert states("wiping", found) == {"dead-spots": state}
    if len(dead) == 1:
        assert "1/1" in verdict("wiping", found).findings[0].found.en


pixel = st.tuples(st.floats(0, SIZE[0]), st.floats(0, SIZE[1]))


@given(pixel, pixel)
def test_wiping_leaves_no_gap(start: tuple[float, float], end: tuple[float, float]) -> None:
    cells = between(start, end, *SIZE)
    assert {cell(start, *SIZE), cell(end, *SIZE)} <= cells
    reached, edge = {cell(start, *SIZE)}, [cell(start, *SIZE)]
    while edge:  # all of them hang together
        column, row = edge.pop()
        near = {(column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        fresh = (near & cells) - reached
        reached |= fresh
        edge += fresh
    assert reached == cells


def test_ghosts_and_patches() -> None:
    assert states("ghosts", {"ghosts": 0, "seconds": 15.0}) == {"ghost-touches": "ok"}
    assert states("ghosts", {"ghosts": 1, "seconds": 15.0}) == {"ghost-touches": "fail"}
    right = states("patches", {"gamma": 2.2, "black": 5.0, "white": 4.0})
    assert set(right.values()) == {"ok"}
    wrong = states("patches", {"gamma": 1.8, "black": 0.0, "white": 3.0})
    assert wrong == {"gamma": "poor", "black": "fail", "white": "poor"}


def test_type_is_large_enough_from_where_people_stand() -> None:
    # a wall 1,060 mm high: 1u is 0.98 mm
    drawn: Values = {"square_px": 1080, "unit_px": 2.0}
    near = verdict("distances", drawn, square_w_mm=530, square_h_mm=530, viewing_m=2.0)
    assert [f.state for f in near.findings] == ["ok", "ok"]
    assert near.settings == {}
    far = verdict("distances", drawn, square_w_mm=530, square_h_mm=530, viewing_m=3.0)
    assert far.settings == {"ui.text_scale": 1.1}
    farther = verdict("distances", drawn, square_w_mm=530, square_h_mm=530, viewing_m=6.0)
    assert farther.findings[1].state == "fail"
    assert farther.settings == {"ui.text_scale": 1.3}


def test_pixels_that_are_not_square() -> None:
    drawn: Values = {"square_px": 1080, "unit_px": 2.0}
    found = verdict("distances", drawn, square_w_mm=560, square_h_mm=530, viewing_m=2.0)
    assert found.settings == {"ui.pixel_aspect": 1.057}
    assert found.findings[0].state == "poor"


@pytest.mark.parametrize("step", ["wiping", "ghosts", "talk"])
def test_nothing_is_no_good_news(step: str) -> None:
    """Figures that are empty, as of a folder that somebody wrote by hand."""
    found = find_step(step)
    assert found is not None
    (finding,) = found.judge([{}], {}).findings
    assert finding.state != "ok"
    assert "nothing was measured" in finding.found.en
