"""A real tablet's browser and the real wall, all processes running."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.tools.driving import DrivenKiosk, driven_kiosk, wait_until_on
from kiosk.wire.messages import PairingAsked, PairingOffered, Touch
from tests.helpers.chromium import LANDSCAPE, PORTRAIT, Chromium, find_chromium, spki_pin

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium and chromedriver here"),
]

QUIET = ("--camera", "none", "--microphone", "none", "--windowed")


@pytest.fixture
def kiosk() -> Iterator[DrivenKiosk]:
    with driven_kiosk(QUIET, {"remote": {"host": "127.0.0.1", "port": 0}}) as made:
        assert wait_until_on(made, 60) is not None
        yield made


@pytest.fixture
def tablet(kiosk: DrivenKiosk, tmp_path: Path) -> Iterator[Chromium]:
    authority = kiosk.data_dir / "certificates" / "ca.pem"
    with Chromium(tmp_path, [spki_pin(authority)], LANDSCAPE) as made:
        yield made
        assert made.complaints() == []


def offer(kiosk: DrivenKiosk) -> str:
    kiosk.say(Touch("panel.open", {"panel": "system"}))
    assert kiosk.outcome("panel.open", 10, status="done")
    kiosk.say(Touch("remote.pair"))
    assert kiosk.outcome("remote.pair", 10, status="done")
    offered = kiosk.wait(lambda m: isinstance(m, PairingOffered), 10)
    assert isinstance(offered, PairingOffered)
    return offered.url


def test_a_tablet_is_let_in_sees_the_wall_and_drives_it(
    kiosk: DrivenKiosk, tablet: Chromium
) -> None:
    url = offer(kiosk)
    tablet.open(url)
    tablet.wait_for("#name")
    assert "PM2.5" not in tablet.text()
    tablet.type_over("#name", "비서실 태블릿")
    tablet.tap("#start")
    shown = tablet.wait_for("#check-code").replace(" ", "")
    asked = kiosk.wait(lambda m: isinstance(m, PairingAsked), 10)
    assert isinstance(asked, PairingAsked)
    assert asked.check_code == shown

    kiosk.say(Touch("remote.accept"))
    assert kiosk.outcome("remote.accept", 10, status="done", source="touch")
    tablet.wait_for("#state", "벽에 연결됨")

    tablet.tap('[data-command="nav.home"]')
    home = kiosk.outcome("nav.home", 10, source="tablet", status="done")
    assert home is not None
    assert home["actor"] == asked.device.id
    assert home["role"] == "official"
    tablet.wait_for(".frame", "PM2.5")
    assert "모의" in tablet.text()

    tablet.tap('[data-district="11710"]')
    chosen = kiosk.outcome("district.select", 10, source="tablet", status="done")
    assert chosen is not None
    assert chosen["args"] == {"district": "11710"}
    tablet.wait_for("#toast", "송파구")

    tablet.turn(PORTRAIT)
    tablet.wait_for(".frame", "PM2.5")

    kiosk.say(Touch("panel.open", {"panel": "system"}))
    kiosk.outcome("panel.open", 10, source="touch", status="done")
    kiosk.say(Touch("remote.pair"))
    kiosk.outcome("remote.pair", 10, source="touch", status="done")
    kiosk.say(Touch("remote.revoke", {"device": asked.device.id}))
    assert kiosk.outcome("remote.revoke", 10, source="touch", status="done")
    tablet.wait_for("#trouble", "연결을 끊었습니다")


def test_nobody_is_let_in_without_a_person_at_the_wall(
    kiosk: DrivenKiosk, tablet: Chromium
) -> None:
    url = offer(kiosk)
    tablet.open(url)
    tablet.wait_for("#name")
    tablet.tap("#start")
    tablet.wait_for("#check-code")
    assert kiosk.wait(lambda m: isinstance(m, PairingAsked), 10)
    kiosk.say(Touch("remote.reject"))
    assert kiosk.outcome("remote.reject", 10, source="touch", status="done")
    assert "PM2.5" not in tablet.text()
    plain = url.partition("#")[0]
    tablet.open(plain)
    tablet.wait_for("h1", "이 태블릿을 벽에 연결하세요")
    assert kiosk.outcome("panel.open", 0.5, source="tablet") is None
