"""Playlists as servers really write them: parts for low latency, breaks, ranges, locks, jumps."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings.secrets import Secrets
from kiosk.video.address import Gate, SourceError
from kiosk.video.camera_clock import camera_time
from kiosk.video.source import Means, Opened, open_source
from tests.helpers.low_latency import LowLatency
from tests.helpers.web_server import Asked, WebServer


def means() -> Means:
    return Means(Gate(loopback=True), Secrets({}), SystemClock())


def text(body: str) -> Callable[[Asked], None]:
    return lambda asked: asked.give(
        200, body.encode(), Content_Type="application/vnd.apple.mpegurl"
    )


def pictures(source: Opened, count: int) -> list[tuple[Any, Any]]:
    """The first pictures, or all until the form changes, with the packets that brought them."""
    found: list[tuple[Any, Any]] = []
    context = source.codec_context
    for packet in source.packets():
        found += [(packet, picture) for picture in context.decode(packet)]
        if len(found) >= count:
            break
    return found


# ---- low latency


@pytest.mark.slow
@pytest.mark.parametrize("blocks", [True, False], ids=["waiting", "asked-again"])
def test_parts_are_played_as_they_come(blocks: bool) -> None:
    with LowLatency(blocks=blocks) as server:
        with open_source(f"{server.url}?token=a%2Fb", means()) as source:
            found = pictures(source, 30)
            now_ms = SystemClock().now_ms()
        asked = list(server.asked)
    greys = [int(picture.to_ndarray(format="gray")[90, 160]) for _, picture in found]
    steps = {(later - earlier) % 200 for earlier, later in itertools.pairwise(greys)}
    assert all(abs(step - 5) <= 3 for step in steps), "every picture, each once"
    assert all("token=a%2Fb" in path for path in asked if path.startswith("/live"))
    waited = [path for path in asked if "_HLS_msn" in path]
    assert bool(waited) == blocks
    assert not [path for path in waited if path.count("_HLS_msn") > 1]
    assert [path for path in asked if path.count(".") == 2], "parts"
    assert not [path for path in asked if path.count(".") == 1 and path[1].isdigit()], "no segment"
    taken_ms = camera_time(found[-1][0])
    assert taken_ms is not None
    # three segments behind, as without parts, would be 3 s and more
    assert 0 < now_ms - taken_ms < 3000


# ---- breaks


def packaged(folder: Path, *, codec: str, form: str, size: tuple[int, int]) -> list[str]:
    """Two segments of half a second each, as lines of a playlist."""
    folder.mkdir()
    options = {"hls_time": "0.5", "hls_list_size": "0", "hls_segment_type": form}
    container: Any = av.open(
        str(folder / "list.m3u8"), "w", format="hls", container_options=options
    )
    how = {"preset": "ultrafast", "g": "8", "bf": "0", "x265-params": "log-level=none:bframes=0"}
    stream: Any = container.add_stream(codec, rate=16, options=how)
    stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
    for count in range(16):
        frame = av.VideoFrame(*size, "yuv420p")
        frame.pts = count
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
    container.close()
    lines = (folder / "list.m3u8").read_text().splitlines()
    wanted = ("#EXT-X-MAP", "#EXTINF")
    return [
        line.replace('URI="', f'URI="{folder.name}/')
        if line.startswith("#")
        else f"{folder.name}/{line}"
        for line in lines
        if not line.startswith("#") or line.startswith(wanted)
    ]


HEAD = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:1", "#EXT-X-MEDIA-SEQUENCE:0"]
OTHERS = [
    ("libx264", "mpegts", (320, 180)),
    ("libx265", "mpegts", (160, 90)),
    ("libx264", "fmp4", (320, 180)),
]


@pytest.mark.parametrize(
    ("other", "told"),
    [(OTHERS[0], True), (OTHERS[1], True), (OTHERS[2], True), (OTHERS[2], False)],
    ids=["size", "codec", "map", "map-alone"],
)
def test_it_goes_on_where_the_stream_becomes_another_one(
    tmp_path: Path, other: tuple[str, str, tuple[int, int]], told: bool
) -> None:
    codec, form, size = other
    first = packaged(tmp_path / "a", codec="libx264", form=form, size=(160, 90))
    second = packaged(tmp_path / "b", codec=codec, form=form, size=size)
    broken = ["#EXT-X-DISCONTINUITY"] if told else []
    lines = [*HEAD, *first, *broken, *second, "#EXT-X-ENDLIST", ""]
    (tmp_path / "list.m3u8").write_text("\n".join(lines))
    with WebServer(tmp_path) as server:
        with open_source(f"{server.base}/list.m3u8", means()) as source:
            before = pictures(source, 99)
            assert source.goes_on()
            assert source.codec_context.name == {"libx265": "hevc"}.get(codec, "h264")
            with pytest.raises(SourceError, match="has ended"):
                pictures(source, 99)
            assert not source.goes_on()
        asked = [path for path, _ in server.asked]
    assert len(before) >= 14, "all of the first one, but for what its decoder still holds"
    assert len([path for path in asked if path.endswith((".ts", ".m4s"))]) == 4, "each once"


def test_a_range_without_an_offset_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    lines = packaged(tmp_path / "a", codec="libx264", form="mpegts", size=(160, 90))
    files = [line for line in lines if not line.startswith("#")]
    parts = [(tmp_path / file).read_bytes() for file in files]
    (tmp_path / "all.ts").write_bytes(b"".join(parts))
    body = [*HEAD]
    for count, part in enumerate(parts):
        at = "@0" if count == 0 else ""
        body += ["#EXTINF:0.5,", f"#EXT-X-BYTERANGE:{len(part)}{at}", "all.ts"]
    (tmp_path / "list.m3u8").write_text("\n".join([*body, "#EXT-X-ENDLIST", ""]))
    found: list[Any] = []
    with (
        WebServer(tmp_path) as server,
        open_source(f"{server.base}/list.m3u8", means()) as source,
        pytest.raises(SourceError, match="has ended"),
    ):
        found.extend(packet.pts for packet in source.packets())
    assert len(found) == len(set(found)), "nothing twice"
    assert len(found) >= 14, "all but what the demuxer still holds"


# ---- locks


@pytest.mark.parametrize("method", ["SAMPLE-AES", "SAMPLE-AES-CTR", "AES-256"])
def test_what_is_locked_otherwise_is_refused_with_what_would_help(method: str) -> None:
    body = f'#EXTM3U\n#EXT-X-KEY:METHOD={method},URI="k"\n#EXTINF:1,\na.ts\n'
    with (
        WebServer(**{"list.m3u8": text(body), "a.ts": text("x")}) as server,
        pytest.raises(SourceError) as refusal,
    ):
        open_source(f"{server.base}/list.m3u8", means())
    assert ("SAMPLE-AES" in refusal.value.reason.en) == method.startswith("SAMPLE")
    assert "AES-128 is needed" in refusal.value.reason.en
    assert "AES-128" in refusal.value.reason.ko


def test_a_wrong_key_is_told_as_that() -> None:
    body = '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:1,\na.ts\n'
    pages = {"list.m3u8": text(body), "a.ts": text("x" * 32), "k": text("k" * 15)}
    with (
        WebServer(**pages) as server,
        pytest.raises(SourceError, match="key of the playlist does not open it"),
    ):
        open_source(f"{server.base}/list.m3u8", means())
