"""How several tablets come into one call, at whose word, and how they fall out of it again."""

from collections.abc import Callable

import pytest

from kiosk.app.calls import LOST_MS, RING_MS
from kiosk.app.ringing import EVERY_MS, Ringing
from kiosk.core.contacts import Contact
from kiosk.core.invocation import Status
from kiosk.wire.calls import MOST_TABLETS, Call, Sends
from kiosk.wire.messages import (
    CallMedia,
    RoomAnswer,
    RoomFailed,
    RoomOffer,
)
from tests.unit.test_call_commands import DESK, FIRE, MATTER, Wall

WATER = "tablet-water"


@pytest.fixture
def wall() -> Wall:
    made = Wall()
    made.heart.world.conferences = True
    made.heart.world.contacts += (Contact(WATER, "물 태블릿", "official", "water", True),)
    made.here = frozenset({FIRE, DESK, WATER})
    return made


def asked(wall: Wall, command: str, **args: object) -> Call:
    assert wall.touch(command, **args).status is Status.NEEDS_CONFIRM
    assert wall.touch("confirm.accept").done
    return wall.call


def three(wall: Wall) -> Call:
    call = wall.talking()
    asked(wall, "call.add", to=DESK)
    assert wall.tablet(DESK, "call.take", call=call.id).done
    return wall.call


class TestInviting:
    def test_the_call_of_two_goes_on_until_the_third_has_said_yes(self, wall: Wall) -> None:
        before = wall.talking()
        call = asked(wall, "call.add", to=DESK)
        assert (call.phase, call.device, call.rings) == ("talking", FIRE, (DESK,))
        assert not call.others, "nobody's media move yet"
        assert wall.tablet(DESK, "call.take", call=before.id).done
        assert [party.device for party in wall.call.parties] == [FIRE, DESK]
        assert wall.call.rings == ()

    def test_a_department_is_called_with_all_its_tablets(self, wall: Wall) -> None:
        wall.talking()
        outcome = wall.touch("call.add", to="소방재난본부")
        assert outcome.status is Status.UNAVAILABLE, "its tablet is in the call already"

    def test_a_no_leaves_the_others_alone(self, wall: Wall) -> None:
        wall.talking()
        asked(wall, "call.add", to=DESK)
        assert wall.tablet(DESK, "call.end").done
        assert (wall.call.phase, wall.call.tablets) == ("talking", frozenset({FIRE}))
        assert wall.overs()[-1].devices == (DESK,)

    def test_who_was_not_called_can_not_join(self, wall: Wall) -> None:
        call = wall.talking()
        asked(wall, "call.add", to=DESK)
        assert wall.tablet(WATER, "call.take", call=call.id).status is Status.UNAVAILABLE
        assert wall.tablet("tablet-look", "call.take", "visitor", call=call.id).status in (
            Status.DENIED,
            Status.UNAVAILABLE,
        )
        assert wall.call.inside == {FIRE}

    def test_no_tablet_calls_another_to_it(self, wall: Wall) -> None:
        wall.talking()
        assert wall.tablet(FIRE, "call.add", to=DESK).status is Status.DENIED
        assert wall.tablet(FIRE, "call.meet", to=f"{FIRE},{DESK}").status is Status.DENIED
        assert wall.call.tablets == {FIRE}

    def test_a_call_that_has_not_been_taken_can_not_grow(self, wall: Wall) -> None:
        assert wall.tablet(FIRE, "call.ring").done
        assert wall.touch("call.add", to=DESK).status is Status.UNAVAILABLE

    def test_without_a_server_there_is_none(self, wall: Wall) -> None:
        wall.heart.world.conferences = False
        wall.talking()
        outcome = wall.touch("call.add", to=DESK)
        assert outcome.status is Status.UNAVAILABLE
        assert "회의 서버" in outcome.reason.ko

    def test_it_is_full_at_some_time(self, wall: Wall) -> None:
        more = tuple(Contact(f"tablet-{n}", f"{n}번", "official", "", True) for n in range(9))
        wall.heart.world.contacts += more
        wall.here |= {c.device for c in more}
        wall.talking()
        many = ",".join(c.device for c in more[:MOST_TABLETS])
        assert wall.touch("call.add", to=many).status is Status.UNAVAILABLE
        asked(wall, "call.add", to=",".join(c.device for c in more[: MOST_TABLETS - 1]))
        for contact in more[: MOST_TABLETS - 1]:
            assert wall.tablet(contact.device, "call.take", call=wall.call.id).done
        assert len(wall.call.parties) == MOST_TABLETS


class TestMeeting:
    def test_who_takes_it_joins_and_the_rest_goes_on_ringing(self, wall: Wall) -> None:
        call = asked(wall, "call.meet", **MATTER)
        assert call.rings[0] == FIRE, "who is in charge comes first"
        assert set(call.rings) == {FIRE, DESK, WATER}
        assert wall.tablet(DESK, "call.take", call=call.id).done
        assert (wall.call.device, set(wall.call.rings)) == (DESK, {FIRE, WATER})
        assert wall.tablet(WATER, "call.take", call=call.id).done
        assert [party.device for party in wall.call.parties] == [DESK, WATER]

    def test_what_is_confirmed_is_who_was_named(self, wall: Wall) -> None:
        assert wall.touch("call.meet", about="").status is Status.NEEDS_CONFIRM
        question = wall.heart.store.state.confirmation
        assert question is not None
        for name in ("상황실 태블릿", "비서실 태블릿", "물 태블릿"):
            assert name in question.question.ko
        wall.heart.world.contacts = wall.heart.world.contacts[:2]
        assert wall.touch("confirm.accept").status is not Status.DONE, "one of them has gone"

    def test_one_tablet_is_no_conference(self, wall: Wall) -> None:
        wall.heart.world.contacts = wall.heart.world.contacts[:1]
        assert wall.touch("call.meet", about="").status is Status.UNAVAILABLE


