"""What a camera sends over RTSP and TCP, altered on the way.

RFC 2326, 10.12 (interleaved), RFC 3550, 5.1 and 6.4.1, RFC 6184, 5.2 and 5.8.
"""

import random
import struct
import time

RATE = 90_000
_SINCE_1900_S = 2_208_988_800
_RTCP_SENDER = 200
_PAYLOAD = 12
_KEY_SLICE, _FRAGMENT = 5, 28


class Altered:
    """Cuts what comes into the server's answers and packets, and asks `packet` what becomes of
    each of those."""

    def __init__(self) -> None:
        self._left = b""

    def __call__(self, data: bytes) -> bytes:
        self._left += data
        out = b""
        while (size := self._whole()) and len(self._left) >= size:
            piece, self._left = self._left[:size], self._left[size:]
            out += self.packet(piece[1], piece[4:]) if piece[:1] == b"$" else piece
        return out

    def packet(self, channel: int, packet: bytes) -> bytes:
        return framed(channel, packet)

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


class RtpClocks(Altered):
    """`clock_s` is added to the wall clock, `stamps_s` to the time stamps; every picture is
    followed by a sender report of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.clock_s = 0.0
        self.stamps_s = 0.0

    def packet(self, channel: int, packet: bytes) -> bytes:
        if channel % 2:
            return b"" if packet[1] == _RTCP_SENDER else framed(channel, packet)
        stamp = int.from_bytes(packet[4:8]) + round(self.stamps_s * RATE) & 0xFFFFFFFF
        packet = packet[:4] + stamp.to_bytes(4) + packet[8:]
        moved = framed(channel, packet)
        if packet[1] & 0x80:  # the last one of a picture
            moved += framed(channel + 1, self._report(packet[8:12], stamp))
        return moved

    def _report(self, source: bytes, stamp: int) -> bytes:
        now_s = time.time() + self.clock_s + _SINCE_1900_S
        seconds, part = int(now_s), int(now_s % 1 * 2**32)
        head = struct.pack(">BBH", 0x80, _RTCP_SENDER, 6) + source
        return head + struct.pack(">IIIII", seconds, part, stamp, 1, 1)


class Garbled(Altered):
    """While `on`, every payload is noise; its length and its header stay."""

    def __init__(self, seed: int = 1) -> None:
        super().__init__()
        self.on = False
        self._noise = random.Random(seed)

    def packet(self, channel: int, packet: bytes) -> bytes:
        if self.on and channel % 2 == 0:
            packet = packet[:_PAYLOAD] + self._noise.randbytes(len(packet) - _PAYLOAD)
        return framed(channel, packet)


class NoFirstKeyFrame(Altered):
    """As if somebody came just after a key frame: the first one of H.264 is left out."""

    def __init__(self) -> None:
        super().__init__()
        self._first: bytes | None = None

    def packet(self, channel: int, packet: bytes) -> bytes:
        if channel % 2 == 0:
            kind = packet[_PAYLOAD] & 31
            if kind == _FRAGMENT:
                kind = packet[_PAYLOAD + 1] & 31
            if kind == _KEY_SLICE:
                self._first = self._first or packet[4:8]
                if packet[4:8] == self._first:
                    return b""
        return framed(channel, packet)


def framed(channel: int, packet: bytes) -> bytes:
    return struct.pack(">cBH", b"$", channel, len(packet)) + packet
