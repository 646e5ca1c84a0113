"""Shapes that are held, and the pointer."""

import pytest

from gestures.events import GestureKind, Phase, Refusal
from tests.helpers.hands import Scene, call, palm, placed, point, three, thumb_down, thumb_up


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


def test_a_thumb_on_an_upright_forearm_is_none() -> None:
    level = Scene(engaged=True).hold(thumb_up(), 900)
    upright = Scene(engaged=True).hold(placed(thumb_up(), turn_deg=50), 900)
    assert level.kinds() == [GestureKind.THUMB_UP]
    assert upright.kinds() == []


@pytest.mark.parametrize(
    ("hand", "kind"), [(thumb_down, GestureKind.THUMB_DOWN), (call, GestureKind.CALL)]
)
def test_what_asks_first_is_held_too(hand: object, kind: GestureKind) -> None:
    assert callable(hand)
    assert Scene(engaged=True).hold(hand(), 1300).kinds() == [kind]


def test_a_hand_seen_end_on_that_seems_to_turn_holds_nothing() -> None:
    """As one around a telephone: its shape is that of a thumb, its direction is anything."""
    scene = Scene(30, engaged=True)
    for index in range(40):
        scene.hold(placed(thumb_up(), turn_deg=(-20.0, 20.0)[index % 2]), 67)
    assert scene.events == []
