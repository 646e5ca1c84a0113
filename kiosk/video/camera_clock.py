"""The camera's own time of a picture, where its stream tells it, and how old that makes it."""

import struct
from dataclasses import dataclass
from typing import Any

# libavutil's AVProducerReferenceTime: wall clock in microseconds since 1970, and flags
_REFERENCE = struct.Struct("=qi")
# A server's clock that is off by more than this tells nothing about its pictures' age.
_LONGEST_MS = 600_000.0
# What one step of a clock may be: a second's rounding, a correction.
_STEP_MS = 2000.0


@dataclass(frozen=True)
class Reported:
    """The `opaque` of a packet made of others: what those said of the time (epoch ms)."""

    camera_t_ms: int | None


@dataclass(frozen=True)
class Taken(Reported):
    """What a playlist or an answer tells of a packet's picture. `latest_ms`: by our clock, when it
    was taken at the latest; None where nothing is known of that."""

    latest_ms: int | None = None


def camera_time(packet: Any) -> int | None:
    """Epoch ms by the camera's clock, None where it does not tell."""
    if isinstance(packet.opaque, Reported):
        return packet.opaque.camera_t_ms
    return reported_time(packet)


def reported_time(packet: Any) -> int | None:
    """RTSP tells it after its first sender report (RFC 3550, 6.4.1), at most some seconds after
    the start."""
    if not packet.has_sidedata("prft"):
        return None
    data = bytes(packet.get_sidedata("prft"))
    if len(data) < _REFERENCE.size:
        return None
    micros, _flags = _REFERENCE.unpack_from(data)
    return int(micros) // 1000


class Age:
    """How old the pictures of a stream are by what it tells of them.

    A clock that jumps tells nothing of an age: when the time that is told jumps against the time
    stamps, those are followed; when the time stamps jump against ours, what is told is.
    """

    def __init__(self) -> None:
        self._apart_ms: float | None = None
        self._stamp_ms = 0.0
        self._now_ms = 0.0

    def of(self, taken: Taken, stamp_ms: float | None, now_ms: float) -> int:
        """Milliseconds, 0 where nothing is known. `stamp_ms` is the packet's own time, None where
        the camera gives none; `now_ms` our epoch time."""
        least_ms = max(0.0, now_ms - taken.latest_ms) if taken.latest_ms is not None else 0.0
        if stamp_ms is None:
            return round(least_ms)
        told_ms = 0.0
        if taken.camera_t_ms is not None:
            told_ms = now_ms - (stamp_ms + self._followed(taken.camera_t_ms, stamp_ms, now_ms))
        self._stamp_ms, self._now_ms = stamp_ms, now_ms
        return round(max(least_ms, told_ms) if 0 <= told_ms <= _LONGEST_MS else least_ms)

    def _followed(self, told_ms: float, stamp_ms: float, now_ms: float) -> float:
        """How far the camera's clock is ahead of its time stamps."""
        apart_ms, before_ms = told_ms - stamp_ms, self._apart_ms
        passed_ms = now_ms - self._now_ms
        stamps_jump = abs(stamp_ms - self._stamp_ms - passed_ms) > _STEP_MS
        if before_ms is not None and abs(apart_ms - before_ms) > _STEP_MS and not stamps_jump:
            return before_ms
        self._apart_ms = apart_ms
        return apart_ms
