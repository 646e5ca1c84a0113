"""From one order, complaint, incident or item to another; lists narrowed by how things stand."""

from typing import Any

import pytest

from kiosk.commands.complaints_turn import WORDS as COMPLAINTS
from kiosk.commands.incidents_find import WORDS as INCIDENTS
from kiosk.core.invocation import Status
from kiosk.core.shown import complaint_fits, incident_fits
from kiosk.core.state import Place, replace
from kiosk.core.world import Entry
from kiosk.wire.messages import WriteOrder
from kiosk.wire.orders import Given, GivenOrder, GivenReply, Order, OrderState, Reply
from kiosk.wire.text import Text
from tests.helpers.heart import Heart, SmallCity

NOW_MS = 1_790_000_000_000
DAY_MS = 86_400_000


class Busy(SmallCity):
    """Several of each."""

    def incidents(self) -> tuple[Entry, ...]:
        return (
            Entry("i-1", Text("화재", "Fire"), 1, severity="critical", t_ms=5, at=(37.5, 127.5)),
            Entry("i-2", Text("누수", "Leak"), 2, severity="notice", t_ms=9),
            Entry("i-3", Text("사고", "Crash"), 3, ended=True, t_ms=2),
        )

    def complaints(self) -> tuple[Entry, ...]:
        return (
            Entry("c-1", Text("소음", "Noise"), district="11710", t_ms=NOW_MS - DAY_MS),
            Entry("c-2", Text("쓰레기", "Rubbish"), district="11110", t_ms=NOW_MS - 2 * DAY_MS),
            Entry("c-3", Text("도로", "Road"), district="11710", t_ms=NOW_MS, ended=True),
        )

    def items(self) -> tuple[Entry, ...]:
        return (
            Entry("whole", Text("비전", "Vision"), kind="vision"),
            Entry("p-1", Text("하나", "One"), kind="pledge", parent="whole", late=True, sdg=(11,)),
            Entry("p-2", Text("둘", "Two"), kind="pledge", parent="whole", state="done"),
            Entry(
                *("p-3", Text("셋", "Three")),
                kind="pledge",
                parent="whole",
                indicator="pm25",
                state="running",
            ),
            Entry("sdg-11", Text("도시", "Cities"), 11, kind="sdg"),
        )


def given(key: str, state: OrderState = "sent", **of: Any) -> GivenOrder:
    order = Order(key, NOW_MS - 1000, "wall", of.pop("to", "fire"), f"지시 {key}", **of)
    return GivenOrder(order, state, NOW_MS)


@pytest.fixture
def heart() -> Heart:
    made = Heart()
    made.world.catalogue = Busy()
    made.world.given = Given(
        (
            given("o-3", about="incidents/i-1"),
            given("o-2", "done"),
            given("o-1", due_ms=NOW_MS - 1),
        ),
        (GivenReply(Reply("r-1", 1, "wall", "c-1", "네")),),
    )
    made.world.orders = {"o-1": "sent", "o-2": "done", "o-3": "sent"}
    return made


def do(heart: Heart, command: str, **args: object) -> Status:
    return heart.intake.touch(command, args, command).status


def item(heart: Heart) -> str | None:
    return heart.store.state.place.item


def test_orders_are_walked_along_in_the_order_of_their_list(heart: Heart) -> None:
    for expected in ("o-3", "o-1", "o-3"):
        assert do(heart, "order.next") is Status.DONE
        assert (heart.store.state.panel, item(heart)) == ("orders", expected)
    do(heart, "order.previous")
    assert item(heart) == "o-1"
    do(heart, "order.list", shown="all")
    do(heart, "order.number", number=2)
    assert item(heart) == "o-2"
    assert do(heart, "order.number", number=9) is Status.BAD_ARGUMENTS
    do(heart, "order.list", shown="late")
    do(heart, "order.next")
    assert item(heart) == "o-1"
    do(heart, "order.last")
    assert item(heart) == "o-3"


