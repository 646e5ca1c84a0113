"""Grab and drag: an open hand closes, moves, and opens again."""

import pytest

from gestures.events import GestureKind, Phase
from tests.helpers.hands import Scene, fist, palm, thumb_up


def grabbed(fps: float = 30, rest_ms: float = 300) -> Scene:
    """A hand that has just grabbed, not moved."""
    scene = Scene(fps, engaged=True).hold(palm(), 500).turn_into(fist(), 200)
    return scene.hold(fist(), rest_ms)


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
@pytest.mark.parametrize("rest_ms", [200, 400])
def test_a_drag_begins_changes_and_ends(fps: float, rest_ms: float) -> None:
    scene = grabbed(fps, rest_ms).move(fist(), 1.5, 0.8, 700).hold(fist(), 200)
    scene.turn_into(palm(), 200).hold(palm(), 300)
    assert {event.kind for event in scene.events} == {GestureKind.GRAB_DRAG}
    phases = [event.phase for event in scene.events]
    assert phases[0] is Phase.BEGAN
    assert phases[-1] is Phase.ENDED
    assert set(phases[1:-1]) == {Phase.CHANGED}
    last = scene.events[-1].pointer
    assert last == pytest.approx((0.5 + 1.5 / 5.0, 0.5 + 0.8 / 3.2), abs=0.06)


def test_a_fist_that_does_not_move_lets_go_of_the_wall() -> None:
    scene = grabbed(rest_ms=1000)
    assert scene.kinds(Phase.FIRED, Phase.BEGAN) == [GestureKind.FIST_HOLD]


def test_a_dragging_hand_that_rests_does_not_let_go_of_the_wall() -> None:
    scene = grabbed().move(fist(), 2, 0, 600).hold(fist(), 1500)
    assert scene.kinds() == []
    assert scene.engine.engaged


def test_a_lost_hand_drops_what_it_held() -> None:
    scene = grabbed().move(fist(), 2, 0, 600).away(900)
    assert [event.phase for event in scene.events][-1] is Phase.ENDED
    assert scene.engine.status.pointer is None


def test_a_hand_that_comes_up_closed_grabs_nothing() -> None:
    scene = Scene(30, engaged=True).hold(fist(), 300).move(fist(), 2, 0, 600).hold(fist(), 200)
    assert scene.events == []


def test_a_thumb_that_comes_out_is_no_grab() -> None:
    scene = Scene(30, engaged=True).hold(palm(), 500).hold(thumb_up(), 200)
    scene.move(thumb_up(), 1, 0, 500)
    assert scene.kinds(Phase.BEGAN) == []
