"""The tablet's page in a real headless Chromium, against the real server and a scripted wall."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from kiosk.tools.calibrate.guide import Guide
from kiosk.tools.calibrate.tablet_page import page
from kiosk.tools.calibrate.walk import Walk
from kiosk.wire.desk import TabletDesk
from kiosk.wire.messages import (
    PairingAsked,
    PairingGone,
    RefusedRequest,
    TabletAnswer,
    TabletCount,
    TabletRequest,
)
from kiosk.wire.projection import DepartmentCall, Projection
from kiosk.wire.text import Text
from tests.helpers.chromium import LANDSCAPE, PORTRAIT, Chromium, find_chromium, spki_pin
from tests.helpers.fitting import NONE, misfits
from tests.helpers.sample_desks import VIEW, desk, order
from tests.helpers.sample_projections import everything, home
from tests.helpers.scripted_wall import ScriptedWall, scripted_wall

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium and chromedriver here"),
]

NOW_MS = 1_790_000_000_000


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[ScriptedWall]:
    with scripted_wall(tmp_path) as wall:
        wall.tell_devices()
        yield wall


@pytest.fixture
def tablet(wall: ScriptedWall, tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path, [spki_pin(tmp_path / "certificates" / "ca.pem")]) as tablet:
        yield tablet
        assert tablet.complaints() == []


def pair(tablet: Chromium, wall: ScriptedWall, name: str = "비서실 태블릿") -> PairingAsked:
    """Pairs as people do: QR, name, the same number on both screens, a press at the wall."""
    tablet.open(wall.offer())
    tablet.wait_for("#name")
    tablet.type_over("#name", name)
    tablet.tap("#start")
    shown = tablet.wait_for("#check-code").replace(" ", "")
    asked = wall.wait_for(PairingAsked, lambda asked: asked.check_code == shown)
    wall.decide(asked, "official")
    tablet.wait_for("#state", "벽에 연결됨")
    return asked


def test_from_stranger_to_remote_to_stranger(
    tablet: Chromium, wall: ScriptedWall, tmp_path: Path
) -> None:
    now_ms = time.time_ns() // 1_000_000
    wall.show(home(now_ms))
    tablet.open(wall.url)
    tablet.wait_for("h1", "이 태블릿을 벽에 연결하세요")
    assert "시정" not in tablet.text().replace("시정 자료", "")
    assert wall.all_of(TabletCount)[-1].connected == 0

    url = wall.offer()
    code = url.split("=")[1]
    tablet.open(url)
    tablet.wait_for("#name")
    assert code not in str(tablet.script("return location.href + document.body.innerHTML"))
    tablet.type_over("#name", "비서실 태블릿")
    tablet.tap("#start")
    shown = tablet.wait_for("#check-code").replace(" ", "")
    asked = wall.wait_for(PairingAsked)
    assert (asked.check_code, asked.device.name) == (shown, "비서실 태블릿")
    wall.decide(asked, "official")
    tablet.wait_for(".frame", "시정 상황판")

    seen = tablet.text()
    for words in ("1,284", "모의", "오래됨", "자료 없음", "중구 을지로5가 상가 화재", "을지로1가"):
        assert words in seen
    tablet.tap('[data-district="11680"]')
    tablet.wait_for("#toast", "했습니다")
    request = wall.wait_for(TabletRequest)
    assert (request.command, request.args) == ("district.select", {"district": "11680"})
    assert request.device == asked.device.id

    refusal = Text("더 뒤로 갈 곳이 없습니다", "There is nothing to go back to")
    wall.reply = lambda request: TabletAnswer(request.request, "unavailable", refusal)
    tablet.tap('[data-command="nav.back"]')
    tablet.wait_for("#toast .refused", "더 뒤로 갈 곳이 없습니다")

    wall.revoke(asked.device.id)
    tablet.wait_for("#trouble", "벽에서 이 태블릿의 연결을 끊었습니다")
    assert "1,284" not in str(tablet.script("return document.documentElement.innerHTML"))
    tablet.open(wall.url)
    wall.wait_for(RefusedRequest, lambda told: "unknown device" in told.reason)
    tablet.wait_for("h1", "이 태블릿을 벽에 연결하세요")


def test_a_code_works_once(tablet: Chromium, wall: ScriptedWall) -> None:
    url = wall.offer()
    wall.accepts = "official"
    tablet.open(url)
    tablet.wait_for("#name")
    tablet.tap("#start")
    tablet.wait_for("#state", "벽에 연결됨")
    tablet.open("about:blank")
    tablet.open(url)
    tablet.wait_for("#name")
    tablet.tap("#start")
    tablet.wait_for("#trouble", "한 번만")
    wall.wait_for(RefusedRequest, lambda told: told.reason == "pairing code")


def test_different_numbers_end_it_at_both_screens(tablet: Chromium, wall: ScriptedWall) -> None:
    tablet.open(wall.offer())
    tablet.wait_for("#name")
    tablet.tap("#start")
    tablet.wait_for("#check-code")
    tablet.tap("#different")
    tablet.wait_for("h1", "이 태블릿을 벽에 연결하세요")
    assert "다르다" in wall.wait_for(PairingGone).reason.ko


def test_the_key_cannot_leave_and_survives_a_restart(wall: ScriptedWall, tmp_path: Path) -> None:
    pin = spki_pin(tmp_path / "certificates" / "ca.pem")
    with Chromium(tmp_path, [pin]) as tablet:
        asked = pair(tablet, wall)
        kept = tablet.script_async(
            """
            const done = arguments[arguments.length - 1];
            indexedDB.open("kiosk-tablet").onsuccess = (e) => {
              e.target.result.transaction("identity").objectStore("identity").get("me").onsuccess =
                async (got) => {
                  const key = got.target.result.key.privateKey;
                  const taken = await crypto.subtle.exportKey("jwk", key).catch((x) => x.name);
                  done([key.extractable, taken]);
                };
            };
            """
        )
        assert kept == [False, "InvalidAccessError"]
        assert tablet.script("return document.cookie") == ""
    wall.forget()
    with Chromium(tmp_path, [pin], size=PORTRAIT) as tablet:
        tablet.open(wall.url)
        tablet.wait_for("#state", "벽에 연결됨")
        tablet.tap("#tab-connect")
        tablet.wait_for("main", "비서실 태블릿")
        assert wall.all_of(PairingAsked) == []
        assert set(wall.devices) == {asked.device.id}
        tablet.tap("#forget")
        tablet.wait_for("#forget", "정말")
        tablet.tap("#forget")
        tablet.wait_for("h1", "이 태블릿을 벽에 연결하세요")
        tablet.open(wall.url)
        tablet.wait_for("h1", "이 태블릿을 벽에 연결하세요")


def test_a_lost_connection_is_said_ages_and_mends_itself(tmp_path: Path) -> None:
    with scripted_wall(tmp_path) as wall:
        wall.tell_devices()
        pin = spki_pin(tmp_path / "certificates" / "ca.pem")
        tablet = Chromium(tmp_path, [pin]).__enter__()
        try:
            pair(tablet, wall)
            wall.show(home(time.time_ns() // 1_000_000 - 57_000))
            tablet.wait_for(".caption", "지금 화면")
        except BaseException:
            tablet.__exit__(None, None, None)
            raise
    try:
        tablet.wait_for("#banner", "연결이 끊겼습니다")
        tablet.wait_for(".caption", "3초 전 화면")
        tablet.wait_for("#banner", "4초 전")
        assert "받을 때 2분 전" in tablet.text(".figures")
        tablet.tap('[data-command="nav.home"]')
        tablet.wait_for("#toast .refused", "보내지 못했습니다")
        port = int(wall.url.rstrip("/").rsplit(":", 1)[1])
        with scripted_wall(tmp_path, port=port) as back:
            back.devices = wall.devices
            back.tell_devices()
            tablet.wait_for("#state", "벽에 연결됨")
            back.show(home(time.time_ns() // 1_000_000))
            tablet.wait_for(".caption", "지금 화면")
            tablet.tap('[data-command="nav.home"]')
            assert back.wait_for(TabletRequest).command == "nav.home"
    finally:
        tablet.__exit__(None, None, None)


def test_the_wall_asks_and_a_button_answers(tablet: Chromium, wall: ScriptedWall) -> None:
    pair(tablet, wall)
    wall.show(everything(NOW_MS))
    tablet.wait_for("#asking", "화면을 잠글까요?")
    tablet.wait_for(".chart", "세로축이 0에서 시작하지 않음")
    tablet.tap("#asking .primary")
    assert wall.wait_for(TabletRequest).command == "confirm.accept"


def test_an_official_sees_the_orders_and_reports_on_one(
    tablet: Chromium, wall: ScriptedWall
) -> None:
    asked = pair(tablet, wall)
    wall.lay(
        desk(
            NOW_MS,
            order("o-1", "현장 확인 뒤 보고", NOW_MS),
            order("o-2", "<b>원인 파악</b>", NOW_MS, "read", office="climate"),
        )
    )
    tablet.tap("#tab-desk")
    tablet.wait_for("main.desk", "현장 확인 뒤 보고")
    seen = tablet.text("main.desk")
    for words in ("소방재난본부", "도착", "모든 부서의 지시", "<b>원인 파악</b>"):
        assert words in seen
    tablet.tap('[data-order="o-2"]')
    tablet.wait_for(".detail", "원인 파악")
    assert tablet.script("return document.querySelectorAll('[data-state=\"read\"]').length") == 0
    tablet.tap('[data-order="o-1"]')
    tablet.wait_for('[data-state="read"]')
    tablet.tap('[data-state="read"]')
    request = wall.wait_for(TabletRequest)
    assert (request.command, request.device) == ("order.report", asked.device.id)
    assert request.args == {"order": "o-1", "state": "read"}

    device = msgspec.structs.replace(wall.devices[asked.device.id], role="visitor")
    wall.devices[device.id] = device
    wall.tell_devices()
    tablet.wait_for("main.desk", "직원만")
    assert "현장 확인" not in str(tablet.script("return document.documentElement.innerHTML"))


def test_while_the_wall_is_calibrated_only_the_walk_can_be_pressed(
    tablet: Chromium, wall: ScriptedWall
) -> None:
    pair(tablet, wall)
    guide = Guide(Walk("hall"), lambda: 0, lambda walk: None)
    wall.show(page(guide.view, time.time_ns() // 1_000_000, "ko", field=False))
    tablet.wait_for("main", "건너뛰기")
    for part in (".buttons", ".write", "#speak"):
        assert tablet.script(f"return document.querySelector('{part}').offsetParent") is None
    assert tablet.script("return document.querySelector('#point, #order-this')") is None


def test_names_are_shown_as_text_and_never_run(tablet: Chromium, wall: ScriptedWall) -> None:
    evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    pair(tablet, wall, name=evil[:40])
    words = Text(evil, evil)
    call = DepartmentCall(words, words, NOW_MS)
    view = msgspec.structs.replace(everything(NOW_MS), call=call)
    wall.show(spoilt(view, words))
    laid = desk(NOW_MS, order("o-1", evil, NOW_MS, "answered", answer=evil, view=VIEW))
    wall.lay(spoilt(laid, words))
    tablet.wait_for(".frame", "<script>")
    for tab in ("remote", "desk", "connect"):
        tablet.tap(f"#tab-{tab}")
        tablet.wait_for("main", "<")
        marks = "document.querySelectorAll('#app img, #app script').length"
        assert tablet.script(f"return {marks}") == 0, tab
        assert tablet.script("return document.title") != "owned", tab
    with pytest.raises(Exception, match="TrustedHTML"):
        tablet.script("document.body.innerHTML = '<b>x</b>'")
    assert any("TrustedHTML" in line for line in tablet.complaints())


Shown = TypeVar("Shown", Projection, TabletDesk)


def spoilt(view: Shown, words: Text) -> Shown:
    """Every text in it is these words: names of incidents, complaints, cameras, districts."""

    def worse(value: object) -> object:
        if isinstance(value, dict):
            if value.keys() == {"ko", "en"}:
                return msgspec.to_builtins(words)
            return {name: worse(inner) for name, inner in value.items()}
        return [worse(inner) for inner in value] if isinstance(value, list) else value

    return msgspec.convert(worse(msgspec.json.decode(msgspec.json.encode(view))), type(view))


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, (960, 600)])
def test_everything_fits_and_can_be_hit(
    tablet: Chromium, wall: ScriptedWall, size: tuple[int, int]
) -> None:
    """No sideways scrolling, every button at least 48 px high, no text below 13 px."""
    pair(tablet, wall)
    tablet.turn(size)
    for language in ("ko", "en"):
        wall.show(msgspec.structs.replace(everything(NOW_MS), language=language))
        tablet.wait_for(".wall-title", "시정" if language == "ko" else "City board")
        assert misfits(tablet) == NONE, language
