"""States of a camera by the age of its picture, waits between tries, sizes of tiles."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kiosk.settings.model import VideoSettings
from kiosk.video.freshness import AFTER_LOGIN_S, Backoff, Progress, state_of
from kiosk.video.scaling import Tile, cover_size

ORDER = ("live", "delayed", "stale", "lost")
SETTINGS = VideoSettings(delayed_s=2, stale_s=3, lost_s=10)


def state(age_ms: float, **fields: int) -> str:
    progress = msgspec.structs.replace(
        Progress(since_ms=0, picture_ms=1000, frame_t_ms=1), **fields
    )
    return state_of(progress, 1000 + age_ms, SETTINGS)


def test_a_picture_ages_from_live_to_delayed_to_stale_to_lost() -> None:
    assert [state(age) for age in (0, 2000, 2001, 3000, 3001, 10_000, 10_001)] == [
        "live", "live", "delayed", "delayed", "stale", "stale", "lost",
    ]  # fmt: skip


def test_a_camera_that_refused_is_never_live() -> None:
    assert state(0, attempt=1) == "stale"
    assert state(10_001, attempt=1) == "lost"


def test_a_young_picture_that_was_taken_long_ago_is_delayed() -> None:
    assert state(0, delay_ms=2000) == "live"
    assert state(1, delay_ms=2000) == "delayed"
    assert state(3001, delay_ms=60_000) == "stale"


def test_a_camera_of_one_picture_a_period_is_delayed_until_it_misses_some() -> None:
    ages = (0, 60_000, 150_000, 150_001, 300_001)
    words = ["delayed", "delayed", "delayed", "stale", "lost"]
    assert [state(age, period_ms=60_000) for age in ages] == words


def test_a_camera_without_a_picture_connects_and_is_then_lost() -> None:
    progress = Progress(since_ms=500)
    assert state_of(progress, 600, SETTINGS) == "connecting"
    assert state_of(progress, 10_501, SETTINGS) == "lost"


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=2).map(sorted), st.integers(0, 3))
def test_a_picture_never_gets_fresher_by_waiting(ages: list[float], attempt: int) -> None:
    first, second = (ORDER.index(state(age, attempt=attempt)) for age in ages)
    assert first <= second


@given(st.text(max_size=10), st.lists(st.integers(0, 10_000), min_size=1, max_size=30))
def test_waits_are_bounded_and_the_same_for_the_same_camera(
    camera: str, attempts: list[int]
) -> None:
    first, second = Backoff(camera), Backoff(camera)
    waits = [first.wait_s(n) for n in attempts]
    assert all(0.1 <= wait <= 3.125 for wait in waits)
    assert waits == [second.wait_s(n) for n in attempts]


def test_waits_grow_and_differ_between_cameras() -> None:
    one = Backoff("a")
    waits = [one.wait_s(n) for n in range(5)]
    assert waits == sorted(waits)
    assert Backoff("b").wait_s(3) != Backoff("a").wait_s(3)


SIDES = st.integers(1, 4000)


@given(SIDES, SIDES, SIDES, SIDES)
def test_a_scaled_picture_keeps_its_shape_and_stays_in_bounds(
    tile_w: int, tile_h: int, width: int, height: int
) -> None:
    scaled_w, scaled_h = cover_size(Tile(tile_w, tile_h, 10), width, height)
    assert 1 <= scaled_w <= 8192
    assert 1 <= scaled_h <= 8192
    scale = max(scaled_w / width, scaled_h / height)
    assert abs(scaled_w - width * scale) <= 1 + width / height
    assert abs(scaled_h - height * scale) <= 1 + height / width


def test_a_tile_of_the_same_shape_is_met_exactly_and_another_is_covered() -> None:
    assert cover_size(Tile(480, 270, 10), 640, 360) == (480, 270)
    assert cover_size(Tile(388, 166, 10), 640, 360) == (388, 218)
    assert cover_size(Tile(1920, 1080, 10), 640, 360) == (1920, 1080)


def test_a_camera_that_refused_a_login_is_not_asked_again_at_once() -> None:
    waits = [Backoff("a").wait_s(attempt, AFTER_LOGIN_S) for attempt in (1, 20)]
    assert all(0.75 * AFTER_LOGIN_S <= wait_s <= 1.25 * AFTER_LOGIN_S for wait_s in waits)
