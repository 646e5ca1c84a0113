"""Calls with a real headless Chromium: a real microphone's and camera's place is taken by the
browser's own test devices."""

import select
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.wire.messages import TabletRequest
from kiosk.wire.text import Text
from tests.helpers.call_wall import CallWall, call_wall, ringing
from tests.helpers.chromium import LANDSCAPE, MEDIA, PORTRAIT, Chromium, find_chromium, spki_pin
from tests.helpers.sample_projections import home

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium and chromedriver here"),
]

PIXEL = """
const video = document.querySelector("#call-theirs");
const canvas = document.createElement("canvas");
canvas.width = video.videoWidth;
canvas.height = video.videoHeight;
if (!canvas.width) return null;
const brush = canvas.getContext("2d");
brush.drawImage(video, 0, 0);
const at = (share) =>
  [...brush.getImageData(Math.round(canvas.width * share), canvas.height / 2, 1, 1).data];
return [canvas.width, canvas.height, at(0.25), at(0.75)];
"""
LOUDNESS = """
const done = arguments[arguments.length - 1];
const stream = document.querySelector("#call-theirs").srcObject;
const context = new AudioContext();
const analyser = context.createAnalyser();
analyser.fftSize = 4096;
context.createMediaStreamSource(new MediaStream(stream.getAudioTracks())).connect(analyser);
setTimeout(() => {
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const top = bins.indexOf(Math.max(...bins));
  done([(top * context.sampleRate) / analyser.fftSize, bins[top]]);
  context.close();
}, 900);
"""


@pytest.fixture(scope="module")
def wall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CallWall]:
    with call_wall(tmp_path_factory.mktemp("call")) as made:
        made.wall.tell_devices()
        yield made


