"""The clutch, holds, swipes and the pointer, told as what a person does."""

import pytest

from gestures.events import EngageState, GestureKind, Phase, Refusal
from tests.helpers.hands import Scene, fist, frame, palm, placed, point, three, thumb_up

SWIPES = [
    (3.0, 0.0, GestureKind.SWIPE_RIGHT),
    (-3.0, 0.0, GestureKind.SWIPE_LEFT),
    (0.0, -2.5, GestureKind.SWIPE_UP),
    (0.0, 2.5, GestureKind.SWIPE_DOWN),
]


def test_nothing_acts_before_the_clutch() -> None:
    scene = Scene().hold(thumb_up(), 900).hold(fist(), 900).move(three(), 3, 0, 300)
    assert scene.events == []
    assert scene.engine.status.state is EngageState.RESTING


def test_a_gesture_before_the_clutch_is_refused_with_its_reason() -> None:
    scene = Scene().hold(thumb_up(), 900)
    assert scene.engine.status.refused is Refusal.NOT_ENGAGED


def test_a_raised_palm_engages_after_half_a_second() -> None:
    scene = Scene().hold(palm(), 400)
    assert scene.events == []
    assert 0.3 < scene.engine.status.progress < 1.0
    assert scene.engine.status.candidate is GestureKind.PALM_HOLD
    scene.hold(palm(), 300)
    assert scene.kinds() == [GestureKind.PALM_HOLD]
    assert 500 <= scene.events[0].t_ms <= 650
    assert scene.engine.status.state is EngageState.ENGAGED


def test_a_palm_that_keeps_moving_does_not_engage() -> None:
    scene = Scene()
    for side in (1, -1, 1, -1):
        scene.move(palm(), side * 1.5, 0, 250)
    assert scene.events == []


def test_a_still_fist_lets_go() -> None:
    scene = Scene(engaged=True).hold(fist(), 600)
    assert scene.events == []
    scene.hold(fist(), 250)
    assert scene.kinds() == [GestureKind.FIST_HOLD]
    assert not scene.engine.engaged


def test_staying_away_lets_go_without_an_event() -> None:
    scene = Scene(engaged=True).hold(palm(), 300).away(3500)
    before = scene.engine.status.state
    after = scene.away(1000).engine.status.state
    assert (before, after) == (EngageState.ENGAGED, EngageState.SEARCHING)
    assert scene.events == []


@pytest.mark.parametrize(
    ("hand", "kind"), [(thumb_up, GestureKind.THUMB_UP), (three, GestureKind.THREE)]
)
def test_a_held_shape_fires_once(hand: object, kind: GestureKind) -> None:
    assert callable(hand)
    scene = Scene(engaged=True).hold(hand(), 2500)
    assert scene.kinds() == [kind]
    scene.hold(palm(), 500).hold(hand(), 900)
    assert scene.kinds() == [kind, kind]


def test_a_dropped_frame_does_not_break_a_hold() -> None:
    scene = Scene(engaged=True).hold(thumb_up(), 250).away(134).hold(thumb_up(), 300)
    assert scene.kinds() == [GestureKind.THUMB_UP]


def test_a_hold_given_up_too_soon_says_so() -> None:
    scene = Scene(engaged=True).hold(thumb_up(), 400).hold(palm(), 300)
    assert scene.events == []
    assert scene.engine.status.refused is Refusal.TOO_SHORT


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


def test_pointing_lasts_and_moves() -> None:
    scene = Scene(engaged=True).hold(point(), 600).move(point(), 1.5, 0, 800).hold(point(), 300)
    scene.hold(palm(), 500)
    phases = [event.phase for event in scene.events]
    assert {event.kind for event in scene.events} == {GestureKind.POINT}
    assert phases[0] is Phase.BEGAN
    assert phases[-1] is Phase.ENDED
    assert set(phases[1:-1]) == {Phase.CHANGED}
    places = [event.pointer for event in scene.events[:-1]]
    assert all(place is not None and 0 <= min(place) <= max(place) <= 1 for place in places)
    first, last = places[0], places[-1]
    assert first == (0.5, 0.5)
    assert last is not None
    assert last[0] == pytest.approx(0.5 + 1.5 / 5.0, abs=0.03)


def test_a_pointing_hand_that_sweeps_does_not_swipe() -> None:
    scene = Scene(engaged=True).hold(point(), 600).move(point(), 3, 0, 300).hold(point(), 300)
    assert scene.kinds() == []


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


def test_the_status_draws_a_hand_as_in_a_mirror() -> None:
    scene = Scene().hold(palm(), 200)
    skeleton = scene.engine.status.skeleton
    assert len(skeleton) == 21
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in skeleton)
    thumb_in_picture = palm().lm[4][0] < palm().lm[20][0]
    assert (skeleton[4][0] > skeleton[20][0]) == thumb_in_picture


def test_time_must_rise() -> None:
    scene = Scene().hold(palm(), 200)
    with pytest.raises(ValueError, match="after one at"):
        scene.feed(frame(100))
