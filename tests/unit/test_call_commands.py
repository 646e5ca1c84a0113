"""What a call may become, at whose word: rings, yes and no at both ends, hanging up, being cut."""

from typing import cast

import pytest

from gestures.events import GestureEvent, GestureKind, Phase
from kiosk.app.calls import CONNECT_MS, LOST_MS, PARTS, RING_MS, Calls
from kiosk.core.contacts import Contact, reachable
from kiosk.core.invocation import Outcome, Status
from kiosk.core.state import replace
from kiosk.wire.calls import (
    Call,
    Sends,
    Thing,
    missing_words,
    shares_camera,
    shares_microphone,
)
from kiosk.wire.messages import (
    CallAnswer,
    CallMedia,
    CallNow,
    CallOffer,
    CallOver,
    Device,
    Message,
    Role,
    TabletRequest,
)
from kiosk.wire.text import Text
from tests.helpers.heart import Heart

FIRE, DESK = "tablet-fire", "tablet-desk"
MATTER = {"about": "incidents/fire-1"}


class Wall:
    """A heart that is in calls: two tablets, one of them the fire headquarters'."""

    def __init__(self) -> None:
        self.heart = Heart()
        self.sent: list[tuple[str, Message]] = []
        self.heart.world.contacts = (
            Contact(FIRE, "상황실 태블릿", "official", "fire", True),
            Contact(DESK, "비서실 태블릿", "official", "", True),
            Contact("tablet-away", "없는 태블릿", "official"),
            Contact("tablet-look", "방문자", "visitor", "", True),
        )
        self.heart.world.states["calls"] = "running"
        self.talk = True
        self.here = frozenset({FIRE, DESK})
        self.calls = Calls(
            intake=self.heart.intake,
            store=self.heart.store,
            clock=self.heart.clock,
            send=self._send,
            may_talk=lambda device: self.talk,
            shown_px=lambda: (600, 338),
            here=lambda: self.here,
        )
        self.heart.store.listen(self.calls.follow)
        self.heart.dispatcher.watch(self.calls.answered)

    def _send(self, worker: str, message: Message) -> bool:
        self.sent.append((worker, message))
        return True

    @property
    def call(self) -> Call:
        call = self.heart.store.state.call
        assert call is not None
        return call

    def free(self) -> bool:
        return self.heart.store.state.call is None

    def touch(self, command: str, **args: object) -> Outcome:
        return self.heart.intake.touch(command, dict(args), command)

    def tablet(self, device: str, command: str, role: Role = "official", **args: object) -> Outcome:
        paired = Device(device, device, role, "{}", 1)
        return self.heart.intake.tablet(TabletRequest("r", device, command, dict(args)), paired)

    def ring(self, **args: object) -> Call:
        assert self.touch("call.start", **args).status is Status.NEEDS_CONFIRM
        assert self.touch("confirm.accept").done
        return self.call

    def talking(self) -> Call:
        call = self.ring(**MATTER)
        assert self.tablet(FIRE, "call.take", call=call.id).done
        self.calls.receive(CallMedia(call.id, "live"))
        return self.call

    def told(self, worker: str) -> list[Call | None]:
        return [m.call for to, m in self.sent if to == worker and isinstance(m, CallNow)]

    def overs(self) -> list[CallOver]:
        return [m for _, m in self.sent if isinstance(m, CallOver)]


@pytest.fixture
def wall() -> Wall:
    return Wall()


def show(wall: Wall, kind: GestureKind) -> Outcome:
    t_ms = wall.heart.clock.now_ms()
    outcome = wall.heart.intake.gesture(GestureEvent(kind, Phase.FIRED, "right", None, 0.9, t_ms))
    assert outcome is not None
    return outcome


