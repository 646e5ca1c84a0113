"""The one door, driven by the inputs that a person has."""

import msgspec
import pytest

from gestures.events import GestureEvent, GestureKind, Phase
from kiosk.core.invocation import Source, Status
from kiosk.core.registry import Command, NoArgs, Registry, Result, Risk
from kiosk.core.state import ViewState
from kiosk.core.world import World
from kiosk.wire.messages import Device, Listen, PairingDecision, StopAll, TabletRequest
from kiosk.wire.text import Text
from tests.helpers.heart import PANELS, Heart
from voice.events import Choice, Context, IntentMatch, NoMatch, NoMatchReason


def fired(kind: GestureKind, phase: Phase = Phase.FIRED) -> GestureEvent:
    return GestureEvent(kind, phase, "right", None, 0.95, 1000)


def said(command: str, text: str, **args: str | int | float) -> IntentMatch:
    return IntentMatch(command, args, text, text, 0.9, 1000)


TABLET = Device("tab-1", "비서실 태블릿", "official", "{}", 0)


def asks(command: str, **args: object) -> TabletRequest:
    return TabletRequest("r1", TABLET.id, command, dict(args))


def test_touch_gesture_voice_tablet_and_key_reach_the_same_command() -> None:
    heart = Heart()
    heart.intake.touch("panel.open", {"panel": "cctv"}, "dock")
    heart.intake.voice(said("panel.open", "지표 열어 줘", panel="indicators"))
    heart.intake.tablet(asks("panel.open", panel="cctv"), TABLET)
    heart.intake.gesture(fired(GestureKind.THREE))
    heart.intake.key("Home")
    assert [r.source for r in heart.records] == [
        Source.TOUCH,
        Source.VOICE,
        Source.TABLET,
        Source.GESTURE,
        Source.KEYBOARD,
    ]
    assert {r.status for r in heart.records} == {Status.DONE}
    assert heart.store.state.panel == "home"


def test_an_unknown_command_is_answered_and_audited() -> None:
    heart = Heart()
    outcome = heart.intake.touch("panel.explode", {}, "dock")
    assert outcome.status is Status.UNKNOWN
    assert "panel.explode" in outcome.reason.en
    assert heart.records[-1].status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("panel.open", {}),
        ("panel.open", {"panel": "attic"}),
        ("panel.open", {"panel": "cctv", "colour": "red"}),
        ("district.select", {"district": "부산"}),
        ("cctv.layout", {"tiles": 7}),
        ("map.pan", {"dx": 5}),
    ],
)
def test_bad_arguments_change_nothing_and_say_what_was_wrong(
    command: str, args: dict[str, object]
) -> None:
    heart = Heart()
    before = heart.store.state
    outcome = heart.intake.touch(command, args, "test")
    assert outcome.status is Status.BAD_ARGUMENTS
    assert outcome.reason.ko
    assert heart.store.state == before


def test_a_condition_that_does_not_hold_gives_its_reason() -> None:
    heart = Heart()
    outcome = heart.intake.key("Backspace")
    assert outcome is not None
    assert outcome.status is Status.UNAVAILABLE
    assert outcome.reason.en == "There is nothing to go back to"


def test_a_handler_that_breaks_is_a_failed_outcome_not_an_exception() -> None:
    def broken(state: ViewState, args: NoArgs, world: World) -> Result:
        raise ZeroDivisionError

    heart = Heart(Registry([Command("test.broken", Text("고장", "Broken"), broken)]))
    outcome = heart.intake.touch("test.broken", {}, "test")
    assert outcome.status is Status.FAILED
    assert heart.records[-1].status is Status.FAILED


def test_a_message_that_cannot_be_carried_leaves_the_view_as_it_was() -> None:
    heart = Heart()
    heart.deaf.add("remote")
    outcome = heart.intake.touch("remote.pair", {}, "button")
    assert outcome.status is Status.UNAVAILABLE
    assert heart.store.state.panel == "home"


def test_the_microphone_can_only_be_asked_when_it_hears() -> None:
    heart = Heart()
    heart.world.states["voice"] = "degraded"
    assert heart.intake.key("Space").status is Status.UNAVAILABLE  # type: ignore[union-attr]
    heart.world.states["voice"] = "running"
    assert heart.intake.key("Space").status is Status.DONE  # type: ignore[union-attr]
    assert heart.sent[-1].message == Listen(context=Context.UNASKED)


