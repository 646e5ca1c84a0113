"""RTSP cameras, read by FFmpeg at an address that was looked up and judged before."""

import errno
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, quote

import av

from kiosk.settings.secrets import Login
from kiosk.video import reasons
from kiosk.video.address import MOST_HOPS, PORTS, RTSP, AddressError, SourceError
from kiosk.video.means import Means
from kiosk.video.moved import moved_to
from kiosk.video.nals import whole_pictures
from kiosk.video.opened import PROBE, Opened, StreamError, without_address

RTSPS = "rtsps"
OPEN_TIMEOUT_S = 3.0
READ_TIMEOUT_S = 3.0

# TCP first, UDP where the camera has nothing else: a packet over UDP comes late or never. Without
# rtsp itself on its list FFmpeg refuses to go where a camera sends it (status 3xx): we look first.
_RTSP = {
    "rtsp_transport": "tcp+udp",
    "rtsp_flags": "prefer_tcp",
    "timeout": "3000000",
    "allowed_media_types": "video",
    "protocol_whitelist": "tcp,tls,udp,rtp",
}
# One of H.264 is put together by `nals`, a picture sooner.
_UNPARSED = "h264"
_NO_PARSER = {"fflags": "discardcorrupt+noparse+nofillin"}


def open_rtsp(parts: SplitResult, login: Login | None, means: Means) -> Opened:
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
            if error.errno == errno.EIO and parts.scheme == RTSPS:
                # FFmpeg does not say what is wrong with a certificate; looking does
                moved_to(parts, address, port, means.clock, means.ca_file)
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
    if parts.scheme == RTSPS:
        options |= {"tls_verify": "1", "verifyhost": parts.hostname or "", "ca_file": ca_file}
    try:
        return av.open(
            f"{parts.scheme}://{user}{host}:{port}{path}",
            format="rtsp",
            options=options,
            timeout=(OPEN_TIMEOUT_S, READ_TIMEOUT_S),
        )
    except StreamError as error:
        raise without_address(error) from None
