"""A call between the real wall, all processes running, and a real tablet's browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.tools.driving import DrivenKiosk, driven_kiosk, wait_until_on
from kiosk.wire.messages import Ask, CallMedia, PairingOffered, Touch
from tests.helpers.chromium import MEDIA, Chromium, find_chromium, spki_pin

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium and chromedriver here"),
]

CAMERA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def kiosk() -> Iterator[DrivenKiosk]:
    arguments = ("--camera", "none", "--microphone", "none", "--windowed")
    with driven_kiosk(arguments, {"remote": {"host": "127.0.0.1", "port": 0}}) as made:
        assert wait_until_on(made, 60) is not None
        yield made


@pytest.fixture(scope="module")
def tablet(kiosk: DrivenKiosk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    authority = kiosk.data_dir / "certificates" / "ca.pem"
    with Chromium(tmp_path_factory.mktemp("t"), [spki_pin(authority)], flags=MEDIA) as made:
        kiosk.say(Touch("panel.open", {"panel": "system"}))
        assert kiosk.outcome("panel.open", 10, status="done")
        kiosk.say(Touch("remote.pair"))
        offered = kiosk.wait(lambda m: isinstance(m, PairingOffered), 10)
        assert isinstance(offered, PairingOffered)
        made.open(offered.url)
        made.wait_for("#name")
        made.type_over("#name", "비서실 태블릿")
        made.tap("#start")
        made.wait_for("#check-code")
        kiosk.say(Touch("remote.accept"))
        made.wait_for("#state", "벽에 연결됨")
        yield made
        assert made.complaints() == []


def test_the_wall_calls_a_tablet_and_hangs_up(kiosk: DrivenKiosk, tablet: Chromium) -> None:
    kiosk.say(Ask("call.start", {"about": ""}))
    assert kiosk.outcome("call.start", 10, status="needs-confirm")
    kiosk.say(Touch("confirm.accept"))
    assert kiosk.outcome("call.start", 10, status="done")
    tablet.wait_for("#call", "벽에서 영상 통화가 왔습니다")
    tablet.tap("#call-take")
    assert kiosk.outcome("call.take", 10, source="tablet", status="done")
    live = kiosk.wait(lambda m: isinstance(m, CallMedia) and m.state == "live", 10)
    assert isinstance(live, CallMedia)
    tablet.wait_for("#call", "통화 중")
    tablet.wait_for("#call", "벽에 없음: 카메라, 마이크")
    kiosk.say(Touch("call.end"))
    assert kiosk.outcome("call.end", 10, source="touch", status="done")
    tablet.wait_for("#toast", "벽에서 통화를 마쳤습니다")


def test_a_tablet_calls_the_wall_and_hangs_up(kiosk: DrivenKiosk, tablet: Chromium) -> None:
    tablet.tap(".call-wall")
    tablet.wait_for(".call-wall", "한 번 더")
    tablet.tap(".call-wall")
    assert kiosk.outcome("call.ring", 10, source="tablet", status="done")
    tablet.wait_for("#call", "벽에 거는 중")
    kiosk.say(Touch("call.answer"))
    assert kiosk.outcome("call.answer", 10, source="touch", status="done")
    assert kiosk.wait(lambda m: isinstance(m, CallMedia) and m.state == "live", 10)
    tablet.wait_for("#call", "통화 중")
    tablet.tap("#call-end")
    assert kiosk.outcome("call.end", 10, source="tablet", status="done")
    tablet.wait_until("return document.querySelector('#call').hidden")
