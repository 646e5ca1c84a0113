"""The last picture of each camera, kept on the disk: a wall that starts without network shows it,
grey and with its age.

City cameras look at public places; what they showed is kept for hours, in bounded room.
"""

import contextlib
import hashlib
import io
import threading
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av

from kiosk.core.clock import Clock
from kiosk.settings.model import VideoSettings
from kiosk.video.scaling import Pixels, Scaler, Tile

_SAVE_MS = 60_000
_WIDTH_PX = 640
_HOUR_MS = 3_600_000
_SUFFIX = ".jpg"
_BYTES_LIMIT = 4_000_000


class Kept(NamedTuple):
    """A picture of an earlier run and when it was taken (epoch ms)."""

    picture: Any
    t_ms: int

    def bgra(self, width_px: int, height_px: int) -> Pixels:
        scaler = Scaler()
        return scaler.bgra(scaler.planes(self.picture, Tile(width_px, height_px, 1.0)))


class KeptPictures:
    """One JPEG a camera, named by a hash of its id and `t_ms`; used by any thread."""

    def __init__(self, folder: Path, settings: VideoSettings, clock: Clock) -> None:
        self._folder = folder
        self._kept_ms = settings.kept_h * _HOUR_MS
        self._room_bytes = settings.kept_mb * 1_000_000
        self._clock = clock
        self._lock = threading.Lock()
        self._saved_ms: dict[str, int] = {}
        self.sweep()

    def offer(self, camera: str, planes: Any, t_ms: int) -> None:
        """Keeps the picture when the last one is a minute old; a full disk keeps none."""
        if not self._kept_ms or t_ms - self._saved_ms.get(camera, 0) < _SAVE_MS:
            return
        self._saved_ms[camera] = t_ms
        with contextlib.suppress(OSError, av.FFmpegError):
            data = _jpeg(planes)
            with self._lock:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                old = self._files(camera)
                part = self._folder / f".{_name(camera)}"
                part.write_bytes(data)
                part.replace(self._folder / f"{_name(camera)}-{t_ms}{_SUFFIX}")
                for file in old:
                    file.unlink(missing_ok=True)
                self._sweep()

    def find(self, camera: str) -> Kept | None:
        """The newest picture that has not expired and can be read."""
        for file in sorted(self._files(camera), key=_taken_ms, reverse=True):
            if not self._expired(file):
                with contextlib.suppress(OSError, ValueError, av.FFmpegError):
                    if file.stat().st_size <= _BYTES_LIMIT:
                        return Kept(_picture(file), _taken_ms(file))
        return None

    def sweep(self) -> None:
        """Takes away what has expired, and the oldest beyond the room."""
        with self._lock, contextlib.suppress(OSError):
            self._sweep()

    def _sweep(self) -> None:
        room = self._room_bytes
        files = sorted(self._folder.glob(f"*{_SUFFIX}"), key=_taken_ms, reverse=True)
        for file in files:
            room -= file.stat().st_size
            if room < 0 or self._expired(file):
                file.unlink(missing_ok=True)

    def _expired(self, file: Path) -> bool:
        """Of the future too: a clock that went back would keep it for ever."""
        age_ms = self._clock.now_ms() - _taken_ms(file)
        return not -_HOUR_MS <= age_ms <= self._kept_ms

    def _files(self, camera: str) -> list[Path]:
        return list(self._folder.glob(f"{_name(camera)}-*{_SUFFIX}"))


def _name(camera: str) -> str:
    return hashlib.sha256(camera.encode()).hexdigest()[:20]


def _taken_ms(file: Path) -> int:
    """0 for a file that is none of ours: it has expired."""
    number = file.stem.rpartition("-")[2]
    return int(number) if number.isdigit() else 0


def _jpeg(planes: Any) -> bytes:
    scale = min(1.0, _WIDTH_PX / planes.width)
    small = planes.reformat(
        width=round(planes.width * scale) & ~1 or 2,
        height=round(planes.height * scale) & ~1 or 2,
        format="yuvj420p",
        threads=1,
    )
    encoder: Any = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = small.width, small.height, "yuvj420p"
    encoder.time_base = Fraction(1)
    encoder.thread_type = "NONE"
    small.pts = 0
    return b"".join(bytes(packet) for packet in [*encoder.encode(small), *encoder.encode(None)])


def _picture(file: Path) -> Any:
    with av.open(io.BytesIO(file.read_bytes()), format="mjpeg") as container:
        for picture in container.decode(video=0):
            return picture
    raise ValueError("no picture in the file")
