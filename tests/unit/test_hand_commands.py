"""What the seventeen gestures give on the wall: each command where it does something, and where
it does not."""

from typing import Any

import pytest

from gestures.events import GestureEvent, GestureKind, Phase
from kiosk.core.invocation import Outcome, Status
from kiosk.core.state import Place, replace
from kiosk.wire.messages import CallDepartment, ClosePairing, StopListening
from kiosk.wire.text import Text
from tests.helpers.heart import AIR, STATISTICS, Heart


@pytest.fixture
def heart() -> Heart:
    made = Heart()
    made.intake.system("nav.home", {})
    made.records.clear()
    return made


def show(heart: Heart, kind: GestureKind) -> Outcome:
    t_ms = heart.clock.now_ms()
    outcome = heart.intake.gesture(GestureEvent(kind, Phase.FIRED, "right", None, 0.9, t_ms))
    assert outcome is not None
    return outcome


def stand(heart: Heart, panel: str, **place: Any) -> None:
    heart.store.put(replace(heart.store.state, place=Place(panel=panel, **place)))


class TestCompare:
    def test_two_fingers_put_what_the_map_shows_side_by_side(self, heart: Heart) -> None:
        stand(heart, "home", district="11710")
        assert show(heart, GestureKind.VICTORY).done
        assert heart.store.state.place == Place("compare", "11710", "population")

    def test_two_fingers_on_an_indicator_compare_that_one(self, heart: Heart) -> None:
        stand(heart, "indicators", indicator="pm25")
        show(heart, GestureKind.VICTORY)
        assert heart.store.state.place.indicator == "pm25"

    def test_an_indicator_of_the_city_alone_is_refused(self, heart: Heart) -> None:
        stand(heart, "indicators", indicator="temperature")
        assert show(heart, GestureKind.VICTORY).status is Status.UNAVAILABLE

    def test_swipes_turn_to_the_next_district(self, heart: Heart) -> None:
        stand(heart, "compare", indicator="pm25", district="11110")
        show(heart, GestureKind.SWIPE_LEFT)
        assert heart.store.state.place == Place("compare", "11140", "pm25")

    @pytest.mark.parametrize("kind", [GestureKind.SWIPE_DOWN, GestureKind.THUMB_DOWN])
    def test_closing_it_leaves_the_indicator(self, heart: Heart, kind: GestureKind) -> None:
        stand(heart, "compare", indicator="pm25", district="11110")
        assert show(heart, kind).done
        assert heart.store.state.place == Place("indicators", "11110", "pm25")

    def test_a_second_time_is_refused(self, heart: Heart) -> None:
        show(heart, GestureKind.VICTORY)
        assert show(heart, GestureKind.VICTORY).status is Status.UNAVAILABLE


class TestDetail:
    def test_the_map_leads_to_the_indicator_that_colours_it(self, heart: Heart) -> None:
        stand(heart, "home", district="11710")
        show(heart, GestureKind.SWIPE_UP)
        assert heart.store.state.place == Place("indicators", "11710", "population")

    def test_the_camera_wall_leads_to_the_first_camera_of_its_page(self, heart: Heart) -> None:
        stand(heart, "cctv")
        heart.intake.touch("cctv.next_page", {}, "next")
        show(heart, GestureKind.SWIPE_UP)
        assert heart.store.state.place.camera == "cam-10"

    def test_where_there_is_no_more_it_says_so(self, heart: Heart) -> None:
        stand(heart, "cctv", camera="cam-01")
        assert show(heart, GestureKind.SWIPE_UP).status is Status.UNAVAILABLE


class TestDismiss:
    def test_it_says_no_to_what_asks(self, heart: Heart) -> None:
        heart.world.tablets = 1
        heart.intake.touch("department.call", {}, "call")
        assert heart.records[-1].status is Status.NEEDS_CONFIRM
        assert show(heart, GestureKind.THUMB_DOWN).done
        assert heart.store.state.confirmation is None
        assert heart.sent == []

    def test_otherwise_it_closes_what_is_open(self, heart: Heart) -> None:
        stand(heart, "cctv", camera="cam-01")
        show(heart, GestureKind.THUMB_DOWN)
        assert heart.store.state.place == Place("cctv")

    def test_and_with_nothing_open_it_is_refused(self, heart: Heart) -> None:
        assert show(heart, GestureKind.THUMB_DOWN).status is Status.UNAVAILABLE

    def test_a_thumb_up_means_nothing_while_nothing_asks(self, heart: Heart) -> None:
        assert show(heart, GestureKind.THUMB_UP).status is Status.UNAVAILABLE