class TestLeaving:
    def test_one_who_leaves_leaves_the_others(self, wall: Wall) -> None:
        call = three(wall)
        assert wall.tablet(FIRE, "call.end").done
        assert (wall.call.device, wall.call.others) == (DESK, ())
        assert wall.overs()[-1] == type(wall.overs()[-1])(call.id, (FIRE,), wall.overs()[-1].reason)
        assert wall.tablet(DESK, "call.end").done
        assert wall.free()

    def test_the_wall_ends_it_for_all(self, wall: Wall) -> None:
        three(wall)
        assert wall.touch("call.end").done
        assert wall.free()
        assert set(wall.overs()[-1].devices) == {FIRE, DESK}

    def test_each_says_of_itself_what_it_sends(self, wall: Wall) -> None:
        three(wall)
        assert wall.tablet(DESK, "call.sends", camera=False, microphone=True).done
        first, second = wall.call.parties
        assert (first.sends, second.sends) == (Sends(), Sends(camera=False))
        assert wall.tablet(WATER, "call.sends", camera=True, microphone=True).status is (
            Status.DENIED
        )

    def test_a_tablet_whose_rights_are_gone_is_out(self, wall: Wall) -> None:
        three(wall)
        wall.calls._may_talk = lambda device: device != FIRE
        wall.calls.tablets_changed()
        assert (wall.call.device, wall.call.others) == (DESK, ())

    def test_who_is_cut_off_for_long_is_out_and_who_comes_back_is_not(self, wall: Wall) -> None:
        call = three(wall)
        wall.calls.receive(CallMedia(call.id, "live", (), (FIRE, DESK)))
        wall.calls.tick()
        for live in ((FIRE,), (FIRE, DESK), (FIRE,)):
            wall.calls.receive(CallMedia(call.id, "live", (), live))
            wall.calls.tick()
            wall.heart.clock.advance(LOST_MS - 1_000)
            wall.calls.tick()
            assert wall.call.inside == {FIRE, DESK}
        wall.heart.clock.advance(1_000)
        wall.calls.tick()
        assert wall.call.inside == {FIRE}

    def test_who_does_not_take_it_rings_no_longer(self, wall: Wall) -> None:
        wall.talking()
        asked(wall, "call.add", to=DESK)
        wall.calls.tick()
        wall.heart.clock.advance(RING_MS)
        wall.calls.tick()
        assert (wall.call.phase, wall.call.tablets) == ("talking", frozenset({FIRE}))


def bell() -> tuple[list[float], Callable[[float], bool]]:
    """How loud it has rung, each time, and what rings it."""
    rang: list[float] = []

    def ring(volume: float) -> bool:
        rang.append(volume)
        return True

    return rang, ring


class TestRinging:
    def test_the_wall_rings_until_somebody_says_yes_or_no(self, wall: Wall) -> None:
        rang, ring = bell()
        loud = Ringing(wall.heart.store, wall.heart.clock, ring, 0.4)
        silent = Ringing(wall.heart.store, wall.heart.clock, ring, 0.0)
        for part in (loud, silent):
            wall.heart.store.listen(part.follow)
        assert wall.tablet(FIRE, "call.ring").done
        assert rang == [0.4]
        loud.tick()
        silent.tick()
        assert rang == [0.4], "not before the last one has ended"
        wall.heart.clock.advance(EVERY_MS)
        loud.tick()
        assert rang == [0.4, 0.4]
        assert wall.touch("call.answer").done
        wall.heart.clock.advance(EVERY_MS)
        loud.tick()
        assert rang == [0.4, 0.4]

    def test_a_locked_wall_is_not_rung(self, wall: Wall) -> None:
        assert wall.touch("system.lock").done
        assert not wall.tablet(FIRE, "call.ring").done
        assert wall.free()

    def test_the_wall_itself_is_silent_while_it_calls(self, wall: Wall) -> None:
        rang, ring = bell()
        part = Ringing(wall.heart.store, wall.heart.clock, ring, 0.4)
        wall.heart.store.listen(part.follow)
        wall.ring(**MATTER)
        assert rang == []


class TestMedia:
    def test_ways_are_carried_to_whom_they_are_for(self, wall: Wall) -> None:
        call = three(wall)
        wall.sent.clear()
        carried = (
            ("remote", RoomOffer(call.id, "", "in")),
            ("calls", RoomAnswer(call.id, "", "answer")),
            ("calls", RoomOffer(call.id, FIRE, "out")),
            ("remote", RoomAnswer(call.id, FIRE, "answer")),
        )
        for _, message in carried:
            wall.calls.receive(message)
        assert tuple(wall.sent) == carried
        wall.calls.receive(RoomOffer("another-call", "", "in"))
        assert tuple(wall.sent) == carried

    def test_without_its_server_the_call_is_one_of_two_again(self, wall: Wall) -> None:
        call = three(wall)
        wall.calls.receive(RoomFailed(call.id))
        assert (wall.call.id, wall.call.device, wall.call.others) == (call.id, FIRE, ())
        assert "회의 서버" in wall.overs()[-1].reason.ko
