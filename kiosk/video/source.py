"""Opens a camera's stream with PyAV and takes it apart into packets and pictures."""

from collections.abc import Iterator
from types import TracebackType
from typing import Any

import av

OPEN_TIMEOUT_S = 3.0
READ_TIMEOUT_S = 3.0

# A camera tells its format in its first packets; FFmpeg's defaults would look for seconds.
_PROBE = {"probesize": "50000", "analyzeduration": "200000", "fflags": "discardcorrupt"}
_RTSP = {"rtsp_transport": "tcp", "timeout": "3000000", "allowed_media_types": "video"}
# No redirects: they would lead past the check of the address. No proxy from the environment.
_HTTP = {
    "protocol_whitelist": "http,https,tcp,tls,crypto",
    "max_redirects": "0",
    "http_proxy": "",
}
# Codecs whose every picture stands alone: a packet over the rate can be dropped undecoded.
_INTRA_ONLY = frozenset({"mjpeg", "mjpegb", "jpeg2000", "png"})

StreamError = av.FFmpegError


class Source:
    """An open stream. Raises StreamError (an OSError or ValueError too) on opening and reading."""

    def __init__(self, url: str) -> None:
        options = _PROBE | (_RTSP if url.startswith("rtsp") else _HTTP)
        self._container = av.open(
            url, mode="r", options=options, timeout=(OPEN_TIMEOUT_S, READ_TIMEOUT_S)
        )
        try:
            self._stream = self._container.streams.video[0]
        except IndexError as error:
            self._container.close()
            raise ValueError("no picture in the stream") from error
        # Threads inside a decoder add a picture of delay; the streams are the threads here.
        self._stream.thread_type = "NONE"
        self.intra_only = self._stream.codec_context.name in _INTRA_ONLY

    def __enter__(self) -> "Source":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._container.close()

    def packets(self) -> Iterator[Any]:
        """Packets as they come, until the stream ends."""
        for packet in self._container.demux(self._stream):
            if packet.size:
                yield packet


def pictures(packet: Any) -> list[Any]:
    """The pictures a packet completes; a damaged one completes none."""
    try:
        return list(packet.decode())
    except av.error.InvalidDataError:
        return []


class Scaler:
    """Scales pictures to a size as BGRA; keeps its tables while the sizes stay."""

    def __init__(self) -> None:
        self._reformatter = av.video.reformatter.VideoReformatter()

    def scale(self, picture: Any, width_px: int, height_px: int) -> tuple[bytes, int]:
        """(pixels, bytes a row)."""
        scaled = self._reformatter.reformat(
            picture,
            width=width_px,
            height=height_px,
            format="bgra",
            interpolation="BILINEAR",
            threads=1,
        )
        plane = scaled.planes[0]
        return bytes(plane), plane.line_size