class TestRinging:
    def test_those_in_charge_ring_else_everybody_who_is_there(self) -> None:
        contacts = Wall().heart.world.contacts
        assert [c.device for c in reachable(contacts, "fire")] == [FIRE]
        assert [c.device for c in reachable(contacts, "water")] == [FIRE, DESK]

    def test_it_is_asked_back_and_then_rings_where_the_matter_falls_to(self, wall: Wall) -> None:
        asked = wall.touch("call.start", **MATTER)
        assert asked.status is Status.NEEDS_CONFIRM
        assert "화재" in asked.reason.ko
        assert wall.free()
        assert wall.sent == []
        call = wall.ring(**MATTER)
        assert (call.phase, call.rings) == ("ringing", (FIRE,))
        assert {to for to, _ in wall.sent} == set(PARTS)

    def test_one_tablet_by_its_name_and_not_one_that_is_away_or_only_looks_on(
        self, wall: Wall
    ) -> None:
        assert wall.ring(device="비서실 태블릿", about="").rings == (DESK,)
        wall.touch("call.end")
        for name, status in (
            ("없는 태블릿", Status.UNAVAILABLE),
            ("방문자", Status.UNAVAILABLE),
            ("아무개", Status.BAD_ARGUMENTS),
        ):
            assert wall.touch("call.start", device=name).status is status

    def test_without_a_tablet_there_is_nobody_to_call(self, wall: Wall) -> None:
        wall.heart.world.contacts = ()
        outcome = wall.touch("call.start", about="")
        assert outcome.status is Status.UNAVAILABLE
        assert "태블릿이 없습니다" in outcome.reason.ko

    def test_without_the_calls_process_nobody_is_rung(self, wall: Wall) -> None:
        wall.heart.world.states["calls"] = "failed"
        assert wall.touch("call.start", **MATTER).status is Status.UNAVAILABLE

    def test_nobody_answers(self, wall: Wall) -> None:
        call = wall.ring(**MATTER)
        wall.heart.clock.advance(RING_MS - 1)
        wall.calls.tick()
        assert not wall.free()
        wall.heart.clock.advance(1)
        wall.calls.tick()
        assert wall.free()
        assert [(o.call, o.devices) for o in wall.overs()] == [(call.id, (FIRE,))]
        assert "받지 않아" in wall.overs()[0].reason.ko

    def test_one_of_two_declines_and_the_other_rings_on(self, wall: Wall) -> None:
        wall.ring(about="")
        assert wall.tablet(DESK, "call.end").done
        assert wall.call.rings == (FIRE,)
        assert [o.devices for o in wall.overs()] == [(DESK,)]
        assert wall.tablet(FIRE, "call.end").done
        assert wall.free()

    def test_the_one_who_comes_second_is_told_so(self, wall: Wall) -> None:
        call = wall.ring(about="")
        assert wall.tablet(FIRE, "call.take", call=call.id).done
        late = wall.tablet(DESK, "call.take", call=call.id)
        assert late.status is Status.UNAVAILABLE
        assert "먼저" in late.reason.ko
        assert [o.devices for o in wall.overs()] == [(DESK,)]

    def test_a_tablet_rings_the_wall_and_a_finger_takes_it(self, wall: Wall) -> None:
        assert wall.tablet(DESK, "call.ring", about="  현장  보고 ").done
        assert (wall.call.phase, wall.call.about.ko) == ("asking", "현장 보고")
        assert not shares_camera(wall.call)
        assert wall.touch("call.answer").done
        assert shares_camera(wall.call)
        assert shares_microphone(wall.call)

    def test_the_wall_is_busy(self, wall: Wall) -> None:
        wall.talking()
        busy = wall.tablet(DESK, "call.ring")
        assert busy.status is Status.UNAVAILABLE
        assert "다른 통화" in busy.reason.ko
        assert wall.touch("call.start", about="").status is Status.UNAVAILABLE


