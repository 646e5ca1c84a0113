"""H.264 as it comes over RTP, put together without waiting for the next picture.

FFmpeg's parser knows that a picture has ended when the next one begins: each is late by one period,
67 ms at 15 a second. Without it the packets of RTP come as they are: a NAL unit whole, or in
fragments of which only the first has a start code. A camera cuts a unit into pieces of one size and
a rest: the rest tells its end. It cuts its pictures into equally many slices: the last one tells
theirs. Whether this camera does so is found out over its first pictures; until then, and for ever
if it does otherwise, a picture ends where the next one begins.

Units: ITU-T H.264 7.3.1, 7.4.1.2.3 and table 7-1, fragments: RFC 6184, 5.8.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import av

from kiosk.video.camera_clock import Reported, reported_time

_START = b"\0\0\0\1"
_HEAD = len(_START) + 1
_SLICE, _KEY_SLICE = 1, 5
_PROVEN = 40
_ASK_EACH = 15


@dataclass(frozen=True)
class Facts(Reported):
    """What a unit says of itself, as the packet's `opaque`."""

    disposable: bool


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
    def is_slice(self) -> bool:
        return _SLICE <= self.kind <= _KEY_SLICE

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


class Pictures:
    """Groups units into pictures. `take` gives those that are known to be whole now."""

    def __init__(self) -> None:
        self._units: list[Unit] = []
        self._slices = 0
        self._most: dict[bool, int] = {}  # slices of a picture; of a key frame or another one
        self._seen = 0
        self._varies = False

    def take(self, unit: Unit) -> list[list[Unit]]:
        whole = []
        if self._slices and (not unit.is_slice or unit.begins_picture):
            self._learn()
            whole.append(self._end())
        if unit.is_slice and not unit.begins_picture and not self._slices:
            self._varies = True  # more of a picture that seemed to be whole
            return whole
        self._units.append(unit)
        self._slices += unit.is_slice
        if self._has_ended():
            whole.append(self._end())
        return whole

    def _has_ended(self) -> bool:
        if self._varies or self._seen < _PROVEN or not self._slices:
            return False
        return self._slices == self._most.get(self._is_key())

    def _learn(self) -> None:
        """From a picture that is whole for sure."""
        self._seen += 1
        key = self._is_key()
        self._most[key] = max(self._slices, self._most.get(key, 0))

    def _is_key(self) -> bool:
        return self._units[-1].kind == _KEY_SLICE

    def _end(self) -> list[Unit]:
        units, self._units, self._slices = self._units, [], 0
        return units


def whole_pictures(packets: Iterable[Any]) -> Iterator[Any]:
    """Packets of one picture each, from RTP's."""
    units, pictures, clock = Units(), Pictures(), _Clock()
    for packet in packets:
        if units.goes_on(packet):
            continue
        for unit in units.take(bytes(packet), packet):
            for picture in pictures.take(unit):
                yield _packet(picture, clock)


def is_disposable(packet: Any) -> bool:
    """Whether no other picture needs this packet's."""
    facts = packet.opaque
    return facts.disposable if isinstance(facts, Facts) else bool(packet.is_disposable)


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


def _packet(units: list[Unit], clock: _Clock) -> Any:
    last = units[-1]
    packet: Any = av.Packet(b"".join(unit.data for unit in units))
    packet.stream = last.packet.stream
    packet.pts = last.packet.pts
    packet.is_keyframe = last.kind == _KEY_SLICE
    packet.opaque = Facts(clock.of(last.packet), last.disposable)
    return packet
