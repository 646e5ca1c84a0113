"""The lamps tell where camera and microphone go while a call is on."""

import pytest

from kiosk.app.lamps import top_bar
from kiosk.app.world import WallWorld
from kiosk.core.clock import ManualClock
from kiosk.settings.model import CitySettings
from kiosk.wire.calls import Call, CallPhase, Sends, Thing
from kiosk.wire.messages import Health
from kiosk.wire.text import Text

NOTHING = Text("", "")


def in_use(call: Call) -> set[str]:
    """Which of the two go into the call, by their lamps."""
    world = WallWorld({}, ManualClock())
    for name in ("gestures", "voice"):
        world.take_presence(name, connected=True)
        world.receive(Health(name, "running", NOTHING))
    view = top_bar("home", NOTHING, world, CitySettings(), False, False, call=call)
    return {lamp.name.en for lamp in view.lamps if lamp.reason.en == "goes into the call"}


def call(
    phase: CallPhase = "talking",
    wall: Sends = Sends(),  # noqa: B008 - frozen
    missing: tuple[Thing, ...] = (),
) -> Call:
    return Call("c", phase, NOTHING, 0, wall=wall, missing=missing)


@pytest.mark.parametrize("phase", ["connecting", "talking", "lost"])
def test_both_go_out_while_the_call_stands(phase: CallPhase) -> None:
    assert in_use(call(phase)) == {"Camera", "Microphone"}


@pytest.mark.parametrize("phase", ["ringing", "asking"])
def test_nothing_goes_out_before(phase: CallPhase) -> None:
    assert in_use(call(phase)) == set()


def test_what_is_switched_off_or_not_there_does_not_go_out() -> None:
    assert in_use(call(wall=Sends(camera=False))) == {"Microphone"}
    assert in_use(call(missing=("microphone", "loudspeaker"))) == {"Camera"}
    assert in_use(call(missing=("camera",))) == {"Microphone"}
