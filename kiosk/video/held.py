"""The packets of a stream that nobody looks at, undecoded, from its last key frame on.

Who looks again sees the picture of now: what was held is decoded in one go. Nothing is decoded for
it before.
"""

from typing import Any

BYTES_LIMIT = 8_000_000


class Held:
    """One stream's packets; one whose key frames are too far apart is waited for instead."""

    def __init__(self) -> None:
        self._packets: list[Any] = []
        self._bytes = 0
        self._whole = False

    def begin(self, packet: Any | None) -> None:
        """A key frame: what came before it is of no use; None when it has been decoded already."""
        self._packets = [] if packet is None else [packet]
        self._bytes = 0 if packet is None else packet.size
        self._whole = True

    def add(self, packet: Any) -> None:
        if not self._whole:
            return
        self._packets.append(packet)
        self._bytes += packet.size
        if self._bytes > BYTES_LIMIT:
            self._packets, self._bytes, self._whole = [], 0, False

    def take(self) -> tuple[list[Any], bool]:
        """(packets to decode, whether the stream goes on from them without its next key frame)."""
        packets, whole = self._packets, self._whole
        self.begin(None)
        return packets, whole
