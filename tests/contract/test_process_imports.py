"""What each process really loads, in a fresh interpreter: contracts read only the source."""

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


def test_the_first_paint_waits_for_nothing_heavy(root: Path) -> None:
    assert loaded(root, MAINS["ui"]) & NOT_BEFORE_FIRST_PAINT == set()


@pytest.mark.parametrize("name", sorted(set(MAINS) - {"ui"}))
def test_no_other_process_loads_the_screen(root: Path, name: str) -> None:
    modules = loaded(root, MAINS[name])
    assert modules & {"PySide6", "shiboken6", "pyqtgraph"} == set()


@pytest.mark.parametrize("library", ["gestures", "voice"])
def test_the_libraries_know_nothing_of_the_kiosk(root: Path, library: str) -> None:
    modules = loaded(root, library)
    assert modules & {"PySide6", "kiosk", "aiohttp"} == set()
    assert modules & NEVER_ON_SCREEN == set(), "import the sensor only when it is opened"
