"""`./kiosk.sh public` as people start it: without a wall, and where somebody has the port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from kiosk.app.public import main

pytestmark = pytest.mark.slow
WAIT_S = 60.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answer(port: int) -> str:
    """The first page once there is one; "" while nobody answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/ko", timeout=5) as page:
            return str(page.read().decode())
    except (urllib.error.URLError, OSError):
        return ""


def test_it_serves_a_city_without_a_wall_and_stops_when_told(root: Path, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "kiosk", "public", "--port", str(port)]
    command += ["--data", str(tmp_path / "data"), "--site", "ternharbour"]
    with subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            deadline = time.monotonic() + WAIT_S
            while not (page := answer(port)) and time.monotonic() < deadline:
                assert started.poll() is None
            assert "data-live=" in page
        finally:
            started.send_signal(signal.SIGINT)
            said, wrong = started.communicate(timeout=20)
    assert f"http://127.0.0.1:{port}/" in said
    assert wrong == ""
    assert started.returncode == 0
    assert answer(port) == ""


def test_a_port_that_somebody_has_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port), "--data", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in said
    assert "--port" in said
