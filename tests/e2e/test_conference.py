"""Calls of several with a real SFU (Janus) and two real browsers: who takes part sees the others, a
call of two becomes one of three, and one who leaves is gone. And calls between the two browsers,
whose media the wall only lets come about."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.remote.rooms import local_address
from kiosk.settings.model import CallSettings
from kiosk.wire.calls import Call, Party
from kiosk.wire.desk import Reachable, TabletDesk
from kiosk.wire.messages import CallOver, RoomFailed, TabletRequest, TalksNow
from kiosk.wire.shared import party_camera
from kiosk.wire.talks import Talk
from kiosk.wire.text import Text
from tests.helpers.call_wall import CallWall, call_wall, ringing
from tests.helpers.chromium import MEDIA, Chromium, find_chromium, spki_pin
from tests.helpers.sample_projections import home
from tests.helpers.sfu_server import SECRET, SfuServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium and chromedriver here"),
]

SEEN = """
const moves = (video) => video.readyState >= 2 && video.videoWidth > 0;
return [...document.querySelectorAll("#call-grid .call-tile video")].filter(moves).length;
"""


@pytest.fixture(scope="module")
def sfu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SfuServer]:
    server = SfuServer(tmp_path_factory.mktemp("sfu"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def wall(sfu: SfuServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CallWall]:
    folder = tmp_path_factory.mktemp("wall")
    try:
        own = local_address("192.0.2.1")
    except OSError:
        pytest.skip("this machine has no network address: the SFU sends from none on loopback")
    (folder / "secret").write_text(SECRET + "\n")
    several = CallSettings(sfu_url=sfu.url, sfu_address=own, sfu_secret_file=str(folder / "secret"))
    with call_wall(folder, several) as made:
        made.wall.tell_devices()
        yield made


@pytest.fixture(scope="module")
def tablets(
    wall: CallWall, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Chromium]]:
    authority = Path(wall._runtime.parent) / "certificates" / "ca.pem"
    wall.wall.accepts = "official"
    made: dict[str, Chromium] = {}
    with contextlib.ExitStack() as stack:
        for number in range(2):
            folder = tmp_path_factory.mktemp(f"tablet{number}")
            browser = Chromium(folder, [spki_pin(authority)], flags=MEDIA)
            tablet = stack.enter_context(browser)
            tablet.open(wall.wall.offer())
            tablet.wait_for("#name")
            tablet.tap("#start")
            tablet.wait_for("#state", "벽에 연결됨")
            made[next(d for d in wall.wall.devices if d not in made)] = tablet
        wall.wall.show(home(time.time_ns() // 1_000_000))
        yield made
        for tablet in made.values():
            assert tablet.complaints() == []


@pytest.fixture
def call(wall: CallWall, tablets: dict[str, Chromium]) -> Iterator[Call]:
    """A call of two that is on, to which the second tablet is called."""
    first, second = tablets
    rings = ringing(first)
    wall.tell(rings)
    tablets[first].wait_for("#call-take")
    tablets[first].tap("#call-take")
    accepted = wall.accept(rings, first)
    wall.picture(after_ms=accepted.since_ms)
    talking = msgspec.structs.replace(accepted, phase="talking", meets=True, rings=(second,))
    wall.tell(talking)
    yield talking
    wall.tell(None, Text("끝", "over"))
    for tablet in tablets.values():
        tablet.wait_until("return document.querySelector('#call').hidden")


def joined(call: Call, device: str) -> Call:
    party = Party(device, Text("상황실", "Control room"))
    return msgspec.structs.replace(call, rings=(), others=(party,))


def test_a_call_of_two_becomes_one_of_three_and_back(
    wall: CallWall, tablets: dict[str, Chromium], call: Call
) -> None:
    first, second = tablets
    tablets[second].wait_for("#call", "벽에서 회의에 부릅니다")
    assert "서로 보고 듣습니다" in tablets[second].text("#call")
    assert "부르는 중" in tablets[first].text("#call")
    tablets[second].tap("#call-take")
    began_ms = time.time_ns() // 1_000_000
    three = joined(call, second)
    wall.tell(three)
    for tablet in tablets.values():
        assert tablet.wait_until(f"const n = (() => {{ {SEEN} }})(); return n === 2 && n;") == 2
    for device in tablets:
        width, height, pixels = wall.picture(after_ms=began_ms, ring=party_camera(device))
        assert width * 9 == height * 16
        assert len(set(pixels[:4000])) > 1, "a picture of one colour"
    live = wall.wait_for_media("live")
    assert set(live.live) <= set(tablets)
    tablets[first].script("location.reload()")
    tablets[first].wait_for("#call-here")
    tablets[first].tap("#call-here")
    back_ms = time.time_ns() // 1_000_000
    for tablet in tablets.values():
        assert tablet.wait_until(f"const n = (() => {{ {SEEN} }})(); return n === 2 && n;") == 2
    wall.picture(after_ms=back_ms + 500, ring=party_camera(first))
    wall.tell(msgspec.structs.replace(three, others=()), Text("나감", "left"))
    wall.picture(after_ms=time.time_ns() // 1_000_000)
    rings = wall._runtime / "rings"
    assert not list(rings.glob(f"{party_camera(second)}*")), "the last picture goes with its tablet"


THEIRS = """
const video = document.querySelector("#call-theirs");
return video.readyState >= 2 && video.videoWidth > 0 && !video.classList.contains("gone");
"""


def test_two_tablets_talk_and_the_wall_sees_nothing_of_it(
    wall: CallWall, tablets: dict[str, Chromium]
) -> None:
    first, second = tablets
    known = tuple(Reachable(device, name) for device, name in ((first, "비서실"), (second, "당직")))
    wall.wall.lay(TabletDesk(reachable=known))
    wall.wall.forget()
    tablets[first].wait_for(".call-wall", "통화")
    tablets[first].tap(".call-wall")
    tablets[first].wait_for("#call-choice", "당직")
    assert "비서실" not in tablets[first].text("#call-choice"), "nobody calls oneself"
    tablets[first].tap(".call-whom:nth-child(2)")
    asked = wall.wall.wait_for(TabletRequest, lambda r: r.command == "talk.ring")
    assert (asked.device, asked.args["to"]) == (first, second)
    talk = Talk("talk-0001", first, second, "비서실", "당직", 1)
    wall.wall.link.send(TalksNow((talk,)))
    tablets[first].wait_for("#call", "당직에 거는 중")
    tablets[second].wait_for("#call", "비서실에서 영상 통화가 왔습니다")
    tablets[second].tap("#call-take")
    assert wall.wall.wait_for(TabletRequest, lambda r: r.command == "talk.take").device == second
    taken = msgspec.structs.replace(talk, taken=True, since_ms=time.time_ns() // 1_000_000)
    wall.wall.link.send(TalksNow((taken,)))
    for tablet in tablets.values():
        assert tablet.wait_until(THEIRS)
        tablet.wait_for("#call", "통화 중")
    assert not list((wall._runtime / "rings").glob("*")), "no picture passes the wall"
    tablets[second].tap("#call-end")
    assert wall.wall.wait_for(TabletRequest, lambda r: r.command == "talk.end").device == second
    wall.wall.link.send(TalksNow(()))
    wall.wall.link.send(CallOver(talk.id, (first, second), Text("끝", "over")))
    for tablet in tablets.values():
        tablet.wait_until("return document.querySelector('#call').hidden")


def test_without_its_server_the_wall_is_told(
    wall: CallWall, tablets: dict[str, Chromium], call: Call, sfu: SfuServer
) -> None:
    _, second = tablets
    sfu.stop()
    wall.wall.forget()
    wall.tell(joined(call, second))
    assert wall.wall.wait_for(RoomFailed).call == call.id