class TestConsent:
    def test_a_word_or_a_hand_that_takes_a_call_is_asked_back(self, wall: Wall) -> None:
        wall.tablet(DESK, "call.ring")
        assert show(wall, GestureKind.CALL).status is Status.NEEDS_CONFIRM
        assert not wall.call.accepted
        assert show(wall, GestureKind.THUMB_UP).done
        assert wall.call.accepted

    def test_a_tablet_cannot_say_yes_for_the_wall(self, wall: Wall) -> None:
        wall.tablet(DESK, "call.ring")
        assert wall.tablet(DESK, "call.answer").status is Status.DENIED
        assert wall.tablet(DESK, "call.take", call=wall.call.id).status is not Status.DONE
        assert not wall.call.accepted

    def test_a_tablet_that_does_not_ring_cannot_take_or_end_it(self, wall: Wall) -> None:
        call = wall.ring(**MATTER)
        assert wall.tablet(DESK, "call.take", call=call.id).status is Status.DENIED
        assert wall.tablet(DESK, "call.end").status is Status.DENIED
        assert wall.call == call

    @pytest.mark.parametrize("command", ["call.ring", "call.take", "call.sends"])
    @pytest.mark.parametrize("role", ["visitor", "tester", "installer"])
    def test_only_those_who_act_for_the_city_are_in_calls(
        self, wall: Wall, command: str, role: str
    ) -> None:
        needed: dict[str, dict[str, object]] = {
            "call.take": {"call": "x"},
            "call.sends": {"camera": True, "microphone": True},
        }
        args = needed.get(command, {})
        outcome = wall.tablet(DESK, command, cast(Role, role), **args)
        assert outcome.status in (Status.DENIED, Status.UNAVAILABLE)
        assert wall.free()

    def test_nothing_is_shared_before_both_have_said_yes_or_after_the_end(self, wall: Wall) -> None:
        call = wall.ring(**MATTER)
        assert not any(shares_camera(told) for told in wall.told("gestures"))
        wall.tablet(FIRE, "call.take", call=call.id)
        assert shares_camera(wall.told("gestures")[-1])
        assert shares_microphone(wall.told("voice")[-1])
        wall.touch("call.end")
        assert wall.told("gestures")[-1] is None
        assert wall.told("voice")[-1] is None

    def test_the_wall_hides_and_mutes_itself(self, wall: Wall) -> None:
        wall.talking()
        wall.touch("call.camera")
        wall.touch("call.microphone", on="false")
        assert wall.call.wall == Sends(False, False)
        assert not shares_camera(wall.told("gestures")[-1])
        assert not shares_microphone(wall.told("voice")[-1])
        wall.touch("call.camera", on=True)
        assert wall.call.wall.camera

    def test_a_tablet_tells_what_it_sends_of_its_own_call_alone(self, wall: Wall) -> None:
        wall.talking()
        told = wall.tablet(FIRE, "call.sends", camera=False, microphone=True)
        assert told.done
        assert wall.call.tablet == Sends(False, True)
        other = wall.tablet(DESK, "call.sends", camera=False, microphone=False)
        assert other.status is Status.DENIED


class TestEnding:
    @pytest.mark.parametrize("kind", [GestureKind.CALL])
    def test_a_hand_hangs_up(self, wall: Wall, kind: GestureKind) -> None:
        wall.talking()
        assert show(wall, kind).done
        assert wall.free()

    def test_a_thumb_down_declines_what_rings_and_closes_no_panel(self, wall: Wall) -> None:
        wall.touch("panel.open", panel="cctv")
        wall.tablet(DESK, "call.ring")
        assert show(wall, GestureKind.THUMB_DOWN).done
        assert wall.free()
        assert wall.heart.store.state.panel == "cctv"

    @pytest.mark.parametrize("command", ["system.lock", "system.cease", "system.halt"])
    def test_what_stops_the_wall_stops_the_call(self, wall: Wall, command: str) -> None:
        wall.talking()
        wall.touch(command)
        assert wall.free()
        assert wall.told("gestures")[-1] is None

    def test_the_other_end_hangs_up(self, wall: Wall) -> None:
        wall.talking()
        assert wall.tablet(FIRE, "call.end").done
        assert wall.free()

    def test_rights_that_change_end_it(self, wall: Wall) -> None:
        wall.talking()
        wall.talk = False
        wall.calls.tablets_changed()
        assert wall.free()
        assert "권한" in wall.overs()[-1].reason.ko

    def test_tablets_that_go_away_stop_ringing_but_a_cut_is_waited_out(self, wall: Wall) -> None:
        wall.ring(**MATTER)
        wall.here = frozenset()
        wall.calls.tablets_changed()
        assert wall.free()
        wall.here = frozenset({FIRE, DESK})
        call = wall.talking()
        wall.here = frozenset()
        wall.calls.tablets_changed()
        assert wall.call == call

    @pytest.mark.parametrize("worker", ["calls"])
    def test_a_process_that_dies_ends_it_with_a_reason(self, wall: Wall, worker: str) -> None:
        wall.talking()
        wall.calls.lost(worker)
        assert wall.free()
        assert "멈춰" in wall.overs()[-1].reason.ko


