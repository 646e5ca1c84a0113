"""What lies on the officials' desks: whose orders, who is on duty, and which panel is watched."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import msgspec
import pytest

from kiosk.app.desks import GONE, seen_view, tablet_desk
from kiosk.app.queries import Queries
from kiosk.app.watched import AGES_MS, LATE_MS, MOST, Watched
from kiosk.core.clock import ManualClock
from kiosk.core.desk import Post
from kiosk.pack.clock import local_time
from kiosk.panels import Live, find_panels
from kiosk.remote.desks import dealt
from kiosk.wire.city import OrderStatus
from kiosk.wire.desk import TabletDesk
from kiosk.wire.messages import Device
from kiosk.wire.orders import Given, GivenOrder, Order, Report
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text
from tests.helpers.heart import Heart
from tests.helpers.sample_desks import desk, order
from tests.helpers.sample_projections import home

NOW_MS = 1_790_000_000_000
SAID = "현장으로 출발했습니다"


def laid(heart: Heart, about: str = "", **of: Any) -> TabletDesk:
    given: dict[str, Any] = {"devices": (), "online": (), "givers": ("mayor",)} | of
    return tablet_desk(heart.world, about, given.pop("told", {}), **given)


def device(role: str, office: str = "", key: str = "tablet-1") -> Device:
    return Device(key, "소방 당직", role, "{}", 1, office=office)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "hour", "on_duty"),
    [(20, 9, True), (20, 17, True), (20, 18, False), (20, 8, False), (22, 12, False)],
)
def test_a_post_is_on_duty_in_its_hours(day: int, hour: int, on_duty: bool) -> None:
    then = datetime(2026, 11, day, hour, 30, tzinfo=UTC)  # the 20th is a Friday
    assert Post("p", Text("과장", "Head"), "fire", (9, 18)).on_duty(then) is on_duty
    assert Post("p", Text("상황실장", "Control"), "fire").on_duty(then)


def test_who_is_in_charge_comes_first_then_whose_tablet_is_here_then_who_is_on_duty() -> None:
    heart = Heart()
    devices = (device("official", "health"), device("official", "parks", "tablet-2"))
    found = laid(heart, "incidents/fire-1", devices=devices, online={"tablet-1"}).addressees
    assert {one.id for one in found[:2]} == {"fire", "fire-control"}
    assert [one.office for one in found[2:] if one.here] == ["health", "health"]
    assert found[2].here
    now = local_time(heart.clock.now_ms())
    duty = {post.id: post.on_duty(now) for post in heart.world.desk.post}
    assert {one.id: one.duty for one in found if one.post} == duty
    assert not any(one.here for one in found if one.id == "parks"), "paired, and not connected"
    rest = [one for one in found[2:] if not one.here]
    ranks = [(True, None, False).index(one.duty) for one in rest]
    assert ranks == sorted(ranks)


def test_an_order_has_the_farthest_state_and_every_step_that_anybody_told() -> None:
    heart = Heart()
    given = Order("o-1", NOW_MS, "tablet-1", "fire-control", "즉시 조치", "incidents/fire-1")
    report = Report("o-1.answered", NOW_MS + 9, "o-1", "answered", "tablet-2", SAID)
    gone = Order("o-2", NOW_MS, "wall", "fire", "즉시 조치", "incidents/none")
    heart.world.given = Given(
        (
            GivenOrder(given, "answered", NOW_MS + 9, NOW_MS + 2, None, (report,)),
            GivenOrder(gone, "written", NOW_MS, None, "413: long"),
        )
    )
    steps: dict[Any, int] = {"sent": NOW_MS + 3, "read": NOW_MS + 5}
    told = OrderStatus("o-1", given, "read", NOW_MS + 5, steps=steps)
    one, two = laid(heart, told={"o-1": told}, devices=(device("mayor"),)).orders
    assert (one.state, one.answer, one.office) == ("answered", SAID, "fire")
    assert one.steps == {
        **{"written": NOW_MS, "sent": NOW_MS + 2},
        **{"read": NOW_MS + 5, "answered": NOW_MS + 9},
    }
    assert (one.by.ko, one.subject.ko) == ("소방 당직", "종로 상가 화재")
    assert "119" in one.name.ko
    assert (two.refused, two.subject, two.by.en) == (True, GONE, "at the wall")


def test_incidents_say_who_is_in_charge() -> None:
    (incident,) = laid(Heart()).incidents
    assert (incident.id, incident.office, incident.charged.ko) == ("fire-1", "fire", "소방재난본부")


def test_every_panel_of_the_menu_can_be_asked_for() -> None:
    heart = Heart()
    wanted = [p for category in heart.world.menu.categories.values() for p in category.panels]
    found = {panel.id for panel in laid(heart).panels}
    assert found >= set(wanted) & set(heart.world.panels)


def test_the_view_that_goes_with_an_order_is_short_and_keeps_its_ages() -> None:
    view = seen_view(home(NOW_MS))
    assert (view.panel, view.t_ms, len(view.lines)) == ("home", NOW_MS, 6)
    assert view.lines[0].value.ko == "1,284 건"
    assert view.lines[2].age.ko == "2분 전, 지연"
    assert all(line.simulated for line in view.lines)


class TestDealt:
    whole = desk(
        NOW_MS,
        order("o-1", "불", NOW_MS),
        order("o-2", "냄새", NOW_MS, office="climate"),
        order("o-3", "내 지시", NOW_MS, office="climate", giver="tablet-1"),
    )

    @pytest.mark.parametrize("role", ["visitor", "installer", "tester"])
    def test_who_does_not_act_gets_the_panels_alone(self, role: str) -> None:
        got = dealt(self.whole, device(role, "fire"))
        assert got == TabletDesk(panels=self.whole.panels)

    def test_a_department_gets_its_own_orders_and_those_that_it_gave(self) -> None:
        got = dealt(self.whole, device("official", "fire"))
        assert [one.id for one in got.orders] == ["o-1", "o-3"]
        assert got.incidents == self.whole.incidents

    def test_the_mayor_and_a_tablet_of_nobody_get_all(self) -> None:
        assert dealt(self.whole, device("mayor", "fire")) == self.whole
        nobodys = msgspec.structs.replace(self.whole, addressees=())
        assert dealt(self.whole, device("official")) == nobodys, "all, but nobody to order"


class Rows:
    """Answers when a test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, Callable[[Any], None]]] = []

    def ask(
        self, key: str, question: Callable[[Any], Any], answered: Callable[[Any], None]
    ) -> None:
        self.waiting.append((key.split()[0], answered))

    def answer(self) -> str:
        panel, answered = self.waiting.pop(0)
        answered(None)
        return panel


