"""`cameras discover` against a camera that speaks ONVIF, and `cameras check` against catalogues."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.cli import main
from kiosk.tools.cameras import discover, probe
from kiosk.tools.cameras.onvif import Streams
from tests.helpers.fake_camera import FakeCamera
from tests.helpers.onvif_device import PASSWORD, OnvifDevice
from tests.helpers.web_server import WebServer


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "secrets.toml"
    file.write_text(f'gate = "mayor:{PASSWORD}"\nold = "mayor:of last year"\n')
    file.chmod(0o600)
    monkeypatch.setenv("KIOSK_SECRETS", str(file))
    return file


@pytest.fixture
def device() -> Iterator[OnvifDevice]:
    with OnvifDevice(locked=True, services="192.0.2.1") as device:
        yield device


def entries(words: str) -> list[dict[str, Any]]:
    return list(tomllib.loads(words)["camera"])


def test_the_network_is_asked_once_and_answers_are_believed_for_their_own_address(
    device: OnvifDevice,
) -> None:
    found = probe.probe("127.0.0.1", 0.5, device.group)
    assert found == [probe.Device("127.0.0.1", device.port, "Gate-1")]
    elsewhere = device.match("http://192.0.2.7/onvif/device_service")
    assert list(probe.devices(elsewhere, "127.0.0.1")) == []


@pytest.mark.parametrize(
    "answer",
    [b"", b"\x00" * 900, b"<a>", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
     b"<a><XAddrs>http://[/ http://127.0.0.1:x/</XAddrs></a>"],
)  # fmt: skip
def test_whatever_answers_a_probe_is_no_trouble(answer: bytes) -> None:
    assert list(probe.devices(answer, "127.0.0.1")) == []


def test_a_camera_s_streams_become_an_entry_of_the_site_s_list(
    device: OnvifDevice, secrets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = f"127.0.0.1:{device.port}"
    assert main(["cameras", "discover", "--at", at, "--login", "gate", "--first", "7"]) == 0
    said = capsys.readouterr()
    (entry,) = entries(said.out)
    assert entry == {
        "id": f"onvif-127-0-0-1-{device.port}",
        "number": 7,
        "name": {"ko": "127.0.0.1 (Acme Eye 3)", "en": "127.0.0.1 (Acme Eye 3)"},
        "url": "rtsp://127.0.0.1:554/high?a=1&b=2",
        "sub_url": "rtsp://127.0.0.1:554/low?a=1&b=2",
        "login": "gate",
    }
    assert PASSWORD not in said.out + said.err
    assert (
        "GetStreamUri" in device.calls
    )  # at its own address, whatever it says its services are at


@pytest.mark.parametrize(
    ("login", "words"), [([], "wants a login"), (["--login", "old"], "wants a login")]
)
def test_a_camera_that_refuses_is_named_with_the_remedy(
    device: OnvifDevice, secrets: Path, capsys: pytest.CaptureFixture[str], login: list[str],
    words: str,
) -> None:  # fmt: skip
    assert main(["cameras", "discover", "--at", f"127.0.0.1:{device.port}", *login]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err


def test_a_stream_of_another_machine_is_not_taken(
    secrets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with OnvifDevice(elsewhere="192.0.2.7") as device:
        assert main(["cameras", "discover", "--at", f"127.0.0.1:{device.port}"]) == 1
    assert "another machine" in capsys.readouterr().err


def test_names_of_cameras_can_write_nothing_but_a_name() -> None:
    strange = probe.Device("10.0.0.5", 80, 'a"\n[x]\n\x00b\\')
    streams = Streams('m"', 'rtsp://10.0.0.5/"', "")
    (entry,) = entries(discover.entry(strange, streams, 1, ""))
    assert entry["url"] == 'rtsp://10.0.0.5/"'
    assert entry["name"]["ko"] == 'a"[x]b\\ (m")'


SITE = """
[city]
demo = {demo}
[backend]
cameras = "{folder}/cameras.toml"
sources = "{folder}/sources"
"""
LISTED = """
[[camera]]
id = "gate"
number = 2001
name = {{ ko = "정문", en = "Gate" }}
lat = 37.5663
lon = 126.9779
url = "{url}"
login = "{login}"
"""
CATALOGUE = """
[[source]]
id = "{id}"
name = {{ ko = "지도", en = "Map" }}
owner = {{ ko = "구청", en = "District" }}
connector = "ogcapi-features"
address = "{address}"
period_s = 600
kinds = ["cctv.road"]
licence = "test"
local = true
options = {{ item = "camera", stream = "url" }}
"""


def site(folder: Path, listed: str, sources: str = "", demo: str = "true") -> str:
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "own.toml").write_text(sources)
    (folder / "cameras.toml").write_text(listed)
    file = folder / "site.toml"
    file.write_text(SITE.format(folder=folder, demo=demo))
    return str(file)


def feature(name: str, url: str) -> dict[str, Any]:
    place = {"type": "Point", "coordinates": [126.97, 37.57]}
    return {"type": "Feature", "id": name, "geometry": place,
            "properties": {"name": name, "url": url}}  # fmt: skip


def test_every_catalogue_says_what_it_gives_or_why_not(
    tmp_path: Path, secrets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [feature("river", "rtsp://10.0.0.5/1"), feature("bridge", f"rtsp://a:{PASSWORD}@b/")]
    document = json.dumps({"type": "FeatureCollection", "features": rows}).encode()
    with WebServer(
        good=lambda asked: asked.give(200, document), away=lambda asked: asked.give(500)
    ) as server:
        sources = "".join(
            CATALOGUE.format(id=name, address=f"{server.base}/{name}") for name in ("good", "away")
        )
        listed = LISTED.format(url="rtsp://10.0.0.9/1", login="nobody")
        arguments = ["--site", site(tmp_path, listed, sources), "--data", str(tmp_path)]
        assert main(["cameras", "check", *arguments]) == 1
    said = capsys.readouterr().out
    lines = {line.split("  ")[0]: line for line in said.splitlines()}
    assert lines["the site's list"].endswith("1 cameras")
    assert "no login named nobody" in said
    assert "1 cameras, 1 refused" in lines["good"]
    assert "bridge: The address is refused: it holds a user name or password" in said
    assert "away: status 500" in lines["away"]
    assert "no key here: its" in lines["its-cameras-roads"]
    assert PASSWORD not in said


def test_a_list_that_can_t_be_read_is_told_without_its_addresses(
    tmp_path: Path, secrets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = LISTED.format(url=f"rtsp://a:{PASSWORD}@10.0.0.9/1", login="gate")
    arguments = ["--site", site(tmp_path, listed), "--data", str(tmp_path)]
    assert main(["cameras", "check", *arguments]) == 1
    said = capsys.readouterr()
    assert "camera gate.url" in said.out
    assert PASSWORD not in said.out + said.err


def test_cameras_are_tried_when_asked_for(
    tmp_path: Path, secrets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeCamera() as camera:
        listed = LISTED.format(url=camera.url, login="gate")
        dead = listed.replace("gate", "yard").replace("2001", "2002").replace("a.mjpg", "?t=secret")
        dead = dead.replace(str(camera.port), "9").replace('login = "yard"', 'login = "gate"')
        arguments = ["--site", site(tmp_path, listed + dead), "--data", str(tmp_path)]
        assert main(["cameras", "check", "--open", *arguments]) == 1
    said = capsys.readouterr()
    assert "1 of 2 cameras give pictures" in said.err
    (line,) = [line for line in said.out.splitlines() if line.startswith("  the site's list |")]
    assert line.split(" | ")[2:] == ["http://127.0.0.1:9/", "The camera does not answer"]
    assert "secret" not in said.out


def test_wrong_usage(capsys: pytest.CaptureFixture[str], secrets: Path) -> None:
    assert main(["cameras"]) == 2
    assert main(["cameras", "--help"]) == 0
    assert main(["cameras", "discover", "--login", "nobody"]) == 2
    assert "no login named nobody" in capsys.readouterr().err
