"""Starts the real RTSP server of `rtsp_server.py`."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PYTHON = Path("/usr/bin/python3")
SERVER = Path(__file__).with_name("rtsp_server.py")


@contextmanager
def rtsp_server() -> Iterator[int]:
    """Its port; skips where there is none on this machine."""
    if not PYTHON.exists():
        pytest.skip(f"no {PYTHON} on this machine")
    pipe = subprocess.PIPE
    with subprocess.Popen([PYTHON, SERVER], stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            pytest.skip("no RTSP server on this machine: see tests/helpers/rtsp_server.py")
        try:
            yield int(line)
        finally:
            process.kill()
