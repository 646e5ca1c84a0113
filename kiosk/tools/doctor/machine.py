"""The machine as the checks see it; tests hand in another one."""

import ctypes
import importlib.metadata
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
PROBE_S = 3.0
_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised


@dataclass(frozen=True)
class Answer:
    """How a command ended; code 127 when it can't be started, 124 when it took too long."""

    code: int
    out: str
    err: str


def run_command(command: list[str], environment: Mapping[str, str]) -> Answer:
    """Runs a probe, at most PROBE_S long."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PROBE_S,
            check=False,
        )
    except OSError as error:
        return Answer(127, "", str(error))
    except subprocess.TimeoutExpired:
        return Answer(124, "", f"no answer within {PROBE_S:.0f} s")
    return Answer(done.returncode, done.stdout, done.stderr)


def connect(host: str, port: int) -> str:
    """Empty when somebody answers at this TCP address, else the reason why not."""
    try:
        socket.create_connection((host, port), timeout=PROBE_S / 2).close()
    except OSError as error:
        return str(error.strerror or error)
    return ""


def can_listen(host: str, port: int) -> bool:
    """Whether this TCP address is free to listen on."""
    try:
        socket.create_server((host, port)).close()
    except OSError:
        return False
    return True


def installed_version(package: str) -> str:
    """Empty when the package is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def clock_synchronised() -> bool | None:
    """What the kernel says of the wall clock; None when it can't be asked."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else state != _TIME_ERROR


@dataclass(frozen=True)
class Machine:
    """Everything that a check asks of its surroundings."""

    settings: Settings = field(default_factory=Settings)
    root: Path = ROOT
    system: Path = Path("/")
    python: tuple[int, ...] = tuple(sys.version_info[:3])
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    run: Callable[[list[str], Mapping[str, str]], Answer] = run_command
    connect: Callable[[str, int], str] = connect
    can_listen: Callable[[str, int], bool] = can_listen
    installed_version: Callable[[str], str] = installed_version
    clock_synchronised: Callable[[], bool | None] = clock_synchronised
    free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free
    wall_s: Callable[[], float] = time.time
    monotonic_s: Callable[[], float] = time.monotonic
    sleep_s: Callable[[float], None] = time.sleep

    def at(self, path: str) -> Path:
        """An absolute path of the machine."""
        return self.system / path.lstrip("/")

    def has_screen(self) -> bool:
        return bool(self.environment.get("DISPLAY") or self.environment.get("WAYLAND_DISPLAY"))
