"""No gesture is offered that the recogniser can't see."""

import pytest

from gestures.events import GestureKind
from kiosk.commands import make_registry
from kiosk.core.bindings import FIXED
from kiosk.inputs.configured import read_bindings
from tests.helpers.hands import Scene, perform
from tests.helpers.heart import CONFIG

BOUND = {
    GestureKind(binding.on)
    for binding in read_bindings(CONFIG, make_registry())[0].default
    if binding.input == "gesture"
}


def test_all_seventeen_mean_something() -> None:
    assert BOUND | {GestureKind(kind) for kind in FIXED} == set(GestureKind)


@pytest.mark.parametrize("kind", sorted(BOUND))
def test_every_bound_gesture_is_recognised(kind: GestureKind) -> None:
    assert kind in {event.kind for event in perform(kind, Scene(30)).events}
