"""What the installers' walk says of cameras whose truth is known: rendered, not filmed."""

import math

import numpy as np
import pytest

from gestures.events import HandFrame
from kiosk.tools.calibrate.measuring.board import (
    find_board,
    lens_of,
    measure_lens,
    measure_mounting,
    unlike,
)
from kiosk.tools.calibrate.measuring.latency import measure_latency
from kiosk.tools.calibrate.measuring.light import are_alike, measure_flicker, measure_light
from kiosk.tools.calibrate.measuring.rate import measure_rate
from kiosk.tools.calibrate.measuring.reach import lens_by_hand, measure_reach
from kiosk.tools.calibrate.step import Values, find_step
from kiosk.tools.calibrate.walk import Walk
from kiosk.tools.finding import Finding
from tests.helpers.hands import ASPECT, mirrored, palm, placed
from tests.helpers.rendered_site import (
    board_picture,
    flashes,
    flickering,
    room_picture,
    seen_flashes,
    still_rooms,
    turned,
    turning_board,
    upright_board,
)


def judged(step: str, *takes: Values, **facts: float) -> dict[str, Finding]:
    """Findings of a step by their check."""
    found = find_step(step)
    assert found is not None
    verdict = found.judge(takes, found.told(facts))
    return {finding.check: finding for finding in verdict.findings}


# ---- lens and mounting


@pytest.mark.parametrize("lens_deg", [55.0, 70.0, 90.0])
def test_the_lens_is_found_within_two_degrees(lens_deg: float) -> None:
    pictures = turning_board(lens_deg)
    views = [view for picture in pictures if (view := find_board(picture)) is not None]
    height, width = pictures[0].shape[:2]
    lens = measure_lens(unlike(views, width), width, height)
    assert lens is not None
    assert lens.horizontal_deg == pytest.approx(lens_deg, abs=2.0)
    assert abs(lens.horizontal_deg - lens_deg) <= lens.sure_deg < 2.0
    assert lens.error_px < 1.0


def test_boards_that_all_face_the_camera_say_nothing_of_the_lens() -> None:
    frontal = [
        board_picture(70.0, turned(0, 0, 0), (x, y, 1.0))
        for x in (-0.25, 0.0, 0.25)
        for y in (-0.15, 0.15)
    ]
    views = [view for picture in frontal if (view := find_board(picture)) is not None]
    assert len(unlike(views, 960)) == 6
    assert measure_lens(unlike(views, 960), 960, 540) is None
    assert judged("lens", {"views": 6})["lens"].state == "fail"


def test_a_lens_that_is_not_certain_is_poor() -> None:
    values: Values = {"views": 7, "lens_deg": 70.0, "sure_deg": 3.1, "error_part": 0.0002}
    assert judged("lens", values)["lens"].state == "poor"


def test_a_board_held_still_says_nothing_of_the_lens() -> None:
    pictures = turning_board(70.0)[:1] * 6
    views = [view for picture in pictures if (view := find_board(picture)) is not None]
    height, width = pictures[0].shape[:2]
    assert measure_lens(unlike(views, width), width, height) is None


@pytest.mark.parametrize(
    ("distance_m", "above_m", "tilt_deg", "roll_deg"),
    [(1.5, 0.6, 12.0, 0.0), (2.0, 0.9, 20.0, 0.0), (2.0, 0.0, 0.0, 6.0)],
)
def test_the_mounting_is_found(
    distance_m: float, above_m: float, tilt_deg: float, roll_deg: float
) -> None:
    picture = upright_board(70.0, distance_m, above_m, tilt_deg, roll_deg)
    view = find_board(picture)
    assert view is not None
    found = measure_mounting(view, lens_of(70.0, *picture.shape[1::-1]), 0.052)
    assert found is not None
    assert found.distance_m == pytest.approx(distance_m, rel=0.10)
    assert found.above_m == pytest.approx(above_m, abs=0.10)
    assert found.tilt_deg == pytest.approx(tilt_deg, abs=2.0)
    assert found.roll_deg == pytest.approx(roll_deg, abs=2.0)


def test_a_mirrored_camera_is_named() -> None:
    view = find_board(np.ascontiguousarray(turning_board(70.0)[0][:, ::-1]))
    assert view is not None
    assert view.mirrored
    finding = judged("lens", {"views": 9, "mirrored": True})["mirror"]
    assert finding.state == "fail"
    assert "mirror" in finding.found.en


def test_no_board_no_view() -> None:
    assert find_board(room_picture()) is None


# ---- light


def light_values(**look: float | bool) -> dict[str, float]:
    found = measure_light(list(still_rooms(4, **look)))
    return {"person": found.person, "around": found.around, "level": found.level}


