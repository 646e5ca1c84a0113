"""Cameras over HTTP, opened as the video process does it: real packager, real server, bad ones."""

import contextlib
import email.utils
import hashlib
import itertools
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings.secrets import Secrets
from kiosk.video.address import AddressError, Gate, SourceError
from kiosk.video.camera_clock import Age, camera_time
from kiosk.video.source import Means, Opened, open_source
from tests.helpers.fake_camera import FakeCamera, jpeg
from tests.helpers.hls_packager import Packager
from tests.helpers.web_server import Asked, WebServer

PASSWORD = "correct horse battery"
SECRETS = Secrets({"gate": f"mayor:{PASSWORD}"})
EVENING_MS = 1_795_000_000_000


def means(*, loopback: bool = True, **more: Any) -> Means:
    return Means(Gate(loopback=loopback), SECRETS, SystemClock(), **more)


def pictures(source: Opened, count: int) -> list[Any]:
    """The first pictures, with the packets that brought them."""
    found: list[Any] = []
    for packet in source.packets():
        found += [(packet, picture) for picture in packet.decode()]
        if len(found) >= count:
            return found
    return found


def text(body: str, kind: str = "application/vnd.apple.mpegurl") -> Callable[[Asked], None]:
    return lambda asked: asked.give(200, body.encode(), Content_Type=kind)


def moved(target: str) -> Callable[[Asked], None]:
    return lambda asked: asked.give(302, Location=target)


def refused(url: str, given: Means | None = None, **more: Any) -> SourceError:
    """What opening and reading ends with."""
    with (
        pytest.raises(SourceError) as refusal,
        open_source(url, given or means(), **more) as source,
    ):
        pictures(source, 3)
    return refusal.value


# ---- playlists


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "codec"),
    [({}, "h264"), ({"codec": "libx265"}, "hevc"), ({"form": "fmp4"}, "h264")],
    ids=["ts", "hevc", "fmp4"],
)
def test_a_live_playlist_plays_at_the_camera_s_rate_and_tells_its_time(
    tmp_path: Path, options: dict[str, Any], codec: str
) -> None:
    with Packager(tmp_path, **options), WebServer(tmp_path) as server:
        with open_source(f"{server.base}/live.m3u8?token=a%2Fb", means()) as source:
            began = time.monotonic()
            found = pictures(source, 40)
            took_s = time.monotonic() - began
            assert source.codec_context.name == codec
        taken = [camera_time(packet) for packet, _ in found]
        greys = [picture.reformat(format="gray").to_ndarray()[90, 160] for _, picture in found]
    # 39 steps at 15 a second are 2.6 s; in a burst they would come within a blink
    assert 2.0 < took_s < 6.0
    assert all(later - earlier == pytest.approx(5, abs=3) for earlier, later in zip_pairs(greys))
    assert all(50 <= b - a <= 90 for a, b in zip_pairs([t for t in taken if t is not None]))
    assert 0 < time.time() * 1000 - (taken[-1] or 0) < 8000
    playlists = [path for path, _ in server.asked if ".m3u8" in path]
    assert set(playlists) == {"/live.m3u8?token=a%2Fb"}


