"""Opens a camera's stream, whatever it speaks, and takes it apart into packets.

RTSP is read by FFmpeg itself, at an address that was looked up and judged before. Whatever comes
over HTTP is fetched by `web` and given to FFmpeg as bytes of one of few forms: it opens nothing.
"""

import errno
import ssl
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote

import av

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.settings.secrets import Login, Secrets, secrets_file
from kiosk.video import reasons
from kiosk.video.address import FILE, PORTS, RTSP, AddressError, Gate, SourceError
from kiosk.video.moved import moved_to
from kiosk.video.nals import whole_pictures
from kiosk.video.pace import Pace
from kiosk.video.web import MOST_HOPS, Answer, Web

OPEN_TIMEOUT_S = 3.0
READ_TIMEOUT_S = 3.0

# A camera tells its format in its first packets; FFmpeg's defaults would look for seconds.
PROBE = {"probesize": "50000", "analyzeduration": "200000", "fflags": "discardcorrupt"}
# TCP first, UDP where the camera has nothing else: a packet over UDP comes late or never. Without
# rtsp itself on its list FFmpeg refuses to go where a camera sends it (status 3xx): we look first.
_RTSP = {
    "rtsp_transport": "tcp+udp",
    "rtsp_flags": "prefer_tcp",
    "timeout": "3000000",
    "allowed_media_types": "video",
    "protocol_whitelist": "tcp,tls,udp,rtp",
}
# What comes as bytes opens nothing further; a playlist in a file's clothes is none of these forms.
NOTHING_FURTHER = {"protocol_whitelist": "none"}
_FILES = {
    "protocol_whitelist": "file",
    "format_whitelist": "mov,matroska,mpegts,avi,mpjpeg,h264,hevc",
}
# One of H.264 is put together by `nals`, a picture sooner.
_UNPARSED = "h264"
_NO_PARSER = {"fflags": "discardcorrupt+noparse+nofillin"}
# Codecs whose every picture stands alone: a packet over the rate can be dropped undecoded.
_INTRA_ONLY = frozenset({"mjpeg", "mjpegb", "jpeg2000", "png", "webp"})

StreamError = av.FFmpegError


class Means(NamedTuple):
    """What every camera of this machine is opened with; `ca_file` holds certificates of those who
    vouch for cameras."""

    gate: Gate
    secrets: Secrets
    clock: Clock
    ca_file: str = ""
    still_s: float = 5.0

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> "Means":
        """Raises SettingsError when others may read the secrets."""
        video = settings.video
        files = Path(video.files) if video.files else None
        gate = Gate(loopback=settings.city.demo, files=files)
        secrets = Secrets.load(secrets_file(settings.backend.secrets))
        ca_file = video.ca_file or ssl.get_default_verify_paths().cafile or ""
        return cls(gate, secrets, clock, ca_file, video.still_s)

    def login(self, name: str) -> Login | None:
        """None for a camera that asks for none. Raises SourceError when there is no such secret."""
        if not name:
            return None
        if name not in self.secrets:
            raise SourceError(reasons.no_secret(name))
        return self.secrets.login(name)


class Opened:
    """An open stream with its pictures' packets. Reading raises SourceError and StreamError.

    intra_only: every picture stands alone. keeps_time: the packets' time is the camera's, not made
    up here. period_s: the time from one picture to the next where that is known to be long.
    tick_ms: the unit of the packets' time.
    """

    def __init__(self, container: Any, *, keeps_time: bool, web: Web | None = None) -> None:
        self._container = container
        self._web = web
        try:
            self._stream = container.streams.video[0]
        except IndexError as error:
            self.close()
            raise SourceError(reasons.NO_PICTURE) from error
        # Threads inside a decoder add a picture of delay; the streams are the threads here.
        self._stream.thread_type = "NONE"
        self.intra_only = self._stream.codec_context.name in _INTRA_ONLY
        self.keeps_time = keeps_time
        self.period_s = 0.0
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
            raise _without_address(error) from None

    def close(self) -> None:
        self._container.close()
        if self._web is not None:
            self._web.close()


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
        return _open_rtsp(parts, known, means)
    web = Web(means.gate, means.clock, known, means.ca_file)
    try:
        return _open_web(web, web.get(url).good(), means, stopped, small=small)
    except BaseException:
        web.close()
        raise


