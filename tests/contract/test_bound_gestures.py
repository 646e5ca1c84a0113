"""No gesture is offered that the recogniser can't see."""

import pytest

from gestures.events import GestureKind
from kiosk.app.configuration import read_bindings
from kiosk.commands import make_registry
from tests.helpers.hands import Scene, perform
from tests.helpers.heart import CONFIG

BOUND = {
    GestureKind(binding.on)
    for binding in read_bindings(CONFIG, make_registry()).bindings
    if binding.input == "gesture"
}


@pytest.mark.parametrize("kind", sorted(BOUND))
def test_every_bound_gesture_is_recognised(kind: GestureKind) -> None:
    assert kind in {event.kind for event in perform(kind, Scene(30)).events}
