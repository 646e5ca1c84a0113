"""What counts as new in a picture, and how late a stream is by its own clock."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.video.motion import Delay, Motion
from kiosk.video.scaling import Pixels

VIEW = (480, 270)


def scene(seed: int = 1) -> Pixels:
    """Something to look at: smooth, with edges."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(40, 200, (27, 48), dtype=np.uint8)
    return np.kron(coarse, np.ones((10, 10), np.uint8))


def with_noise(picture: Pixels, levels: float, seed: int) -> Pixels:
    noise = np.random.default_rng(seed).laplace(0, levels, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def test_the_first_picture_is_new_and_the_same_one_again_is_not() -> None:
    motion = Motion()
    assert [motion.see(scene(), VIEW) for _ in range(3)] == ["new", "same", "same"]


@pytest.mark.parametrize("seed", range(8))
def test_a_scene_that_is_encoded_anew_stands_still(seed: int) -> None:
    motion = Motion()
    motion.see(scene(), VIEW)
    assert motion.see(with_noise(scene(), 1.5, seed), VIEW) == "touched"


def test_a_digit_of_a_burnt_in_clock_is_enough() -> None:
    motion = Motion()
    motion.see(scene(), VIEW)
    ticked = scene()
    ticked[10:18, 20:25] += 60
    assert motion.see(ticked, VIEW) == "new"


def test_something_that_moves_before_a_restless_background_is_new() -> None:
    motion = Motion()
    motion.see(with_noise(scene(), 1.5, 1), VIEW)
    moved = with_noise(scene(), 1.5, 2)
    moved[100:140, 200:230] = 240
    assert motion.see(moved, VIEW) == "new"


def test_what_changes_slowly_adds_up() -> None:
    motion, picture = Motion(), np.full((270, 480), 60, np.uint8)
    motion.see(picture, VIEW)
    news = [motion.see(picture + turn, VIEW) for turn in range(1, 41)]
    assert "new" in news


def test_another_size_or_part_is_shown_but_proves_nothing() -> None:
    motion = Motion()
    motion.see(scene(), VIEW)
    assert motion.see(scene()[:100], (480, 100)) == "touched"
    assert motion.see(scene(2)[:100], "another part") == "touched"
    assert motion.see(scene(2)[:100], "another part") == "same"


PERIOD_MS = 66.0


def follow(delay: Delay, late_ms: list[float], begin_ms: float = 1000.0) -> list[int]:
    """Pictures a period apart by the stream's clock, each so late by ours."""
    return [
        delay.of(n * PERIOD_MS, begin_ms + n * PERIOD_MS + late) for n, late in enumerate(late_ms)
    ]


def test_a_stream_that_falls_behind_is_told_by_how_much() -> None:
    assert follow(Delay(), [0, 0, 500, 1500, 2000, 0])[-4:] == [500, 1500, 2000, 0]


@given(st.floats(-1e7, 1e7), st.integers(1, 50))
def test_a_clock_that_is_wrong_is_no_delay(begin_ms: float, count: int) -> None:
    assert set(follow(Delay(), [0.0] * count, begin_ms)) == {0}


@pytest.mark.parametrize("by_ms", [3_600_000.0, -3_600_000.0, 20_000.0])
def test_a_clock_that_jumps_is_no_delay(by_ms: float) -> None:
    delay = Delay()
    follow(delay, [0.0] * 30)
    begin_ms = 1000 + 30 * PERIOD_MS
    later = [delay.of(30 * PERIOD_MS + by_ms + n * 66, begin_ms + n * 66) for n in range(5)]
    assert later == [0] * 5


def test_a_crystal_that_is_off_is_no_delay() -> None:
    late_ms = [n * PERIOD_MS * 0.0001 for n in range(20_000)]
    assert max(follow(Delay(), late_ms)) == 0
