"""The camera's own time of a picture, where its stream tells it."""

import struct
from dataclasses import dataclass
from typing import Any

# libavutil's AVProducerReferenceTime: wall clock in microseconds since 1970, and flags
_REFERENCE = struct.Struct("=qi")


class Taken(int):
    """Epoch ms by the camera's clock; a packet carries it as its `opaque` where a playlist or an
    answer tells it."""


@dataclass(frozen=True)
class Reported:
    """The `opaque` of a packet made of others: what those said of the time."""

    camera_t_ms: int | None


def camera_time(packet: Any) -> int | None:
    """Epoch ms by the camera's clock, None where it does not tell."""
    if isinstance(packet.opaque, Taken):
        return int(packet.opaque)
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
