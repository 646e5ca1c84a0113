"""Which camera addresses the video process opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.video.address import SCHEMES, AddressError, check_address, check_host


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://10.1.2.3:554/live/ch1",
        "rtsps://cctv.city.go.kr/1",
        "http://192.168.0.9/cam.mjpg?id=3",
        "https://user:secret@cctv.city.go.kr:8443/a/b.m3u8",
    ],
)
def test_cameras_on_the_network_are_let_in(url: str) -> None:
    check_address(url, loopback=False)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "concat:http://a/1|http://b/2",
        "ftp://10.0.0.1/x",
        "tcp://10.0.0.1:22",
        "/dev/video0",
        "http:///nohost",
        "http://10.0.0.1:99999/",
        "http://10.0.0.1:0/",
        "rtsp://10.0.0.1/a -f lavfi",
        "rtsp://10.0.0.1/a\nb",
        "http://[::1",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://224.0.0.1/",
        "http://0.0.0.0/",
        "rtsp://" + "a" * 2001,
        "",
    ],
)
@pytest.mark.parametrize("loopback", [False, True])
def test_everything_else_is_refused(url: str, loopback: bool) -> None:
    with pytest.raises(AddressError):
        check_address(url, loopback=loopback)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "LOCALHOST.", "cam.localhost", "[::1]", "127.1", "2130706433",
     "0x7f000001", "[::ffff:127.0.0.1]"],
)  # fmt: skip
def test_this_machine_is_a_camera_only_in_the_demonstration(host: str) -> None:
    url = f"http://{host}:9000/camera/a.mjpg"
    check_address(url, loopback=True)
    with pytest.raises(AddressError, match="this machine"):
        check_address(url, loopback=False)


def test_a_name_that_leads_to_this_machine_is_refused_when_looked_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = [(2, 1, 6, "", ("127.0.0.1", 0))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: answer)
    check_address("http://cctv.example/1", loopback=False)
    with pytest.raises(AddressError, match="this machine"):
        check_host("http://cctv.example/1", loopback=False)
    check_host("http://cctv.example/1", loopback=True)


def test_a_refusal_never_repeats_the_password() -> None:
    for url in ("ftp://user:hunter2@10.0.0.1/", "http://user:hunter2@127.0.0.1/"):
        with pytest.raises(AddressError) as refusal:
            check_address(url, loopback=False)
        assert "hunter2" not in str(refusal.value)


@given(st.text(max_size=60))
def test_any_text_is_let_in_or_refused_and_nothing_else(text: str) -> None:
    try:
        check_address(text, loopback=False)
    except AddressError:
        return
    assert text.split(":")[0].lower() in SCHEMES