class TestMedia:
    def test_what_never_comes_is_given_up(self, wall: Wall) -> None:
        call = wall.ring(**MATTER)
        wall.tablet(FIRE, "call.take", call=call.id)
        assert wall.call.phase == "connecting"
        wall.heart.clock.advance(CONNECT_MS)
        wall.calls.tick()
        assert wall.free()
        assert "네트워크" in wall.overs()[-1].reason.ko

    def test_a_cut_is_shown_and_mended_and_a_long_one_ends_it(self, wall: Wall) -> None:
        call = wall.talking()
        begun_ms = wall.call.begun_ms
        wall.heart.clock.advance(5_000)
        wall.calls.receive(CallMedia(call.id, "lost"))
        assert wall.call.phase == "lost"
        assert shares_camera(wall.call), "it goes on as soon as the line does"
        wall.calls.receive(CallMedia(call.id, "live"))
        assert (wall.call.phase, wall.call.begun_ms) == ("talking", begun_ms)
        wall.calls.receive(CallMedia(call.id, "lost"))
        wall.heart.clock.advance(LOST_MS)
        wall.calls.tick()
        assert wall.free()

    def test_what_the_wall_lacks_is_said(self, wall: Wall) -> None:
        call = wall.talking()
        missing: tuple[Thing, ...] = ("camera", "loudspeaker")
        wall.calls.receive(CallMedia(call.id, "live", missing))
        assert wall.call.missing == missing
        assert missing_words(missing) == Text(
            "벽에 없음: 카메라, 스피커", "The wall has no camera, loudspeaker"
        )
        assert missing_words(()) == Text("", "")
        count = len(wall.heart.records)
        wall.calls.receive(CallMedia(call.id, "live", missing))
        assert len(wall.heart.records) == count, "the same news is no news"

    def test_offers_and_answers_pass_only_for_the_accepted_call(self, wall: Wall) -> None:
        call = wall.ring(**MATTER)
        wall.calls.receive(CallOffer(call.id, "sdp"))
        wall.calls.receive(CallMedia(call.id, "live"))
        assert not [m for _, m in wall.sent if isinstance(m, CallOffer)]
        assert wall.call.phase == "ringing"
        wall.tablet(FIRE, "call.take", call=call.id)
        wall.calls.receive(CallOffer("another", "sdp"))
        wall.calls.receive(CallOffer(call.id, "sdp"))
        wall.calls.receive(CallAnswer(call.id, "answer"))
        passed = [(to, m) for to, m in wall.sent if isinstance(m, CallOffer | CallAnswer)]
        assert passed == [
            ("calls", CallOffer(call.id, "sdp")),
            ("remote", CallAnswer(call.id, "answer")),
        ]

    def test_late_news_of_a_call_that_is_over_means_nothing(self, wall: Wall) -> None:
        call = wall.talking()
        wall.touch("call.end")
        wall.calls.receive(CallMedia(call.id, "lost"))
        wall.calls.receive(CallOffer(call.id, "sdp"))
        assert wall.free()

    def test_a_process_that_comes_back_is_told_how_it_stands(self, wall: Wall) -> None:
        call = wall.talking()
        wall.sent.clear()
        wall.calls.came("gestures")
        wall.calls.came("video")
        assert wall.sent == [("gestures", CallNow(call, (600, 338)))]


def test_nothing_of_a_call_is_kept_for_a_new_screen(wall: Wall) -> None:
    from kiosk.app.snapshot import _lasting

    wall.talking()
    assert _lasting(wall.heart.store.state).call is None
    assert replace(wall.heart.store.state, call=None).call is None
