"""The desk on a tablet in a real Chromium: orders given, received and answered, incidents, panels.

One browser and one wall serve all; each test begins with a page that is just opened.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.wire.messages import (
    Device,
    PairingAsked,
    Role,
    ShowPanel,
    TabletAnswer,
    TabletPoint,
    TabletRequest,
    WatchPanels,
)
from kiosk.wire.text import Text
from tests.helpers.chromium import Chromium, find_chromium, spki_pin
from tests.helpers.fitting import NONE, misfits
from tests.helpers.sample_desks import VIEW, desk, order
from tests.helpers.sample_projections import home, view
from tests.helpers.scripted_wall import ScriptedWall, scripted_wall

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium and chromedriver here"),
]

EIGHT_INCHES, THIRTEEN_INCHES = (960, 600), (1366, 1024)
SIZES = (EIGHT_INCHES, (600, 960), THIRTEEN_INCHES, (1024, 1366))
HTML = "return document.documentElement.innerHTML"
WRITTEN = "return document.querySelector('#order-text')?.value ?? ''"


class Office:
    """A wall, a tablet that is let in, and what stands on both now."""

    def __init__(self, wall: ScriptedWall, tablet: Chromium, device: Device) -> None:
        self.wall = wall
        self.tablet = tablet
        self.device = device
        self.now_ms = time.time_ns() // 1_000_000

    def be(self, role: Role, office: str = "") -> None:
        """A page just opened by a tablet of this role and department."""
        device = msgspec.structs.replace(self.device, role=role, office=office)
        self.wall.devices[device.id] = device
        self.wall.tell_devices()
        self.wall.reply = lambda asked: TabletAnswer(asked.request, "done", Text("네", "Done"))
        self.wall.lay(desk(self.now_ms))
        self.wall.show(home(self.now_ms))
        self.tablet.turn(THIRTEEN_INCHES)
        self.tablet.open(self.wall.url)
        self.tablet.wait_for("#state", "벽에 연결됨")
        self.tablet.wait_for(".frame", "1,284")
        self.wall.forget()

    def press(self, css: str) -> None:
        """Waits for it and touches it."""
        self.tablet.wait_for(css)
        self.tablet.tap(css)

    def requests(self) -> list[tuple[str, dict[str, object]]]:
        return [(r.command, r.args) for r in self.wall.all_of(TabletRequest)]

    def wait_for_request(self, command: str) -> dict[str, object]:
        return self.wall.wait_for(TabletRequest, lambda asked: asked.command == command).args


@pytest.fixture(scope="module")
def paired(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with scripted_wall(folder) as wall:
        wall.tell_devices()
        wall.accepts = "mayor"
        with Chromium(folder, [spki_pin(folder / "certificates/ca.pem")]) as tablet:
            tablet.open(wall.offer())
            tablet.wait_for("#name")
            tablet.tap("#start")
            tablet.wait_for("#state", "벽에 연결됨")
            yield Office(wall, tablet, wall.wait_for(PairingAsked).device)


@pytest.fixture
def office(paired: Office) -> Iterator[Office]:
    paired.tablet.complaints()
    yield paired
    assert paired.tablet.complaints() == []


def test_an_order_is_given_from_an_incident_and_asked_back(office: Office) -> None:
    office.be("mayor")
    tablet = office.tablet
    office.press("#tab-desk")
    office.press("#section-incidents")
    office.press('[data-incident="fire-1"]')
    office.press("#order-incident")
    tablet.wait_for(".detail", "대상: 중구 을지로5가 상가 화재")
    assert tablet.text('[data-choice="to.fire"][aria-pressed="true"]'), "who is in charge is chosen"
    assert tablet.script("return document.querySelector('#give').disabled") is True
    tablet.wait_for(".why", "무엇을 지시할지")
    office.press('[data-choice="to.fire-control"]')
    tablet.type_over("#order-text", "지휘 차량을 보내고 보고할 것")
    office.press('[data-choice="due.today"]')
    office.press("#attach")
    question = Text("119종합상황실장에 지시. 보낼까요?", "Send it?")
    office.wall.reply = lambda asked: TabletAnswer(asked.request, "needs-confirm", question)
    office.press("#give")
    assert office.wait_for_request("order.give") == {
        "to": "fire-control",
        "text": "지휘 차량을 보내고 보고할 것",
        "about": "incidents/fire-1",
        "due": "today",
        "attach": True,
    }
    office.wall.show(msgspec.structs.replace(home(office.now_ms), question=question))
    tablet.wait_for("#asking", "119종합상황실장에 지시")
    assert "지휘 차량" in str(tablet.script(WRITTEN)), "it stays until it is given"
    office.wall.reply = lambda asked: TabletAnswer(
        asked.request, "done", Text("쓰는 중", "Writing")
    )
    office.press("#asking .primary")
    office.wait_for_request("confirm.accept")
    office.wall.show(home(office.now_ms))
    tablet.wait_for("#section-given[aria-pressed=true]")
    assert tablet.script(WRITTEN) == ""


def test_a_report_is_asked_for_with_one_press_about_what_the_wall_shows(office: Office) -> None:
    office.be("mayor")
    office.tablet.wait_for("#report-this")
    office.press("#report-this")
    office.tablet.wait_for(".detail", "대상: 초미세먼지 PM2.5")
    office.press("#give")
    assert office.wait_for_request("order.give") == {
        **{"to": "", "text": "brief", "about": "indicators/pm25"},
        **{"due": "today", "attach": True},
    }


def test_a_departments_tablet_tells_that_an_order_came_was_read_and_is_answered(
    office: Office,
) -> None:
    office.be("official", "fire")
    orders = (
        order("o-1", "현장 확인 뒤 보고", office.now_ms, "sent", due_minutes=60, view=VIEW),
        order("o-2", "즉시 조치", office.now_ms, "read", due_minutes=-5),
        order("o-9", "남의 지시", office.now_ms, office="climate"),
    )
    office.wall.lay(desk(office.now_ms, *orders))
    office.wait_for_request("order.report")
    assert office.requests() == [("order.report", {"order": "o-1", "state": "delivered"})]
    tablet = office.tablet
    office.press("#tab-desk")
    tablet.wait_for("main.desk", "현장 확인 뒤 보고")
    assert "남의 지시" not in str(tablet.script(HTML))
    first = tablet.script("return document.querySelector('[data-order]').dataset.order")
    assert first == "o-2", "past its day comes first"
    office.wall.forget()
    office.press('[data-order="o-1"]')
    assert office.wait_for_request("order.report") == {"order": "o-1", "state": "read"}
    tablet.wait_for(".seen", "41 건")
    tablet.type_over("#answer", "점검반 2명이 출발했습니다")
    # News must not take the words from under the fingers.
    office.wall.lay(desk(office.now_ms, *orders, order("o-5", "새 지시입니다", office.now_ms)))
    tablet.wait_for("#toast", "새 지시: 새 지시입니다")
    kept = tablet.script("return document.querySelector('#answer').value")
    assert kept == "점검반 2명이 출발했습니다"
    office.wall.forget()
    office.press("#send-answer")
    assert office.wait_for_request("order.report") == {
        **{"order": "o-1", "state": "answered"},
        "text": "점검반 2명이 출발했습니다",
    }
    said = order("o-1", "현장 확인 뒤 보고", office.now_ms, "answered", answer="출발했습니다")
    office.wall.lay(desk(office.now_ms, said))
    tablet.wait_for(".said", "출발했습니다")
    office.wall.forget()
    office.press('[data-state="done"]')
    assert office.wait_for_request("order.report") == {"order": "o-1", "state": "done"}


def test_the_mayors_tablet_hears_an_answer_on_whatever_screen(office: Office) -> None:
    office.be("mayor")
    office.wall.lay(desk(office.now_ms, order("o-1", "즉시 조치", office.now_ms, "read")))
    office.tablet.wait_for("#order-this")
    said = order("o-1", "즉시 조치", office.now_ms, "answered", answer="불을 껐습니다")
    office.wall.lay(desk(office.now_ms, said))
    office.tablet.wait_for("#toast", "소방재난본부의 답변: 불을 껐습니다")
    assert office.requests() == []


def test_a_panel_of_ones_own_is_watched_while_it_is_looked_at(office: Office) -> None:
    office.be("official")
    tablet = office.tablet
    office.press("#tab-desk")
    office.press("#section-panels")
    office.press("#own-choose")
    office.press('[data-panel="air"]')
    office.wall.wait_for(WatchPanels, lambda told: told.panels == ("air",))
    office.press("#own-done")
    tablet.wait_for(".detail", "벽 화면을 기다립니다")
    figures = home(office.now_ms).blocks[:2]
    office.wall.link.send(ShowPanel(view(office.now_ms, *figures, panel="air")))
    tablet.wait_for(".detail-body .figure", "1,284")
    office.wall.forget()
    office.press("#tab-remote")
    office.wall.wait_for(WatchPanels, lambda told: told.panels == ())
    assert office.requests() == [], "the wall itself was asked for nothing"
    office.wall.forget()
    office.press("#tab-desk")
    office.wall.wait_for(WatchPanels, lambda told: told.panels == ("air",))


def test_a_finger_on_the_pad_points_on_the_wall(office: Office) -> None:
    office.be("official")
    tablet = office.tablet
    office.press("#point")
    office.wait_for_request("remote.point")
    tablet.wait_for("#pad", "여기가 벽 전체입니다")
    office.press(".pad-field")
    point = office.wall.wait_for(TabletPoint)
    assert point.device == office.device.id
    assert point.x == pytest.approx(0.5, abs=0.02)
    assert point.y == pytest.approx(0.5, abs=0.02)
    office.wall.wait_for(TabletPoint, lambda told: told.x is None)
    office.press("#point-end")
    assert tablet.script("return document.querySelector('#pad').hidden") is True


def test_where_the_tablet_is_stays_on_it_and_sorts_the_incidents(office: Office) -> None:
    office.be("official")
    tablet = office.tablet
    near = {"latitude": 37.6, "longitude": 126.92, "accuracy": 10}
    tablet.devtools("Emulation.setGeolocationOverride", **near)
    origin = office.wall.url.rstrip("/")
    tablet.devtools("Browser.grantPermissions", origin=origin, permissions=["geolocation"])
    office.press("#tab-desk")
    office.press("#section-incidents")
    first = "return document.querySelector('[data-incident]').dataset.incident"
    tablet.wait_for("[data-incident]")
    assert tablet.script(first) == "fire-1"
    office.press("#near-me")
    tablet.wait_for('[data-incident="smell-1"]', "0.4 km")
    assert tablet.script(first) == "smell-1"
    assert office.requests() == []


def test_the_page_follows_the_walls_language_unless_it_has_its_own(office: Office) -> None:
    office.be("official")
    tablet = office.tablet
    office.wall.show(msgspec.structs.replace(home(office.now_ms), language="en"))
    tablet.wait_for("#tab-desk", "My desk")
    office.press("#tab-connect")
    office.press('[data-language="ko"]')
    tablet.wait_for("#tab-desk", "내 책상")
    office.wall.show(msgspec.structs.replace(home(office.now_ms + 1), language="en"))
    office.press("#tab-remote")
    tablet.wait_for("#tab-desk", "내 책상")
    office.press("#tab-connect")
    office.press('[data-language="wall"]')
    tablet.wait_for("#tab-desk", "My desk")
    office.wall.show(home(office.now_ms + 2))
    tablet.wait_for("#tab-desk", "내 책상")


@pytest.mark.parametrize("size", SIZES)
def test_the_desk_fits_and_can_be_hit(office: Office, size: tuple[int, int]) -> None:
    office.be("mayor")
    tablet = office.tablet
    long = "현장을 확인하고 주민 설명회를 연 뒤 대책을 마련하여 다음 회의에서 보고할 것 " * 2
    office.wall.lay(
        desk(
            office.now_ms,
            order("o-1", long, office.now_ms, "answered", answer=long, view=VIEW, due_minutes=5),
            order("o-2s", "즉시 조치", office.now_ms, "read", due_minutes=-5),
        )
    )
    tablet.turn(size)
    upright = size[0] < size[1]

    def back() -> None:
        if upright:
            office.press("#desk-back")

    for language in ("ko", "en"):
        office.wall.show(msgspec.structs.replace(home(office.now_ms), language=language))
        tablet.wait_for("#tab-desk", "내 책상" if language == "ko" else "My desk")
        office.press("#all-panels")
        assert misfits(tablet) == NONE, ("panels", language)
        office.press("#panels-close")
        office.press("#tab-desk")
        office.press("#section-given")
        assert misfits(tablet) == NONE, ("list", language)
        office.press('[data-order="o-1"]')
        assert misfits(tablet) == NONE, ("order", language)
        back()
        office.press("#compose")
        assert misfits(tablet) == NONE, ("form", language)
        office.press("#compose-cancel")
        office.press("#section-incidents")
        office.press('[data-incident="fire-1"]')
        assert misfits(tablet) == NONE, ("incident", language)
        back()
        office.press("#tab-connect")
        assert misfits(tablet) == NONE, ("connection", language)
        office.press("#tab-remote")