class TestCall:
    def test_it_asks_first_and_names_who_is_in_charge(self, heart: Heart) -> None:
        heart.world.tablets = 2
        stand(heart, "indicators", indicator="pm25")
        asked = show(heart, GestureKind.CALL)
        assert asked.status is Status.NEEDS_CONFIRM
        assert AIR.ko in asked.reason.ko
        assert heart.sent == []

    def test_what_was_asked_is_called_whatever_the_wall_shows_by_then(self, heart: Heart) -> None:
        heart.world.tablets = 2
        stand(heart, "indicators", indicator="pm25")
        show(heart, GestureKind.CALL)
        heart.store.put(replace(heart.store.state, place=Place("home")))
        assert show(heart, GestureKind.THUMB_UP).done
        (sent,) = heart.sent
        assert isinstance(sent.message, CallDepartment)
        assert sent.message.call.department == AIR
        assert sent.message.call.subject == Text("초미세먼지", "PM2.5")
        assert "2대" in heart.records[-1].reason.ko

    def test_the_map_asks_for_whoever_is_in_charge_of_its_colours(self, heart: Heart) -> None:
        heart.world.tablets = 1
        assert STATISTICS.ko in show(heart, GestureKind.CALL).reason.ko

    def test_without_a_tablet_nothing_is_asked_and_a_way_out_is_named(self, heart: Heart) -> None:
        told = show(heart, GestureKind.CALL)
        assert told.status is Status.UNAVAILABLE
        assert STATISTICS.ko in told.reason.ko
        assert "120" in told.reason.ko
        assert heart.store.state.confirmation is None

    def test_tablets_that_left_before_the_answer_are_not_claimed(self, heart: Heart) -> None:
        heart.world.tablets = 1
        show(heart, GestureKind.CALL)
        heart.world.tablets = 0
        show(heart, GestureKind.THUMB_UP)
        assert heart.records[-1].status is Status.UNAVAILABLE

    def test_where_nobody_is_in_charge_it_says_so(self, heart: Heart) -> None:
        heart.world.tablets = 1
        stand(heart, "help")
        assert show(heart, GestureKind.CALL).status is Status.UNAVAILABLE


class TestHalt:
    def test_it_locks_at_once_and_stops_what_goes_on(self, heart: Heart) -> None:
        heart.world.tablets = 1
        heart.intake.touch("department.call", {}, "call")
        outcome = heart.intake.pointed("system.halt", {}, "timeout")
        assert outcome.done
        state = heart.store.state
        assert (state.locked, state.confirmation) == (True, None)
        assert [type(send.message) for send in heart.sent] == [StopListening, ClosePairing]

    def test_the_ways_of_the_person_before_do_not_stay(self, heart: Heart) -> None:
        heart.store.put(replace(heart.store.state, person="left_handed"))
        heart.intake.pointed("system.halt", {}, "timeout")
        assert heart.store.state.person == ""

    def test_a_process_that_is_away_does_not_hold_it_up(self, heart: Heart) -> None:
        heart.deaf = {"voice", "remote"}
        assert heart.intake.pointed("system.halt", {}, "timeout").done
        assert heart.store.state.locked

    def test_the_question_it_dropped_does_not_run_out_later(self, heart: Heart) -> None:
        heart.world.tablets = 1
        heart.intake.touch("department.call", {}, "call")
        heart.intake.pointed("system.halt", {}, "timeout")
        heart.records.clear()
        heart.clock.advance(60_000)
        heart.dispatcher.tick()
        assert heart.records == []


class TestMapAndCameras:
    @pytest.mark.parametrize("kind", [GestureKind.SPREAD, GestureKind.SQUEEZE])
    def test_two_hands_zoom_the_map_where_there_is_one(
        self, heart: Heart, kind: GestureKind
    ) -> None:
        assert show(heart, kind).done
        stand(heart, "system")
        assert show(heart, kind).status is Status.UNAVAILABLE

    def test_on_the_camera_wall_they_change_how_many_are_seen(self, heart: Heart) -> None:
        stand(heart, "cctv")
        seen = []
        for kind in (GestureKind.SPREAD, GestureKind.SQUEEZE, GestureKind.SQUEEZE):
            show(heart, kind)
            seen.append(heart.store.state.cctv.tiles)
        assert seen == [4, 9, 16]
        assert show(heart, GestureKind.SQUEEZE).status is Status.UNAVAILABLE


def test_whoever_stands_at_the_wall_swipes_in_their_own_way(heart: Heart) -> None:
    heart.world.people = {"left_handed": Text("왼손", "left")}
    heart.intake.touch("panel.open", {"panel": "indicators"}, "tab")
    show(heart, GestureKind.SWIPE_LEFT)
    assert heart.store.state.panel == "pledges"
    assert heart.intake.touch("person.choose", {"person": "left_handed"}, "chip").done
    show(heart, GestureKind.SWIPE_LEFT)
    assert heart.store.state.panel == "indicators"
    assert heart.intake.touch("person.choose", {"person": ""}, "chip").done
    unknown = heart.intake.touch("person.choose", {"person": "nobody"}, "chip")
    assert unknown.status is Status.BAD_ARGUMENTS
