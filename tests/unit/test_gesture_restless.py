"""A hand that talks: what it does next counts for less, unless it was a gesture that moved it."""

import pytest

from gestures.events import GestureKind, Refusal
from gestures.restless import Restless
from gestures.track import Sample
from gestures.tuning import RestlessTuning, StrokeTuning
from tests.helpers.hands import Scene, fist, palm, point, victory

PALM = 0.08


def talked(scene: Scene, moves: int) -> Scene:
    """Quick moves that mean nothing, one after another."""
    for index in range(moves):
        scene.move(fist(), (1, -1)[index % 2], 0.8, 220).hold(fist(), 130)
    return scene


def watched(lengths: list[float], pause_ms: int = 200) -> tuple[Restless, int]:
    """A hand that went these many palms to the side in 200 ms each; and the time of now."""
    restless, t_ms, x = Restless(RestlessTuning(), StrokeTuning()), 0, 0.0
    for length in lengths:
        steps = [0.0] * (pause_ms // 20) + [length / 10] * 10 + [0.0] * 10
        for step in steps:
            t_ms, x = t_ms + 20, x + step * PALM
            restless.note(Sample(t_ms, (x, 0.5)), PALM)
    return restless, t_ms


@pytest.mark.parametrize(("lengths", "talk"), [([1.0] * 3, True), ([1.0] * 2, False)])
def test_three_quick_moves_are_talk(lengths: list[float], talk: bool) -> None:
    restless, t_ms = watched(lengths)
    assert restless.before(t_ms) is talk


def test_small_moves_and_those_of_long_ago_are_none() -> None:
    trembling, t_ms = watched([0.3] * 5)
    assert not trembling.before(t_ms)
    slow, t_ms = watched([1.0] * 4, pause_ms=1500)
    assert not slow.before(t_ms)


def test_what_came_later_says_nothing_of_a_rest() -> None:
    restless, _ = watched([1.0] * 4)
    assert not restless.before(100)


def test_a_gesture_forgives_what_went_before() -> None:
    restless, t_ms = watched([1.0] * 4)
    restless.forgive()
    assert not restless.before(t_ms)


def test_another_hand_does_not_calm_the_person() -> None:
    restless, t_ms = watched([1.0] * 4)
    restless.another_hand()
    assert restless.before(t_ms)


def test_a_palm_that_pauses_in_talk_must_be_held_for_longer() -> None:
    scene = talked(Scene(30), 4).hold(palm(), 800)
    assert scene.events == []
    assert scene.hold(palm(), 600).kinds() == [GestureKind.PALM_HOLD]


@pytest.mark.parametrize(("moves", "kinds"), [(4, []), (1, [GestureKind.VICTORY])])
def test_a_shape_in_talk_must_be_held_for_longer(moves: int, kinds: list[GestureKind]) -> None:
    scene = talked(Scene(30, engaged=True), moves).hold(victory(), 800)
    assert scene.kinds() == kinds


def test_hands_that_talk_do_not_grab() -> None:
    scene = talked(Scene(30, engaged=True), 4).hold(palm(), 300).turn_into(fist(), 200)
    scene.hold(fist(), 150).move(fist(), 2, 1, 800).hold(fist(), 200)
    assert GestureKind.GRAB_DRAG not in [event.kind for event in scene.events]


def test_swipes_and_their_returns_are_no_talk() -> None:
    scene = Scene(30, engaged=True).hold(palm(), 500)
    for _ in range(3):
        scene.move(palm(), 3, 0, 300).hold(palm(), 200).move(palm(), -3, 0, 300).hold(palm(), 200)
    scene.hold(point(), 700)
    assert [e.kind for e in scene.events][-1] is GestureKind.POINT
    assert scene.engine.status.refused is not Refusal.BUSY
