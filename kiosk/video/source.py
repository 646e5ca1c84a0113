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
from kiosk.video.means import Means
from kiosk.video.opened import PROBE, Opened, StreamError
from kiosk.video.pace import Pace
from kiosk.video.rtsp import open_rtsp

__all__ = ["Means", "Opened", "StreamError", "open_source"]

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
    # The library for HTTP is a third of what this process loads: cameras on RTSP don't wait for it.
    from kiosk.video.over_http import open_http

    return open_http(url, known, means, stopped, small=small)


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
