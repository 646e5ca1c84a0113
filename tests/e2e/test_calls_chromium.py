"""Calls with a real headless Chromium: a real microphone's and camera's place is taken by the
browser's own test devices."""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.wire.messages import TabletRequest
from kiosk.wire.text import Text
from tests.helpers.call_wall import CallWall, call_wall, ringing
from tests.helpers.chromium import MEDIA, Chromium, find_chromium, spki_pin
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
