"""Calls between two tablets: at whose word they begin and end, and what ends them by itself."""

import pytest

from kiosk.app.talks import GONE_MS, RING_MS, Talks
from kiosk.core.contacts import Contact
from kiosk.core.invocation import Status
from kiosk.remote.talks import MOST_PORTS, own_ports
from kiosk.wire.messages import CallOver, Message, Role, TalksNow
from kiosk.wire.talks import Talk
from tests.unit.test_call_commands import DESK, FIRE, MATTER, Wall

LOOKS = "tablet-look"


class Talking(Wall):
    """The same wall with the part that tells of calls between tablets."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[Message] = []
        self.parts = Talks(
            intake=self.heart.intake,
            store=self.heart.store,
            clock=self.heart.clock,
            send=self._tell,
            may_talk=lambda device: self.talk,
            here=lambda: self.here,
        )
        self.heart.store.listen(self.parts.follow)
        self.heart.dispatcher.watch(self.parts.answered)

    def _tell(self, worker: str, message: Message) -> bool:
        self.out.append(message)
        return True

    @property
    def talks(self) -> tuple[Talk, ...]:
        return self.heart.store.state.talks

    def begin(self, *, taken: bool = True) -> Talk:
        assert self.tablet(FIRE, "talk.ring", to=DESK).done
        if taken:
            assert self.tablet(DESK, "talk.take", talk=self.talks[0].id).done
        return self.talks[0]

    def reason(self) -> str:
        """Why the tablets were told that it is over."""
        over = [m for m in self.out if isinstance(m, CallOver)][-1]
        assert set(over.devices) == {FIRE, DESK}
        return over.reason.ko


@pytest.fixture
def wall() -> Talking:
    return Talking()


def test_one_rings_the_other_takes_it_and_either_hangs_up(wall: Talking) -> None:
    talk = wall.begin(taken=False)
    assert (talk.caller, talk.callee, talk.taken) == (FIRE, DESK, False)
    assert wall.tablet(DESK, "talk.take", talk=talk.id).done
    assert wall.talks[0].taken
    assert wall.free(), "the wall is in no call"
    assert [m.talks for m in wall.out if isinstance(m, TalksNow)][-1] == wall.talks
    assert wall.tablet(DESK, "talk.end", talk=talk.id).done
    assert wall.talks == ()
    assert "비서실 태블릿에서 통화를 마쳤습니다" in wall.reason()


@pytest.mark.parametrize("who", [FIRE, LOOKS, "tablet-away"])
def test_nobody_says_yes_for_another(wall: Talking, who: str) -> None:
    talk = wall.begin(taken=False)
    role: Role = "visitor" if who == LOOKS else "official"
    assert wall.tablet(who, "talk.take", role, talk=talk.id).status is Status.DENIED
    assert not wall.talks[0].taken


def test_nobody_else_ends_it_or_begins_one_in_anothers_name(wall: Talking) -> None:
    talk = wall.begin()
    assert wall.tablet("tablet-away", "talk.end", talk=talk.id).status is Status.DENIED
    assert wall.talks == (talk,)
    assert wall.tablet("tablet-away", "talk.ring", to=FIRE, by=DESK).status is not Status.DONE


@pytest.mark.parametrize(
    ("who", "role", "to"),
    [
        (LOOKS, "visitor", DESK),
        (FIRE, "official", LOOKS),
        (FIRE, "official", FIRE),
        (FIRE, "official", "tablet-away"),
        (FIRE, "official", "no-such-tablet"),
    ],
)
def test_who_may_not_or_is_not_there_is_not_called(
    wall: Talking, who: str, role: Role, to: str
) -> None:
    assert wall.tablet(who, "talk.ring", role, to=to).status in (
        Status.DENIED,
        Status.UNAVAILABLE,
        Status.BAD_ARGUMENTS,
    )
    assert wall.talks == ()


def test_at_the_wall_nobody_begins_or_takes_one(wall: Talking) -> None:
    assert wall.touch("talk.ring", to=DESK).status is Status.DENIED
    talk = wall.begin(taken=False)
    assert wall.touch("talk.take", talk=talk.id).status is Status.DENIED


def test_who_is_in_a_call_is_busy_for_every_other(wall: Talking) -> None:
    wall.begin()
    third = Contact("tablet-3", "셋째", "official", "", True)
    wall.heart.world.contacts += (third,)
    for to in (FIRE, DESK):
        assert wall.tablet("tablet-3", "talk.ring", to=to).status is Status.UNAVAILABLE
        assert wall.touch("call.start", device=to).status is Status.UNAVAILABLE
        assert wall.tablet(to, "call.ring").status is Status.UNAVAILABLE
    assert wall.touch("call.start", **MATTER).status is Status.NEEDS_CONFIRM
    assert wall.touch("confirm.accept").done
    assert wall.call.rings == ("tablet-3",), "those who talk are left in peace"
    assert wall.tablet("tablet-3", "talk.ring", to=FIRE).status is Status.UNAVAILABLE


def test_nobody_waits_for_ever(wall: Talking) -> None:
    wall.begin(taken=False)
    wall.heart.clock.advance(RING_MS - 1)
    wall.parts.tick()
    assert wall.talks
    wall.heart.clock.advance(1)
    wall.parts.tick()
    assert wall.talks == ()
    assert "받지 않아" in wall.reason()


def test_one_who_is_cut_off_may_come_back_for_a_while(wall: Talking) -> None:
    wall.begin()
    for here in ({FIRE}, {FIRE, DESK}, {FIRE}):
        wall.here = frozenset(here)
        wall.parts.tick()
        wall.heart.clock.advance(GONE_MS - 1)
        wall.parts.tick()
        assert wall.talks
    wall.heart.clock.advance(1)
    wall.parts.tick()
    assert wall.talks == ()


def test_a_tablet_whose_rights_are_gone_is_out(wall: Talking) -> None:
    wall.begin()
    wall.talk = False
    wall.parts.tablets_changed()
    assert wall.talks == ()
    assert "권한" in wall.reason()


def test_a_tablet_is_led_to_the_others_own_address_alone() -> None:
    """Whatever a tablet names, the other is told only where its own connection came from."""
    lines = [
        f"a=candidate:1 1 udp 1 {host} {port} typ host"
        for host, port in (
            ("10.0.0.7", 40_000),
            ("10.0.0.8", 40_001),
            ("8.8.8.8", 40_002),
            ("0f1e2d3c-0000-4000-8000-000000000000.local", 40_003),
            ("10.0.0.7", 22),
            ("10.0.0.7", 99_999),
        )
    ]
    assert own_ports("\r\n".join(lines), "10.0.0.7") == (40_000,)
    many = [f"a=candidate:1 1 udp 1 10.0.0.7 {5000 + n} typ host" for n in range(20)]
    assert len(own_ports("\n".join(many), "10.0.0.7")) == MOST_PORTS