class TestConfirmation:
    def test_a_gesture_only_opens_the_question(self) -> None:
        heart = Heart()
        outcome = heart.intake.gesture(fired(GestureKind.TIMEOUT))
        assert outcome is not None
        assert outcome.status is Status.NEEDS_CONFIRM
        assert not heart.store.state.locked
        assert heart.store.state.confirmation is not None

    def test_the_same_gesture_twice_does_not_confirm(self) -> None:
        heart = Heart()
        heart.intake.gesture(fired(GestureKind.TIMEOUT))
        heart.intake.gesture(fired(GestureKind.TIMEOUT))
        assert not heart.store.state.locked

    def test_a_second_and_different_gesture_does(self) -> None:
        heart = Heart()
        heart.intake.gesture(fired(GestureKind.TIMEOUT))
        outcome = heart.intake.gesture(fired(GestureKind.THUMB_UP))
        assert outcome is not None
        assert outcome.done
        assert heart.store.state.locked
        assert [(r.command, r.status) for r in heart.records] == [
            ("system.lock", Status.NEEDS_CONFIRM),
            ("confirm.accept", Status.DONE),
            ("system.lock", Status.DONE),
        ]

    def test_no_means_no(self) -> None:
        heart = Heart()
        heart.intake.gesture(fired(GestureKind.TIMEOUT))
        heart.intake.gesture(fired(GestureKind.THUMB_DOWN))
        assert not heart.store.state.locked
        assert heart.store.state.confirmation is None
        assert heart.intake.touch("confirm.accept", {}, "yes").status is Status.UNAVAILABLE

    def test_it_expires(self) -> None:
        heart = Heart()
        heart.intake.gesture(fired(GestureKind.TIMEOUT))
        heart.clock.advance(7_999)
        heart.dispatcher.tick()
        assert heart.store.state.confirmation is not None
        heart.clock.advance(1)
        outcome = heart.intake.touch("confirm.accept", {}, "yes")
        assert outcome.status is Status.UNAVAILABLE
        heart.dispatcher.tick()
        state = heart.store.state
        assert (state.confirmation, state.locked) == (None, False)

    def test_expiry_is_told_and_audited_once(self) -> None:
        heart = Heart()
        heart.intake.gesture(fired(GestureKind.TIMEOUT))
        heart.clock.advance(8_000)
        heart.dispatcher.tick()
        heart.dispatcher.tick()
        expired = [r for r in heart.records if r.id.endswith(".expired")]
        assert len(expired) == 1
        assert "8" in expired[0].reason.ko

    def test_a_made_up_nonce_opens_nothing(self) -> None:
        heart = Heart()
        heart.intake.gesture(fired(GestureKind.TIMEOUT))
        outcome = heart.intake.tablet(asks("confirm.accept", nonce="0" * 32), TABLET)
        assert outcome.status is Status.UNAVAILABLE
        assert heart.store.state.confirmation is not None

    def test_a_caller_cannot_say_that_it_is_confirmed(self) -> None:
        heart = Heart()
        outcome = heart.intake.voice(said("system.lock", "화면 잠금", confirmed=1))
        assert outcome.status is Status.BAD_ARGUMENTS


class TestPolicy:
    def test_an_official_may_not_stop_the_kiosk(self) -> None:
        heart = Heart()
        outcome = heart.intake.tablet(asks("system.stop"), TABLET)
        assert outcome.status is Status.DENIED
        assert heart.sent == []

    def test_the_mayor_may_by_touch(self) -> None:
        heart = Heart()
        assert heart.intake.touch("system.stop", {}, "button").done
        assert heart.sent[-1].message == StopAll()

    def test_a_tablet_that_is_not_known_is_denied(self) -> None:
        heart = Heart()
        outcome = heart.intake.tablet(asks("nav.home"), None)
        assert outcome.status is Status.DENIED
        assert heart.records[-1].role == "visitor"

    def test_a_revoked_tablet_is_denied(self) -> None:
        heart = Heart()
        revoked = msgspec.structs.replace(TABLET, revoked=True)
        assert heart.intake.tablet(asks("nav.home"), revoked).status is Status.DENIED

    def test_nobody_can_pretend_to_be_the_system(self) -> None:
        heart = Heart()
        args = {"url": "https://evil", "expires_ms": 1}
        assert heart.intake.tablet(asks("remote.offered", **args), TABLET).status is Status.DENIED
        assert heart.intake.touch("remote.offered", args, "x").status is Status.DENIED

    def test_a_refusal_names_the_inputs_that_would_do(self) -> None:
        heart = Heart()
        heart.intake.touch("system.lock", {}, "button")
        outcome = heart.intake.voice(said("system.unlock", "잠금 해제"))
        assert outcome.status is Status.DENIED
        assert "터치" in outcome.reason.ko


class TestLock:
    def test_only_unlocking_works_while_locked(self) -> None:
        heart = Heart()
        heart.intake.touch("system.lock", {}, "button")
        assert heart.intake.touch("panel.open", {"panel": "cctv"}, "x").status is (
            Status.UNAVAILABLE
        )
        assert heart.intake.touch("system.unlock", {}, "button").done
        assert heart.intake.touch("panel.open", {"panel": "cctv"}, "x").done


