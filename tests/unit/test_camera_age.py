"""How old a picture is by what its stream tells of it."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kiosk.video.camera_clock import Age, Taken

NOW_MS = 1_795_000_000_000.0
HOUR_MS = 3_600_000


def ages(told: Sequence[tuple[float, float, float]]) -> list[int]:
    """Of (camera's clock, time stamp, our clock), each in ms after the start."""
    age = Age()
    return [
        age.of(Taken(round(NOW_MS + camera_ms)), stamp_ms, NOW_MS + now_ms)
        for camera_ms, stamp_ms, now_ms in told
    ]


def test_the_camera_s_clock_tells_how_old_a_picture_is() -> None:
    assert ages([(0, 0, 6000), (1000, 1000, 7000), (2000, 2000, 9500)]) == [6000, 6000, 7500]


@given(st.sampled_from((-HOUR_MS, -300_000, 3000, HOUR_MS)), st.integers(1, 8))
def test_a_clock_that_jumps_against_the_time_stamps_is_not_followed(by_ms: int, at: int) -> None:
    told = [(t * 1000 + by_ms * (t >= at), t * 1000, t * 1000 + 6000) for t in range(10)]
    assert set(ages(told)) == {6000}


@given(st.sampled_from((-HOUR_MS, 5000, HOUR_MS)), st.integers(1, 8))
def test_time_stamps_that_jump_are_left_for_the_clock(by_ms: int, at: int) -> None:
    told = [(t * 1000, t * 1000 + by_ms * (t >= at), t * 1000 + 6000) for t in range(10)]
    assert set(ages(told)) == {6000}


@given(st.integers(-5_000_000_000, 5_000_000_000), st.integers(0, 20_000))
def test_it_is_never_younger_than_what_is_known_by_our_clock(wrong_ms: int, since_ms: int) -> None:
    taken = Taken(round(NOW_MS) + wrong_ms, round(NOW_MS) - since_ms)
    found = Age().of(taken, 0.0, NOW_MS)
    assert found >= since_ms
    assert found <= max(since_ms, 600_000), "a clock that is far off tells nothing"


def test_without_time_stamps_only_what_is_known_by_our_clock_counts() -> None:
    assert Age().of(Taken(0, round(NOW_MS) - 3 * HOUR_MS), None, NOW_MS) == 3 * HOUR_MS
    assert Age().of(Taken(None), None, NOW_MS) == 0
