"""Whatever a camera sends as a playlist gives segments or a reason, and asks only where it may."""

from contextlib import suppress
from itertools import islice
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.clock import ManualClock
from kiosk.video.address import WEB, Gate, SourceError
from kiosk.video.playlist import Piece, Playlist

TAGS = (
    "#EXTINF:", "#EXT-X-TARGETDURATION:", "#EXT-X-MEDIA-SEQUENCE:", "#EXT-X-KEY:", "#EXT-X-MAP:",
    "#EXT-X-BYTERANGE:", "#EXT-X-PROGRAM-DATE-TIME:", "#EXT-X-STREAM-INF:", "#EXT-X-ENDLIST",
    "#EXT-X-DISCONTINUITY", "#EXT-X-PART:", "#EXT-X-SKIP:", "#EXT-X-DATERANGE:", "",
)  # fmt: skip
PARTS = (
    "1", "1.5", "-1", "x", ",", "=", '"', "@", "5@1", "METHOD=AES-128", 'URI="k"', "IV=0x1g",
    'URI="file:///etc/passwd"', "BANDWIDTH=9", "RESOLUTION=1x", "2026-11-22T01:00:00Z", "a.ts",
    "//169.254.1.1/a.ts", "http://u:p@10.0.0.1/", "99999999999999999999", "\x00", "é",
)  # fmt: skip
LINES = st.tuples(st.sampled_from(TAGS), st.lists(st.sampled_from(PARTS), max_size=4)).map(
    lambda line: line[0] + "".join(line[1])
)


class _Answer:
    """Sixteen bytes of anything: a key, a segment, no playlist."""

    status = 200
    url = "http://10.0.0.1/list.m3u8"

    def good(self) -> "_Answer":
        return self

    def __enter__(self) -> "_Answer":
        return self

    def __exit__(self, *_: object) -> None: ...

    def read(self, most_bytes: int, within_s: float = 0.0) -> bytes:
        return b"#EXTM3U\n#EXT-X-E"


class _Web:
    """Checks as the real one does, and connects to nobody."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get(self, url: str, *, headers: object = ()) -> _Answer:
        Gate(loopback=False).check(url, WEB)
        self.asked.append(url)
        return _Answer()


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=12), st.booleans())
def test_a_playlist_gives_segments_or_a_reason(lines: list[str], small: bool) -> None:
    web: Any = _Web()
    body = "\n".join(["#EXTM3U", *lines]).encode()
    stopped = Event()
    stopped_soon = _Patience(stopped)
    with suppress(SourceError):
        playlist = Playlist(web, _Answer.url, body, stopped_soon, stopped, small=small)
        pieces = list(islice(playlist.pieces(), 20))
        assert all(isinstance(piece, Piece) for piece in pieces)
    for url in web.asked:
        parts = urlsplit(url)
        assert parts.scheme in WEB
        assert parts.username is None
        assert parts.hostname != "169.254.1.1"


class _Patience(ManualClock):
    """A clock that runs on by itself, and ends all waits."""

    def __init__(self, stopped: Event) -> None:
        super().__init__()
        self._looks = 0
        self._stopped = stopped

    def monotonic_ms(self) -> float:
        self._looks += 1
        if self._looks > 50:
            self._stopped.set()
        self.advance(5_000)
        return super().monotonic_ms()