def zip_pairs(values: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Neighbours, as plain numbers; a level that begins anew is left out."""
    plain = [int(value) for value in values]
    return ((a, b) for a, b in itertools.pairwise(plain) if b > a)


def test_an_encrypted_playlist_is_opened_with_its_key(tmp_path: Path) -> None:
    (tmp_path / "the.key").write_bytes(bytes(range(16)))
    info = tmp_path / "info"
    info.write_text(f"the.key\n{tmp_path / 'the.key'}\n")
    with (
        Packager(tmp_path, hls_key_info_file=str(info)),
        WebServer(tmp_path) as server,
        open_source(f"{server.base}/live.m3u8", means()) as source,
    ):
        assert len(pictures(source, 5)) >= 5
    assert "/the.key" in [path for path, _ in server.asked]


def test_a_list_of_sizes_gives_a_tile_the_one_that_is_enough(tmp_path: Path) -> None:
    sizes = (
        "#EXTM3U\n"
        "#EXT-X-STREAM-INF:BANDWIDTH=3000000,RESOLUTION=1920x1080\nbig/live.m3u8?s=1\n"
        "#EXT-X-STREAM-INF:BANDWIDTH=700000,RESOLUTION=640x360\nlive.m3u8?s=2\n"
        "#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=320x180\nlow/live.m3u8?s=3\n"
    )
    with Packager(tmp_path), WebServer(tmp_path, list=text(sizes)) as server:
        with open_source(f"{server.base}/list", means(), small=True) as source:
            assert pictures(source, 1)
        assert server.asked[1][0] == "/live.m3u8?s=2"
        assert refused(f"{server.base}/list").reason.en == "There is no stream at its address"
        assert server.asked[-1][0] == "/big/live.m3u8?s=1"


@pytest.mark.slow
def test_a_playlist_that_stands_still_ends_the_stream(tmp_path: Path) -> None:
    with (
        Packager(tmp_path) as packager,
        WebServer(tmp_path) as server,
        open_source(f"{server.base}/live.m3u8", means()) as source,
    ):
        packets = source.packets()
        next(packets)
        packager.stop()
        with pytest.raises(SourceError, match=r"ended|nothing new"):
            list(packets)


@pytest.mark.parametrize(
    "entry",
    [
        "file:///etc/passwd",
        "concat:a.ts|b.ts",
        "data:video/mp2t;base64,AAAA",
        "http://169.254.169.254/latest/meta-data",
        "http://user:hunter2@10.0.0.1/a.ts",
        "rtsp://10.0.0.1/a",
        "//224.0.0.1/a.ts",
        "pipe:0",
    ],
)
@pytest.mark.parametrize("place", ["segment", "key", "map", "variant"])
def test_a_playlist_leads_to_cameras_only(entry: str, place: str) -> None:
    head = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:1\n"
    body = {
        "segment": f"{head}#EXTINF:1,\n{entry}\n",
        "key": f'{head}#EXT-X-KEY:METHOD=AES-128,URI="{entry}"\n#EXTINF:1,\na.ts\n',
        "map": f'{head}#EXT-X-MAP:URI="{entry}"\n#EXTINF:1,\na.ts\n',
        "variant": f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{entry}\n",
    }[place]
    with WebServer(**{"list.m3u8": text(body), "a.ts": text("G" * 188 * 4)}) as server:
        error = refused(f"{server.base}/list.m3u8")
    assert isinstance(error, AddressError)
    assert "hunter2" not in str(error)


@pytest.mark.parametrize(
    "body",
    [
        "#EXTM3U\n" + "#EXTINF:1,\na.ts\n" * 80_000,
        "#EXTM3U\n#EXT-X-TARGETDURATION:x\n#EXTINF:y,\n\n",
        '#EXTM3U\n#EXT-X-KEY:METHOD=SAMPLE-AES,URI="k"\n#EXTINF:1,\na.ts\n',
        "#EXTM3U\n#EXT-X-BYTERANGE:a@b\n#EXTINF:1,\na.ts\n",
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlist.m3u8\n",
        "#EXTM3U\n\xff\xfe\x00",
        "#EXTM3U\n#EXT-X-ENDLIST\n",
    ],
    ids=["endless", "no-numbers", "sample-aes", "range", "itself", "bytes", "empty"],
)
def test_a_broken_playlist_is_told_as_one(body: str) -> None:
    with WebServer(**{"list.m3u8": text(body), "a.ts": text("x")}) as server:
        assert refused(f"{server.base}/list.m3u8").reason.ko


# ---- other forms


def test_a_transport_stream_over_http(tmp_path: Path) -> None:
    with Packager(tmp_path):
        threading.Event().wait(1.5)
    whole = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("*.ts")))

    def stream(asked: Asked) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", "video/mp2t")
        asked.end_headers()
        asked.wfile.write(whole)
        asked.close_connection = True

    with WebServer(cam=stream) as server, open_source(f"{server.base}/cam", means()) as source:
        assert source.keeps_time
        assert len(pictures(source, 10)) >= 10


def test_mjpeg_over_http() -> None:
    with FakeCamera() as camera, open_source(camera.url, means()) as source:
        assert source.intra_only
        assert not source.keeps_time
        assert len(pictures(source, 5)) >= 5


def test_a_still_is_asked_for_again_and_told_of_when_it_is_new() -> None:
    answers = [jpeg(40), jpeg(40), jpeg(160)]
    made = [email.utils.formatdate(EVENING_MS / 1000 + 60 * step, usegmt=True) for step in (0, 1)]
    asked_for: list[str | None] = []

    def still(asked: Asked) -> None:
        asked_for.append(asked.headers.get("If-None-Match"))
        step = min(len(asked_for) - 1, 2)
        if step == 1:
            asked.give(304)
        else:
            asked.give(
                200, answers[step], ETag=f'"{step}"', Last_Modified=made[step > 0],
                Content_Type="image/jpeg", Cache_Control="max-age=0",
            )  # fmt: skip

    with WebServer(still=still) as server:
        with open_source(f"{server.base}/still", means(still_s=0.05)) as source:
            found = pictures(source, 2)
            assert source.intra_only
            assert source.period_s == 0.05
        assert asked_for[1:3] == ['"0"', '"0"']
        assert server.asked[1][1]["If-Modified-Since"] == made[0]
    assert [camera_time(packet) for packet, _ in found] == [EVENING_MS, EVENING_MS + 60_000]
    assert [round(picture.to_ndarray(format="gray")[90, 160] / 10) for _, picture in found] == [
        4,
        16,
    ]


def test_how_often_a_still_is_asked_for_is_the_camera_s_word() -> None:
    def still(asked: Asked) -> None:
        asked.give(200, jpeg(9), Cache_Control="public, max-age=30")

    with WebServer(still=still) as server, open_source(f"{server.base}/still", means()) as source:
        assert source.period_s == 30.0


@pytest.mark.parametrize("skew_s", [0, -7200], ids=["right", "two-hours-slow"])
def test_a_still_is_as_old_as_its_camera_says_whatever_its_clock(skew_s: int) -> None:
    """An hour old by the camera's own clock, which may be wrong."""
    sent_s = time.time() + skew_s

    def still(asked: Asked) -> None:
        asked.send_response_only(200)
        asked.send_header("Date", email.utils.formatdate(sent_s, usegmt=True))
        asked.send_header("Last-Modified", email.utils.formatdate(sent_s - 3600, usegmt=True))
        asked.send_header("Content-Length", str(len(jpeg(7))))
        asked.end_headers()
        asked.wfile.write(jpeg(7))

    with WebServer(still=still) as server, open_source(f"{server.base}/still", means()) as source:
        ((packet, _),) = pictures(source, 1)
    age_ms = Age().of(packet.opaque, None, time.time() * 1000)
    assert age_ms == pytest.approx(3_600_000, abs=3000)


def test_a_new_still_that_is_called_as_old_as_the_last_one_is_new() -> None:
    answers = itertools.count()
    made = email.utils.formatdate(EVENING_MS / 1000, usegmt=True)

    def still(asked: Asked) -> None:
        asked.give(200, jpeg(40 + 100 * (next(answers) % 2)), Last_Modified=made)

    with WebServer(still=still) as server:
        with open_source(f"{server.base}/still", means(still_s=0.05)) as source:
            _, (packet, _) = pictures(source, 2)
        assert Age().of(packet.opaque, None, time.time() * 1000) < 3000


def test_recordings_are_played_once_each_and_are_as_old_as_they_are(tmp_path: Path) -> None:
    first, second = tmp_path / "1.mp4", tmp_path / "2.mp4"
    _clip(first)
    _clip(second, size=(96, 64))
    asked_for: list[str | None] = []

    def clip(asked: Asked) -> None:
        asked_for.append(asked.headers.get("If-None-Match"))
        step = len(asked_for)
        if step in (2, 3):
            asked.give(304) if step == 2 else asked.give(200, first.read_bytes())
        else:
            made = email.utils.formatdate(time.time() - 60, usegmt=True)
            body = (first if step == 1 else second).read_bytes()
            asked.give(200, body, ETag=f'"{step}"', Last_Modified=made, Content_Type="video/mp4")

    with (
        WebServer(cam=clip) as server,
        open_source(f"{server.base}/cam", means(still_s=0.05)) as source,
    ):
        before = pictures(source, 99)
        assert source.period_s == pytest.approx(0.15, abs=0.03), "its length and the wait for more"
        assert source.goes_on()
        after = [picture for packet in source.packets() for picture in packet.decode()]
    assert [picture.width for _, picture in before] == [64] * len(before)
    assert {picture.width for picture in after} == {96}
    assert asked_for == [None, '"1"', '"1"', None], "a tag is given back as it came"
    packet = before[-1][0]
    assert Age().of(packet.opaque, None, time.time() * 1000) == pytest.approx(60_000, abs=3000)


def test_fragments_of_mp4_without_an_end_are_a_stream() -> None:
    def stream(asked: Asked) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", "video/mp4")
        asked.end_headers()
        asked.close_connection = True
        flags = {"movflags": "empty_moov+default_base_moof+frag_every_frame"}
        container: Any = av.open(asked.wfile, "w", format="mp4", container_options=flags)
        _frames(container, 40, (64, 48))

    with WebServer(cam=stream) as server, open_source(f"{server.base}/cam", means()) as source:
        assert source.keeps_time
        assert len(pictures(source, 12)) >= 12


def test_what_only_begins_like_a_recording_is_told_as_that() -> None:
    body = b"\0\0\0\x18ftypmp42" + bytes(4000)
    with WebServer(cam=lambda asked: asked.give(200, body)) as server:
        assert (
            refused(f"{server.base}/cam").reason.en == "What it sends is no picture and no stream"
        )


@pytest.mark.parametrize("name", ["clip.mp4", "sub/clip.mp4"])
def test_a_configured_file_plays_again_and_again(tmp_path: Path, name: str) -> None:
    clip = tmp_path / name
    clip.parent.mkdir(exist_ok=True)
    _clip(clip)
    gate = Gate(loopback=False, files=tmp_path)
    with open_source(f"file:{name}", Means(gate, SECRETS, SystemClock())) as source:
        assert len(pictures(source, 8)) == 8


@pytest.mark.parametrize(
    "url",
    ["file:/etc/passwd", "file:../clip.mp4", "file:link.mp4", "file:none.mp4", "file:", "file:."],
)
def test_no_file_outside_the_folder_is_opened(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    _clip(tmp_path / "clip.mp4")
    (folder / "link.mp4").symlink_to(tmp_path / "clip.mp4")
    for files in (folder, None):
        gate = Gate(loopback=True, files=files)
        with pytest.raises(AddressError):
            open_source(url, Means(gate, SECRETS, SystemClock()))


def test_a_file_that_names_others_is_not_followed(tmp_path: Path) -> None:
    _clip(tmp_path / "clip.mp4")
    (tmp_path / "list.mp4").write_text("ffconcat version 1.0\nfile clip.mp4\n")
    gate = Gate(loopback=True, files=tmp_path)
    with pytest.raises(av.FFmpegError):
        open_source("file:list.mp4", Means(gate, SECRETS, SystemClock()))


def _clip(path: Path, size: tuple[int, int] = (64, 48)) -> None:
    _frames(av.open(str(path), "w"), 5, size)


def _frames(container: Any, many: int, size: tuple[int, int]) -> None:
    how = {"preset": "ultrafast", "tune": "zerolatency"}
    stream: Any = container.add_stream("libx264", rate=50, options=how)
    stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
    for count in range(many):
        frame = av.VideoFrame(*size, "yuv420p")
        frame.pts = count
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
    container.close()


# ---- logins


def wants_login(kind: str, algorithm: str = "MD5") -> Callable[[Asked], None]:
    """A page behind a login that checks what a reader of RFC 7616 or 7617 answers."""
    digest = getattr(hashlib, algorithm.lower().replace("-", ""))

    def told(words: str) -> str:
        return str(digest(words.encode()).hexdigest())

    def page(asked: Asked) -> None:
        given = asked.headers.get("Authorization", "")
        asks = {"Basic": 'Basic realm="cam"'}.get(
            kind, f'Digest realm="cam", nonce="n1", qop="auth", algorithm={algorithm}'
        )
        fields = dict(re.findall(r'(\w+)="?([^",]+)"?', given))
        if kind == "Basic":
            right = given == "Basic bWF5b3I6Y29ycmVjdCBob3JzZSBiYXR0ZXJ5"
        else:
            first, second = told(f"mayor:cam:{PASSWORD}"), told(f"GET:{asked.path}")
            middle = f"n1:{fields.get('nc')}:{fields.get('cnonce')}:auth"
            right = fields.get("response") == told(f"{first}:{middle}:{second}")
        if right:
            asked.give(200, jpeg(7), Content_Type="image/jpeg")
        else:
            asked.give(401, b"x" * 50_000, WWW_Authenticate=asks)

    return page


@pytest.mark.parametrize(
    ("kind", "algorithm"), [("Basic", "MD5"), ("Digest", "MD5"), ("Digest", "SHA-256")]
)
def test_a_camera_behind_a_login(kind: str, algorithm: str) -> None:
    with WebServer(still=wants_login(kind, algorithm)) as server:
        url = f"{server.base}/still?ch=1%202"
        with open_source(url, means(), login="gate") as source:
            assert pictures(source, 1)
        assert refused(url).reason.en == "The camera refused the login"
        unknown = refused(url, login="nobody").reason.en
    assert unknown == "No login named nobody in the secrets file"


def test_a_login_goes_to_no_other_host(tmp_path: Path) -> None:
    with (
        WebServer(still=wants_login("Basic")) as other,
        WebServer(go=moved(f"{other.base}/still")) as server,
    ):
        refused(f"{server.base}/go", login="gate")
        assert not [head for _, head in other.asked if "Authorization" in head]


# ---- where it leads


def test_few_hops_are_followed_and_each_is_checked() -> None:
    with WebServer(
        a=moved("/b"), b=moved("c"), c=moved("still"), round=moved("/round"),
        still=lambda asked: asked.give(200, jpeg(7)),
        inside=moved("http://169.254.1.1/"), file=moved("file:///etc/passwd"),
    ) as server:  # fmt: skip
        with open_source(f"{server.base}/a", means()) as source:
            assert pictures(source, 1)
        assert "moves on and on" in str(refused(f"{server.base}/round"))
        assert len([path for path, _ in server.asked if path == "/round"]) == 4
        for name in ("inside", "file"):
            assert isinstance(refused(f"{server.base}/{name}"), AddressError)


def test_it_connects_to_what_was_judged_and_not_to_what_the_name_says_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that leads elsewhere a moment after it was judged."""
    asked: list[str] = []

    def rebinding(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        address = "192.0.2.7" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))]

    connected: list[str] = []

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        connected.append(address[0])
        raise OSError("nobody there")

    monkeypatch.setattr("kiosk.video.address.socket.getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)
    refused("http://cctv.example/a", means(loopback=False))
    assert connected == ["192.0.2.7"]
    assert isinstance(refused("http://cctv.example/a", means(loopback=False)), AddressError)
    assert connected == ["192.0.2.7"]


# ---- bad ones


@pytest.mark.slow
@pytest.mark.parametrize("part", ["head", "body"])
def test_a_camera_that_drips_is_given_up(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.video.web.WITHIN_S", 1.0)
    monkeypatch.setattr("kiosk.video.stills.WITHIN_S", 1.0, raising=False)
    stopped = threading.Event()

    def drip(asked: Asked) -> None:
        if part == "body":
            asked.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n")
        for _ in range(200):
            asked.wfile.write(b"X")
            if stopped.wait(0.1):
                return

    with WebServer(cam=drip) as server:
        began = time.monotonic()
        reason = refused(f"{server.base}/cam").reason.en
        took_s = time.monotonic() - began
        stopped.set()
    assert reason == "The camera answers too slowly"
    assert took_s < 8.0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["multipart/x-mixed-replace; boundary=b", "video/mp2t"])
def test_a_stream_that_drips_is_given_up_before_it_begins(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.video.over_http.BEGIN_S", 1.0)
    ended = threading.Event()

    def drip(asked: Asked) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n"
        begins = b"\x47" + b"\0" * 187 if "mp2t" in kind else b"--b\r\nContent-Type: image/jp"
        asked.wfile.write(head.encode() + begins)
        asked.close_connection = True
        for _ in range(200):
            asked.wfile.write(b"-")
            if ended.wait(0.05):
                return

    with WebServer(cam=drip) as server:
        began = time.monotonic()
        assert refused(f"{server.base}/cam").reason.en == "The camera answers too slowly"
        took_s = time.monotonic() - began
        ended.set()
    assert took_s < 6.0


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "no stream at"), (403, "refused access"), (500, "(500)"), (204, "204")],
)
def test_what_the_camera_says_instead(status: int, words: str) -> None:
    with WebServer(cam=lambda asked: asked.give(status, b"x" * 10_000)) as server:
        assert words in refused(f"{server.base}/cam").reason.en


@pytest.mark.parametrize("body", [b"", b"<html>", b"\x00" * 4000, b"#EXT", b"\xff\xd8\xff garbage"])
def test_what_is_no_picture_is_told_as_that(body: bytes) -> None:
    found: list[Any] = []
    with (
        WebServer(cam=lambda asked: asked.give(200, body)) as server,
        contextlib.suppress(SourceError, OSError, ValueError),
        open_source(f"{server.base}/cam", means()) as source,
    ):
        found += next(source.packets()).decode()
    assert not found


def test_nobody_there_and_an_unknown_name() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/").reason.en == "The camera does not answer"
    assert "host name" in refused("http://cctv.invalid/").reason.en