class Bytes:
    """The reading end of a stream that comes in chunks, for FFmpeg."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end."""
        if not self._left:
            self._left = memoryview(next(self._chunks, b""))
        part, self._left = self._left[:size], self._left[size:]
        return bytes(part)


def _open_rtsp(parts: SplitResult, login: Login | None, means: Means) -> Opened:
    """Follows a camera that sends on, each time to an address that was judged. A login goes
    to the first host alone."""
    for _ in range(MOST_HOPS + 1):
        container, target = _connect_rtsp(parts, login, means)
        if container is not None:
            return _Rtsp(container, keeps_time=True)
        before, parts = parts, means.gate.check(target, RTSP)
        if parts.netloc != before.netloc:
            login = None
    raise SourceError(reasons.ROUND)


def _connect_rtsp(parts: SplitResult, login: Login | None, means: Means) -> tuple[Any, str]:
    """The open container, or where the camera sends on to. Tries the addresses that the host has
    now, one after the other."""
    try:
        addresses = means.gate.addresses(parts.hostname or "")
    except AddressError:
        raise
    except OSError:
        raise SourceError(reasons.UNNAMED) from None
    port = parts.port or PORTS[parts.scheme]
    failure: OSError | None = None
    for address in addresses:
        try:
            return _rtsp_parsed(parts, address, port, login, means.ca_file), ""
        except av.error.ArgumentError:
            target = moved_to(parts, address, port, means.clock, means.ca_file)
            if not target:
                raise
            return None, target
        except OSError as error:
            if error.errno not in (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH):
                raise
            failure = error
    raise failure or SourceError(reasons.UNNAMED)


class _Rtsp(Opened):
    """Packets of RTP, as they come where they are H.264."""

    def packets(self) -> Iterator[Any]:
        packets = super().packets()
        return whole_pictures(packets) if self.codec_context.name == _UNPARSED else packets


def _rtsp_parsed(
    parts: SplitResult, address: str, port: int, login: Login | None, ca_file: str
) -> Any:
    """Only what the packets are shows whether FFmpeg has to put them together."""
    container = _rtsp_container(parts, address, port, login, ca_file, _NO_PARSER)
    videos = container.streams.video
    if not videos or videos[0].codec_context.name == _UNPARSED:
        return container
    container.close()
    return _rtsp_container(parts, address, port, login, ca_file, {})


def _rtsp_container(
    parts: SplitResult,
    address: str,
    port: int,
    login: Login | None,
    ca_file: str,
    special: dict[str, str],
) -> Any:
    user = f"{quote(login.user, safe='')}:{quote(login.password, safe='')}@" if login else ""
    host = f"[{address}]" if ":" in address else address
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    options = PROBE | _RTSP | special
    if parts.scheme == "rtsps":
        options |= {"tls_verify": "1", "verifyhost": parts.hostname or "", "ca_file": ca_file}
    try:
        return av.open(
            f"{parts.scheme}://{user}{host}:{port}{path}",
            format="rtsp",
            options=options,
            timeout=(OPEN_TIMEOUT_S, READ_TIMEOUT_S),
        )
    except StreamError as error:
        raise _without_address(error) from None


def _without_address(error: Any) -> Exception:
    """The same error: its words repeat the address, and the password in it."""
    bare: Exception = type(error)(error.errno, error.strerror)
    return bare


def _open_web(web: Web, answer: Answer, means: Means, stopped: Event, *, small: bool) -> Opened:
    from kiosk.video.live import LiveSource
    from kiosk.video.stills import StillSource

    told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    begin = answer.begin()
    if begin.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"#EXTM3U"):
        return LiveSource(web, answer, means.clock, stopped, small=small)
    if told.startswith("multipart/") or begin.lstrip().startswith(b"--"):
        return _open_bytes(web, answer, "mpjpeg", keeps_time=False)
    if begin.startswith(b"\x47"):
        return _open_bytes(web, answer, "mpegts", keeps_time=True)
    return StillSource(web, answer, means.clock, means.still_s, stopped)


def _open_bytes(web: Web, answer: Answer, form: str, *, keeps_time: bool) -> Opened:
    options = PROBE | NOTHING_FURTHER
    container = av.open(Bytes(answer.chunks()), format=form, options=options)
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