def test_what_an_order_is_about_is_opened(heart: Heart) -> None:
    do(heart, "order.last")
    assert do(heart, "order.about") is Status.DONE
    assert (heart.store.state.panel, item(heart)) == ("incident", "i-1")
    do(heart, "order.show", order="o-1")
    assert do(heart, "order.about") is Status.UNAVAILABLE


def written(heart: Heart) -> Order:
    message = heart.sent[-1].message
    assert isinstance(message, WriteOrder)
    return message.order


def test_a_reminder_is_an_order_of_its_own_about_the_same_thing(heart: Heart) -> None:
    assert do(heart, "order.remind") is Status.NEEDS_CONFIRM
    question = heart.store.state.confirmation
    assert question is not None
    assert "소방재난본부" in question.question.ko
    assert do(heart, "confirm.accept") is Status.DONE
    order = written(heart)
    assert (order.to, order.about) == ("fire", "incidents/i-1")
    assert order.text == "진행 상황 보고: 지시 o-3"
    assert order.id not in ("o-1", "o-2", "o-3")
    do(heart, "order.show", order="o-2")
    assert do(heart, "order.remind") is Status.UNAVAILABLE, "it is done already"


def test_another_department_gets_the_same_order_once(heart: Heart) -> None:
    assert do(heart, "order.also", to="fire") is Status.BAD_ARGUMENTS
    assert do(heart, "order.also", to="nobody") is Status.BAD_ARGUMENTS
    assert do(heart, "order.also", to="교통실") is Status.NEEDS_CONFIRM
    assert do(heart, "confirm.accept") is Status.DONE
    assert (written(heart).to, written(heart).text) == ("transport", "지시 o-3")


def test_a_day_that_is_over_is_not_given_again(heart: Heart) -> None:
    do(heart, "order.show", order="o-1")
    do(heart, "order.also", to="교통실")
    do(heart, "confirm.accept")
    assert written(heart).due_ms is None


def test_without_an_order_all_of_it_is_refused_with_a_reason(heart: Heart) -> None:
    heart.world.given = Given()
    for command in ("order.next", "order.last", "order.about", "order.remind"):
        assert do(heart, command) is Status.UNAVAILABLE, command


def test_complaints_are_walked_along_and_counted_as_listed(heart: Heart) -> None:
    do(heart, "complaint.next")
    assert (heart.store.state.panel, item(heart)) == ("complaints", "c-1")
    do(heart, "complaint.next")
    assert item(heart) == "c-2"
    do(heart, "complaint.previous")
    assert item(heart) == "c-1"
    do(heart, "complaint.narrow", shown="unanswered")
    assert do(heart, "complaint.number", number=2) is Status.BAD_ARGUMENTS
    do(heart, "complaint.number", number=1)
    assert item(heart) == "c-2"
    do(heart, "complaint.oldest")
    assert item(heart) == "c-2"


def test_in_a_district_only_its_complaints_are_turned(heart: Heart) -> None:
    heart.store.put(replace(heart.store.state, place=Place("complaints", district="11710")))
    do(heart, "complaint.next")
    do(heart, "complaint.next")
    assert item(heart) == "c-3"
    do(heart, "complaint.oldest")
    assert item(heart) == "c-1"


def test_incidents_by_number_by_age_and_by_who_has_noted_them(heart: Heart) -> None:
    do(heart, "incident.number", number=3)
    assert item(heart) == "i-3"
    do(heart, "incident.newest")
    assert item(heart) == "i-2"
    heart.world.noted = frozenset({"i-1"})
    do(heart, "incident.unnoted")
    assert item(heart) == "i-2"
    heart.world.noted = frozenset({"i-1", "i-2"})
    assert do(heart, "incident.unnoted") is Status.UNAVAILABLE
    assert do(heart, "incident.number", number=9) is Status.BAD_ARGUMENTS


