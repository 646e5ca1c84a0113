"""What reaches people, records them or changes rights is never done on one utterance alone."""

import pytest

from kiosk.commands import make_registry
from kiosk.core.contacts import Contact
from kiosk.core.invocation import Source, Status
from kiosk.core.profiles import Profile, Profiles
from kiosk.core.registry import Command, Risk
from kiosk.core.state import Place, replace
from kiosk.wire.calls import Call
from kiosk.wire.orders import Given, GivenOrder, Order
from kiosk.wire.text import Text
from tests.helpers.heart import Heart
from tests.helpers.speech import grammar
from voice.events import IntentMatch

ORDER = Order("o-1", 0, "wall", "fire", "현장 확인", "incidents/fire-1")
ARGS: dict[str, dict[str, str]] = {
    "order.give": {"to": "fire", "text": "inspect", "about": ""},
    "call.add": {"to": "t-2"},
    "order.also": {"to": "health"},
    "complaint.reply": {"text": "received", "complaint": "c-7"},
    "incident.note": {"incident": "fire-1"},
    "cctv.snapshot": {"camera": "cam-01"},
    "disclosure.set": {"thing": "pm25", "level": "restricted"},
}
"""Arguments of commands that need some."""
HALTS = "system.halt"
SPOKEN = grammar("ko").commands().keys()
REGISTRY = make_registry()
RISKY = sorted(key for key in SPOKEN if REGISTRY.resolve(key).risk is not Risk.VIEW)


def ready() -> Heart:
    """A heart in which every risky command can be given."""
    heart = Heart(REGISTRY)
    heart.world.tablets, heart.world.devices = 1, {"t-1": "상황실"}
    heart.world.contacts = (
        Contact("t-1", "상황실", "official", here=True),
        Contact("t-2", "소방 당직", "official", "fire", here=True),
    )
    heart.world.conferences, heart.world.states["calls"] = True, "running"
    heart.world.given = Given((GivenOrder(ORDER, "sent", 0),))
    heart.store.put(replace(heart.store.state, place=Place(panel="indicators", indicator="pm25")))
    heart.store.put(replace(heart.store.state, profile="mayor"))
    return heart


def prepare(heart: Heart, command: str) -> None:
    """What has to be so for this one."""
    state = heart.store.state
    if command == "gestures.use":
        heart.intake.touch("gestures.rest", {}, "t")
    elif command == "call.answer":
        call = Call("c-1", "asking", Text("상황실", "Room"), 0, device="t-1")
        heart.store.put(replace(state, call=call))
    elif command == "call.add":
        call = Call("c-1", "talking", Text("상황실", "Room"), 0, device="t-1")
        heart.store.put(replace(state, call=call))
    elif command in ("gestures.record", "gestures.record_video"):
        heart.store.put(replace(state, profile="installer"))
        heart.intake._profiles = _with_installer(heart)


def _with_installer(heart: Heart) -> Profiles:
    known = heart.world.profiles.profile
    return Profiles((*known, Profile("installer", Text("설치", "Installer"), "installer")))


def say(heart: Heart, command: str, text: str = "말") -> Status:
    match = IntentMatch(command, dict(ARGS.get(command, {})), text, text, 1.0, 0)
    return heart.intake.voice(match).status


def test_what_reaches_people_can_be_said_at_all() -> None:
    reaching = {"order.give", "order.also", "order.remind", "complaint.reply", "department.call"}
    reaching |= {"call.start"}
    assert reaching <= set(RISKY)


@pytest.mark.parametrize("command", RISKY)
def test_one_utterance_alone_does_nothing(command: str) -> None:
    heart = ready()
    prepare(heart, command)
    before, sent = heart.store.state, len(heart.sent)
    assert say(heart, command) is Status.NEEDS_CONFIRM
    assert replace(heart.store.state, confirmation=None) == before
    assert len(heart.sent) == sent
    assert say(heart, "confirm.accept", "말") is Status.DENIED, "the same words can't confirm it"
    assert len(heart.sent) == sent
    heart.clock.advance(9_000)
    heart.dispatcher.tick()
    assert heart.store.state.confirmation is None
    assert replace(heart.store.state, confirmation=None) == before


@pytest.mark.parametrize("command", RISKY)
def test_another_act_confirms_it_and_what_records_or_gives_rights_only_a_finger(
    command: str,
) -> None:
    heart = ready()
    prepare(heart, command)
    assert say(heart, command) is Status.NEEDS_CONFIRM
    risk = heart.registry.resolve(command).risk
    if Source.VOICE in heart.policy.answer[risk]:
        assert say(heart, "confirm.accept", "확인") is Status.DONE
    else:
        assert say(heart, "confirm.accept", "확인") is Status.DENIED
        assert heart.intake.touch("confirm.accept", {}, "yes").done
    done = [record for record in heart.records if record.command == command]
    assert done[-1].status is Status.DONE, done[-1].reason


def leaves_the_wall_open(command: Command) -> bool:
    return command.risk is Risk.VIEW and command.id.startswith(("order.", "remote.", "gestures."))


def test_no_spoken_command_that_sends_an_order_or_begins_a_recording_counts_as_looking() -> None:
    harmless = {
        *("order.compose", "order.list", "order.next", "order.previous", "order.number"),
        *("order.last", "order.about"),
        *("remote.pair", "remote.close", "remote.reject"),
        *("gestures.rest", "gestures.record_stop"),
    }
    found = {c.id for c in REGISTRY if c.id in SPOKEN and leaves_the_wall_open(c)}
    assert found == harmless


def test_halting_is_the_one_exception_because_it_is_the_safe_side() -> None:
    heart = ready()
    assert REGISTRY.resolve(HALTS).risk is Risk.VIEW
    assert say(heart, HALTS) is Status.DONE
    assert heart.store.state.locked
