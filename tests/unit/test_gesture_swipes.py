"""Swipes, and the many quick moves that are none."""

import pytest

from gestures.events import GestureKind, Hand, Refusal
from tests.helpers.hands import Scene, blended, fist, palm, placed, point, victory

SWIPES = [
    (3.0, 0.0, GestureKind.SWIPE_RIGHT),
    (-3.0, 0.0, GestureKind.SWIPE_LEFT),
    (0.0, -2.5, GestureKind.SWIPE_UP),
    (0.0, 2.5, GestureKind.SWIPE_DOWN),
]


@pytest.mark.parametrize(("dx", "dy", "kind"), SWIPES)
def test_swipes(dx: float, dy: float, kind: GestureKind) -> None:
    scene = Scene(engaged=True).hold(palm(), 400).move(palm(), dx, dy, 300).hold(palm(), 400)
    assert scene.kinds() == [kind]
    assert scene.events[0].t_ms <= 700 + 250


@pytest.mark.parametrize(("dx", "dy", "kind"), SWIPES)
def test_the_return_stroke_is_no_swipe(dx: float, dy: float, kind: GestureKind) -> None:
    scene = Scene(engaged=True).hold(palm(), 400)
    for _ in range(3):
        scene.move(palm(), dx, dy, 300).hold(palm(), 200)
        scene.move(palm(), -dx, -dy, 300).hold(palm(), 200)
    assert scene.kinds() == [kind, kind, kind]


def test_the_return_stroke_is_named() -> None:
    scene = Scene(engaged=True).hold(palm(), 400).move(palm(), 3, 0, 300).hold(palm(), 200)
    scene.move(palm(), -3, 0, 300).hold(palm(), 200)
    assert scene.engine.status.refused is Refusal.RETURN_STROKE


def test_the_opposite_swipe_counts_after_a_rest() -> None:
    scene = Scene(engaged=True).hold(palm(), 400).move(palm(), 3, 0, 300).hold(palm(), 1200)
    scene.move(palm(), -3, 0, 300).hold(palm(), 300)
    assert scene.kinds() == [GestureKind.SWIPE_RIGHT, GestureKind.SWIPE_LEFT]


def test_a_swipe_survives_a_hand_lost_to_blur() -> None:
    scene = Scene(engaged=True).hold(palm(), 400).away(200)
    scene.move(palm(), 3, 0, 1).hold(palm(), 300)
    assert scene.kinds() == [GestureKind.SWIPE_RIGHT]


def test_slow_crooked_and_short_moves_are_no_swipes() -> None:
    scene = Scene(engaged=True).hold(palm(), 400)
    scene.move(palm(), 3, 0, 1500).hold(palm(), 400)
    scene.move(palm(), -2, 2, 300).hold(palm(), 400)
    scene.move(palm(), 1, 0, 200).hold(palm(), 400)
    assert scene.events == []


def test_raising_and_lowering_the_hand_are_no_swipes() -> None:
    scene = Scene(engaged=True).away(800)
    scene.move(palm(), 0, -3, 300).hold(palm(), 400)  # comes into view moving
    scene.move(palm(), 0, 4, 250).away(1500)  # and drops out of it moving
    assert scene.events == []


def test_a_pointing_hand_that_sweeps_does_not_swipe() -> None:
    scene = Scene(engaged=True).hold(point(), 600).move(point(), 3, 0, 300).hold(point(), 300)
    assert scene.kinds() == []


def test_two_fingers_swipe_too() -> None:
    scene = Scene(engaged=True).hold(palm(), 300).hold(victory(), 420)
    assert scene.move(victory(), 3.5, 0, 300).kinds() == []
    assert scene.hold(victory(), 300).kinds() == [GestureKind.SWIPE_RIGHT]


def test_a_fist_does_not_swipe() -> None:
    scene = Scene(engaged=True).hold(palm(), 200).hold(fist(), 500).move(fist(), 3, 0, 300)
    assert scene.hold(fist(), 300).kinds() == []


