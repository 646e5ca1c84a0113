"""A scene in which nothing moves, seen by a sensor, and one that is only repeated."""

import numpy as np
import pytest

from kiosk.video.motion import Grain
from tests.helpers.still_scenes import FPS, WAYS, news

# What is put in another order is of changing quality: its noise shows less.
REORDERED = frozenset({"x264 B-frames", "x265"})


@pytest.mark.parametrize("way", WAYS)
def test_a_camera_that_repeats_its_last_picture_is_never_alive(way: str) -> None:
    said = news(way, "street", 0.0, 21, 3 * FPS)
    assert not {"new", "alive"} & set(said[1:])


@pytest.mark.parametrize("way", WAYS)
def test_a_camera_that_hangs_over_a_noisy_scene_is_dead_while_its_encoder_goes_on(way: str) -> None:
    """The encoder goes on refining the last picture, all over it, for seconds."""
    said = news(way, "street", 4.0, 23, 5 * FPS, 2 * FPS)
    late = 6 if way in REORDERED else 2  # pictures that the decoder still holds
    assert not {"new", "alive"} & set(said[2 * FPS + late :])


@pytest.mark.parametrize("way", [way for way in WAYS if way not in REORDERED])
def test_an_empty_street_at_night_is_alive_by_the_noise_of_its_sensor(way: str) -> None:
    said = news(way, "street", 4.0, 22, 3 * FPS)[FPS:]
    assert sum(word in ("new", "alive") for word in said) > 0.6 * len(said)


def test_a_camera_that_hangs_is_dead_with_its_first_repeated_picture() -> None:
    rng, grain = np.random.default_rng(1), Grain()
    night = np.full((135, 240), 40, np.uint8)
    for _ in range(20):
        last = night + rng.integers(0, 6, night.shape, dtype=np.uint8)
        alive = grain.see(last, whole=False)
    assert alive
    assert not any(grain.see(last, whole=False) for _ in range(20))


def test_what_changes_in_a_place_or_in_a_key_frame_alone_is_no_noise() -> None:
    rng = np.random.default_rng(2)
    night = np.full((135, 240), 40, np.uint8)
    place, keys = Grain(), Grain()
    for count in range(60):
        moved = night.copy()
        moved[:30, count : count + 30] += rng.integers(0, 9, (30, 30), dtype=np.uint8)
        assert not place.see(moved, whole=False)
        written = night + rng.integers(0, 4, night.shape, dtype=np.uint8)
        assert not keys.see(written, whole=True)


def test_a_picture_too_small_to_tell_is_not_alive() -> None:
    grain = Grain()
    for value in range(30):
        assert not grain.see(np.full((2, 3), value % 2 * 90, np.uint8), whole=False)