def test_the_map_of_the_scene_is_large_until_another_incident_is_opened(heart: Heart) -> None:
    assert do(heart, "incident.map") is Status.UNAVAILABLE
    do(heart, "incident.number", number=1)
    do(heart, "incident.map")
    assert (item(heart), heart.store.state.place.only) == ("i-1", "map")
    do(heart, "nav.back")
    assert heart.store.state.place.only == ""
    do(heart, "nav.forward")
    do(heart, "incident.map", large=False)
    assert (item(heart), heart.store.state.place.only) == ("i-1", "")
    do(heart, "incident.map")
    do(heart, "incident.next")
    assert heart.store.state.place.only == ""


def test_items_lead_to_what_belongs_to_them(heart: Heart) -> None:
    assert do(heart, "item.up") is Status.UNAVAILABLE
    do(heart, "item.latest")
    assert (heart.store.state.panel, item(heart)) == ("pledges", "p-1")
    assert do(heart, "item.figure") is Status.UNAVAILABLE
    assert do(heart, "item.sites") is Status.UNAVAILABLE
    assert do(heart, "item.goal") is Status.DONE
    assert heart.store.state.goal == "sdg-11"
    do(heart, "item.up")
    assert item(heart) == "whole"
    do(heart, "item.up")
    assert item(heart) is None
    do(heart, "item.open", item="p-3")
    assert do(heart, "item.figure") is Status.DONE
    assert heart.store.state.place.indicator == "pm25"


@pytest.mark.parametrize(
    ("word", "found"), [("late", ["p-1"]), ("done", ["p-2"]), ("running", ["p-3"])]
)
def test_items_are_narrowed_by_how_they_stand(heart: Heart, word: str, found: list[str]) -> None:
    heart.world.narrowings = {"pledges": {word: Text(word, word)}}
    do(heart, "panel.narrow", panel="pledges", to=word)
    do(heart, "item.number", number=1)
    assert [item(heart)] == found
    assert heart.store.state.place.only == word
    assert do(heart, "item.number", number=2) is Status.BAD_ARGUMENTS


def test_what_is_open_is_found_on_the_map(heart: Heart) -> None:
    assert do(heart, "map.locate") is Status.UNAVAILABLE
    do(heart, "incident.number", number=1)
    assert do(heart, "map.locate") is Status.DONE
    state = heart.store.state
    assert (state.panel, state.map_zoom, state.map_x, state.map_y) == ("home", 5.0, 0.5, 0.5)
    do(heart, "incident.number", number=2)
    assert do(heart, "map.locate") is Status.UNAVAILABLE, "nobody knows where it is"


def test_a_place_is_kept_and_come_back_to(heart: Heart) -> None:
    assert do(heart, "nav.kept") is Status.UNAVAILABLE
    do(heart, "incident.number", number=1)
    do(heart, "nav.keep")
    do(heart, "nav.home")
    do(heart, "nav.kept")
    assert item(heart) == "i-1"
    do(heart, "system.lock")
    assert heart.store.state.kept is None, "who unlocks may be somebody else"


def test_a_narrower_list_of_incidents_is_part_of_the_wider_one() -> None:
    for over in (False, True):
        for severity in ("critical", "notice"):
            for noted in (False, True):
                fits = {
                    s: incident_fits(s, over=over, severity=severity, noted=noted)
                    for s in INCIDENTS
                }
                assert fits["all"]
                assert fits["running"] or not (fits["urgent"] or fits["unnoted"])


def test_a_narrower_list_of_complaints_is_part_of_the_wider_one() -> None:
    for still in (False, True):
        for answered in (False, True):
            fits = {
                s: complaint_fits(s, still=still, answered=answered, t_ms=1, today_ms=2)
                for s in COMPLAINTS
            }
            assert fits["all"]
            assert not fits["today"]
            assert fits["open"] or not fits["unanswered"]
