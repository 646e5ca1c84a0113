"""Decodes one stream, and takes no more of the machine than its share."""

import time
from collections.abc import Callable
from typing import Any

import av

from kiosk.core.clock import Clock
from kiosk.settings.model import VideoSettings
from kiosk.video.hardware import context_like, decoded_by
from kiosk.video.nals import is_disposable
from kiosk.video.opened import Opened
from kiosk.wire.messages import DecoderWord

# The largest picture that is decoded at all: 8K. A header that promises more asks for gigabytes.
PIXELS_LIMIT = 8192 * 4320
_WINDOW_S = 2.0
# A stream that was too heavy is tried in full again, ever less often.
_PATIENCE_S = 20.0
_LONGEST_PATIENCE_S = 600.0

_SOFTWARE: DecoderWord = "software"
_ALL, _NEEDED, _KEY_FRAMES = range(3)
_ONE_OF = (1, 5, 25)  # of pictures that all stand alone


class Decoder:
    """Pictures of a source's packets.

    Beyond the settings' `camera_cores` (on the mean of two seconds) it leaves out first the
    pictures that no other one needs, then all but key frames; one that asks for too much memory
    gives none.
    `begun`: there has been a first picture.
    `thread_s` counts the CPU seconds of the calling thread.
    """

    def __init__(
        self,
        source: Opened,
        settings: VideoSettings,
        clock: Clock,
        thread_s: Callable[[], float] = time.thread_time,
    ) -> None:
        self._source = source
        self._share = Share(settings.camera_cores, clock, thread_s)
        self._count = 0
        context, self._kind = source.codec_context, _SOFTWARE
        if settings.hardware:
            context, self._kind = context_like(context)
        context.options = {"max_pixels": str(PIXELS_LIMIT)}
        self._context = context
        self.decoder = _SOFTWARE
        self.begun = False
        self.codec: str = context.name
        self.keeps_time: bool = source.keeps_time
        self.intra_only: bool = source.intra_only
        self.tick_ms = source.tick_ms
        self.period_ms = round(source.period_s * 1000)

    @property
    def saves(self) -> bool:
        """Whether it leaves out pictures for want of a faster machine."""
        return self._share.level != _ALL

    def pictures(self, packet: Any, *, wanted: bool) -> list[Any]:
        """The pictures a packet completes; a damaged one completes none.

        Of a picture that is not `wanted` no more is decoded than the following ones need.
        """
        level = self._share.look()
        if self._source.intra_only:
            self._count += 1
            if not wanted or self._count % _ONE_OF[level]:
                return []
        elif not _needed(packet, level, wanted):
            return []
        try:
            pictures = list(self._context.decode(packet))
        except (av.error.InvalidDataError, av.error.MemoryError, av.error.ArgumentError):
            return []
        if pictures:
            self.begun = True
            self.decoder = decoded_by(pictures[0], self._kind)
        return pictures


def _needed(packet: Any, level: int, wanted: bool) -> bool:
    if level == _KEY_FRAMES:
        return bool(packet.is_keyframe)
    return not is_disposable(packet) or (wanted and level == _ALL)


class Share:
    """How much is left out, by what the thread has used of late."""

    def __init__(self, cores: float, clock: Clock, thread_s: Callable[[], float]) -> None:
        self._cores = cores
        self._clock = clock
        self._thread_s = thread_s
        self._begin_s, self._cpu_s = clock.monotonic_ms() / 1000, thread_s()
        self._patience_s, self._since_s = _PATIENCE_S, self._begin_s
        self.level = _ALL

    def look(self) -> int:
        now_s = self._clock.monotonic_ms() / 1000
        if now_s - self._begin_s < _WINDOW_S:
            return self.level
        cpu_s = self._thread_s()
        share = (cpu_s - self._cpu_s) / (now_s - self._begin_s)
        self._begin_s, self._cpu_s = now_s, cpu_s
        if share > self._cores and self.level < _KEY_FRAMES:
            self.level += 1
            self._since_s = now_s
        elif self.level and now_s - self._since_s > self._patience_s:
            self.level -= 1
            self._since_s = now_s
            self._patience_s = min(_LONGEST_PATIENCE_S, self._patience_s * 2)
        return self.level
