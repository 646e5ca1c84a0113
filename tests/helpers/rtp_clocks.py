"""A camera's clocks, moved on the way: RTP's time stamps and the wall clock of its sender reports.

RFC 2326, 10.12 (interleaved), RFC 3550, 5.1 and 6.4.1.
"""

import struct
import time

RATE = 90_000
_SINCE_1900_S = 2_208_988_800
_RTCP_SENDER = 200


class RtpClocks:
    """Alters what an RTSP server sends over TCP. `clock_s` is added to the camera's wall clock,
    `stamps_s` to its time stamps; every picture is followed by a sender report of ours."""

    def __init__(self) -> None:
        self.clock_s = 0.0
        self.stamps_s = 0.0
        self._left = b""

    def __call__(self, data: bytes) -> bytes:
        self._left += data
        out = b""
        while (size := self._whole()) and len(self._left) >= size:
            piece, self._left = self._left[:size], self._left[size:]
            out += self._moved(piece) if piece[:1] == b"$" else piece
        return out

    def _whole(self) -> int:
        """Bytes of what comes next; 0 while that can't be told."""
        if self._left[:1] == b"$":
            return 4 + int.from_bytes(self._left[2:4]) if len(self._left) >= 4 else 0
        head, end, _ = self._left.partition(b"\r\n\r\n")
        if not end:
            return 0
        fields = (line.lower() for line in head.split(b"\r\n"))
        length = next((line[15:] for line in fields if line.startswith(b"content-length:")), b"0")
        return len(head) + 4 + int(length)

    def _moved(self, piece: bytes) -> bytes:
        channel, packet = piece[1], piece[4:]
        if channel % 2:
            return b"" if packet[1] == _RTCP_SENDER else piece
        stamp = int.from_bytes(packet[4:8]) + round(self.stamps_s * RATE) & 0xFFFFFFFF
        packet = packet[:4] + stamp.to_bytes(4) + packet[8:]
        moved = _framed(channel, packet)
        if packet[1] & 0x80:  # the last one of a picture
            moved += _framed(channel + 1, self._report(packet[8:12], stamp))
        return moved

    def _report(self, source: bytes, stamp: int) -> bytes:
        now_s = time.time() + self.clock_s + _SINCE_1900_S
        seconds, part = int(now_s), int(now_s % 1 * 2**32)
        head = struct.pack(">BBH", 0x80, _RTCP_SENDER, 6) + source
        return head + struct.pack(">IIIII", seconds, part, stamp, 1, 1)


def _framed(channel: int, packet: bytes) -> bytes:
    return struct.pack(">cBH", b"$", channel, len(packet)) + packet
