"""One camera: its main and its smaller stream, and the ring that its tile reads."""

import threading
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import numpy as np

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.video import reasons
from kiosk.video.freshness import state_of
from kiosk.video.kept import Kept, KeptPictures
from kiosk.video.scaling import Pixels, Tile, cover_size
from kiosk.video.source import Means
from kiosk.video.stream import Address, Shot, Stream
from kiosk.wire.messages import CameraState, CameraView, Region
from kiosk.wire.rings import RingWriter, ring_path

Which = Literal["main", "sub"]

# Tries to connect after which the camera's other stream has to do.
_ATTEMPTS = 2


class Camera:
    """Shows one stream at a time; another one that is wanted takes over with its first picture.

    Used by one thread, beside those of its streams. Raises AddressError for an address that is not
    opened, ValueError for an id that can't be a file name.
    """

    def __init__(
        self,
        view: CameraView,
        settings: Settings,
        clock: Clock,
        means: Means,
        kept: KeptPictures,
    ) -> None:
        self.id = view.camera
        self._view = view
        self._settings = settings
        self._clock = clock
        self._kept_pictures = kept
        self._means = means
        self._lock = threading.Lock()
        self._streams: dict[Which, Stream] = {}
        self._wanted: Which = "main"
        self._shown: Which | None = None
        self._writer: RingWriter | None = None
        self._closed = False
        self._old: Kept | None = None
        self._since_ms: dict[Which, float] = {}
        self.hidden_ms: float | None = None
        self.ring = ring_path(Path(settings.paths.runtime_dir), view.camera)
        self._check(view)
        self._show_kept(_tile(view, settings))
        self.show(view)

    def show(self, view: CameraView) -> None:
        """Follows the view: opens what is wanted, rests what is not. Raises AddressError."""
        self._check(view)
        self.hidden_ms, self._view = None, view
        tile = _tile(view, self._settings)
        self._wanted = "sub" if view.sub_url and view.purpose != "full" else "main"
        if not view.sub_url and "sub" in self._streams:
            self._close("sub")
        address = self._address(self._wanted)
        stream = self._streams.get(self._wanted)
        if stream is not None and not _same_stream(
            stream.address.url, address.url, signed=view.signed
        ):
            self._close(self._wanted)
            stream = None
        if stream is None:
            stream = self._open(self._wanted, tile)
        stream.readdress(address)
        stream.show(tile)
        if self._shown is not None and self._shown in self._streams:
            self._streams[self._shown].show(tile)
        if view.purpose == "hidden":
            self._rest_all()

    def hide(self) -> None:
        """Nobody looks any more: key frames only, until it is shown again or closed."""
        if self.hidden_ms is None:
            self.hidden_ms = self._clock.monotonic_ms()
            self._rest_all()

    def tick(self) -> None:
        """Rests, and later closes, a stream that another one has taken over from; opens the other
        one when that which is wanted can't be had."""
        now_ms = self._clock.monotonic_ms()
        spare = _other(self._wanted)
        if self._shown is None and self._streams[self._wanted].progress.attempt >= _ATTEMPTS:
            self._open_other(spare)
        if self._shown != self._wanted or spare not in self._streams:
            self._since_ms.pop(spare, None)
            return
        since_ms = self._since_ms.setdefault(spare, now_ms)
        self._streams[spare].rest()
        if now_ms - since_ms > self._settings.video.hidden_s * 1000:
            self._close(spare)

    def state(self) -> CameraState:
        shown = self._shown or self._wanted
        stream, video = self._streams[shown], self._settings.video
        progress = stream.progress
        state = state_of(progress, self._clock.monotonic_ms(), video)
        old = self._old
        silent = state in ("stale", "lost") and not progress.reason.ko
        return CameraState(
            camera=self.id,
            state=state,
            frame_t_ms=old.t_ms if old is not None else progress.frame_t_ms,
            attempt=progress.attempt,
            ring=str(self.ring) if self._writer is not None else None,
            delay_ms=progress.delay_ms,
            camera_t_ms=progress.camera_t_ms if old is None else None,
            period_ms=progress.period_ms,
            kept=old is not None,
            codec=progress.codec,
            decoder=progress.decoder,
            width_px=progress.width_px,
            height_px=progress.height_px,
            stream=shown,
            reason=reasons.SILENT if silent else progress.reason,
            refused=progress.refused,
        )

    def stop(self) -> list[Stream]:
        """Takes the ring away; the threads of the returned streams end by themselves."""
        with self._lock:
            self._closed = True
            self.ring.unlink(missing_ok=True)
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        streams = list(self._streams.values())
        for stream in streams:
            stream.stop()
        return streams

    def _check(self, view: CameraView) -> None:
        self._means.gate.check(view.url)
        if view.sub_url:
            self._means.gate.check(view.sub_url)

    def _address(self, which: Which) -> Address:
        view = self._view
        small = view.purpose != "full"
        return Address(view.sub_url if which == "sub" else view.url, view.login, small)

    def _open(self, which: Which, tile: Tile) -> Stream:
        name = self.id if which == "main" else f"{self.id}/sub"
        stream = Stream(
            name,
            self._address(which),
            tile,
            self._clock,
            self._settings.video,
            self._means,
            self._publish,
        )
        self._streams[which] = stream
        stream.start()
        return stream

    def _open_other(self, spare: Which) -> None:
        if self._address(spare).url and spare not in self._streams:
            self._open(spare, _tile(self._view, self._settings))

    def _close(self, which: Which) -> None:
        self._since_ms.pop(which, None)
        self._streams.pop(which).stop()
        if self._shown == which:
            self._shown = None

    def _rest_all(self) -> None:
        for stream in self._streams.values():
            stream.rest()

    # ---- on the streams' threads

    def _publish(self, stream: Stream, shot: Shot) -> None:
        if self._place(stream) is None:
            return
        pixels = stream.pixels(shot)
        with self._lock:
            which = self._place(stream)
            if self._closed or which is None:
                return
            self._shown = which
            self._old = None
            self._write(pixels, shot.t_ms, shot.camera_t_ms, shot.tile.region)
        self._kept_pictures.offer(self.id, shot.planes, shot.t_ms)

    def _place(self, stream: Stream) -> Which | None:
        """Which one of the streams this is, if its pictures are to be seen."""
        shown = self._shown
        for which in (self._wanted, shown or _other(self._wanted)):
            if self._streams.get(which) is stream:
                return which
        return None

    def _write(self, pixels: Pixels, t_ms: int, camera_t_ms: int | None, region: Region) -> None:
        height_px, width_px = pixels.shape[0], pixels.shape[1] // 4
        ring = self._writer
        if ring is None or (ring.width_px, ring.height_px) != (width_px, height_px):
            self._writer = RingWriter(self.ring, width_px, height_px)
            if ring is not None:
                ring.close()
            ring = self._writer

        def fill(slot: memoryview) -> None:
            np.copyto(np.frombuffer(slot, np.uint8).reshape(pixels.shape), pixels)

        ring.draw(fill, t_ms, camera_t_ms, region)

    def _show_kept(self, tile: Tile) -> None:
        """What the camera showed in an earlier run, until it shows something itself."""
        old = self._kept_pictures.find(self.id)
        if old is None:
            return
        size = cover_size(tile, old.picture.width, old.picture.height)
        with self._lock:
            self._write(old.bgra(*size), old.t_ms, None, Region())
            self._old = old


def _tile(view: CameraView, settings: Settings) -> Tile:
    return Tile(
        max(1, view.width_px),
        max(1, view.height_px),
        max(0.1, min(view.fps, settings.video.fps)),
        _inside(view.region),
    )


def _inside(region: Region) -> Region:
    """The region as far as it lies in the picture; at least a fiftieth of each side."""
    width, height = (min(1.0, max(0.02, side)) for side in (region.width, region.height))
    x = min(max(0.0, region.x), 1.0 - width)
    y = min(max(0.0, region.y), 1.0 - height)
    return Region(x, y, width, height)


def _other(which: Which) -> Which:
    return "sub" if which == "main" else "main"


def _same_stream(one: str, other: str, *, signed: bool) -> bool:
    """Whether two addresses differ in their query alone, or of a camera whose address is a
    signature in whatever comes after the host: it is renewed while the stream plays."""
    a, b = urlsplit(one), urlsplit(other)
    if signed:
        return (a.scheme, a.netloc) == (b.scheme, b.netloc)
    return (a.scheme, a.netloc, a.path) == (b.scheme, b.netloc, b.path)
