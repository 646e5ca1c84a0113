"""The tablet's page as an installed app in a real Chromium: trusted, installable, there without a
wall, and with what waited sent once."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from kiosk.core.clock import SystemClock
from kiosk.remote.addresses import Names
from kiosk.remote.certificates import Certificates
from kiosk.wire.messages import Health, PairingAsked, RemoteReady, TabletRequest
from tests.helpers.chromium import Chromium, find_chromium, spki_pin
from tests.helpers.cuttable import cuttable
from tests.helpers.nss import find_nss
from tests.helpers.sample_desks import desk, order
from tests.helpers.sample_projections import home
from tests.helpers.scripted_wall import ScriptedWall, scripted_wall

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium and chromedriver here"),
]

ROOT = Path(__file__).parents[2]
NOW_MS = 1_790_000_000_000


def open_an_order(wall: ScriptedWall, tablet: Chromium) -> None:
    wall.show(home(NOW_MS))
    wall.lay(desk(NOW_MS, order("o-1", "현장 확인 뒤 보고", NOW_MS)))
    tablet.tap("#tab-desk")
    tablet.wait_for("main.desk", "현장 확인 뒤 보고")
    tablet.tap('[data-order="o-1"]')
    tablet.wait_for('[data-state="read"]')


def named(wall: ScriptedWall) -> str:
    """The wall under its name: an app is installed, and WebAuthn works, under a name only."""
    return wall.url.replace("127.0.0.1", "localhost")


def let_in(tablet: Chromium, wall: ScriptedWall) -> PairingAsked:
    tablet.open(wall.offer().replace("127.0.0.1", "localhost"))
    tablet.wait_for("#name")
    tablet.tap("#start")
    shown = tablet.wait_for("#check-code").replace(" ", "")
    asked = wall.wait_for(PairingAsked, lambda asked: asked.check_code == shown)
    wall.decide(asked, "official")
    tablet.wait_for("#state", "벽에 연결됨")
    return asked


def worker_state(tablet: Chromium) -> str:
    """Waits until the service worker serves this page's files."""
    return str(
        tablet.script_async(
            """
            const done = arguments[arguments.length - 1];
            navigator.serviceWorker.ready.then(async (r) => {
              while (r.active.state !== "activated") {
                await new Promise((go) => (r.active.onstatechange = go));
              }
              done(r.active.state);
            });
            """
        )
    )


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[ScriptedWall]:
    with scripted_wall(tmp_path) as wall:
        wall.tell_devices()
        yield wall


