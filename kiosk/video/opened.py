"""An open stream: its packets, and what is known of them."""

from collections.abc import Iterator
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING, Any

import av

from kiosk.video import reasons
from kiosk.video.address import SourceError

if TYPE_CHECKING:
    from kiosk.video.web import Web

# A camera tells its format in its first packets; FFmpeg's defaults would look for seconds.
PROBE = {"probesize": "50000", "analyzeduration": "200000", "fflags": "discardcorrupt"}
# What comes as bytes opens nothing further; a playlist in a file's clothes is none of these forms.
NOTHING_FURTHER = {"protocol_whitelist": "none"}
# Codecs whose every picture stands alone: a packet over the rate can be dropped undecoded.
_INTRA_ONLY = frozenset({"mjpeg", "mjpegb", "jpeg2000", "png", "webp"})

StreamError = av.FFmpegError


class Opened:
    """An open stream with its pictures' packets. Reading raises SourceError and StreamError.

    intra_only: every picture stands alone. keeps_time: the packets' time is the camera's, not made
    up here. period_s: the time from one picture to the next where that is known to be long.
    tick_ms: the unit of the packets' time.
    """

    def __init__(self, container: Any, *, keeps_time: bool, web: "Web | None" = None) -> None:
        self._web = web
        self.keeps_time = keeps_time
        self.period_s = 0.0
        self._take(container)

    def _take(self, container: Any) -> None:
        self._container = container
        try:
            self._stream = container.streams.video[0]
        except IndexError as error:
            self.close()
            raise SourceError(reasons.NO_PICTURE) from error
        # Threads inside a decoder add a picture of delay; the streams are the threads here.
        self._stream.thread_type = "NONE"
        self.intra_only = self._stream.codec_context.name in _INTRA_ONLY
        self.tick_ms = float(self._stream.time_base or 0) * 1000

    @property
    def codec_context(self) -> Any:
        return self._stream.codec_context

    def __enter__(self) -> "Opened":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def packets(self) -> Iterator[Any]:
        """Packets as they come, until the stream ends."""
        try:
            for packet in self._container.demux(self._stream):
                if packet.size:
                    yield packet
        except StreamError as error:
            raise without_address(error) from None

    def goes_on(self) -> bool:
        """Whether more packets follow, in another form: they want a decoder of their own. To be
        asked when the packets have ended."""
        return False

    def close(self) -> None:
        self._container.close()
        if self._web is not None:
            self._web.close()


class Bytes:
    """The reading end of a stream that comes in chunks, for FFmpeg; `stopped` ends it."""

    def __init__(self, chunks: Iterator[bytes], stopped: Event) -> None:
        self._chunks = chunks
        self._stopped = stopped
        self._left = memoryview(b"")

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end."""
        if self._stopped.is_set():
            return b""
        if not self._left:
            self._left = memoryview(next(self._chunks, b""))
        part, self._left = self._left[:size], self._left[size:]
        return bytes(part)


def without_address(error: Any) -> Exception:
    """The same error: its words repeat the address, and the password in it."""
    bare: Exception = type(error)(error.errno, error.strerror)
    return bare
