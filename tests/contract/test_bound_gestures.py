"""No gesture is offered that the recogniser can't see."""

from gestures.events import GestureKind
from gestures.tuning import HoldTuning
from kiosk.commands import make_registry
from kiosk.inputs.configured import read_bindings
from tests.helpers.heart import CONFIG

SWIPES = {
    GestureKind.SWIPE_LEFT,
    GestureKind.SWIPE_RIGHT,
    GestureKind.SWIPE_UP,
    GestureKind.SWIPE_DOWN,
}


def test_every_bound_gesture_is_recognised() -> None:
    recognised = set(HoldTuning().hold_ms) | SWIPES
    bindings = read_bindings(CONFIG, make_registry())[0].default
    bound = {GestureKind(b.on) for b in bindings if b.input == "gesture"}
    assert bound - recognised == set()
