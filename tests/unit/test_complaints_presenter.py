"""Complaints on the panel: steps with times, places, answers."""

import pytest

from kiosk.panels.complaints.model import ComplaintsModel
from kiosk.panels.panel import ProcessRow
from kiosk.wire.orders import Given, GivenReply, Reply
from tests.helpers import some_complaints, some_orders
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, model_of

REPLY = Reply("r-1", NOW_MS, "wall", "c-7", "바로 조치하겠습니다")


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    made = demo_city()
    some_complaints.put(made)
    return made


def shown(city: MemoryRepositories, place: dict[str, str], **changes: object) -> ComplaintsModel:
    extra = some_orders.orders(city) | changes
    model: ComplaintsModel = model_of("complaints", city, at("complaints", **place), **extra)
    return model


def test_open_ones_lead_and_the_newest_among_them(city: MemoryRepositories) -> None:
    lines = shown(city, {}).lines
    done = [line.steps[-1].state == "now" for line in lines]
    assert done == sorted(done)
    assert any(done)
    assert not all(done)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


def test_the_three_steps_have_their_times(city: MemoryRepositories) -> None:
    lines = {line.id: line for line in shown(city, {}).lines}
    handled = lines["c-7"]
    assert [step.state for step in handled.steps] == ["past", "now", "ahead"]
    assert [step.at for step in handled.steps] == ["12:32", "13:32", ""]
    assert handled.age.ko == "2시간 전"
    assert not handled.simulated
    closed = lines["c-8"]
    assert [step.state for step in closed.steps] == ["past", "past", "now"]


def test_a_district_narrows_the_list_and_the_opened_one_stays(city: MemoryRepositories) -> None:
    model = shown(city, {"district": "11710"})
    assert {line.where.ko.partition(",")[0] for line in model.lines} == {"송파구"}
    assert model.map is not None
    assert model.map.selected == "11710"
    other = shown(city, {"district": "11110", "item": "c-7"})
    assert "c-7" in [line.id for line in other.lines]
    assert other.opened is not None
    assert other.map is not None
    assert [marker.number for marker in other.map.markers] == [
        next(line.number for line in other.lines if line.chosen)
    ]


def test_an_answer_says_how_far_it_is(city: MemoryRepositories) -> None:
    def answers(given: Given, writing: tuple[Reply, ...] = ()) -> list[str]:
        model = shown(city, {"item": "c-7"}, given=given, writing=writing)
        assert model.opened is not None
        return [answer.ko for answer in model.opened.answers]

    assert answers(Given(), (REPLY,))[0].startswith("쓰는 중")
    assert "보내는 중" in answers(Given(replies=(GivenReply(REPLY),)))[0]
    assert "보냄" in answers(Given(replies=(GivenReply(REPLY, NOW_MS),)))[0]
    assert "거절됨" in answers(Given(replies=(GivenReply(REPLY, None, "409: x"),)))[0]
    assert answers(Given()) == []


def test_replies_are_offered_only_while_one_is_written(city: MemoryRepositories) -> None:
    reading = shown(city, {"item": "c-7"}).opened
    writing = shown(city, {"item": "c-7", "about": "complaints/c-7"}).opened
    assert reading is not None
    assert writing is not None
    assert reading.replies == ()
    assert [pick.value for pick in writing.replies] == ["received", "at-once", "planned", "done"]


def test_without_sync_the_panel_says_that_nothing_can_be_sent(city: MemoryRepositories) -> None:
    off = shown(city, {}, processes=(ProcessRow("sync", "failed"),))
    assert "동기화가 멈춰" in off.problem.ko
