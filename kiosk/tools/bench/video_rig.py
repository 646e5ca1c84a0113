"""A camera network, the video process and a wall of 16 tiles, each in a process of its own."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from kiosk.settings import Settings
from kiosk.settings.model import PathSettings, VideoSettings
from kiosk.tools.bench.rtsp import end
from kiosk.video.apart import Apart
from kiosk.wire.codec import encode
from kiosk.wire.messages import CameraState, CameraView, Message, ShowCameras

CAMERAS = 16
NAMES = tuple(f"c{n}" for n in range(CAMERAS))
START_S = 20.0
_TURN_S = 0.02


class Wall:
    """The video process and, if wanted, the wall that shows what it decodes."""

    def __init__(
        self, folder: Path, url: str, *, display: bool = True, clock: bool = False, fps: float = 30
    ) -> None:
        self.states: dict[str, CameraState] = {}
        self.told: list[dict[str, float]] = []
        self._lock = threading.Lock()
        paths = PathSettings(runtime_dir=str(folder / "run"), data_dir=str(folder / "data"))
        settings = Settings(paths=paths, video=VideoSettings(fps=fps, hidden_s=0, kept_h=0))
        self.display: subprocess.Popen[bytes] | None = None
        size_px = (480, 270)
        if display:
            options = ["--clock"] if clock else []
            self.display = self._start(
                "kiosk.tools.bench.video_display", str(folder / "run"), *options
            )
            self._follow(self.display, self._hear_display)
            self.wait(lambda: bool(self.told), START_S)
            size_px = int(self.told[0]["width_px"]), int(self.told[0]["height_px"])
        self.begun_s = time.time()
        self._apart = Apart(settings, self._hear_video)
        self.video = self._apart.process
        views = (CameraView(name, url, *size_px, fps=fps) for name in NAMES)
        self._apart.send(ShowCameras(tuple(views)))

    def wait(self, done: Callable[[], bool], timeout_s: float) -> float:
        """Seconds until `done`. Raises TimeoutError."""
        begin_s = time.monotonic()
        while not done():
            if time.monotonic() - begin_s > timeout_s:
                raise TimeoutError(f"not within {timeout_s:.0f} s: {self.counts()}")
            time.sleep(_TURN_S)
        return time.monotonic() - begin_s

    def counts(self) -> dict[str, int]:
        words = [state.state for state in dict(self.states).values()]
        return {word: words.count(word) for word in set(words)}

    def all_live(self) -> bool:
        return self.counts() == {"live": CAMERAS}

    def none_live(self) -> bool:
        return "live" not in self.counts() and len(self.states) == CAMERAS

    def showing_s(self) -> float | None:
        """Seconds from the start of the video process until all cameras were on the screen."""
        with self._lock:
            full = [line["t_ms"] for line in self.told if line.get("showing") == CAMERAS]
        return full[0] / 1000 - self.begun_s if full else None

    def rate(self) -> float:
        """Pictures a second of the slowest camera, over what has been told so far."""
        shown, at_s = self.take("shown"), self.take("at_s")
        begin = next(n for n, count in enumerate(shown) if count)
        return (shown[-1] - shown[begin]) / (at_s[-1] - at_s[begin])

    def take(self, name: str) -> list[float]:
        with self._lock:
            return [line[name] for line in self.told if name in line]

    def forget(self) -> None:
        with self._lock:
            self.told.clear()

    def close(self) -> None:
        self._apart.close()
        if self.display is not None:
            end(self.display)

    @staticmethod
    def _start(module: str, *arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )

    def _follow(self, process: "subprocess.Popen[bytes]", hear: Callable[[bytes], None]) -> None:
        def listen(out: IO[bytes]) -> None:
            for line in out:
                hear(line)

        assert process.stdout is not None
        threading.Thread(target=listen, args=(process.stdout,), daemon=True).start()

    def _hear_video(self, message: Message) -> None:
        if isinstance(message, CameraState):
            self.states[message.camera] = message
            if self.display is not None:
                self._write(self.display, encode(message))

    def _hear_display(self, line: bytes) -> None:
        with self._lock:
            self.told.append(json.loads(line))

    @staticmethod
    def _write(process: "subprocess.Popen[bytes]", data: bytes) -> None:
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(data)
            process.stdin.flush()


@contextlib.contextmanager
def running_wall(
    folder: Path, url: str, *, display: bool = True, clock: bool = False, fps: float = 30
) -> Iterator[Wall]:
    folder.mkdir(parents=True, exist_ok=True)
    wall = Wall(folder, url, display=display, clock=clock, fps=fps)
    try:
        yield wall
    finally:
        wall.close()
