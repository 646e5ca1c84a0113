"""Which camera addresses the video process opens."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.video.address import FILE, RTSP, WEB, AddressError, Gate, SourceError

OUTSIDE = Gate(loopback=False)


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://10.1.2.3:554/live/ch1",
        "rtsps://cctv.city.go.kr/1",
        "http://192.168.0.9/cam.mjpg?id=3",
        "https://cctv.city.go.kr:8443/a/b.m3u8?token=a%2Fb",
        "rtsp://10.1.2.3/cam?channel=1&udp=0",
    ],
)
def test_cameras_on_the_network_are_let_in(url: str) -> None:
    OUTSIDE.check(url)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "concat:http://a/1|http://b/2",
        "ftp://10.0.0.1/x",
        "tcp://10.0.0.1:22",
        "udp://10.0.0.1:5000",
        "/dev/video0",
        "http:///nohost",
        "http://10.0.0.1:99999/",
        "http://10.0.0.1:0/",
        "rtsp://10.0.0.1/a -f lavfi",
        "rtsp://10.0.0.1/a\nb",
        "rtsp://10.0.0.1/a?multicast",
        "rtsp://10.0.0.1/a?x=1&http",
        "rtsp://10.0.0.1/a?filter_src",
        "http://[::1",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::1]/",
        "http://224.0.0.1/",
        "http://0.0.0.0/",
        "http://good.example\\@10.0.0.1/",
        "rtsp://" + "a" * 2001,
        "",
    ],
)
@pytest.mark.parametrize("loopback", [False, True])
def test_everything_else_is_refused(url: str, loopback: bool) -> None:
    with pytest.raises(AddressError):
        Gate(loopback=loopback).check(url)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "LOCALHOST.", "cam.localhost", "[::1]", "127.1", "2130706433",
     "0x7f000001", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]"],
)  # fmt: skip
def test_this_machine_is_a_camera_only_in_the_demonstration(host: str) -> None:
    url = f"http://{host}:9000/camera/a.mjpg"
    Gate(loopback=True).check(url)
    with pytest.raises(AddressError, match="this machine"):
        OUTSIDE.check(url)


def test_a_name_is_judged_by_every_address_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ["127.0.0.1"]

    def lookup(*_: Any, **__: Any) -> list[Any]:
        return [(2, 1, 6, "", (address, 0)) for address in found]

    monkeypatch.setattr("socket.getaddrinfo", lookup)
    OUTSIDE.check("http://cctv.example/1")
    with pytest.raises(AddressError, match="this machine"):
        OUTSIDE.addresses("cctv.example")
    assert Gate(loopback=True).addresses("cctv.example") == ("127.0.0.1",)
    found += ["10.0.0.5", "169.254.0.1", "10.0.0.6"]
    assert OUTSIDE.addresses("cctv.example") == ("10.0.0.5", "10.0.0.6")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://user:hunter2@10.0.0.1/",
        "http://user:hunter2@127.0.0.1/",
        "rtsp://user:hunter2@10.0.0.1/live",
        "rtsp://:hunter2@10.0.0.1/live",
        "https://hunter2@cctv.city.go.kr/",
    ],
)
def test_a_login_in_an_address_is_refused_and_never_repeated(url: str) -> None:
    with pytest.raises(AddressError) as refusal:
        OUTSIDE.check(url)
    assert "hunter2" not in str(refusal.value)
    assert "hunter2" not in refusal.value.reason.ko


def test_the_remedy_for_a_login_is_told() -> None:
    with pytest.raises(SourceError, match="secrets file"):
        OUTSIDE.check("rtsp://user:hunter2@10.0.0.1/live")


@given(st.text(max_size=60))
def test_any_text_is_let_in_or_refused_and_nothing_else(text: str) -> None:
    try:
        OUTSIDE.check(text)
    except AddressError:
        return
    assert text.split(":")[0].lower() in (*RTSP, *WEB, FILE)
