"""Where everything is installed, the front door is no wait."""

import hashlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM_REACHED_S = 2.0


@pytest.fixture
def installed(root: Path) -> Path:
    """The front door of a project whose environment kiosk.sh itself has built and found right."""
    stamp = root / ".venv/stamp-runtime"
    if Path(sys.prefix) != root / ".venv" or not stamp.is_file():
        pytest.skip("this environment was not built by kiosk.sh")
    digest = hashlib.sha256((root / "requirements/runtime.txt").read_bytes()).hexdigest()
    if stamp.read_text() != f"{digest}  -\n{sys.version}\n":
        pytest.skip("the pins have changed since kiosk.sh built this environment")
    return root / "kiosk.sh"


def test_a_second_start_reaches_the_program_at_once(installed: Path, tmp_path: Path) -> None:
    started_s = time.monotonic()
    done = subprocess.run(
        [str(installed), "docs", "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    took_s = time.monotonic() - started_s
    assert done.returncode == 0, done.stderr
    assert "--check" in done.stdout
    assert done.stderr == "", "something was installed"
    assert took_s < PROGRAM_REACHED_S
