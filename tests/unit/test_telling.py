"""What the wall answers when it is asked."""

from datetime import date
from typing import Any

import pytest

from kiosk.core.invocation import Status
from kiosk.core.state import Place, ViewState, replace
from kiosk.core.world import Entry
from kiosk.pack.clock import start_of
from kiosk.wire.messages import SyncState
from kiosk.wire.orders import Given, GivenOrder, Order, OrderState
from kiosk.wire.text import Text
from tests.helpers.heart import Heart, SmallCity

DAY_MS = 86_400_000
NOW_MS = start_of(date(2026, 11, 22)) + (14 * 60 + 5) * 60_000


class Busy(SmallCity):
    """A city with something of everything; its clock stands at 14:05 of 22 November 2026."""

    def incidents(self) -> tuple[Entry, ...]:
        return (
            Entry("i-1", Text("화재", "Fire"), 1, kind="fire", severity="critical"),
            Entry("i-2", Text("누수", "Leak"), 2, kind="water-leak", severity="notice"),
            Entry("i-3", Text("사고", "Crash"), 3, kind="crash", ended=True),
        )

    def complaints(self) -> tuple[Entry, ...]:
        return (
            Entry("c-1", Text("소음", "Noise"), district="11710", t_ms=NOW_MS - 1),
            Entry("c-2", Text("쓰레기", "Rubbish"), district="11710", t_ms=NOW_MS - DAY_MS),
            Entry("c-3", Text("도로", "Road"), district="11110", t_ms=NOW_MS, ended=True),
        )

    def items(self) -> tuple[Entry, ...]:
        return (
            Entry("whole", Text("비전", "Vision"), kind="vision", late=True),
            Entry("p-1", Text("하나", "One"), kind="pledge", parent="whole", late=True),
            Entry("p-2", Text("둘", "Two"), kind="pledge", parent="whole"),
        )


def order(
    key: str, state: OrderState, due_ms: int | None = None, refused: str | None = None
) -> GivenOrder:
    made = Order(key, NOW_MS, "wall", "fire", "확인", "", due_ms)
    return GivenOrder(made, state, NOW_MS, refused=refused)


@pytest.fixture
def heart() -> Heart:
    made = Heart()
    made.clock.advance(NOW_MS - made.clock.now_ms())
    made.world.catalogue = Busy()
    return made


def asked(heart: Heart, what: str) -> Text:
    before = heart.store.state
    outcome = heart.intake.touch(f"tell.{what}", {}, "t")
    assert outcome.status is Status.DONE, outcome.reason
    assert heart.store.state == before, "an answer changes nothing"
    return outcome.reason


def at(heart: Heart, **place: Any) -> None:
    heart.store.put(ViewState(place=Place(**place)))


def test_time_and_date_are_those_of_the_city(heart: Heart) -> None:
    assert asked(heart, "time") == Text("지금은 오후 2시 5분입니다", "It is 14:05")
    assert asked(heart, "date") == Text(
        "2026년 11월 22일 일요일입니다", "It is Sunday, 22 November 2026"
    )


def test_midnight_is_twelve(heart: Heart) -> None:
    heart.clock.advance(start_of(date(2026, 11, 23)) - NOW_MS)
    assert asked(heart, "time").ko == "지금은 오전 12시 0분입니다"


def test_where_names_panel_district_and_what_is_open(heart: Heart) -> None:
    at(heart, panel="incident", district="11710", item="i-1")
    assert asked(heart, "where").ko == "현안, 송파구, 화재"


def test_incidents_are_counted_and_the_most_urgent_is_named(heart: Heart) -> None:
    heart.world.noted = frozenset({"i-1"})
    assert asked(heart, "incidents").ko == "진행 중 2건, 확인 전 1건. 가장 급한 것: 화재"


def test_complaints_are_those_of_the_chosen_district(heart: Heart) -> None:
    assert asked(heart, "complaints").ko == "처리할 민원 2건, 오늘 들어온 민원 2건"
    at(heart, panel="complaints", district="11710")
    assert asked(heart, "complaints").ko == "처리할 민원 2건, 오늘 들어온 민원 1건"


