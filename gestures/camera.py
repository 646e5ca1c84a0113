"""Pictures from a camera, a video, a GIF, a folder of pictures or an address; never written.

Pictures are 8-bit RGB arrays (height, width, 3) that live in memory and nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from gestures.errors import (
    CameraBusyError,
    CameraLostError,
    CameraMissingError,
    UnreadableFileError,
)

NONE = "none"
STILLS = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".jfif")
GIF, GIF_END = b"GIF8", b"\x3b"
COUNTED = (".mp4", ".m4v", ".mov", ".avi")  # their files say how many pictures they hold
WHOLE = 0.9  # a clip that gives this part of its pictures is not broken off
STILL_MS = 66  # stills of a folder follow one another as at 15 pictures a second
OPEN_TIMEOUT_MS = 3000
DEVICES = Path("/dev")

Rgb = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture; t_ms rises within a camera and starts anywhere."""

    t_ms: int
    rgb: Rgb


class Camera(Protocol):
    """A source of pictures. live: it runs on the world's time, not on its own."""

    live: bool

    def read(self) -> Picture | None:
        """The next picture; None at the end of a recording. Raises CameraLostError."""
        ...

    def close(self) -> None: ...


def open_camera(
    source: str, size: tuple[int, int], now_ms: Callable[[], int], fps: float = 15.0
) -> Camera:
    """Opens an index, a file or folder, or an address.

    size: (width, height) asked of a live camera, pixels. now_ms: the clock of a live camera.
    fps: more pictures a second than this are skipped without being decoded.
    Raises CameraMissingError, CameraBusyError, UnreadableFileError.
    """
    if source.isdigit():
        return _LiveCamera(source, _open_device(int(source), size), now_ms, fps)
    if "://" in source:
        return _LiveCamera(source, _open_address(source), now_ms, fps)
    path = Path(source)
    if not path.exists():
        raise CameraMissingError(source, "no such file or folder; give an index, file or address")
    if path.is_dir() or path.suffix.lower() in STILLS:
        return _Stills(source, path)
    return _Recording(source, fps)


class _LiveCamera:
    live = True

    def __init__(self, source: str, capture: Any, now_ms: Callable[[], int], fps: float) -> None:
        self._source = source
        self._capture = capture
        self._now_ms = now_ms
        self._gap_ms = 0.9 * 1000 / fps
        self._last_ms = -(10**9)

    def read(self) -> Picture | None:
        while True:
            if not self._capture.grab():
                raise CameraLostError(self._source, "no more pictures: unplugged or broken off")
            t_ms = self._now_ms()
            if t_ms - self._last_ms >= self._gap_ms:
                break
        self._last_ms = t_ms
        ok, bgr = self._capture.retrieve()
        if not ok or bgr is None:
            raise CameraLostError(self._source, "a picture could not be decoded")
        return Picture(t_ms, _rgb(bgr))

    def close(self) -> None:
        self._capture.release()


class _Recording:
    """A video or GIF, on its own times."""

    live = False

    def __init__(self, source: str, fps: float) -> None:
        cv2 = _cv2()
        if not _sayable(source):
            raise UnreadableFileError(source, "a clip's name must be UTF-8; rename it")
        self._capture = cv2.VideoCapture(source)
        self._position = cv2.CAP_PROP_POS_MSEC
        self._gap_ms = 0.9 * 1000 / fps
        self._last_ms = -(10**9)
        self._seen = 0
        self._source = source
        if not self._capture.isOpened():
            raise UnreadableFileError(source, "not a video or picture that can be read")

    def read(self) -> Picture | None:
        while self._capture.grab():
            self._seen += 1
            t_ms = int(self._capture.get(self._position))
            if t_ms - self._last_ms < self._gap_ms:
                continue
            ok, bgr = self._capture.retrieve()
            if not ok or bgr is None:
                break
            self._last_ms = t_ms
            return Picture(t_ms, _rgb(bgr))
        if not self._seen:
            raise UnreadableFileError(self._source, "a video without a picture that can be read")
        if self._broken_off():
            raise UnreadableFileError(self._source, f"broken off after {self._seen} pictures")
        return None

    def close(self) -> None:
        self._capture.release()

    def _broken_off(self) -> bool:
        """Whether pictures are missing at the end."""
        path = Path(self._source)
        if path.suffix.lower() in COUNTED:
            promised: float = self._capture.get(_cv2().CAP_PROP_FRAME_COUNT)
            return self._seen < WHOLE * promised
        data = path.read_bytes()
        return data.startswith(GIF) and not data.rstrip(b"\0").endswith(GIF_END)


