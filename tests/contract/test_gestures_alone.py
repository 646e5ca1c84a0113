"""The library stands alone, and its words cost nothing to import."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"numpy", "cv2", "mediapipe", "matplotlib", "sounddevice"}
FORBIDDEN = {"PySide6", "kiosk", "voice", "requests", "aiohttp", "urllib3", "http"}


def loaded_by(statement: str, root: Path) -> set[str]:
    """Top-level modules in a fresh interpreter after a statement."""
    script = f"{statement}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def test_the_words_are_light(root: Path) -> None:
    loaded = loaded_by("import gestures.events", root)
    assert not loaded & (HEAVY | FORBIDDEN)


def test_the_engine_and_sessions_need_no_camera_and_no_model(root: Path) -> None:
    loaded = loaded_by("import gestures.engine, gestures.session, gestures.source", root)
    assert not loaded & (HEAVY - {"numpy"} | FORBIDDEN)  # shapes are told apart by numpy


@pytest.mark.parametrize(
    "module", ["gestures.cli", "gestures.replay", "gestures.camera", "gestures.still"]
)
def test_the_library_knows_no_screen_and_no_kiosk(root: Path, module: str) -> None:
    loaded = loaded_by(f"import {module}", root)
    assert not loaded & (FORBIDDEN - {"http"} | {"mediapipe", "cv2"})


def test_the_model_is_found_without_importing_its_package(root: Path) -> None:
    loaded = loaded_by("from gestures.landmarker import model_file; model_file()", root)
    assert "hand_tracking" not in loaded
