"""Decoding on the graphics processor, where this machine and its FFmpeg can.

The FFmpeg in PyAV's wheels has no VAAPI; a PyAV that is built on one that does (or NVIDIA's driver)
is used as it stands. Pictures come back into memory: they are scaled there like all others.
"""

import os
from pathlib import Path
from typing import Any

import av

from kiosk.wire.messages import DecoderWord

CODECS = frozenset({"h264", "hevc", "av1", "vp9"})
_DOWNLOADED = frozenset({"nv12", "p010le"})


def render_nodes(devices: Path = Path("/dev/dri")) -> list[Path]:
    """Graphics processors that this user may use."""
    nodes = sorted(devices.glob("renderD*"))
    return [node for node in nodes if os.access(node, os.R_OK | os.W_OK)]


def kinds(devices: Path = Path("/dev")) -> list[tuple[DecoderWord, str | None]]:
    """(kind, device) of what may be tried, best first; none on a machine without."""
    known = set(av.codec.hwaccel.hwdevices_available())
    nodes = render_nodes(devices / "dri") if "vaapi" in known else []
    found: list[tuple[DecoderWord, str | None]] = [("vaapi", str(node)) for node in nodes]
    if "cuda" in known and (devices / "nvidiactl").exists():
        found.append(("cuda", None))
    return found


def context_like(software: Any) -> tuple[Any, DecoderWord]:
    """A decoder of the same stream on the first graphics processor that takes it, else `software`
    itself. One that finds out later that it can't goes on in software by itself."""
    if software.name in CODECS:
        for kind, device in kinds():
            try:
                wanted = av.codec.hwaccel.HWAccel(kind, device, allow_software_fallback=True)
                context: Any = av.CodecContext.create(software.name, "r", wanted)
            except (av.FFmpegError, NotImplementedError, RuntimeError):
                continue
            context.extradata = software.extradata
            context.thread_type = "NONE"
            return context, kind
    return software, "software"


def decoded_by(picture: Any, kind: DecoderWord) -> DecoderWord:
    """What made this picture: software has other planes than what was downloaded."""
    return kind if picture.format.name in _DOWNLOADED else "software"