@pytest.fixture(scope="module")
def tablet(wall: CallWall, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    authority = Path(wall._runtime.parent) / "certificates" / "ca.pem"
    folder = tmp_path_factory.mktemp("tablet")
    with Chromium(folder, [spki_pin(authority)], flags=MEDIA) as made:
        wall.wall.accepts = "official"
        made.open(wall.wall.offer())
        made.wait_for("#name")
        made.tap("#start")
        made.wait_for("#state", "벽에 연결됨")
        wall.wall.show(home(time.time_ns() // 1_000_000))
        yield made
        assert made.complaints() == []


@pytest.fixture
def device(wall: CallWall, tablet: Chromium) -> Iterator[str]:
    """The tablet's id; a call that is on ends with the test."""
    yield next(iter(wall.wall.devices))
    wall.tell(None, Text("끝", "over"))
    tablet.wait_until("return document.querySelector('#call').hidden")


def test_picture_and_sound_go_both_ways(wall: CallWall, tablet: Chromium, device: str) -> None:
    call = ringing(device)
    wall.tell(call)
    tablet.wait_for("#call", "벽에서 영상 통화가 왔습니다")
    assert "중구 화재" in tablet.text("#call")
    tablet.tap("#call-take")
    request = wall.wall.wait_for(TabletRequest, lambda r: r.command == "call.take")
    assert (request.device, request.args) == (device, {"call": call.id})
    began = time.time_ns() // 1_000_000
    accepted = wall.accept(call, device)
    width, height, pixels = wall.picture(after_ms=began)
    assert width * 9 == height * 16  # how large it is depends on what the line carries
    assert len(set(pixels[:4000])) > 1, "a picture of one colour"
    talking = msgspec.structs.replace(accepted, phase="talking", begun_ms=began)
    wall.tell(talking)
    tablet.wait_for("#call", "통화 중")
    wall.wait_for_media("live")

    seen = tablet.wait_until(PIXEL)
    assert seen[:2] == [320, 180]
    (blue, red) = seen[2:]
    assert blue[2] > 180 > 80 > blue[0]
    assert red[0] > 180 > 80 > red[2]
    pitch, level = tablet.script_async(LOUDNESS)
    assert abs(pitch - 440) < 25
    assert level > -60


CUT = """
// The wall's address is replaced by that of a network that can be cut.
window.cutPort = arguments[0];
if (!window.cutBefore) {
  window.cutBefore = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
    const at = /a=candidate:1 1 udp (\\d+) (\\S+) (\\d+) typ host/g;
    window.wallPort = Number(at.exec(sdp)[3]);
    const led = sdp.replace(at, `a=candidate:1 1 udp $1 $2 ${window.cutPort} typ host`);
    return window.cutBefore.call(this, { type, sdp: led });
  };
}
"""


class Network:
    """Between tablet and wall; swallows everything while it is cut."""

    def __init__(self) -> None:
        self.cut = False
        self.wall_port = 0
        self._tablet: tuple[str, int] | None = None
        self._ended = False
        self._sides = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
        for side in self._sides:
            side.bind(("127.0.0.1", 0))
        self.port = int(self._sides[0].getsockname()[1])
        self._thread = threading.Thread(target=self._carry, name="network")
        self._thread.start()

    def close(self) -> None:
        self._ended = True
        self._thread.join()
        for side in self._sides:
            side.close()

    def _carry(self) -> None:
        outside, inside = self._sides
        while not self._ended:
            for side in select.select(self._sides, [], [], 0.05)[0]:
                packet, address = side.recvfrom(4096)
                if side is outside:
                    self._tablet = address
                if self.cut or not self.wall_port:
                    continue
                if side is outside:
                    inside.sendto(packet, ("127.0.0.1", self.wall_port))
                elif self._tablet is not None:
                    outside.sendto(packet, self._tablet)


def test_a_cut_is_shown_and_mended_by_itself(wall: CallWall, tablet: Chromium, device: str) -> None:
    network = Network()
    try:
        tablet.script(CUT, network.port)
        call = ringing(device)
        wall.tell(call)
        tablet.wait_for("#call-take")
        tablet.tap("#call-take")
        accepted = wall.accept(call, device)
        network.wall_port = tablet.wait_until("return window.wallPort || 0")
        wall.picture(after_ms=time.time_ns() // 1_000_000)
        wall.tell(msgspec.structs.replace(accepted, phase="talking"))
        tablet.wait_until(PIXEL)
        network.cut = True
        wall.wait_for_media("lost")
        network.cut = False
        wall.picture(after_ms=time.time_ns() // 1_000_000)
        wall.wait_for_media("live")
        tablet.wait_until(
            "const v = document.querySelector('#call-theirs');"
            "window.seen ??= v.currentTime; return v.currentTime > window.seen;"
        )
    finally:
        tablet.script(
            "RTCPeerConnection.prototype.setRemoteDescription = window.cutBefore;"
            "window.cutBefore = null;"
        )
        network.close()


def test_the_tablet_hides_itself_and_says_so(wall: CallWall, tablet: Chromium, device: str) -> None:
    call = ringing(device)
    wall.tell(call)
    tablet.wait_for("#call-take")
    tablet.tap("#call-take")
    accepted = wall.accept(call, device)
    wall.picture(after_ms=time.time_ns() // 1_000_000)
    wall.tell(msgspec.structs.replace(accepted, phase="talking"))
    assert tablet.wait_for('[data-lamp="camera"]') == "내 카메라 켜짐"
    tablet.tap("#call-video")
    tablet.wait_for('[data-lamp="camera"]', "꺼짐")
    told = wall.wall.wait_for(
        TabletRequest, lambda r: r.command == "call.sends" and not r.args["camera"]
    )
    assert told.args == {"camera": False, "microphone": True}
    tracks = "return document.querySelector('#call-mine').srcObject.getTracks().length"
    assert tablet.script(tracks) == 0, "the camera itself is let go"
    tablet.tap("#call-video")
    tablet.wait_for('[data-lamp="camera"]', "켜짐")
    wall.picture(after_ms=time.time_ns() // 1_000_000)


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, (960, 600)])
def test_a_call_fits_every_tablet(
    wall: CallWall, tablet: Chromium, device: str, size: tuple[int, int]
) -> None:
    """Nothing sticks out, every button is at least 48 px high."""
    tablet.turn(size)
    call = ringing(device, "서울역 앞 광장 집회로 차로 두 개 통제, 우회로 안내 필요")
    for asking in (call, msgspec.structs.replace(call, phase="asking", device=device, rings=())):
        wall.tell(asking)
        tablet.wait_for("#call-end")
        wrong = tablet.script(
            """
            const out = (e) => { const r = e.getBoundingClientRect();
              return r.left < -1 || r.right > innerWidth + 1 || r.bottom > innerHeight + 1; };
            return [...document.querySelectorAll("#call, #call button")].filter(
              (e) => out(e) || (e.tagName === "BUTTON" && e.getBoundingClientRect().height < 48)
            ).map((e) => e.outerHTML.slice(0, 80));
            """
        )
        assert wrong == []
    tablet.turn(LANDSCAPE)
