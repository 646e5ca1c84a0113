"""The demonstration's citizens and departments: functions of seed, id and time."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.app.configuration import read_desk
from kiosk.backend.catalogue import load_city
from kiosk.backend.orders import Inbox, Progress
from kiosk.backend.simulator.complaints import Citizens, ComplaintCourse
from kiosk.backend.simulator.departments import Departments, state_at
from kiosk.backend.simulator.people import played
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from kiosk.settings import Settings
from kiosk.settings.model import CitySettings, DemoSettings
from kiosk.wire.city import Complaint, OrderStatus
from kiosk.wire.orders import ORDER_STATES, Order, further
from tests.helpers.heart import CONFIG

FOLDER = CONFIG / "city" / "seoul"
NOW_MS = 1_795_325_520_000
ORDER = Order("o-1", 5, "wall", "fire", "즉시 조치")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "backend.db")
    yield made
    made.close()


DISTRICTS = load_city(FOLDER).districts


def course(seed: int = 7) -> ComplaintCourse:
    return ComplaintCourse(FOLDER, DISTRICTS, seed)


def told(store: Store) -> OrderStatus:
    return msgspec.json.decode(store.body("orders", "o-1") or "", type=OrderStatus)


def test_the_same_seed_has_the_same_complaints_and_all_are_marked() -> None:
    rows = course().at(NOW_MS)
    assert rows == course().at(NOW_MS)
    assert rows != course(8).at(NOW_MS)
    assert 170 < len(rows) <= 181
    assert all(row.simulated and row.t_ms <= NOW_MS for row in rows)
    assert {row.step for row in rows} == {"reception", "handling", "done"}


def test_a_complaint_goes_forward_and_never_back() -> None:
    steps = ("reception", "handling", "done")
    seen: dict[str, Complaint] = {}
    for minutes in range(0, 36 * 60, 30):
        for row in course().at(NOW_MS + minutes * 60_000):
            before = seen.get(row.id, row)
            assert (row.title, row.t_ms) == (before.title, before.t_ms)
            assert steps.index(row.step) >= steps.index(before.step)
            assert (row.step == "done") == (row.status == "closed")
            seen[row.id] = row


def test_every_kind_falls_to_a_department() -> None:
    desk = read_desk(Settings())
    kinds = {row.kind for day in range(9) for row in course().at(NOW_MS + day * 86_400_000)}
    assert len(kinds) == 9
    for kind in kinds:
        assert desk.in_charge(f"complaints.{kind.removeprefix('complaint.')}"), kind


def test_old_complaints_leave_the_store_and_those_of_real_sources_stay(store: Store) -> None:
    real = Complaint("open311/4711", "open311", "complaint.x", "t", "d", 1, 1)
    store.write([real])
    citizens = Citizens(store, course())
    citizens.step(NOW_MS)
    first = set(store.keys("complaints"))
    revision = store.revision()
    citizens.step(NOW_MS)
    assert store.revision() == revision, "nothing new, nothing told"
    citizens.step(NOW_MS + 40 * 3_600_000)
    assert first & set(store.keys("complaints")) == {"open311/4711"}


def test_departments_take_an_order_step_by_step(store: Store) -> None:
    clock = ManualClock(NOW_MS)
    inbox = Inbox(store, clock, lambda _: None)
    inbox.order(ORDER)
    departments = Departments(store, inbox)
    for _ in range(400):
        before = told(store)
        clock.advance(1_000)
        departments.step(clock.now_ms())
        now = told(store)
        assert further(before.state, now.state) == now.state
        assert now.simulated == (now.state != "sent")
    assert now.state == "done"
    assert list(now.steps) == [s for s in ORDER_STATES[1:] if s != "answered"]
    assert sorted(now.steps.values()) == list(now.steps.values())


def test_an_order_that_somebody_real_reports_on_is_left_alone(store: Store) -> None:
    clock = ManualClock(NOW_MS)
    inbox = Inbox(store, clock, lambda _: None)
    inbox.order(ORDER)
    inbox.report("o-1", Progress("read", "tablet-1"))
    departments = Departments(store, inbox)
    clock.advance(3_600_000)
    departments.step(clock.now_ms())
    assert (told(store).state, told(store).by) == ("read", "tablet-1")


def test_the_pace_is_the_orders_own() -> None:
    assert state_at("o-1", 0) == "sent"
    assert state_at("o-1", 600_000) == "done"
    at = [state_at(f"o-{n}", 20_000) for n in range(40)]
    assert {"delivered", "read"} <= set(at)


@pytest.mark.parametrize(
    ("settings", "count"),
    [
        (Settings(), 2),
        (Settings(demo=DemoSettings(departments=False)), 1),
        (Settings(city=CitySettings(demo=False)), 0),
    ],
)
def test_nobody_is_played_where_real_ones_are(store: Store, settings: Settings, count: int) -> None:
    city = load_city(FOLDER)
    assert len(played(settings, store, ManualClock(), city)) == count
