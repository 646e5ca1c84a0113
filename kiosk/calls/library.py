"""What the media library (aiortc) has no setting for, in one place; to be imported before a
connection is made. `tests/unit/test_calls_media.py` fails when a version has it elsewhere."""

import logging
import time
from collections.abc import Callable

from aioice import ice
from aiortc import rtcrtpreceiver
from aiortc.jitterbuffer import JitterBuffer, JitterFrame
from aiortc.rtp import RtpPacket

LOOPBACK = "127.0.0.1"
GAP_S = 0.4
"""How long a lost packet of a picture is waited for; asked for again, it is there sooner."""


def loopback_only(use_ipv4: bool, use_ipv6: bool) -> list[str]:
    """The addresses that media may come to: the tablets' server stands before the network."""
    return [LOOPBACK]


class BriefBuffer(JitterBuffer):
    """As the library's, which waits for a lost packet of a picture until 512 others came: five
    seconds of a small stream. Here a gap is let go after GAP_S, and a whole picture asked for."""

    now_s: Callable[[], float] = time.monotonic

    def __init__(self, capacity: int, prefetch: int = 0, is_video: bool = False) -> None:
        super().__init__(capacity, prefetch, is_video)
        self._waits_since_s: float | None = None

    def add(self, packet: RtpPacket) -> tuple[bool, JitterFrame | None]:
        """(whether a whole picture is to be asked for, the next whole frame)."""
        ask, frame = super().add(packet)
        if not self._is_video:
            return ask, frame
        now_s = BriefBuffer.now_s()
        if frame is not None or self._waits_since_s is None:
            self._waits_since_s = now_s
        elif now_s - self._waits_since_s > GAP_S:
            self.remove(self.capacity)
            self._origin = None
            super().add(packet)
            self._waits_since_s = now_s
            ask = True
        return ask, frame


ice.get_host_addresses = loopback_only
rtcrtpreceiver.JitterBuffer = BriefBuffer  # type: ignore[attr-defined]
# A picture that was cut off by a gap can't be decoded, which is no news.
logging.getLogger(rtcrtpreceiver.__name__).setLevel(logging.ERROR)
