"""First paint of the ui process beside that of a bare PySide6 window, started in turns."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from kiosk.settings import Settings, dump
from kiosk.settings.model import PathSettings
from kiosk.tools.bench.figure import Figure
from kiosk.wire.link import SocketLink
from kiosk.wire.messages import FirstPaint

ROOT = Path(__file__).resolve().parents[3]
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
        [sys.executable, "-c", BARE], env=_environment(), capture_output=True, check=True
    )
    return float(done.stdout)


def wall_window() -> float:
    """The same for the ui process, as it tells a driver."""
    with tempfile.TemporaryDirectory(prefix="kiosk-paint-") as folder:
        home = Path(folder)
        settings = Settings(
            paths=PathSettings(data_dir=folder, runtime_dir=folder, config_dir=str(ROOT / "config"))
        )
        driven = msgspec.structs.replace(settings.ui, driver=True, windowed=True)
        dump(msgspec.structs.replace(settings, ui=driven), home / "settings.json")
        link = SocketLink(home / "ui.sock", "driver")
        command = [sys.executable, "-m", "kiosk.app.process", "ui"]
        process = subprocess.Popen(
            [*command, "--settings", str(home / "settings.json")], env=_environment(), cwd=ROOT
        )
        try:
            return _heard(link)
        finally:
            link.close()
            process.terminate()
            process.wait()


def _heard(link: SocketLink) -> float:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        message = link.receive(0.5)
        if isinstance(message, FirstPaint):
            return message.since_start_ms
    raise TimeoutError(f"the wall did not paint within {WAIT_S:.0f} s")


def _environment() -> dict[str, str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if not environment.get("DISPLAY"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**environment, "KIOSK_STARTED_NS": str(time.monotonic_ns())}
