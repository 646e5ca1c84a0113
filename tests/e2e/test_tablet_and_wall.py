"""Tablets and the real wall, all processes running: a real browser, and a department's tablet."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kiosk.remote.client import Tablet
from kiosk.tools.driving import DrivenKiosk, driven_kiosk, wait_until_on
from kiosk.wire.desk import OrderCard
from kiosk.wire.messages import Ask, PairingAsked, PairingOffered, Touch
from tests.helpers.chromium import LANDSCAPE, PORTRAIT, Chromium, find_chromium, spki_pin

pytestmark = pytest.mark.slow
in_a_browser = pytest.mark.skipif(
    find_chromium() is None, reason="no chromium and chromedriver here"
)

QUIET = ("--camera", "none", "--microphone", "none", "--windowed")
SETTINGS: dict[str, dict[str, str | int | bool]] = {
    "remote": {"host": "127.0.0.1", "port": 0},
    "demo": {"departments": False},
}
SAID = "점검반 2명이 출발했습니다"


@pytest.fixture(scope="module")
def running() -> Iterator[DrivenKiosk]:
    with driven_kiosk(QUIET, SETTINGS) as made:
        assert wait_until_on(made, 60) is not None
        yield made


@pytest.fixture
def kiosk(running: DrivenKiosk) -> DrivenKiosk:
    """One kiosk for all; what it said before is forgotten."""
    running.forget()
    return running


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


@in_a_browser
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


@in_a_browser
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


async def done(kiosk: DrivenKiosk, ask: Ask | Touch, status: str = "done") -> None:
    """A finger at the wall."""
    kiosk.say(ask)
    found = partial(kiosk.outcome, ask.command, 15, source="touch", status=status)
    assert await asyncio.to_thread(found) is not None, ask


async def let_in(kiosk: DrivenKiosk, tablet: Tablet, office: str) -> None:
    await done(kiosk, Ask("remote.pair"))
    offered = await asyncio.to_thread(kiosk.wait, lambda m: isinstance(m, PairingOffered), 10)
    assert isinstance(offered, PairingOffered)
    pairing = asyncio.ensure_future(tablet.pair(offered.url, "소방 당직 태블릿"))
    await asyncio.to_thread(kiosk.wait, lambda m: isinstance(m, PairingAsked), 10)
    await done(kiosk, Ask("remote.accept"))
    await pairing
    await done(kiosk, Ask("remote.office", {"device": tablet.device, "office": office}))
    await tablet.connect()


async def give(kiosk: DrivenKiosk, tablet: Tablet, to: str) -> None:
    await done(
        kiosk, Ask("order.give", {"text": "inspect", "to": to, "about": ""}), "needs-confirm"
    )
    await tablet.wait_until(
        lambda: tablet.projection is not None and tablet.projection.question is not None
    )
    await done(kiosk, Touch("confirm.accept"))


async def story(kiosk: DrivenKiosk) -> None:
    async with Tablet(kiosk.data_dir / "certificates/ca.pem") as tablet:

        def order() -> OrderCard | None:
            return next(iter(tablet.desk.orders), None)

        await let_in(kiosk, tablet, "fire")
        await tablet.wait_until(
            lambda: any(one.here for one in tablet.desk.addressees if one.id == "fire")
        )
        await give(kiosk, tablet, "climate")
        await give(kiosk, tablet, "fire-control")
        await tablet.wait_until(lambda: order() is not None)
        mine = order()
        assert mine is not None
        assert (mine.to, mine.office, len(tablet.desk.orders)) == ("fire-control", "fire", 1)

        for state in ("delivered", "read"):
            told = await tablet.send("order.report", {"order": mine.id, "state": state})
            assert told.status == "done"
            await tablet.wait_until(lambda: (now := order()) is not None and now.state == state)  # noqa: B023
        answer = {"order": mine.id, "state": "answered", "text": SAID}
        assert (await tablet.send("order.report", answer)).status == "done"
        await tablet.wait_until(lambda: (now := order()) is not None and now.answer == SAID)
        await done(kiosk, Ask("order.show", {"order": mine.id}))
        await tablet.wait_until(
            lambda: tablet.projection is not None and "답변" in str(tablet.projection)
        )

        forged = {"order": "none", "state": "done"}
        assert (await tablet.send("order.report", forged)).status == "bad-arguments"
        await tablet.watch("air")
        await tablet.wait_until(lambda: tablet.watched is not None)
        assert tablet.watched is not None
        assert tablet.watched.panel == "air"
        assert tablet.watched.blocks


def test_an_order_is_answered_at_the_departments_tablet(kiosk: DrivenKiosk) -> None:
    asyncio.run(story(kiosk))
