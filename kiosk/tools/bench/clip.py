"""A drawn clip for the camera where no recording of hands is at hand.

It holds no hand, so the palm detector runs on every frame: hand tracking costs more here than
with a hand in view, and the figures say so by being higher, never lower.
"""

import subprocess
import sys
from pathlib import Path

_DRAW = """
import sys
import cv2, numpy
writer = cv2.VideoWriter(sys.argv[1], cv2.VideoWriter_fourcc(*"MJPG"), 15, (1280, 720))
rng = numpy.random.default_rng(1)
room = cv2.resize(rng.integers(60, 190, (9, 16, 3), dtype=numpy.uint8), (1280, 720))
for n in range(150):
    frame = room.copy()
    cv2.ellipse(frame, (200 + 6 * n, 300), (60, 90), 0, 0, 360, (120, 140, 190), -1)
    cv2.rectangle(frame, (140 + 6 * n, 390), (260 + 6 * n, 719), (90, 70, 60), -1)
    writer.write(frame)
writer.release()
"""


def draw_clip(file: Path) -> Path:
    """Ten seconds at 720p, 15 frames a second; drawn in a process of its own, which takes cv2."""
    subprocess.run([sys.executable, "-c", _DRAW, str(file)], check=True)
    return file
