"""Pinch taps: two tips that meet and part, pressed where the pointer was."""

import pytest

from gestures.events import GestureKind, Phase
from tests.helpers.hands import Scene, blended, fist, palm, pinched, point


@pytest.mark.parametrize(("fps", "ms"), [(10, 500), (15, 500), (30, 200), (30, 500), (60, 200)])
def test_a_tap_with_an_open_hand(fps: float, ms: float) -> None:
    scene = Scene(fps, engaged=True).hold(palm(), 500)
    scene.turn_into(pinched(palm()), 0.4 * ms).hold(pinched(palm()), 0.2 * ms)
    scene.turn_into(palm(), 0.4 * ms).hold(palm(), 300)
    assert scene.kinds() == [GestureKind.PINCH_TAP]
    assert scene.events[0].t_ms <= 500 + ms + 250


def test_a_tap_while_pointing_presses_where_the_pointer_was() -> None:
    scene = Scene(30, engaged=True).hold(point(), 800).move(point(), 1, 0, 500).hold(point(), 300)
    before = scene.engine.status.pointer
    assert before is not None
    scene.turn_into(pinched(point()), 150).hold(pinched(point()), 100)
    assert scene.engine.status.pointer == pytest.approx(before, abs=0.02)
    scene.turn_into(point(), 150).hold(point(), 400)
    tap = next(event for event in scene.events if event.kind is GestureKind.PINCH_TAP)
    assert tap.pointer == pytest.approx(before, abs=0.02)
    assert Phase.ENDED not in [event.phase for event in scene.events]
    assert scene.engine.status.pointer is not None


def test_a_pinch_that_moves_is_no_tap() -> None:
    scene = Scene(30, engaged=True).hold(palm(), 500).turn_into(pinched(palm()), 120)
    scene.move(pinched(palm()), 1.5, 0.8, 400).turn_into(palm(), 120).hold(palm(), 300)
    assert scene.events == []


def test_a_pinch_that_stays_shut_is_no_tap() -> None:
    scene = Scene(30, engaged=True).hold(palm(), 500).turn_into(pinched(palm()), 120)
    scene.hold(pinched(palm()), 1500).turn_into(palm(), 120)
    assert GestureKind.PINCH_TAP not in scene.hold(palm(), 300).kinds()


def test_a_hand_that_closes_and_opens_is_no_tap() -> None:
    scene = Scene(30, engaged=True).hold(palm(), 500).turn_into(fist(), 150).hold(fist(), 150)
    assert scene.turn_into(palm(), 150).hold(palm(), 300).kinds() == []


def test_a_hand_around_a_cup_that_is_seen_badly_does_not_tap() -> None:
    """Its thumb and index finger are neither apart nor together, now here, now there."""
    scene = Scene(30, engaged=True)
    for part in (0.45, 0.62, 0.5, 0.7, 0.55, 0.45, 0.9, 0.5) * 6:
        scene.hold(blended(palm(), pinched(palm()), part), 67)
    assert scene.events == []
