"""A camera over HTTP: a playlist, pictures one after the other, a stream in one of two forms,
recordings, or stills."""

from threading import Event

import av

from kiosk.settings.secrets import Login
from kiosk.video.clips import ClipSource
from kiosk.video.means import Means
from kiosk.video.opened import NOTHING_FURTHER, PROBE, Bytes, Opened
from kiosk.video.stills import StillSource
from kiosk.video.web import Answer, Web

BEGIN_S = 8.0  # until a stream's first pictures tell what it is


def open_http(
    url: str, login: Login | None, means: Means, stopped: Event, *, small: bool
) -> Opened:
    """What its first answer shows it to be. Raises SourceError and StreamError."""
    web = Web(means.gate, means.clock, login, means.ca_file)
    try:
        return _open_web(web, web.get(url).good(), means, stopped, small=small)
    except BaseException:
        web.close()
        raise


def _open_web(web: Web, answer: Answer, means: Means, stopped: Event, *, small: bool) -> Opened:
    told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    begin = answer.begin()
    if begin.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"#EXTM3U"):
        # The libraries for playlists are loaded with the first of them: others show sooner.
        from kiosk.video.live import LiveSource

        return LiveSource(web, answer, means.clock, stopped, small=small)
    if told.startswith("multipart/") or begin.lstrip().startswith(b"--"):
        return _open_bytes(web, answer, "mpjpeg", stopped, keeps_time=False)
    if begin.startswith(b"\x47"):
        return _open_bytes(web, answer, "mpegts", stopped, keeps_time=True)
    if begin[4:8] == b"ftyp":
        if "content-length" in answer.headers:
            return ClipSource(web, answer, means.clock, means.still_s, stopped)
        return _open_bytes(web, answer, "mov", stopped, keeps_time=True)
    return StillSource(web, answer, means.clock, means.still_s, stopped)


def _open_bytes(web: Web, answer: Answer, form: str, stopped: Event, *, keeps_time: bool) -> Opened:
    options = PROBE | NOTHING_FURTHER
    answer.allow(BEGIN_S)
    container = av.open(Bytes(answer.chunks(), stopped), format=form, options=options)
    answer.allow(None)
    return Opened(container, keeps_time=keeps_time, web=web)
