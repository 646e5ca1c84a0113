"""H.264 as it comes over RTP, put together without waiting for the next picture.

FFmpeg's parser knows that a picture has ended when the next one begins: each is late by one period,
67 ms at 15 a second. Without it the packets of RTP come as they are: a NAL unit whole, or in
fragments of which only the first has a start code. A camera cuts a unit into pieces of one size and
a rest: the rest tells its end. Whether this one does so is found out over its first pictures; until
then, and for ever if it cuts otherwise, a unit ends where the next one begins.

Units: ITU-T H.264 7.3.1 and table 7-1, fragments: RFC 6184, 5.8.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import av

from kiosk.video.camera_clock import Reported, reported_time

CHUNKS = 1 << 15  # AV_CODEC_FLAG2_CHUNKS: a packet need not be a whole picture
_START = b"\0\0\0\1"
_HEAD = len(_START) + 1
_SLICE, _KEY_SLICE = 1, 5
_PROVEN = 40
_ASK_EACH = 15


@dataclass(frozen=True)
class Facts(Reported):
    """What a unit says of itself, as the packet's `opaque`."""

    disposable: bool
    of_key_frame: bool


class Unit(NamedTuple):
    """A NAL unit with its start code, and the packet in which it began."""

    data: bytes
    packet: Any

    @property
    def kind(self) -> int:
        return self.data[_HEAD - 1] & 31

    @property
    def disposable(self) -> bool:
        return not self.data[_HEAD - 1] >> 5 & 3

    @property
    def begins_picture(self) -> bool:
        """first_mb_in_slice is 0."""
        return bool(self.data[_HEAD : _HEAD + 1] >= b"\x80")


class Units:
    """Puts units together. `take` gives those that are known to be whole now."""

    def __init__(self) -> None:
        self._parts: list[Any] = []  # of bytes: what supports their buffer's protocol
        self._packet: Any = None
        self._size = 0  # of a fragment that is not the last one of its unit
        self._proven = 0
        self._cuts_otherwise = False

    def goes_on(self, packet: Any) -> bool:
        """Takes a packet that is a piece from the middle of a unit; cheap, most of them are."""
        if not self._parts or packet.size != self._size:
            return False
        if memoryview(packet)[: len(_START)] == _START:
            return False
        self._parts.append(packet)
        return True

    def take(self, chunk: bytes, packet: Any) -> list[Unit]:
        """`chunk`: the payload of one RTP packet, with a start code where a unit begins."""
        rest, *begun = chunk.split(_START)
        whole: list[Unit] = []
        if rest:
            self._go_on(rest)
        for number, data in enumerate(begun):
            whole += self._end(sure=True)
            self._parts, self._packet = [_START + data], packet
            if number + 1 < len(begun) or len(begun) > 1:
                whole += self._end(sure=False)  # several in one packet are whole
        if self._parts and self._has_ended():
            whole += self._end(sure=False)
        return whole

    def _go_on(self, rest: bytes) -> None:
        if self._parts:
            self._parts.append(rest)
        else:  # it goes on after what seemed to be its end
            self._cuts_otherwise = True

    def _end(self, *, sure: bool) -> list[Unit]:
        """The unit under way, if there is one; `sure` when the next one has begun."""
        if not self._parts:
            return []
        if sure:
            self._learn()
        unit = Unit(b"".join(self._parts), self._packet)
        self._parts = []
        return [unit]

    def _has_ended(self) -> bool:
        if self._proven < _PROVEN or self._cuts_otherwise:
            return False
        head = _HEAD if len(self._parts) == 1 else 0
        return memoryview(self._parts[-1]).nbytes - head < self._size

    def _learn(self) -> None:
        """From a unit that is whole for sure."""
        sizes = [memoryview(part).nbytes for part in self._parts]
        sizes[0] -= _HEAD  # its start code and header are no part of the payload
        *full, rest = sizes
        if not full:
            return
        if not self._size:
            self._size = full[0]
        if any(size != self._size for size in full) or rest > self._size:
            self._cuts_otherwise = True
        self._proven += 1


def whole_units(packets: Iterable[Any]) -> Iterator[Any]:
    """Packets of one slice each, with the parameters and messages before it, from RTP's."""
    units, clock, before = Units(), _Clock(), b""
    for packet in packets:
        if units.goes_on(packet):
            continue
        for unit in units.take(bytes(packet), packet):
            if _SLICE <= unit.kind <= _KEY_SLICE:
                yield _packet(unit, before, clock.of(unit.packet))
                before = b""
            else:
                before += unit.data


def is_disposable(packet: Any) -> bool:
    """Whether no other picture needs this packet's."""
    facts = packet.opaque
    return facts.disposable if isinstance(facts, Facts) else bool(packet.is_disposable)


def of_key_frame(packet: Any) -> bool:
    """Whether it is a key frame or a part of one; `is_keyframe` is only the first part."""
    facts = packet.opaque
    return facts.of_key_frame if isinstance(facts, Facts) else bool(packet.is_keyframe)


class _Clock:
    """The camera's time of packets. Asking each of them costs more than the rest of it."""

    def __init__(self) -> None:
        self._asked = 0
        self._anchor: tuple[int, int] | None = None
        self._tick_ms = 0.0

    def of(self, packet: Any) -> int | None:
        if packet.pts is None:
            return None
        if self._asked % _ASK_EACH == 0:
            told_ms = reported_time(packet)
            self._anchor = None if told_ms is None else (told_ms, packet.pts)
            self._tick_ms = float(packet.stream.time_base) * 1000
        self._asked += 1
        if self._anchor is None:
            return None
        told_ms, pts = self._anchor
        return told_ms + round(float(packet.pts - pts) * self._tick_ms)


def _packet(unit: Unit, before: bytes, camera_t_ms: int | None) -> Any:
    packet: Any = av.Packet(before + unit.data)
    packet.stream = unit.packet.stream
    packet.pts = unit.packet.pts
    packet.is_keyframe = unit.kind == _KEY_SLICE and unit.begins_picture
    packet.opaque = Facts(camera_t_ms, unit.disposable, unit.kind == _KEY_SLICE)
    return packet
