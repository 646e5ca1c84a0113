"""The presenter's pointer: one tablet at a time, gone by itself, never over a locked wall."""

import pytest

from kiosk.app.pointing import LENT_MS, REST_MS, Pointing
from kiosk.core.clock import ManualClock
from kiosk.core.invocation import Status
from kiosk.core.state import Store, ViewState, replace
from kiosk.remote.protocol import Malformed, Point, parse
from kiosk.ui.presenter import PresenterView
from kiosk.wire.messages import Device, LendPointer, TabletPoint, TabletRequest
from tests.helpers.heart import Heart

HERE = TabletPoint("tablet-1", 0.25, 0.75)


class Wall:
    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.store = Store(ViewState())
        self.shown: list[PresenterView | None] = []
        self.tablets = {"tablet-1": "비서실", "tablet-2": "부시장"}
        self.pointing = Pointing(self.store, clock, self.shown.append, lambda: self.tablets)

    def now(self) -> PresenterView | None:
        return self.shown[-1] if self.shown else None


@pytest.fixture
def wall(clock: ManualClock) -> Wall:
    return Wall(clock)


def test_only_who_asked_points_and_the_last_one_who_did(wall: Wall) -> None:
    wall.pointing.receive(HERE)
    assert wall.now() is None
    wall.pointing.lend("tablet-1")
    wall.pointing.receive(HERE)
    assert wall.now() == PresenterView(0.25, 0.75, "비서실")
    wall.pointing.lend("tablet-2")
    assert wall.now() is None
    wall.pointing.receive(HERE)
    assert wall.now() is None
    wall.pointing.receive(TabletPoint("tablet-2", 1.0, 0.0))
    assert wall.now() == PresenterView(1.0, 0.0, "부시장")


def test_a_mark_goes_with_the_finger_or_with_the_network(wall: Wall) -> None:
    wall.pointing.lend("tablet-1")
    wall.pointing.receive(HERE)
    wall.pointing.receive(TabletPoint("tablet-1"))
    assert wall.now() is None
    wall.pointing.receive(HERE)
    wall.clock.advance(REST_MS - 1)
    wall.pointing.tick()
    assert wall.now() is not None
    wall.clock.advance(1)
    wall.pointing.tick()
    assert wall.now() is None


def test_the_pointer_is_lent_for_a_while_and_taken_back_with_the_rights(wall: Wall) -> None:
    wall.pointing.lend("tablet-1")
    wall.clock.advance(LENT_MS)
    wall.pointing.receive(HERE)
    assert wall.now() is None
    wall.pointing.lend("tablet-1")
    wall.pointing.receive(HERE)
    del wall.tablets["tablet-2"]
    wall.pointing.tick()
    assert wall.now() is not None
    del wall.tablets["tablet-1"]
    wall.pointing.receive(HERE)
    wall.pointing.tick()
    assert wall.now() is None


def test_nothing_is_pointed_at_on_a_locked_wall(wall: Wall) -> None:
    wall.pointing.lend("tablet-1")
    wall.store.put(replace(wall.store.state, locked=True))
    wall.pointing.receive(HERE)
    assert wall.now() is None


@pytest.mark.parametrize(
    ("role", "status"), [("official", Status.DONE), ("visitor", Status.DENIED)]
)
def test_asking_for_the_pointer_is_written_down_once(role: str, status: Status) -> None:
    heart = Heart()
    heart.world.devices = {"tablet-1": "비서실"}
    device = Device("tablet-1", "비서실", role, "{}", 1)  # type: ignore[arg-type]
    request = TabletRequest("r" * 8, "tablet-1", "remote.point", {"by": "tablet-2"})
    assert heart.intake.tablet(request, device).status is status
    assert [send.message for send in heart.sent] == (
        [LendPointer("tablet-1")] if status is Status.DONE else []
    )
    assert [record.command for record in heart.records] == ["remote.point"]


@pytest.mark.parametrize("share", ["-0.1", "1.1", "NaN", "1e400", '"0.5"', "[0.5]"])
def test_a_place_beside_the_wall_is_no_message(share: str) -> None:
    assert parse('{"type":"point","x":1,"y":0.5}') == Point(1.0, 0.5)
    with pytest.raises(Malformed):
        parse(f'{{"type":"point","x":{share},"y":0.5}}')
