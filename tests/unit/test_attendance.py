"""When the wall dims, locks and wakes, on a clock that the test moves."""

import pytest

from kiosk.core.attendance import Attendance
from kiosk.core.clock import ManualClock
from kiosk.core.state import ViewState
from kiosk.settings.model import PresenceSettings

LIT, DIMMED = ViewState(), ViewState(dimmed=True)
LOCKED = ViewState(dimmed=True, locked=True)


@pytest.fixture
def here(clock: ManualClock) -> Attendance:
    """A wall whose camera sees nobody, from now on."""
    attendance = Attendance(PresenceSettings(dim_after_s=120, lock_after_s=900), clock)
    attendance.sense("camera", False)
    return attendance


def test_it_dims_then_locks_and_does_each_once(here: Attendance, clock: ManualClock) -> None:
    clock.advance(119_999)
    assert here.due(LIT) is None
    clock.advance(1)
    assert here.due(LIT) == "system.dim"
    assert here.due(DIMMED) is None
    clock.advance(779_999)
    assert here.due(DIMMED) is None
    clock.advance(1)
    assert here.due(DIMMED) == "system.lock"
    assert here.due(LOCKED) is None


def test_whoever_comes_near_wakes_it_and_keeps_it_awake(
    here: Attendance, clock: ManualClock
) -> None:
    here.sense("camera", True)
    assert here.due(DIMMED) == "system.wake"
    clock.advance(10_000_000)
    assert here.due(LIT) is None
    here.sense("camera", False)
    clock.advance(119_999)
    assert here.due(LIT) is None
    clock.advance(1)
    assert here.due(LIT) == "system.dim"


def test_a_sign_wakes_it_and_begins_the_time_anew(here: Attendance, clock: ManualClock) -> None:
    clock.advance(100_000)
    here.sign()
    assert here.due(DIMMED) == "system.wake"
    assert here.due(DIMMED) is None
    clock.advance(119_999)
    assert here.due(LIT) is None


def test_who_is_near_may_have_it_dark(here: Attendance, clock: ManualClock) -> None:
    """Dimmed by a person who stays: only another sign wakes it."""
    here.sense("camera", True)
    assert here.due(LIT) is None
    for _ in range(100):
        clock.advance(500)
        here.sense("camera", True)
        assert here.due(DIMMED) is None
    here.sense("camera", False)
    here.sense("camera", True)
    assert here.due(DIMMED) == "system.wake"


def test_a_wall_that_nobody_watches_stays_as_it_is(clock: ManualClock) -> None:
    unwatched = Attendance(PresenceSettings(), clock)
    unwatched.sense("camera", None)
    clock.advance(10_000_000)
    assert unwatched.due(LIT) is None


def test_unless_the_site_wants_it(clock: ManualClock) -> None:
    unwatched = Attendance(PresenceSettings(without_sensor=True), clock)
    clock.advance(120_000)
    assert unwatched.due(LIT) == "system.dim"


def test_a_camera_that_comes_back_does_not_dim_at_once(
    here: Attendance, clock: ManualClock
) -> None:
    """It knows nothing of the hour in which somebody may have stood there."""
    here.sense("camera", None)
    clock.advance(3_600_000)
    here.sense("camera", False)
    assert here.due(LIT) is None
    clock.advance(120_000)
    assert here.due(LIT) == "system.dim"


def test_one_source_that_sees_somebody_is_enough(here: Attendance, clock: ManualClock) -> None:
    here.sense("sensor", True)
    clock.advance(1_000_000)
    here.sense("camera", False)
    assert here.due(LIT) is None
    here.sense("sensor", None)
    clock.advance(120_000)
    assert here.due(LIT) == "system.dim"


def test_an_alert_keeps_it_lit_but_not_open(here: Attendance, clock: ManualClock) -> None:
    here.alert = True
    clock.advance(120_000)
    assert here.due(LIT) is None
    clock.advance(780_000)
    assert here.due(LIT) == "system.lock"
    assert here.due(ViewState(locked=True)) is None


def test_zero_is_never(clock: ManualClock) -> None:
    never = Attendance(PresenceSettings(dim_after_s=0, lock_after_s=0), clock)
    never.sense("sensor", False)
    clock.advance(10_000_000)
    assert never.due(LIT) is None
