"""People in front of the wall: pictures of people scaled into 720p, seen by the camera's watch.

Simulated distance as in test_hands_far: a 60 degree lens, the person's palm is 9 cm. The person
sways by a few pixels, as people do. Hands are not told, so that the faces alone are measured.
"""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from gestures.camera import Picture, Rgb, read_still
from gestures.faces import FaceFinder
from gestures.presence import PresenceWatch
from tests.replay.test_hands_far import people, wall_view

PICTURE_MS = 67
NEAR_M, LENS_DEG = 4.0, 60.0
EMPTY = np.full((720, 1280, 3), 110, np.uint8)


def watch(near_m: float = NEAR_M) -> PresenceWatch:
    seen = PresenceWatch(FaceFinder(near_m, LENS_DEG))
    for index in range(30):
        seen.see(Picture(index * PICTURE_MS, EMPTY), False)
    return seen


def swaying(view: Rgb, from_ms: int, seconds: float) -> Iterator[Picture]:
    for index in range(round(seconds * 1000 / PICTURE_MS)):
        yield Picture(from_ms + index * PICTURE_MS, np.roll(view, round(4 * np.sin(index / 3)), 1))


def near_after_ms(view: Rgb, seconds: float, near_m: float = NEAR_M) -> int | None:
    """From when the person is in the picture until the watch says near."""
    seen, begin_ms = watch(near_m), 30 * PICTURE_MS
    for picture in swaying(view, begin_ms, seconds):
        seen.see(picture, False)
        if seen.near:
            return picture.t_ms - begin_ms
    return None


def small(view: Rgb) -> Rgb:
    return np.asarray(cv2.resize(view, (1280, 720), interpolation=cv2.INTER_AREA), np.uint8)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("distance_m", "share"), [(1.5, 0.65), (2.0, 0.6), (3.0, 0.55), (3.8, 0.5)]
)
def test_a_person_who_faces_the_wall_is_seen(shared: Path, distance_m: float, share: float) -> None:
    """About a third wear a mask or a hood, or look aside: their hands must tell of them."""
    views = [small(wall_view(*person, distance_m)[0]) for person in people(shared)]
    waits = [near_after_ms(view, 4.0) for view in views]
    found = sorted(wait for wait in waits if wait is not None)
    soon = sum(wait <= 1000 for wait in found)
    print(f"{distance_m} m: {len(found)}/{len(waits)} near, {soon} within 1 s; ms {found}")
    assert len(found) >= share * len(waits)


@pytest.mark.slow
def test_people_far_away_are_not_near(shared: Path) -> None:
    views = [small(wall_view(*person, 4.0)[0]) for person in people(shared)]
    near = [near_after_ms(view, 3.0, near_m=2.0) for view in views]
    print(f"{sum(n is not None for n in near)}/{len(near)} at 4 m count as nearer than 2 m")
    assert sum(n is not None for n in near) <= 1


@pytest.mark.slow
def test_what_moves_is_nobody(root: Path) -> None:
    """Pictures without people that move: screens, cloth, leaves, light; ten seconds of each."""
    chance = np.random.default_rng(1)
    scenes = [read_still(file) for file in (root / "docs/pictures").glob("*.png")]
    for blur in (5, 41):
        noise = chance.normal(128, 60 * blur**0.5, (720, 1280, 3)).clip(0, 255)
        blurred = cv2.GaussianBlur(noise.astype(np.uint8), (blur, blur), 0)
        scenes.append(np.asarray(blurred, np.uint8))
    fooled = 0
    for scene in scenes:
        fooled += near_after_ms(small(scene), 10.0) is not None
    print(f"{fooled} of {len(scenes)} moving scenes without people count as somebody")
    assert fooled == 0
