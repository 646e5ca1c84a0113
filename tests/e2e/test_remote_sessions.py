"""A paired tablet's life against the real server: pairing, view, commands, loss, revocation."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.remote.addresses import Names
from kiosk.remote.certificates import Certificates
from kiosk.remote.client import Tablet, TabletError
from kiosk.remote.limits import Limits
from kiosk.remote.pairing import EXPIRED, LEFT, UNSAVED
from kiosk.remote.sessions import AWAY, NO_ANSWER
from kiosk.remote.worker import run
from kiosk.settings.model import PathSettings, RemoteSettings, Settings
from kiosk.wire.link import PairedLink
from kiosk.wire.messages import (
    ClosePairing,
    Device,
    Devices,
    Health,
    Message,
    PairingAsked,
    PairingDecision,
    PairingGone,
    RefusedRequest,
    RemoteReady,
    TabletAnswer,
    TabletCount,
    TabletRequest,
)
from kiosk.wire.text import Text
from tests.helpers.sample_projections import home
from tests.helpers.scripted_wall import ScriptedWall, remote_settings, scripted_wall

QUICK = Limits(answer_s=0.3, save_s=0.3)


class ShiftedClock(SystemClock):
    """The machine's clock, moved on by the test; TLS compares dates, so it can't stand still."""

    shift_ms = 0

    def now_ms(self) -> int:
        return super().now_ms() + self.shift_ms

    def monotonic_ms(self) -> float:
        return super().monotonic_ms() + self.shift_ms


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[ScriptedWall]:
    with scripted_wall(tmp_path, limits=QUICK) as wall:
        wall.tell_devices()
        yield wall


@asynccontextmanager
async def paired(wall: ScriptedWall, folder: Path, name: str = "태블릿") -> AsyncIterator[Tablet]:
    """A tablet that was let in and is connected."""
    wall.accepts = wall.accepts or "official"
    async with new_tablet(folder) as tablet:
        await tablet.pair(await offer(wall), name)
        await tablet.connect()
        yield tablet


def new_tablet(folder: Path) -> Tablet:
    return Tablet(folder / "certificates" / "ca.pem")


async def offer(wall: ScriptedWall, seconds: int = 120) -> str:
    return await asyncio.to_thread(wall.offer, seconds)


async def test_pairing_view_command_answer(wall: ScriptedWall, tmp_path: Path) -> None:
    view = home(1_790_000_000_000)
    codes: list[str] = []
    async with new_tablet(tmp_path) as tablet:
        url = await offer(wall)
        wall.accepts = "mayor"
        await tablet.pair(url, "시장 태블릿", codes.append)
        asked = wall.wait_for(PairingAsked)
        assert codes == [asked.check_code]
        assert (asked.device.name, asked.device.id) == ("시장 태블릿", tablet.device)
        await tablet.connect()
        assert (tablet.role, tablet.wall) == ("mayor", "here")
        wall.show(view)
        await tablet.wait_until(lambda: tablet.projection == view)
        answer = await tablet.send("district.select", {"district": "11710"})
        assert (answer.status, answer.reason.en) == ("done", "Done")
        (request,) = wall.all_of(TabletRequest)
        assert request.device == tablet.device
        assert (request.command, request.args) == ("district.select", {"district": "11710"})
        wall.wait_for(TabletCount, lambda count: count.connected == 1)
    async with paired(wall, tmp_path) as second:
        await second.wait_until(lambda: second.projection == view)


async def test_nobody_is_let_in_before_the_device_list(tmp_path: Path) -> None:
    with scripted_wall(tmp_path) as wall:
        async with new_tablet(tmp_path) as tablet:
            with pytest.raises(TabletError, match="later"):
                await tablet.connect(wall.url)
            with pytest.raises(TabletError, match="later"):
                await tablet.pair(await offer(wall), "x")
        assert wall.all_of(PairingAsked) == []


async def test_two_tablets_race_for_one_code(wall: ScriptedWall, tmp_path: Path) -> None:
    wall.accepts = "official"
    url = await offer(wall)
    async with new_tablet(tmp_path) as one, new_tablet(tmp_path) as two:
        results = await asyncio.gather(
            one.pair(url, "하나"), two.pair(url, "둘"), return_exceptions=True
        )
        assert sorted(str(result) for result in results if result is not None) == [
            "{'type': 'refused', 'reason': 'no'} instead of check"
        ]
        with pytest.raises(TabletError, match="'no'"):
            await two.pair(url, "또")
    assert len(wall.all_of(PairingAsked)) == 1


async def test_an_expired_code_is_refused_like_a_wrong_one(tmp_path: Path) -> None:
    clock = ShiftedClock()
    with scripted_wall(tmp_path, clock) as wall:
        wall.tell_devices()
        async with new_tablet(tmp_path) as tablet:
            url = await offer(wall)
            clock.shift_ms = 120_001
            with pytest.raises(TabletError) as late:
                await tablet.pair(url, "늦음")
            wall.wait_for(PairingGone, lambda gone: gone.reason == EXPIRED)
            with pytest.raises(TabletError) as wrong:
                await tablet.pair(url + "x", "틀림")
            assert str(late.value) == str(wrong.value)
    assert wall.all_of(PairingAsked) == []


async def test_a_person_turns_a_tablet_away(wall: ScriptedWall, tmp_path: Path) -> None:
    async with new_tablet(tmp_path) as tablet:
        pairing = asyncio.ensure_future(tablet.pair(await offer(wall), "모르는 태블릿"))
        asked = await asyncio.to_thread(wall.wait_for, PairingAsked)
        wall.decide(asked, None)
        with pytest.raises(TabletError, match="declined"):
            await pairing
        with pytest.raises(TabletError, match="'no'"):
            await tablet.connect()


async def test_a_closed_offer_turns_the_waiting_tablet_away(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    async with new_tablet(tmp_path) as tablet:
        pairing = asyncio.ensure_future(tablet.pair(await offer(wall), "태블릿"))
        await asyncio.to_thread(wall.wait_for, PairingAsked)
        wall.link.send(ClosePairing())
        with pytest.raises(TabletError, match="declined"):
            await pairing


async def test_a_tablet_that_leaves_in_mid_pairing(wall: ScriptedWall, tmp_path: Path) -> None:
    async with new_tablet(tmp_path) as tablet:
        pairing = asyncio.ensure_future(tablet.pair(await offer(wall), "태블릿"))
        asked = await asyncio.to_thread(wall.wait_for, PairingAsked)
        pairing.cancel()
    gone = await asyncio.to_thread(wall.wait_for, PairingGone)
    assert gone.reason == LEFT
    wall.decide(asked, "mayor")  # too late: nobody waits for it


async def test_a_device_that_is_not_saved_is_not_paired(wall: ScriptedWall, tmp_path: Path) -> None:
    async with new_tablet(tmp_path) as tablet:
        pairing = asyncio.ensure_future(tablet.pair(await offer(wall), "태블릿"))
        asked = await asyncio.to_thread(wall.wait_for, PairingAsked)
        wall.link.send(PairingDecision(asked.request, accepted=True))
        with pytest.raises(TabletError, match="declined"):
            await pairing
    gone = await asyncio.to_thread(wall.wait_for, PairingGone)
    assert gone.reason == UNSAVED


async def test_revocation_ends_the_session_by_itself(wall: ScriptedWall, tmp_path: Path) -> None:
    """How soon, `bench remote --part pairing` says."""
    async with paired(wall, tmp_path) as tablet, paired(wall, tmp_path) as other:
        wall.show(home(1))
        wall.revoke(tablet.device)
        await tablet.wait_until(lambda: tablet.goodbye is not None)
        assert tablet.goodbye == "revoked"
        with pytest.raises(TabletError, match="'no'"):
            await tablet.connect()
        assert (await other.send("nav.home")).status == "done"
        asked = wall.all_of(TabletRequest)
        assert {request.device for request in asked} == {other.device}


async def test_a_new_role_reaches_the_session(wall: ScriptedWall, tmp_path: Path) -> None:
    async with paired(wall, tmp_path) as tablet:
        device = wall.devices[tablet.device]
        wall.devices[device.id] = Device(
            device.id, device.name, "visitor", device.public_key, device.paired_ms
        )
        wall.tell_devices()
        await tablet.wait_until(lambda: tablet.role == "visitor")
        assert tablet.goodbye is None


async def test_the_same_request_runs_once_also_over_a_new_connection(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    async with paired(wall, tmp_path) as tablet:
        first = await tablet.send("map.zoom_in", request="press-0001")
        again = await tablet.send("map.zoom_in", request="press-0001")
        await tablet.connect()
        third = await tablet.send("map.zoom_in", request="press-0001")
        assert first == again == third
        assert len(wall.all_of(TabletRequest)) == 1
        await tablet.send("map.zoom_in", request="press-0002")
        assert len(wall.all_of(TabletRequest)) == 2


async def test_a_request_sent_again_to_a_new_server_is_the_same_at_the_wall(
    tmp_path: Path,
) -> None:
    """The server that ran it is gone and its memory too: the wall knows the request again."""
    with scripted_wall(tmp_path) as first:
        first.tell_devices()
        port = int(first.url.rstrip("/").rsplit(":", 1)[1])
        first.reply = lambda request: None
        async with paired(first, tmp_path) as tablet:
            sending = asyncio.ensure_future(tablet.send("order.give", request="press-0001"))
            before = await asyncio.to_thread(first.wait_for, TabletRequest)
            first.link.stopped.set()
            await tablet.wait_until(lambda: tablet.goodbye is not None)
            sending.cancel()
            with scripted_wall(tmp_path, port=port) as second:
                second.devices = first.devices
                second.tell_devices()
                await tablet.connect(second.url)
                assert (await tablet.send("order.give", request="press-0001")).status == "done"
                assert second.all_of(TabletRequest) == [before]


async def test_a_request_id_of_another_tablet_is_another_request(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    async with paired(wall, tmp_path) as one, paired(wall, tmp_path) as two:
        await one.send("nav.home", request="press-0001")
        await two.send("nav.home", request="press-0001")
    assert [request.device for request in wall.all_of(TabletRequest)] == [one.device, two.device]


async def test_a_wall_that_does_not_answer(wall: ScriptedWall, tmp_path: Path) -> None:
    wall.reply = lambda request: None
    async with paired(wall, tmp_path) as tablet:
        answer = await tablet.send("nav.home", request="press-0001")
        assert (answer.status, answer.reason) == ("no-answer", NO_ANSWER)
        (request,) = wall.all_of(TabletRequest)
        wall.link.send(TabletAnswer(request.request, "done", Text("늦게", "late")))
        wall.link.send(TabletAnswer("nobody-asked", "done", Text("", "")))
        await asyncio.sleep(0.1)
        late = await tablet.send("nav.home", request="press-0001")
        assert (late.status, late.reason.en) == ("done", "late")
        assert len(wall.all_of(TabletRequest)) == 1


class Cuttable(PairedLink):
    """A link whose other end can be gone: what is sent then is lost, as with a dead ui."""

    cut = False

    def send(self, message: Message) -> bool:
        return not self.cut and super().send(message)


async def test_a_wall_that_is_away_and_comes_back(tmp_path: Path) -> None:
    links: list[Cuttable] = []

    def wrap(link: PairedLink) -> PairedLink:
        links.append(Cuttable(link._incoming, link._outgoing, link.stopped))
        return links[0]

    with scripted_wall(tmp_path, wrap=wrap) as wall:
        wall.tell_devices()
        async with paired(wall, tmp_path) as tablet:
            view = home(1)
            wall.show(view)
            await tablet.wait_until(lambda: tablet.projection == view)
            links[0].cut = True
            answer = await tablet.send("nav.home", request="press-0001")
            assert (answer.status, answer.reason) == ("away", AWAY)
            await tablet.wait_until(lambda: tablet.wall == "away")
            assert tablet.projection == view
            async with new_tablet(tmp_path) as stranger:
                with pytest.raises(TabletError, match="'no'"):
                    await stranger.connect(wall.url)
            wall.forget()
            wall.heard.clear()
            links[0].cut = False
            await tablet.wait_until(lambda: tablet.wall == "here")
            await asyncio.to_thread(wall.wait_for, RemoteReady)
            # Who was turned away while nobody could write it down is told now.
            await asyncio.to_thread(
                wall.wait_for, RefusedRequest, lambda told: "unknown device" in told.reason
            )
            assert (await tablet.send("nav.home", request="press-0001")).status == "done"
            wall.forget()
            wall.heard.clear()
            wall.tell_devices()
            assert (await asyncio.to_thread(wall.wait_for, RemoteReady)).url == wall.url
            await asyncio.to_thread(wall.wait_for, TabletCount, lambda c: c.connected == 1)


async def test_a_slow_tablet_slows_no_other(wall: ScriptedWall, tmp_path: Path) -> None:
    async with paired(wall, tmp_path) as slow, paired(wall, tmp_path) as quick:
        assert slow._reader is not None
        slow._reader.cancel()  # stops reading: its socket's buffers fill up
        for t_ms in range(1, 400):
            wall.show(home(t_ms))
        await quick.wait_until(lambda: quick.projection == home(399))
        assert (await quick.send("nav.home")).status == "done"


async def test_a_flood_of_commands_is_stopped_at_the_server(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    async with paired(wall, tmp_path) as tablet:
        answers = [await tablet.send("nav.home") for _ in range(80)]
    assert {answer.status for answer in answers} == {"done", "too-fast"}
    assert len(wall.all_of(TabletRequest)) < 60
    wall.wait_for(RefusedRequest, lambda told: told.reason.startswith("too many commands"))


async def test_stops_at_once_with_tablets_connected(tmp_path: Path) -> None:
    with scripted_wall(tmp_path) as wall:
        wall.tell_devices()
        async with paired(wall, tmp_path) as tablet:
            wall.link.stopped.set()
            await tablet.wait_until(lambda: tablet.goodbye is not None)
            assert tablet.goodbye == "stopping"


def test_a_taken_port_is_told_and_tried_again(tmp_path: Path) -> None:
    with scripted_wall(tmp_path / "first") as first:
        port = int(first.url.rstrip("/").rsplit(":", 1)[1])
        settings = Settings(
            remote=RemoteSettings(host="127.0.0.1", port=port),
            paths=PathSettings(data_dir=str(tmp_path / "second")),
        )
        worker, ui = PairedLink.pair()
        server = threading.Thread(target=run, args=(settings, worker, SystemClock()))
        second = ScriptedWall(ui)
        server.start()
        failed = second.wait_for(Health, lambda health: health.state == "failed")
        assert "in use" in failed.reason.en
    try:
        assert second.wait_for(RemoteReady).url == f"https://127.0.0.1:{port}/"
        second.wait_for(Health, lambda health: health.state == "running")
    finally:
        ui.stopped.set()
        server.join(5)
        second.join()


def test_switched_off_it_says_so_and_listens_nowhere(tmp_path: Path) -> None:
    settings = remote_settings(tmp_path)
    off = Settings(remote=RemoteSettings(enabled=False), paths=settings.paths)
    worker, ui = PairedLink.pair()
    server = threading.Thread(target=run, args=(off, worker, SystemClock()))
    server.start()
    message = ui.receive(5)
    ui.stopped.set()
    server.join(5)
    assert isinstance(message, Health)
    assert message.state == "stopped"
    assert ui.receive(0) is None
    assert not (tmp_path / "certificates").exists()


async def test_a_new_list_that_names_another_key_ends_the_session(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    async with paired(wall, tmp_path) as tablet, new_tablet(tmp_path) as thief:
        device = wall.devices[tablet.device]
        stolen = Device(device.id, device.name, device.role, thief.public_key.jwk(), 1)
        wall.link.send(Devices((stolen,)))
        await tablet.wait_until(lambda: tablet.goodbye == "revoked")


async def test_a_certificate_dropped_in_serves_the_next_connection(
    wall: ScriptedWall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.remote.worker.CERTIFICATE_TICKS", 1)
    own, given = tmp_path / "certificates", tmp_path / "given"
    names = Names("127.0.0.1", ("localhost",), ("127.0.0.1",))
    made = Certificates(given, SystemClock()).current(names)
    async with paired(wall, tmp_path) as before, Tablet(given / "ca.pem") as after:
        (own / "site.key").write_bytes(made.key.read_bytes())
        (own / "site.pem").write_bytes(made.chain.read_bytes())
        for _ in range(100):
            if await trusts(after, await offer(wall)):
                break
            await asyncio.sleep(0.02)
        await after.connect()
        assert (await before.send("nav.home")).status == "done"
        (own / "site.pem").write_bytes(b"nonsense")
        told = await asyncio.to_thread(
            wall.wait_for, Health, lambda health: health.state == "degraded"
        )
        assert "site.pem" in told.reason.en
        assert (await after.send("nav.home")).status == "done"


async def trusts(tablet: Tablet, url: str) -> bool:
    """Whether the tablet accepts the server's certificate, and is paired then."""
    try:
        await tablet.pair(url, "새 인증서")
    except TabletError:
        return False
    return True
