"""First paint of the ui process beside that of a bare PySide6 window, started in turns."""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from kiosk.tools.bench.figure import Figure
from kiosk.tools.driving import driven_wall, environment
from kiosk.wire.messages import FirstPaint

RATIO_BAR = 3.0
WAIT_S = 30.0

BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, done)
def done():
    started = int(os.environ["KIOSK_STARTED_NS"])
    print((time.monotonic_ns() - started) / 1e6, flush=True)
    application.quit()
application = QApplication(sys.argv)
window = Window()
window.resize(1920, 1080)
window.show()
application.exec()
"""


def first_paint(n: int) -> list[Figure]:
    bare, wall = [], []
    bare_window()
    wall_window()
    for _ in range(n):
        bare.append(bare_window())
        wall.append(wall_window())
    bare_ms, wall_ms = statistics.median(bare), statistics.median(wall)
    return [
        Figure("paint", "first paint, bare window", bare_ms, "ms", n=n),
        Figure("paint", "first paint, wall", wall_ms, "ms", n=n),
        Figure("paint", "first paint, wall / bare", wall_ms / bare_ms, "x", RATIO_BAR, n),
    ]


def bare_window() -> float:
    """Milliseconds from the start of the process to the first paint."""
    done = subprocess.run(
        [sys.executable, "-c", BARE], env=environment(), capture_output=True, check=True
    )
    return float(done.stdout)


def wall_window() -> float:
    """The same for the ui process, as it tells a driver."""
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-paint-") as folder,
        driven_wall(Path(folder)) as wall,
    ):
        painted = wall.wait(lambda message: isinstance(message, FirstPaint), WAIT_S)
        if not isinstance(painted, FirstPaint):
            raise TimeoutError(f"the wall did not paint within {WAIT_S:.0f} s")
        return painted.since_start_ms