class TestPairing:
    def offer(self, heart: Heart) -> None:
        heart.intake.touch("remote.pair", {}, "button")
        expires_ms = heart.clock.now_ms() + 120_000
        heart.intake.system(
            "remote.offered", {"url": "https://kiosk/#secret", "expires_ms": expires_ms}
        )

    def ask(self, heart: Heart) -> None:
        heart.intake.system(
            "remote.asked",
            {
                "request": "req",
                "device_name": "태블릿",
                "check_code": "482913",
                "expires_ms": heart.clock.now_ms() + 60_000,
            },
        )

    def test_the_code_is_on_the_screen_and_not_in_the_audit(self) -> None:
        heart = Heart()
        self.offer(heart)
        assert heart.store.state.pairing is not None
        assert "secret" in heart.store.state.pairing.url
        assert "secret" not in str(heart.records)

    def test_a_person_at_the_wall_lets_it_in(self) -> None:
        heart = Heart()
        self.offer(heart)
        self.ask(heart)
        assert heart.intake.touch("remote.accept", {"role": "official"}, "button").done
        assert heart.sent[-1].message == PairingDecision("req", accepted=True, role="official")

    def test_it_cannot_let_itself_in(self) -> None:
        heart = Heart()
        self.offer(heart)
        self.ask(heart)
        assert heart.intake.tablet(asks("remote.accept"), None).status is Status.DENIED
        assert heart.intake.tablet(asks("remote.accept"), TABLET).status is Status.DENIED
        assert heart.intake.voice(said("remote.accept", "받아")).status is Status.DENIED

    def test_an_offer_ends_by_itself(self) -> None:
        heart = Heart()
        self.offer(heart)
        heart.clock.advance(120_000)
        heart.dispatcher.tick()
        assert heart.store.state.pairing is None


class TestChoice:
    def test_near_twins_are_offered_and_taken_by_number(self) -> None:
        heart = Heart()
        options = (
            said("district.select", "종로구", district="종로구"),
            said("district.select", "중구", district="중구"),
        )
        heart.intake.ambiguous(Choice(options, "종구", 1000))
        assert heart.store.state.choice is not None
        outcome = heart.intake.voice(said("choice.take", "두 번째", number=2))
        assert outcome.done
        assert heart.store.state.place.district == "11140"
        assert heart.store.state.choice is None

    def test_a_number_that_is_not_there(self) -> None:
        heart = Heart()
        option = said("nav.home", "처음으로")
        heart.intake.ambiguous(Choice((option,), "처음", 1000))
        assert heart.intake.touch("choice.take", {"number": 2}, "x").status is (
            Status.BAD_ARGUMENTS
        )


JONGNO = IntentMatch("district.select", {"district": "11110"}, "종로구 보여 줘", "", 0.6, 0)


def test_speech_that_is_no_command_is_answered_with_suggestions_and_audited() -> None:
    heart = Heart()
    outcome = heart.intake.misheard(NoMatch("점심 뭐", NoMatchReason.UNKNOWN, (JONGNO,), 1000))
    assert outcome.status is Status.UNKNOWN
    assert "종로구 보여 줘" in outcome.reason.ko
    assert heart.records[-1].trigger == "점심 뭐"
    assert heart.store.state.choice is None, "nothing is put in the way for what was no command"


def test_what_was_nearly_understood_can_be_picked() -> None:
    heart = Heart()
    heart.intake.misheard(NoMatch("종로 뭐", NoMatchReason.UNSURE, (JONGNO,), 1000))
    assert [record.trigger for record in heart.records] == ["종로 뭐", ""]
    assert heart.store.state.choice is not None
    assert heart.store.state.choice.options[0].label == "종로구 보여 줘"
    assert heart.store.state.place.district is None, "nothing is done before somebody picks it"
    heart.intake.touch("choice.take", {"number": 1}, "choice.take.1")
    place = heart.store.state.place
    assert place.district == "11110"


def test_a_lasting_gesture_acts_once() -> None:
    heart = Heart()
    heart.intake.gesture(fired(GestureKind.SWIPE_LEFT, Phase.BEGAN))
    assert heart.intake.gesture(fired(GestureKind.SWIPE_LEFT, Phase.CHANGED)) is None
    assert len(heart.records) == 1


def test_risk_reach_is_always_asked_back() -> None:
    def call(state: ViewState, args: NoArgs, world: World) -> Result:
        return Result(state, Text("걸었습니다", "Called"))

    command = Command("test.call", Text("전화", "Call"), call, risk=Risk.REACH)
    accept = next(c for c in Heart().registry if c.id == "confirm.accept")
    heart = Heart(Registry([command, accept]))
    assert heart.intake.touch("test.call", {}, "button").status is Status.NEEDS_CONFIRM
    assert heart.intake.touch("confirm.accept", {}, "button").status is Status.DENIED
    assert heart.intake.touch("confirm.accept", {}, "yes").done


def test_a_command_that_leads_to_a_panel_of_another_city_is_refused() -> None:
    heart = Heart()
    shown = {name: title for name, title in PANELS.items() if name != "compare"}
    heart.world.shown = shown
    before = heart.store.state
    outcome = heart.intake.touch("compare.open", {}, "test")
    assert not outcome.done
    assert "도시" in outcome.reason.ko
    assert heart.store.state == before
