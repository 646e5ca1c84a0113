"""The wall's pictures on their way to the tablet, and the tablet's on their way to the wall."""

import asyncio
import fractions
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from aiortc import MediaStreamTrack, VideoStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import VideoFrame

from kiosk.wire.rings import RingReader, RingWriter, ring_path
from kiosk.wire.shared import WALL_CAMERA

LOOK_S = 0.02
CLOCK_HZ = 90_000
SHOWN_PX = (640, 360)
"""Size in which the tablet's picture is wanted before the wall has told it."""


class WallPicture(VideoStreamTrack):
    """What the camera's process shares; nothing while it shares nothing. `began` is called with the
    first picture."""

    def __init__(self, runtime_dir: Path, began: Callable[[], None]) -> None:
        super().__init__()
        self._reader = RingReader(ring_path(runtime_dir, WALL_CAMERA))
        self._began = began
        self._seen = 0
        self._start_s = time.monotonic()

    async def recv(self) -> Any:
        """The next picture. Raises MediaStreamError when the track has ended."""
        while True:
            if self.readyState != "live":
                raise MediaStreamError
            frame = self._newest()
            if frame is not None:
                self._began()
                return frame
            await asyncio.sleep(LOOK_S)

    def stop(self) -> None:
        super().stop()
        self._reader.close()

    def _newest(self) -> Any:
        if self._reader.sequence() in (0, self._seen):
            return None
        ring = self._reader.latest()
        if ring is None:
            return None
        self._seen = ring.sequence
        # An encoder of this kind takes even sizes only.
        width, height = ring.width_px & ~1, ring.height_px & ~1
        pixels = np.frombuffer(ring.pixels, np.uint8).reshape(ring.height_px, ring.width_px, 4)
        frame = VideoFrame.from_ndarray(
            np.ascontiguousarray(pixels[:height, :width]), format="bgra"
        )
        frame.pts = round((time.monotonic() - self._start_s) * CLOCK_HZ)
        frame.time_base = fractions.Fraction(1, CLOCK_HZ)
        return frame


class TabletPicture:
    """Puts a track's pictures where the wall reads them, until it ends.

    The ring, and with it the last picture, goes with `close`.
    """

    def __init__(self, runtime_dir: Path, ring: str, now_ms: Callable[[], int]) -> None:
        """`ring` is the name under which they are read."""
        self._path = ring_path(runtime_dir, ring)
        self._now_ms = now_ms
        self._ring: RingWriter | None = None
        self.shown_px = SHOWN_PX
        """Width and height of its place on the wall: each picture is made as large as fits."""

    async def take(self, track: MediaStreamTrack) -> None:
        while True:
            try:
                frame: Any = await track.recv()
            except MediaStreamError:
                return
            # Large pictures take milliseconds: the sound must not wait for them.
            width, height, pixels = await asyncio.to_thread(_as_shown, frame, self.shown_px)
            self._show(width, height, pixels)

    def close(self) -> None:
        if self._ring is not None:
            self._ring.close(remove=True)
            self._ring = None

    def _show(self, width: int, height: int, pixels: bytes) -> None:
        ring = self._ring
        if ring is None or (ring.width_px, ring.height_px) != (width, height):
            if ring is not None:
                ring.close()
            ring = self._ring = RingWriter(self._path, width, height)
        ring.write(pixels, self._now_ms())


def shown_size(width: int, height: int, place: tuple[int, int]) -> tuple[int, int]:
    """The size in which a picture fills its place (width, height) on one side, in its own shape."""
    share = min(place[0] / width, place[1] / height)
    return max(2, round(width * share)), max(2, round(height * share))


def _as_shown(frame: Any, place: tuple[int, int]) -> tuple[int, int, bytes]:
    width, height = shown_size(frame.width, frame.height, place)
    pixels = frame.reformat(width=width, height=height, format="bgra").to_ndarray()
    return width, height, pixels.tobytes()
