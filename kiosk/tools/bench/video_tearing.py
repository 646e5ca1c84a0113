"""Pictures that show it when they are torn, written as fast as they are read.

Every picture is one value all over, which tells its number: a mixture of two has two values. They
are read both ways, where they lie (as tiles draw them) and as copies (as they are kept). The writer
pauses for up to two readings, by chance: often it comes back to a picture in the midst of one.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kiosk.tools.bench.figure import Figure
from kiosk.wire.rings import RingReader, ring_path

WIDTH_PX, HEIGHT_PX = 240, 136
VALUES = 251

_WRITE = """
import random, sys, time
from pathlib import Path
from kiosk.wire.rings import RingWriter
width_px, height_px, values = map(int, sys.argv[2:])
writer, pauses, n = RingWriter(Path(sys.argv[1]), width_px, height_px), random.Random(1), 0
pictures = [bytes([value]) * (width_px * height_px * 4) for value in range(values)]
while True:
    n += 1
    writer.write(pictures[n % values], n)
    if n % 5 == 0:
        time.sleep(pauses.uniform(0, 0.0002))
"""


class Reading:
    """Readings of a ring: `whole` ones, `torn` ones among them, and those thrown away because the
    writer came in between."""

    def __init__(self, path: Path) -> None:
        self._ring = RingReader(path)
        self._memory = bytearray(WIDTH_PX * HEIGHT_PX * 4)
        self._last = 0
        self.whole = self.torn = self.thrown = 0

    def turn(self) -> None:
        """Reads the newest picture, if it is a new one."""
        sequence = self._ring.sequence()
        if sequence == self._last:
            os.sched_yield()  # on a busy machine the writer may be waiting for this very core
            return
        self._last = sequence
        if self.whole % 2:
            self._look()
        else:
            self._copy()

    def close(self) -> None:
        self._ring.close()

    def _look(self) -> None:
        seen = self._ring.look()
        if seen is None:
            self.thrown += 1
            return
        torn = _has_two_values(seen.frame.pixels, seen.frame.t_ms)
        if seen.is_whole():
            self._count(torn)
        else:
            self.thrown += 1

    def _copy(self) -> None:
        frame = self._ring.latest(lambda _width, _height: memoryview(self._memory))
        if frame is None:
            self.thrown += 1
        else:
            self._count(_has_two_values(frame.pixels, frame.t_ms))

    def _count(self, torn: bool) -> None:
        self.whole += 1
        self.torn += torn


def _has_two_values(pixels: "bytes | memoryview", number: int) -> bool:
    """Every byte is looked at, eight in one go."""
    words: npt.NDArray[np.uint64] = np.frombuffer(pixels, np.uint64)
    value = int.from_bytes(bytes([number % VALUES]) * 8, "little")
    return bool((words != value).any())


def tearing(folder: Path, pictures: int) -> Iterator[Figure]:
    """Until so many pictures have been read in full and looked at."""
    path = ring_path(folder, "pattern")
    path.parent.mkdir(parents=True)
    reading = Reading(path)
    sizes = (str(size) for size in (WIDTH_PX, HEIGHT_PX, VALUES))
    with subprocess.Popen([sys.executable, "-c", _WRITE, str(path), *sizes]) as writer:
        try:
            while reading.whole < pictures and writer.poll() is None:
                for _ in range(100):
                    reading.turn()
        finally:
            writer.kill()
    reading.close()
    yield Figure("video", "torn pictures", reading.torn, "", 0.0, reading.whole)
    yield Figure("video", "pictures thrown away in time", reading.thrown, "", n=reading.whole)
