"""A figure never gets fresher by waiting, nor staler when its source speaks less often."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.cache.freshness import freshness

ORDER = ("fresh", "late", "stale", "absent")
times = st.integers(0, 4_000_000_000_000)
periods = st.floats(0.1, 40_000_000, allow_nan=False)


@given(times, periods, times, st.integers(0, 10**11))
def test_waiting_makes_nothing_fresher(t_ms: int, period_s: float, now_ms: int, more: int) -> None:
    before = ORDER.index(freshness(t_ms, period_s, now_ms))
    assert ORDER.index(freshness(t_ms, period_s, now_ms + more)) >= before


@given(times, periods, periods, times)
def test_a_longer_period_makes_nothing_staler(t: int, one_s: float, two_s: float, now: int) -> None:
    short_s, long_s = sorted((one_s, two_s))
    assert ORDER.index(freshness(t, long_s, now)) <= ORDER.index(freshness(t, short_s, now))