class Watching:
    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.rows = Rows()
        self.shown: list[Projection] = []
        self.specs = {spec.id: spec for spec in find_panels()}
        self.watched = Watched(
            specs=self.specs,
            queries=cast(Queries, self.rows),
            clock=clock,
            live=Live,
            show=self.shown.append,
        )


@pytest.fixture
def watching(clock: ManualClock) -> Watching:
    return Watching(clock)


def test_a_watched_panel_is_made_one_at_a_time_and_again_when_its_rows_change(
    watching: Watching,
) -> None:
    watching.watched.want(("air", "traffic"))
    watching.watched.tick()
    watching.watched.tick()
    assert len(watching.rows.waiting) == 1
    assert watching.rows.answer() == "air"
    watching.watched.tick()
    assert watching.rows.answer() == "traffic"
    assert [view.panel for view in watching.shown] == ["air", "traffic"]
    watching.watched.tick()
    assert watching.rows.waiting == []
    watching.watched.rows_changed(frozenset({"no such table"}))
    watching.watched.tick()
    assert watching.rows.waiting == []
    watching.watched.rows_changed(frozenset({"indicators", "latest", "observations"}))
    watching.watched.tick()
    assert len(watching.rows.waiting) == 1
    watching.rows.answer()
    watching.clock.advance(AGES_MS)
    watching.watched.tick()
    assert len(watching.rows.waiting) == 1, "ages have grown"


def test_a_question_that_is_never_answered_keeps_nobody_waiting(watching: Watching) -> None:
    watching.watched.want(("air", "traffic"))
    watching.watched.tick()
    watching.clock.advance(LATE_MS)
    watching.watched.tick()
    assert [panel for panel, _ in watching.rows.waiting] == ["air", "traffic"]
    watching.watched.want(("traffic",))
    watching.rows.answer()
    assert watching.shown == [], "nobody looks at it any more"


def test_what_is_watched_has_a_bound_and_is_of_the_city(watching: Watching) -> None:
    watching.watched.want(("orders", "pairing", "system", "nothing"))
    assert watching.watched.panels == ()
    of_the_city = [p for p, spec in watching.specs.items() if spec.category != "kiosk"]
    watching.watched.want(tuple(of_the_city))
    assert len(watching.watched.panels) == MOST


def test_a_desk_is_a_small_message() -> None:
    """Two hundred tablets are told of every change."""
    orders = tuple(order(f"o-{n}", "현장 확인 뒤 보고 " * 5, NOW_MS) for n in range(40))
    assert len(msgspec.json.encode(desk(NOW_MS, *orders))) < 48 * 1024
