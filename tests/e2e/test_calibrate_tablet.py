"""A real tablets' server beside the installers' walk: a tablet that was let in leads the walk."""

import asyncio
import threading
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pytestqt.qtbot import QtBot

from kiosk.app.calibration import open_tablets
from kiosk.cache.files import JOURNAL, LEDGER
from kiosk.cache.ledger import Ledger
from kiosk.core.clock import SystemClock
from kiosk.remote.client import Tablet, TabletAnswered, public_key
from kiosk.settings import Settings
from kiosk.tools.calibrate.screen.window import WalkWindow
from kiosk.tools.calibrate.walk import Walk
from kiosk.ui.theme import make_theme
from kiosk.wire.messages import Device, Role

STARTS_MS = 30_000


def let_in(data: Path, key: ec.EllipticCurvePrivateKey, role: Role) -> None:
    known = public_key(key)
    ledger = Ledger.open(data / LEDGER, 0)
    jwk = msgspec.json.encode(known).decode()
    ledger.save_device(Device(known.device_id(), "설치 태블릿", role, jwk, 0))
    ledger.close()


@pytest.mark.slow
def test_a_tablet_leads_the_walk(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    data = tmp_path / "data"
    data.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    let_in(data, key, "installer")
    settings = msgspec.convert(
        {"paths": {"data_dir": str(data)}, "remote": {"host": "127.0.0.1", "port": 0}}, Settings
    )
    window = WalkWindow(
        *(make_theme(960, 540), Walk("hall"), settings, SystemClock()), lambda walk: None
    )
    qtbot.addWidget(window)
    tablets = open_tablets(window, settings)
    titles: list[str] = []
    answers: list[TabletAnswered] = []

    async def lead() -> None:
        authority = data / "certificates" / "ca.pem"
        async with Tablet(authority, key, through="127.0.0.1") as tablet:
            await tablet.connect(tablets.url)
            await tablet.wait_until(lambda: tablet.projection is not None)
            assert tablet.projection is not None
            titles.append(tablet.projection.title.en)
            answers.append(await tablet.send("calibrate", {"press": "choose", "step": "light"}))
            await tablet.wait_until(
                lambda: tablet.projection is not None and "Light" in tablet.projection.title.en
            )
            answers.append(await tablet.send("nav.home"))

    try:
        qtbot.waitUntil(lambda: bool(tablets.url), timeout=STARTS_MS)
        thread = threading.Thread(target=asyncio.run, args=(lead(),))
        thread.start()
        qtbot.waitUntil(lambda: not thread.is_alive(), timeout=STARTS_MS)
        thread.join()
    finally:
        tablets.close()
    assert titles == ["Calibration: Choose the camera"]
    assert [answer.status for answer in answers] == ["done", "unavailable"]
    assert window.guide.step.id == "light"
    written = (data / JOURNAL).read_text().splitlines()
    assert len(written) == 2
    assert '"status":"unavailable"' in written[1]
