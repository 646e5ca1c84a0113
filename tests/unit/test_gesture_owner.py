"""Whose hands count, in a picture with several."""

import msgspec

from gestures.events import GestureKind, Refusal
from tests.helpers.hands import Scene, fist, frame, mirrored, palm, placed, thumb_up


def test_junk_tracked_down_to_ten_pixels_is_refused() -> None:
    scene = Scene(engaged=True)
    for index in range(20):
        scene.feed(frame(index * 67, placed(thumb_up(), palm=0.007)))
    assert scene.events == []
    assert scene.engine.status.refused is Refusal.TOO_SMALL


def test_the_larger_hand_engages_and_then_owns_the_wall() -> None:
    scene = Scene()
    mayor, visitor = placed(palm(), x=0.3), placed(palm(), x=0.8, palm=0.06)
    for index in range(12):
        scene.feed(frame(index * 67, visitor, mayor))
    assert scene.kinds() == [GestureKind.PALM_HOLD]
    other = placed(fist(), x=0.8, palm=0.12)
    for index in range(12, 40):
        scene.feed(frame(index * 67, other, mayor))
    assert scene.kinds() == [GestureKind.PALM_HOLD]
    assert scene.engine.engaged


def test_a_raised_palm_goes_before_a_larger_hand_that_hangs() -> None:
    hanging, raised = placed(palm(), x=0.3, turn_deg=180, palm=0.1), placed(palm(), x=0.6)
    scene = Scene()
    for index in range(20):
        scene.feed(frame(index * 67, hanging, raised))
    assert scene.kinds() == [GestureKind.PALM_HOLD]


def test_one_hand_gone_and_another_there_is_no_swipe() -> None:
    scene = Scene(engaged=True)
    right = palm() if palm().side == "right" else mirrored(palm())
    for index in range(10):
        scene.feed(frame(index * 67, placed(right, x=0.4), placed(mirrored(right), x=0.55)))
    for index in range(10, 30):
        scene.feed(frame(index * 67, placed(mirrored(right), x=0.55)))
    assert scene.events == []


def test_a_hand_found_twice_is_one() -> None:
    scene = Scene(engaged=True)
    for index in range(20):
        x = 0.5 + 0.001 * (index % 3)
        scene.feed(frame(index * 67, placed(thumb_up(), x=x), placed(thumb_up(), x=x + 0.01)))
    assert scene.kinds() == [GestureKind.THUMB_UP]


def test_fingers_as_long_as_no_hand_has_them_are_junk() -> None:
    hand = thumb_up()
    world = tuple(
        (4 * x, 4 * y, 4 * z) if i % 4 == 0 and i else (x, y, z)
        for i, (x, y, z) in enumerate(hand.world)
    )
    scene = Scene(engaged=True).hold(msgspec.structs.replace(hand, world=world), 1200)
    assert scene.events == []


def test_ten_hands_do_not_hide_the_owners() -> None:
    scene = Scene(engaged=True).hold(palm(), 300)
    crowd = [placed(palm(), x=0.05 + 0.1 * i, y=0.15, palm=0.11) for i in range(9)]
    start = len(scene.frames)
    for index in range(start, start + 20):
        scene.feed(frame(index * 67 + 400, *crowd, placed(thumb_up())))
    assert scene.kinds() == [GestureKind.THUMB_UP]
