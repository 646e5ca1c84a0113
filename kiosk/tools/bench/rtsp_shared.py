"""For RTSP servers run by the system's Python: a camera that was looked at once stays on.

GStreamer's server (1.22) takes a shared stream down when its last client leaves. A client that asks
to play it meanwhile meets a stream without a rate: the server aborts, and its whole process with it
(gst_rtsp_media_get_rates). A camera does not go off either when nobody looks.
"""

from typing import Any


def stay_on(factory: Any) -> None:
    """For a factory of shared streams: what it makes is counted as in use for ever."""
    factory.connect("media-configure", _configured)


def _configured(_factory: Any, media: Any) -> None:
    media.connect("prepared", _prepared)


def _prepared(media: Any) -> None:
    media.prepare(None)