@pytest.mark.parametrize(
    ("look", "check", "state"),
    [
        ({}, "light", "ok"),
        ({}, "backlight", "ok"),
        ({"person": 12.0, "around": 14.0}, "light", "fail"),
        ({"person": 45.0, "around": 50.0}, "light", "poor"),
        ({"person": 35.0, "around": 235.0}, "backlight", "fail"),
        ({"person": 80.0, "around": 200.0}, "backlight", "poor"),
        ({"person": 10.0, "around": 12.0}, "backlight", "ok"),  # dark is not lit from behind
    ],
)
def test_light(look: dict[str, float], check: str, state: str) -> None:
    assert judged("light", light_values(**look))[check].state == state


def test_noise_of_the_pictures() -> None:
    assert measure_light(list(still_rooms(6, noise=4.0))).noise == pytest.approx(4.0, rel=0.15)


@pytest.mark.parametrize(("mains", "fps"), [(50, 30.0), (60, 29.0), (50, 24.0), (60, 25.0)])
def test_flicker_of_either_mains_is_told_apart(mains: int, fps: float) -> None:
    pictures = flickering(list(still_rooms(60)), fps, 2.0 * mains, 0.1)
    found = measure_flicker(pictures, fps)
    assert found.mains_hz == mains
    assert found.depth == pytest.approx(0.1, rel=0.3)
    values: Values = {
        "person": 120.0,
        "around": 130.0,
        "mains_hz": mains,
        "flicker_depth": found.depth,
    }
    finding = judged("light", values)["flicker"]
    assert finding.state == "fail"
    assert f"{mains} Hz" in finding.found.en


def test_steady_light_does_not_flicker() -> None:
    found = measure_flicker(list(still_rooms(60)), 30.0)
    assert found.depth < 0.02


@pytest.mark.parametrize(
    ("mains", "fps"), [(60, 30.0), (50, 25.0), (60, 24.0), (60, 60.0), (50, 50.0)]
)
def test_bands_that_stand_still_are_seen_too(mains: int, fps: float) -> None:
    """The camera's rate divides the lamps': every picture has them in the same place."""
    pictures = flickering(list(still_rooms(60)), fps, 2.0 * mains, 0.1)
    found = measure_flicker(pictures, fps)
    assert (found.mains_hz, found.stands) == (mains, True)
    assert found.depth == pytest.approx(0.1, rel=0.3)
    values: Values = {
        "person": 120.0,
        "around": 130.0,
        "mains_hz": mains,
        "flicker_depth": found.depth,
        "flicker_stands": found.stands,
    }
    finding = judged("light", values)["flicker"]
    assert finding.state == "poor"
    assert "stand still" in finding.found.en


@pytest.mark.parametrize("fps", [24.0, 25.0, 30.0, 50.0, 60.0])
@pytest.mark.parametrize("person", [20.0, 60.0, 220.0])
def test_a_room_with_somebody_in_it_has_no_bands_that_stand(fps: float, person: float) -> None:
    pictures = list(still_rooms(30, person=person))
    for picture in pictures:
        picture[20:26] = 200  # a shelf from one side to the other
        picture[60:, :70] = 40
    assert measure_flicker(pictures, fps).depth < 0.02


def test_somebody_who_walks_through_is_no_flicker() -> None:
    pictures = list(still_rooms(60))
    for index, picture in enumerate(pictures):
        picture[24:, 3 * index : 3 * index + 24] = 30
    assert measure_flicker(pictures, 30.0).depth < 0.02


# ---- device and rate


def test_a_colourless_camera_is_named() -> None:
    colour = measure_light([room_picture(colour=False)]).colour
    values: Values = {
        "source": "2",
        "name": "IR",
        "colour": colour,
        "alike": False,
        "fps_720": 30.0,
    }
    finding = judged("camera-device", values)["camera-device"]
    assert finding.state == "fail"
    assert "infrared" in finding.found.en


def test_a_picture_that_never_changes_is_no_camera() -> None:
    assert are_alike([room_picture()] * 3)
    assert not are_alike(list(still_rooms(3)))
    values: Values = {"source": "0", "name": "X", "colour": 9.0, "alike": True, "fps_720": 30.0}
    assert judged("camera-device", values)["camera-device"].state == "fail"


@pytest.mark.parametrize(
    ("fps", "state"), [(5.0, "fail"), (12.0, "poor"), (15.0, "ok"), (30.0, "ok")]
)
def test_the_rate_is_measured_and_judged(fps: float, state: str) -> None:
    measured = measure_rate([i * 1000 / fps for i in range(40)]).fps
    assert measured == pytest.approx(fps)
    values: Values = {
        "source": "0",
        "name": "X",
        "colour": 9.0,
        "alike": False,
        "fps_720": measured,
    }
    assert judged("camera-device", values)["camera-mode"].state == state


