"""One camera: a thread that opens, decodes, scales, publishes, and tries again for ever."""

import threading
from pathlib import Path
from typing import Any

import msgspec

from kiosk.core.clock import Clock
from kiosk.video.address import AddressError, check_host
from kiosk.video.freshness import Backoff, Progress
from kiosk.video.source import Scaler, Source, StreamError, pictures
from kiosk.wire.rings import SIDE_LIMIT_PX, RingWriter


class Tile(msgspec.Struct, frozen=True):
    """Where the picture goes: pixels, and pictures a second at most."""

    width_px: int
    height_px: int
    fps: float


def cover_size(tile: Tile, width_px: int, height_px: int) -> tuple[int, int]:
    """The smallest size of the picture's own shape that covers the tile, in pixels."""
    scale = max(tile.width_px / width_px, tile.height_px / height_px)
    scale = min(scale, SIDE_LIMIT_PX / max(width_px, height_px))
    return max(1, round(width_px * scale)), max(1, round(height_px * scale))


class Stream:
    """A camera's stream; every method but the thread's own returns at once."""

    def __init__(
        self,
        camera: str,
        url: str,
        ring: Path,
        tile: Tile,
        clock: Clock,
        lost_s: float,
        *,
        loopback: bool,
    ) -> None:
        self.camera = camera
        self.url = url
        self.ring = ring
        self._tile = tile
        self._clock = clock
        self._lost_ms = lost_s * 1000
        self._loopback = loopback
        self._backoff = Backoff(camera)
        self._scaler = Scaler()
        self._writer: RingWriter | None = None
        self._pixels = b""
        self._next_ms = 0.0
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._progress = Progress(since_ms=clock.monotonic_ms())
        # daemon: a thread that waits for a hung camera must not hold up the process's end
        self._thread = threading.Thread(target=self._run, name=f"camera-{camera}", daemon=True)

    @property
    def progress(self) -> Progress:
        return self._progress

    def start(self) -> None:
        self._thread.start()

    def resize(self, tile: Tile) -> None:
        """Takes effect with the next picture; the stream stays open."""
        self._tile = tile

    def stop(self) -> None:
        """Takes the ring away; the thread ends by itself, at a hung camera after its time-out."""
        with self._lock:
            self._stopped.set()
            self.ring.unlink(missing_ok=True)

    def join(self, timeout_s: float) -> bool:
        """Whether the thread has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped.is_set():
            before = self._progress.frame_t_ms
            try:
                check_host(self.url, loopback=self._loopback)
                with Source(self.url) as source:
                    self._decode(source)
            except (StreamError, AddressError, OSError, ValueError):
                # The reason would hold the address, and it the password. The state tells enough.
                pass
            if self._progress.frame_t_ms == before:
                attempt = self._progress.attempt + 1
                self._progress = msgspec.structs.replace(self._progress, attempt=attempt)
            self._stopped.wait(self._backoff.wait_s(self._progress.attempt))
        if self._writer is not None:
            self._writer.close()

    def _decode(self, source: Source) -> None:
        """Until the stream ends, stands still for too long, or is to stop."""
        opened_ms = self._clock.monotonic_ms()
        for packet in source.packets():
            now_ms = self._clock.monotonic_ms()
            if self._stopped.is_set() or self._stands_still(opened_ms, now_ms):
                return
            if source.intra_only and now_ms < self._next_ms:
                continue
            for picture in pictures(packet):
                if now_ms >= self._next_ms:
                    self._pace(now_ms)
                    self._publish(picture)

    def _stands_still(self, opened_ms: float, now_ms: float) -> bool:
        """Whether this connection has brought nothing new for so long that a new one may help."""
        return now_ms - max(opened_ms, self._progress.picture_ms or 0) > self._lost_ms

    def _pace(self, now_ms: float) -> None:
        """Keeps the mean rate under the tile's, without running after pictures that never came."""
        period_ms = 1000 / self._tile.fps
        self._next_ms = max(self._next_ms + period_ms, now_ms + period_ms / 2)

    def _publish(self, picture: Any) -> None:
        width_px, height_px = cover_size(self._tile, picture.width, picture.height)
        pixels, stride = self._scaler.scale(picture, width_px, height_px)
        if pixels == self._pixels:
            return
        self._pixels = pixels
        t_ms = self._clock.now_ms()
        pts_ms = None if picture.pts is None else round(picture.time * 1000)
        with self._lock:
            if self._stopped.is_set():
                return
            self._ring_of(width_px, height_px, stride).write(pixels, t_ms, pts_ms)
        self._progress = Progress(
            since_ms=self._progress.since_ms,
            picture_ms=self._clock.monotonic_ms(),
            frame_t_ms=t_ms,
        )

    def _ring_of(self, width_px: int, height_px: int, stride: int) -> RingWriter:
        ring = self._writer
        if ring is None or (ring.width_px, ring.height_px, ring.stride) != (
            width_px,
            height_px,
            stride,
        ):
            self._writer = RingWriter(self.ring, width_px, height_px, stride)
            if ring is not None:
                ring.close()
        assert self._writer is not None
        return self._writer
