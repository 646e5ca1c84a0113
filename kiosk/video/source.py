"""Opens a camera's stream, whatever it speaks.

RTSP is read by FFmpeg itself. Whatever comes over HTTP is fetched by `web` and given to FFmpeg as
bytes of one of few forms: it opens nothing.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import av

from kiosk.core.clock import Clock
from kiosk.video.address import FILE, RTSP
from kiosk.video.live import LiveSource
from kiosk.video.means import Means
from kiosk.video.opened import NOTHING_FURTHER, PROBE, Bytes, Opened, StreamError
from kiosk.video.pace import Pace
from kiosk.video.rtsp import open_rtsp
from kiosk.video.stills import StillSource
from kiosk.video.web import Answer, Web

__all__ = ["Means", "Opened", "StreamError", "open_source"]

BEGIN_S = 8.0  # until a stream's first pictures tell what it is
_FILES = {
    "protocol_whitelist": "file",
    "format_whitelist": "mov,matroska,mpegts,avi,mpjpeg,h264,hevc",
}


def open_source(
    url: str, means: Means, *, login: str = "", small: bool = False, stopped: Event | None = None
) -> Opened:
    """The stream at an address; blocks while it opens.

    `login` names the secret with the user and password. `small`: of several sizes that a playlist
    offers the one that is enough for a tile. `stopped` ends waits. Raises SourceError, of an
    address that is not opened AddressError, and StreamError.
    """
    stopped = stopped or Event()
    parts = means.gate.check(url)
    if parts.scheme == FILE:
        return _Recording(means.gate.file(url), means.clock, stopped)
    known = means.login(login)
    if parts.scheme in RTSP:
        return open_rtsp(parts, known, means)
    web = Web(means.gate, means.clock, known, means.ca_file)
    try:
        return _open_web(web, web.get(url).good(), means, stopped, small=small)
    except BaseException:
        web.close()
        raise


def _open_web(web: Web, answer: Answer, means: Means, stopped: Event, *, small: bool) -> Opened:
    told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    begin = answer.begin()
    if begin.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"#EXTM3U"):
        return LiveSource(web, answer, means.clock, stopped, small=small)
    if told.startswith("multipart/") or begin.lstrip().startswith(b"--"):
        return _open_bytes(web, answer, "mpjpeg", stopped, keeps_time=False)
    if begin.startswith(b"\x47"):
        return _open_bytes(web, answer, "mpegts", stopped, keeps_time=True)
    return StillSource(web, answer, means.clock, means.still_s, stopped)


def _open_bytes(web: Web, answer: Answer, form: str, stopped: Event, *, keeps_time: bool) -> Opened:
    options = PROBE | NOTHING_FURTHER
    answer.allow(BEGIN_S)
    container = av.open(Bytes(answer.chunks(), stopped), format=form, options=options)
    answer.allow(None)
    return Opened(container, keeps_time=keeps_time, web=web)


class _Recording(Opened):
    """A configured file, played at its own rate again and again."""

    def __init__(self, file: Path, clock: Clock, stopped: Event) -> None:
        super().__init__(av.open(str(file), options=PROBE | _FILES), keeps_time=False)
        self._pace = Pace(clock, stopped)

    def packets(self) -> Iterator[Any]:
        while True:
            empty = True
            for packet in super().packets():
                empty = False
                self._pace.await_turn(packet)
                yield packet
            if empty:
                return
            self._container.seek(0)