def test_orders_late_and_refused_are_told_apart(heart: Heart) -> None:
    heart.world.given = Given(
        (
            order("o-1", "sent", due_ms=NOW_MS),
            order("o-2", "read", due_ms=NOW_MS + 1),
            order("o-3", "done", due_ms=NOW_MS - 1),
            order("o-4", "written", refused="403"),
        )
    )
    assert asked(heart, "orders").ko == "진행 중인 지시 2건, 기한 지난 지시 1건, 거절 1건"


def test_a_whole_is_not_counted_late_beside_its_parts(heart: Heart) -> None:
    assert asked(heart, "late").ko == "지연 1건, 가장 늦은 것: 하나"


def test_the_summary_has_what_waits(heart: Heart) -> None:
    heart.world.given = Given((order("o-1", "sent"),))
    found = asked(heart, "summary").ko
    assert found.endswith("진행 중 현안 2, 처리할 민원 2, 지연 사업 1, 진행 중 지시 1")


def test_the_connection_is_never_called_well_without_an_answer(heart: Heart) -> None:
    refused = heart.intake.touch("tell.connection", {}, "t")
    assert refused.status is Status.UNAVAILABLE
    heart.world.sync = SyncState(False, 7, NOW_MS - 60_000, backlog=2)
    assert asked(heart, "connection").ko == (
        "백엔드에 연결되지 않습니다. 마지막 자료 11/22 14:04. 보낼 것 2건"
    )
    heart.world.sync = SyncState(True, 8, NOW_MS)
    assert asked(heart, "connection").ko.startswith("백엔드에 연결되어 있습니다")


def test_of_cameras_only_those_on_the_wall_are_judged(heart: Heart) -> None:
    heart.world.pictures = {"cam-01": Text("끊김", "lost"), "cam-20": Text("끊김", "lost")}
    assert asked(heart, "cameras").ko == "카메라 20대"
    at(heart, panel="cctv")
    assert asked(heart, "cameras").ko == "카메라 20대, 화면의 9대 가운데 1대가 실시간이 아닙니다"


def test_an_opened_camera_says_how_its_picture_is(heart: Heart) -> None:
    assert heart.intake.touch("tell.camera", {}, "t").status is Status.UNAVAILABLE
    heart.world.pictures = {"cam-03": Text("3분 전 영상", "3 min ago")}
    at(heart, panel="cctv", camera="cam-03")
    assert asked(heart, "camera").ko == "3번 카메라 3, 3분 전 영상"


def test_who_is_connected_and_whose_wall_it_is(heart: Heart) -> None:
    assert asked(heart, "tablets").ko == "연결된 태블릿이 없습니다"
    heart.world.tablets, heart.world.devices = 1, {"t": "상황실"}
    assert asked(heart, "tablets").ko == "연결된 태블릿 1대. 등록: 상황실"
    assert asked(heart, "whose").ko == "시장 화면입니다"


def test_the_sensors_are_told_as_they_are(heart: Heart) -> None:
    heart.world.states = {"voice": "degraded", "gestures": "failed"}
    assert asked(heart, "senses").ko == "카메라 고장, 마이크 불안정"


def test_what_is_old_is_said_to_be_old(heart: Heart) -> None:
    assert "제때" in asked(heart, "age").ko
    heart.world.old = {"home": Text("3시간 전 자료", "3 h old")}
    assert asked(heart, "age").ko == "3시간 전 자료"


def test_the_last_answer_is_said_again(heart: Heart) -> None:
    assert heart.intake.touch("tell.again", {}, "t").status is Status.UNAVAILABLE
    heart.world.said = Text("카메라 20대", "20 cameras")
    assert asked(heart, "again").ko == "카메라 20대"


def test_sentences_are_those_of_the_panel_that_is_open(heart: Heart) -> None:
    assert heart.intake.touch("tell.sayable", {}, "t").status is Status.UNAVAILABLE
    heart.world.phrases = {"cctv.all": ("모든 카메라",), "map.zoom_in": ("확대",)}
    assert asked(heart, "sayable").ko == "이렇게 말해 보세요: ‘확대’"
    at(heart, panel="cctv")
    assert asked(heart, "sayable").ko == "이렇게 말해 보세요: ‘모든 카메라’"


def test_a_locked_wall_answers_nothing(heart: Heart) -> None:
    heart.store.put(replace(heart.store.state, locked=True))
    assert heart.intake.touch("tell.summary", {}, "t").status is Status.UNAVAILABLE
