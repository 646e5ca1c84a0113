"""Pictures that show it when they are torn, written as fast as they can be and read like a tile's.

Every picture is one value all over, which tells its number: a mixture of two has two values.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kiosk.tools.bench.figure import Figure
from kiosk.wire.rings import RingReader, ring_path

WIDTH_PX, HEIGHT_PX = 480, 270
VALUES = 251

_WRITE = """
import sys
from pathlib import Path
from kiosk.wire.rings import RingWriter
writer = RingWriter(Path(sys.argv[1]), 480, 270)
pictures = [bytes([value]) * (480 * 270 * 4) for value in range(251)]
for n in range(1, int(sys.argv[2]) + 1):
    writer.write(pictures[n % 251], n)
"""


def tearing(folder: Path, pictures: int) -> Iterator[Figure]:
    path = ring_path(folder, "pattern")
    path.parent.mkdir(parents=True)
    memory = bytearray(WIDTH_PX * HEIGHT_PX * 4)
    own = np.frombuffer(memory, np.uint8)
    reader, torn, read, last = RingReader(path), 0, 0, 0
    command = [sys.executable, "-c", _WRITE, str(path), str(pictures)]
    with subprocess.Popen(command) as writer:
        while last < pictures:
            frame = reader.latest(lambda _width, _height: memoryview(memory))
            if frame is None or frame.sequence == last:
                if writer.poll() is not None and reader.sequence() == last:
                    break
                continue
            last, read = frame.sequence, read + 1
            torn += bool((own != frame.t_ms % VALUES).any())
    reader.close()
    yield Figure("video", "torn pictures", torn, "", 0.0, last)
    yield Figure("video", "torn pictures: read in full while they were written", read, "", n=last)