def test_a_hand_that_does_not_rest_first_does_not_swipe() -> None:
    scene = Scene(30, engaged=True).hold(palm(), 400).move(palm(), 1, 1, 300)
    scene.move(palm(), 3.5, 0, 300).hold(palm(), 300)
    assert scene.events == []
    assert scene.engine.status.refused is Refusal.TOO_SOON


@pytest.mark.parametrize(("rest_ms", "most"), [(100, 0), (400, 1)])
def test_waving_is_no_row_of_swipes(rest_ms: float, most: int) -> None:
    scene = Scene(30, engaged=True).hold(fist(), 300).hold(palm(), rest_ms)
    for way in (1, -1, 1, -1, 1, -1, 1, -1):
        scene.move(palm(), 2 * way, 0, 180)
    assert len(scene.hold(palm(), 300).events) <= most


def test_hands_that_keep_moving_are_told_so() -> None:
    scene = Scene(30, engaged=True).hold(palm(), 500)
    for dx, dy in ((1.5, 1.5), (-1.5, 1.2), (1.4, -1.5), (-1.5, -1.2)):
        scene.move(palm(), dx, dy, 220).hold(palm(), 120)
    scene.hold(palm(), 300).move(palm(), 3.5, 0, 300).hold(palm(), 200)
    assert scene.events == []
    assert scene.engine.status.refused is Refusal.BUSY
    scene.hold(palm(), 3000).move(palm(), 3.5, 0, 300).hold(palm(), 200)
    assert scene.kinds() == [GestureKind.SWIPE_RIGHT]


def test_an_arm_put_down_is_no_swipe() -> None:
    scene = Scene(30, engaged=True).hold(palm(), 600)
    slack = blended(palm(), fist(), 0.65)
    scene.go(600, lambda part: [placed(blended(palm(), slack, part), y=0.5 + 0.45 * part)], slack)
    assert scene.away(1500).events == []


@pytest.mark.parametrize(("dx", "dy", "kind"), SWIPES)
def test_the_way_back_of_a_move_that_did_not_count_is_no_swipe(
    dx: float, dy: float, kind: GestureKind
) -> None:
    scene = Scene(30, engaged=True).hold(fist(), 400).hold(palm(), 100)
    scene.move(palm(), dx, dy, 250).hold(palm(), 400).move(palm(), -dx, -dy, 250)
    assert scene.hold(palm(), 400).kinds() == []
    scene.hold(palm(), 1000).move(palm(), dx, dy, 250).hold(palm(), 400)
    assert scene.kinds() == [kind]


def test_a_hand_that_comes_back_into_view_on_its_way_does_not_swipe() -> None:
    scene = Scene(30, engaged=True).hold(palm(), 600).move(palm(), 0, -4, 1).away(740)
    scene.move(palm(), 0, 4, 300).hold(palm(), 400)
    assert scene.kinds() == []


def test_an_open_hand_that_is_put_down_slowly_is_no_swipe() -> None:
    scene = Scene(30, engaged=True).hold(palm(), 600).move(palm(), 0, 5, 1000).hold(palm(), 400)
    assert scene.events == []


LEVEL = 80.0


@pytest.mark.parametrize(
    ("start_deg", "end_deg", "kinds"),
    [
        (LEVEL, -LEVEL, [GestureKind.SWIPE_LEFT]),
        (LEVEL, LEVEL, []),  # carried along, as a page is turned
        (170.0, 170.0, []),  # hangs down, as that of somebody who walks by
    ],
)
def test_a_loose_hand_swipes_with_the_whole_forearm(
    start_deg: float, end_deg: float, kinds: list[GestureKind]
) -> None:
    """About the elbow: the fingers point to one side first, and to the other in the end."""
    loose = blended(palm(), fist(), 0.45)

    def swung(part: float) -> list[Hand]:
        x, turn_deg = 0.3 + 0.24 * part, start_deg + part * (end_deg - start_deg)
        return [placed(loose, x=x, y=0.5, turn_deg=turn_deg)]

    scene = Scene(30, engaged=True)
    scene.go(900, lambda _: swung(0.0), loose).go(360, swung, loose)
    scene.go(500, lambda _: swung(1.0), loose)
    assert scene.kinds() == kinds
