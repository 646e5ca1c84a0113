"""A real HLS packager for tests: FFmpeg's, fed with moving pictures as fast as a camera takes them.

The pictures are grey levels that go up one step a picture, so that each can be told from the next.
"""

import contextlib
import threading
import time
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av
import numpy as np

FPS = 15
Codec = Literal["libx264", "libx265"]


class Packager:
    """Writes `live.m3u8` and its segments of a second into a folder until the context ends."""

    def __init__(
        self, folder: Path, *, codec: Codec = "libx264", form: str = "mpegts", **options: str
    ) -> None:
        self.playlist = folder / "live.m3u8"
        self._options = {
            "hls_time": "1",
            "hls_list_size": "5",
            "hls_flags": "delete_segments+program_date_time",
            "hls_segment_type": form,
            **options,
        }
        self._codec = codec
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="packager")

    def __enter__(self) -> "Packager":
        self._thread.start()
        until = time.monotonic() + 10
        while not self.playlist.exists():
            assert self._thread.is_alive()
            assert time.monotonic() < until
            self._stopped.wait(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """The camera is gone; its playlist stays as it is."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        container: Any = av.open(
            str(self.playlist), "w", format="hls", container_options=self._options
        )
        stream: Any = container.add_stream(
            self._codec,
            rate=FPS,
            options={
                "preset": "ultrafast",
                "tune": "zerolatency",
                "g": str(FPS),
                "x265-params": "log-level=none",
            },
        )
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        began = time.monotonic()
        for count in range(1_000_000):
            if self._stopped.wait(max(0.0, began + count / FPS - time.monotonic())):
                break
            grey = np.full((180, 320, 3), count * 5 % 200 + 20, np.uint8)
            frame: Any = av.VideoFrame.from_ndarray(grey, "rgb24")
            frame.pts, frame.time_base = count, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        with contextlib.suppress(av.FFmpegError):
            container.close()
