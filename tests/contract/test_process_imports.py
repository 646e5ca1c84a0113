"""What each process really loads, in a fresh interpreter: contracts read only the source."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.app.process import MAINS

NEVER_ON_SCREEN = {"cv2", "mediapipe", "vosk", "sounddevice", "av", "aiohttp", "requests"}
NOT_BEFORE_FIRST_PAINT = {"sqlalchemy", "pyqtgraph", "numpy", "shapely", "alembic"}

LOAD = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    package = name.endswith(".*")
    module = importlib.import_module(name.removesuffix(".*"))
    if package:
        for found in pkgutil.walk_packages(module.__path__, module.__name__ + "."):
            importlib.import_module(found.name)
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def loaded(root: Path, *names: str) -> set[str]:
    """Top-level names in `sys.modules` after importing these modules (`x.*`: all below x)."""
    run = subprocess.run(
        [sys.executable, "-c", LOAD, *names], cwd=root, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


def test_the_screen_loads_no_sensor_no_decoder_and_no_web(root: Path) -> None:
    rooms = [f"kiosk.{room}.*" for room in ("ui", "panels", "inputs", "commands", "core", "wire")]
    assert loaded(root, MAINS["ui"], *rooms) & NEVER_ON_SCREEN == set()


def test_the_walk_of_the_installers_loads_no_sensor(root: Path) -> None:
    walk = [f"kiosk.tools.calibrate.{part}.*" for part in ("screen", "steps")]
    assert loaded(root, "kiosk.app.calibration", *walk) & NEVER_ON_SCREEN == set()


def test_the_first_paint_waits_for_nothing_heavy(root: Path) -> None:
    assert loaded(root, MAINS["ui"]) & NOT_BEFORE_FIRST_PAINT == set()


FIRST_FRAME = """
import sys
from PySide6.QtWidgets import QApplication
from kiosk.app.charts import ChartLoader
from kiosk.core.clock import ManualClock
from kiosk.ui.shell import Shell
from kiosk.ui.theme import make_theme
import kiosk.app.furnish
from kiosk.panels.indicators.view import IndicatorsView
from kiosk.ui.charts.chart_model import ChartPoint, ChartSeries, LineChartModel
from kiosk.ui.charts.line_chart import LineChart
from kiosk.wire.text import Text

HEAVY = ("pyqtgraph", "numpy")
application = QApplication([])
theme = make_theme(960, 540)
shell = Shell(theme, lambda *press: None)
shell.set_panel(IndicatorsView(theme))
points = tuple(ChartPoint(i * 86_400_000, float(i)) for i in range(9))
model = LineChartModel((ChartSeries(Text("a", "a"), points),))
chart = LineChart(theme, shell)
chart.resize(400, 200)
chart.set_model(model)

def loaded():
    import threading
    assert threading.current_thread() is threading.main_thread()
    chart.set_model(model)
    print(*[name for name in HEAVY if name in sys.modules], "|", len(chart.children()))
    application.quit()

def painted():
    print(*[name for name in HEAVY if name in sys.modules], "|", len(chart.children()))
    loader.start()

loader = ChartLoader(loaded)
shell.painted.connect(painted)
shell.resize(960, 540)
shell.show()
application.exec()
loader.close()
"""


def test_charts_are_loaded_after_the_first_frame_and_off_the_screens_thread(root: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", FIRST_FRAME],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines() == ["| 0", "pyqtgraph numpy | 1"]


@pytest.mark.parametrize("name", sorted(set(MAINS) - {"ui"}))
def test_no_other_process_loads_the_screen(root: Path, name: str) -> None:
    modules = loaded(root, MAINS[name])
    assert modules & {"PySide6", "shiboken6", "pyqtgraph"} == set()


@pytest.mark.parametrize("library", ["gestures", "voice"])
def test_the_libraries_know_nothing_of_the_kiosk(root: Path, library: str) -> None:
    modules = loaded(root, library)
    assert modules & {"PySide6", "kiosk", "aiohttp"} == set()
    assert modules & NEVER_ON_SCREEN == set(), "import the sensor only when it is opened"
