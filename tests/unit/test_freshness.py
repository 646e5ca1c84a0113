"""When the wall says that a figure is late."""

import pytest

from kiosk.cache.freshness import Freshness, freshness

NOW_MS = 1_790_000_000_000


@pytest.mark.parametrize(
    ("age_s", "expected"),
    [
        (-30, "fresh"),
        (0, "fresh"),
        (90, "fresh"),
        (90.001, "late"),
        (240, "late"),
        (240.001, "stale"),
    ],
)
def test_borders_lie_at_one_and_a_half_and_four_periods(age_s: float, expected: Freshness) -> None:
    assert freshness(NOW_MS - round(age_s * 1000), 60, NOW_MS) == expected


def test_a_figure_that_never_came_is_absent() -> None:
    assert freshness(None, 60, NOW_MS) == "absent"


def test_a_quarterly_figure_of_last_year_is_stale() -> None:
    quarter_s = 7_889_400
    assert freshness(NOW_MS - 510 * 86_400_000, quarter_s, NOW_MS) == "stale"
