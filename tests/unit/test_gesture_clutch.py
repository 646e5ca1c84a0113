"""The clutch: what takes the wall and what lets it go again."""

import msgspec
import pytest

from gestures.events import EngageState, GestureKind, Refusal
from tests.helpers.hands import Scene, fist, frame, palm, three, thumb_up


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


def test_the_back_of_a_hand_does_not_engage() -> None:
    back = msgspec.structs.replace(palm(), side="right" if palm().side == "left" else "left")
    assert Scene().hold(back, 1500).events == []


def test_a_palm_that_hangs_down_does_not_engage() -> None:
    assert Scene(turn_deg=150).hold(palm(), 1500).events == []