def test_installable_with_a_worker_that_keeps_only_the_page(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    with Chromium(tmp_path, [spki_pin(tmp_path / "certificates/ca.pem")]) as tablet:
        let_in(tablet, wall)
        wall.show(home(NOW_MS))
        tablet.wait_for(".frame", "1,284")
        assert worker_state(tablet) == "activated"
        assert tablet.devtools("Page.getAppManifest")["errors"] == []
        found = tablet.devtools("Page.getInstallabilityErrors")["installabilityErrors"]
        assert found == []
        kept = tablet.script_async(
            """
            const done = arguments[arguments.length - 1];
            caches.keys().then(async (names) => {
              const found = [];
              for (const name of names) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                  const body = await (await cache.match(request)).text();
                  found.push([new URL(request.url).pathname, body.includes("1,284")]);
                }
              }
              done(found);
            });
            """
        )
        assert {"/", "/app/main.js", "/tokens.css", "/buttons.json"} <= {path for path, _ in kept}
        assert "/ca.crt" not in {path for path, _ in kept}
        assert not any(of_the_city for _, of_the_city in kept)
        assert tablet.complaints() == []


def test_the_shell_opens_without_a_wall_and_what_waited_is_sent_once(tmp_path: Path) -> None:
    """The wall goes, the tablet reports on an order, is closed and opened; the wall comes back."""
    with scripted_wall(tmp_path) as wall:
        wall.tell_devices()
        pin = spki_pin(tmp_path / "certificates/ca.pem")
        port = int(wall.url.rstrip("/").rsplit(":", 1)[1])
        url = named(wall)
        tablet = Chromium(tmp_path, [pin]).__enter__()
        try:
            asked = let_in(tablet, wall)
            assert worker_state(tablet) == "activated"
            open_an_order(wall, tablet)
        except BaseException:
            tablet.__exit__(None, None, None)
            raise
    try:
        tablet.wait_for("#banner", "연결이 끊겼습니다")
        tablet.tap('[data-state="read"]')
        tablet.wait_for("#toast", "연결되면 보냅니다")
        tablet.wait_for("#waiting", "보낼 것 1개")
        tablet.tap("#tab-remote")
        tablet.tap('[data-command="nav.home"]')
        tablet.wait_for("#toast .refused", "보내지 못했습니다")
        tablet.wait_for("#waiting", "보낼 것 1개")
    finally:
        tablet.__exit__(None, None, None)
    with Chromium(tmp_path, [pin]) as again:
        again.open(url)
        again.wait_for("#state", "벽에 연결하는 중")
        again.wait_for("#banner", "연결이 끊겼습니다")
        again.wait_for("#waiting", "보낼 것 1개")
        assert "현장" not in again.text()  # nothing of the city was kept
        with scripted_wall(tmp_path, port=port) as back:
            back.devices = wall.devices
            back.tell_devices()
            request = back.wait_for(TabletRequest)
            assert (request.device, request.command) == (asked.device.id, "order.report")
            assert request.args == {"order": "o-1", "state": "read"}
            again.wait_for("#state", "벽에 연결됨")
            back.show(home(time.time_ns() // 1_000_000))
            again.wait_for(".caption", "지금 화면")
            again.open(url)
            again.wait_for("#state", "벽에 연결됨")
            assert len(back.all_of(TabletRequest)) == 1


def test_a_network_that_swallows_everything_is_noticed_and_come_back_from(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    """No socket closes. The page says by itself that it has lost the wall; a report of the moments
    before it knew is sent once when the network is back."""
    port = int(wall.url.rstrip("/").rsplit(":", 1)[1])
    pin = spki_pin(tmp_path / "certificates/ca.pem")
    with (
        cuttable("127.0.0.9", "127.0.0.1", port) as network,
        Chromium(tmp_path, [pin], hosts="MAP localhost 127.0.0.9") as tablet,
    ):
        let_in(tablet, wall)
        open_an_order(wall, tablet)
        network.cut()
        tablet.tap('[data-state="read"]')  # nobody knows of the cut yet
        tablet.wait_for("#banner", "연결이 끊겼습니다")
        tablet.wait_for("#waiting", "보낼 것 1개")
        assert wall.all_of(TabletRequest) == []
        network.mend()
        tablet.wait_for("#state", "벽에 연결됨")
        assert wall.wait_for(TabletRequest).command == "order.report"
        wall.show(home(time.time_ns() // 1_000_000))
        tablet.tap("#tab-remote")
        tablet.wait_for(".caption", "지금 화면")
        assert len(wall.all_of(TabletRequest)) == 1


def test_a_newer_page_takes_over_by_itself(wall: ScriptedWall, tmp_path: Path) -> None:
    with Chromium(tmp_path, [spki_pin(tmp_path / "certificates/ca.pem")]) as tablet:
        tablet.open(named(wall))
        assert worker_state(tablet) == "activated"
        kept = "const done = arguments[arguments.length - 1]; caches.keys().then(done);"
        (before,) = tablet.script_async(kept)
        tablet.script_async(
            "const done = arguments[arguments.length - 1];"
            "caches.open('shell-of-another-release').then(() => done());"
        )
        tablet.script_async(
            """
            const done = arguments[arguments.length - 1];
            navigator.serviceWorker.getRegistration().then((r) => r.unregister()).then(done);
            """
        )
        tablet.open(named(wall))
        assert worker_state(tablet) == "activated"
        assert tablet.script_async(kept) == [before]


@pytest.mark.skipif(find_nss() is None, reason="no libnss3 here")
def test_the_page_tells_whether_the_authority_is_installed(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    """As an installer does it: past the warning once, fingerprint, download, install, check."""
    ready = wall.wait_for(RemoteReady)
    where = f"{named(wall)}trust"
    with Chromium(tmp_path) as tablet:
        tablet.open_past_warning(where)
        tablet.wait_for("#verdict", "아직 설치되지 않았습니다")
        shown = tablet.text("#fingerprint").replace(" ", "").replace("\n", "")
        assert shown.lower() == ready.authority
        assert tablet.text(".get") == "인증서 내려받기"
        der = bytes(
            tablet.script_async(
                "const done = arguments[arguments.length - 1];"
                "fetch('/ca.crt').then((a) => a.arrayBuffer())"
                ".then((b) => done(Array.from(new Uint8Array(b))));"
            )
        )
        tablet.open(named(wall))
        tablet.wait_for("#untrusted", "아직 벽의 인증서를 믿지 않아")
    authority = x509.load_der_x509_certificate(der)
    assert authority.fingerprint(hashes.SHA256()).hex() == ready.authority
    file = tmp_path / "city-kiosk-ca.crt"
    file.write_bytes(der)
    subprocess.run(
        [sys.executable, "-m", "tests.helpers.nss", str(tmp_path / "chromium"), str(file)],
        cwd=ROOT,
        check=True,
    )
    with Chromium(tmp_path) as tablet:  # no certificate error is forgiven here
        tablet.open(where)
        tablet.wait_for("#verdict", "설치되었습니다")
        tablet.tap("#next")
        tablet.wait_for("h1", "이 태블릿을 벽에 연결하세요")
        let_in(tablet, wall)
        assert worker_state(tablet) == "activated"
        assert tablet.complaints() == []


def test_a_city_with_its_own_certificate_has_nothing_to_install(
    wall: ScriptedWall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.remote.worker.CERTIFICATE_TICKS", 1)
    names = Names("127.0.0.1", ("localhost",), ("127.0.0.1",))
    made = Certificates(tmp_path / "given", SystemClock()).current(names)
    own = tmp_path / "certificates"
    (own / "site.key").write_bytes(made.key.read_bytes())
    (own / "site.pem").write_bytes(made.chain.read_bytes())
    wall.wait_for(RemoteReady, lambda ready: ready.authority == "")
    with Chromium(tmp_path, [spki_pin(tmp_path / "given/ca.pem")]) as tablet:
        tablet.open(f"{named(wall)}trust")
        tablet.wait_for("h1", "인증서")
        tablet.wait_for("main", "설치할 것이 없습니다")
        tablet.wait_for("#verdict", "믿습니다")
    assert wall.all_of(Health)[-1].state == "running"