def test_the_mode_that_keeps_up_is_taken() -> None:
    step = find_step("camera-device")
    assert step is not None
    base: Values = {"source": "0", "name": "X", "asked": "0", "colour": 9.0, "alike": False}
    fast: Values = {**base, "fps_2160": 30.0, "fps_1080": 30.0, "fps_720": 30.0}
    slow: Values = {**base, "fps_1080": 5.0, "fps_720": 30.0}
    assert step.judge([fast], {}).settings["camera.height_px"] == 1080
    assert step.judge([slow], {}).settings["camera.height_px"] == 720


def test_another_camera_than_the_set_one_is_told() -> None:
    values: Values = {
        **{"source": "2", "asked": "0", "name": "Webcam", "colour": 9.0},
        **{"alike": False, "fps_720": 30.0},
    }
    finding = judged("camera-device", values)["camera-device"]
    assert finding.state == "poor"
    assert "Webcam" in finding.found.en


# ---- latency


@pytest.mark.parametrize("fps", [15.0, 30.0])
@pytest.mark.parametrize("late_ms", [35.0, 80.0, 240.0])
def test_latency_within_a_frame(fps: float, late_ms: float) -> None:
    shown = flashes(8.0)
    found = measure_latency(seen_flashes(shown, late_ms, fps), shown)
    assert found is not None
    assert found.latency_ms == pytest.approx(late_ms, abs=1000 / fps / 2)


def test_flashes_that_were_not_seen_have_no_latency() -> None:
    shown = flashes(8.0)
    rng = np.random.default_rng(1)
    seen = [(1000.0 + 33 * i, 60 + float(rng.normal(0, 3))) for i in range(240)]
    assert measure_latency(seen, shown) is None


# ---- reach


def test_reach_counts_after_the_search() -> None:
    hand = mirrored(palm())  # a left one
    frames = [HandFrame(0), HandFrame(500)]
    frames += [
        HandFrame(1000 + 66 * i, (placed(hand, ASPECT, x=0.3 + 0.01 * i),) if i % 4 else (), ASPECT)
        for i in range(40)
    ]
    found = measure_reach(frames, 720)
    assert (found.seen, found.of) == (30, 40)
    assert found.right - found.left == pytest.approx(0.38, abs=0.02)
    assert found.right_hands == 1.0


@pytest.mark.parametrize("lens_deg", [60.0, 78.0])
def test_the_lens_by_a_hand_of_known_size(lens_deg: float) -> None:
    focal = 1280 / 2 / math.tan(math.radians(lens_deg) / 2)
    rng = np.random.default_rng(2)
    places = [(m, 0.095 * focal / m * float(rng.normal(1, 0.02))) for m in (1.5, 2.0, 3.0, 4.0)]
    found = lens_by_hand(places, 0.095, 1280)
    assert found == pytest.approx(lens_deg, abs=2.0)
    assert lens_by_hand([(2.0, 0.0)], 0.095, 1280) is None


def test_reach_by_distance() -> None:
    good = {"seen": 98, "of": 100, "left": 0.1, "right": 0.8, "right_hands": 0.97}
    few = {"seen": 40, "of": 100, "left": 0.1, "right": 0.8, "right_hands": 0.97}
    step = find_step("reach")
    assert step is not None
    verdict = step.judge([good, good, good, few], step.told({}))
    states = {finding.check: finding.state for finding in verdict.findings}
    assert (states["reach-3"], states["reach-4"]) == ("ok", "fail")
    assert verdict.settings["presence.near_m"] == 3.0
    mirrored = {**good, "right_hands": 0.04}
    assert judged("reach", mirrored)["hands"].state == "fail"


def test_a_site_without_a_board_has_the_lens_by_the_hand() -> None:
    focal = 1280 / 2 / math.tan(math.radians(78.0) / 2)
    places = [
        {
            **{"seen": 99, "of": 100, "left": 0.1, "right": 0.9, "right_hands": 1.0},
            **{"palm_px": 0.095 * focal / metres, "width_px": 1280},
        }
        for metres in (1.5, 2.0, 3.0)
    ]
    reach, lens = find_step("reach"), find_step("lens")
    assert reach is not None
    assert lens is not None
    walk = Walk("x").with_done(reach, {}, [*places, {}], 0)
    assert walk.settings["presence.lens_deg"] == pytest.approx(78.0, abs=0.1)
    board = {"views": 9, "lens_deg": 76.2, "error_part": 0.0002}
    assert walk.with_done(lens, {}, [board], 0).settings["presence.lens_deg"] == 76.2


def test_who_passes_behind() -> None:
    assert judged("passing", {"near": False})["passing"].state == "ok"
    step = find_step("passing")
    assert step is not None
    verdict = step.judge([{"near": True}], {"behind_m": 5.0})
    assert verdict.settings == {"presence.near_m": 4.0}