class _Stills:
    """One picture, or a folder's pictures in the order of their names."""

    live = False

    def __init__(self, source: str, path: Path) -> None:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        files = [file for file in inside if file.suffix.lower() in STILLS]
        if not files:
            raise UnreadableFileError(source, f"a folder without pictures ({', '.join(STILLS)})")
        self._pictures: Iterator[Picture] = (
            Picture(index * STILL_MS, read_still(file)) for index, file in enumerate(files)
        )

    def read(self) -> Picture | None:
        return next(self._pictures, None)

    def close(self) -> None:
        self._pictures = iter(())


def is_still(file: Path) -> bool:
    """Whether a file is one picture: by its name, or by what is in it. Raises OSError."""
    if file.suffix.lower() in STILLS:
        return True
    cv2, name = _cv2(), str(file)
    if not _sayable(name):
        return False
    one: bool = cv2.haveImageReader(name) and cv2.imcount(name) == 1
    return one


def read_still(file: Path) -> Rgb:
    """A picture file as RGB, as it is meant to be looked at. Raises UnreadableFileError."""
    cv2 = _cv2()
    if file.exists() and not file.is_file():
        raise UnreadableFileError(str(file), "not a file")
    try:
        data = file.read_bytes()
        bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    except OSError as error:
        raise UnreadableFileError(str(file), error.strerror or "can't be read") from error
    except cv2.error as error:
        reason = f"not a picture that can be read ({error.err})"
        raise UnreadableFileError(str(file), reason) from error
    if bgr is None:
        raise UnreadableFileError(str(file), "not a picture that can be read")
    return _rgb(bgr)


def _sayable(name: str) -> bool:
    """Whether OpenCV may be told a file's name: one that is not UTF-8 would crash it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _open_device(index: int, size: tuple[int, int]) -> Any:
    device = DEVICES / f"video{index}"
    if not device.exists():
        raise CameraMissingError(str(index), f"no {device}; is the camera plugged in?")
    if not os.access(device, os.R_OK | os.W_OK):
        raise CameraBusyError(str(index), f"this user may not open {device} (group video)")
    cv2 = _cv2()
    capture = cv2.VideoCapture(index, cv2.CAP_V4L2)
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    # A camera that another program streams from opens, but gives no picture.
    if not capture.isOpened() or not capture.grab():
        capture.release()
        raise CameraBusyError(str(index), f"{device} gives no picture; another program may hold it")
    return capture


def _open_address(source: str) -> Any:
    cv2 = _cv2()
    timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS]
    timeouts += [cv2.CAP_PROP_READ_TIMEOUT_MSEC, OPEN_TIMEOUT_MS]
    capture = cv2.VideoCapture(source, cv2.CAP_FFMPEG, timeouts)
    if not capture.isOpened():
        raise CameraMissingError(_without_login(source), "the address does not answer")
    return capture


def _without_login(address: str) -> str:
    """An address as it may be shown: without user and password."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def _rgb(bgr: Any) -> Rgb:
    cv2 = _cv2()
    rgb: Rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
    return rgb


def _cv2() -> Any:
    """OpenCV, quiet: its warnings would repeat what the errors here say better."""
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    return cv2
