"""The wall as its service starts it: the unit's own command and environment, in a real compositor
that has no screen, and what a service manager hears of it."""

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.tools.driving import ROOT, stop
from kiosk.tools.install.places import Places
from kiosk.tools.install.texts import service

pytestmark = pytest.mark.slow

NOBODY = 65534
WATCHDOG_S = 2.0
START_S = 60.0
STOP_S = 6.0
PROGRAMS = ("cage", "Xwayland", "setpriv")


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that the service's user may write to."""
    if missing := [name for name in PROGRAMS if not shutil.which(name)]:
        pytest.skip(f"no {', '.join(missing)} here; ./kiosk.sh test installs it")
    with tempfile.TemporaryDirectory(prefix="kiosk-wall-") as name:
        made = Path(name)
        (made / "run").mkdir(mode=0o700)
        if os.geteuid() == 0:
            for each in (made, made / "run"):
                os.chown(each, NOBODY, NOBODY)
        yield made


def of_the_unit(name: str) -> list[str]:
    """The values of a line of the service, in their order."""
    lines = service(Places()).splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{name}=")]


def as_nobody(command: list[str]) -> list[str]:
    """cage does not run as root. The program may lie where only root looks; on a wall it is in
    /opt."""
    if os.geteuid() != 0:
        return command
    ids = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    caps = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    return ["setpriv", *ids, *caps, *command]


def heard(line: socket.socket, word: str, within_s: float) -> dict[str, str]:
    """What a service manager is told together with this word."""
    begin = time.monotonic()
    while (left_s := begin + within_s - time.monotonic()) > 0:
        line.settimeout(left_s)
        told = dict(each.split("=", 1) for each in line.recv(200).decode().splitlines())
        if word in told:
            return told
    raise AssertionError(f"not told {word} within {within_s} s")


def test_the_service_starts_the_wall_in_its_compositor_and_is_told_how_it_is(
    folder: Path,
) -> None:
    (run,) = of_the_unit("ExecStart")
    words = shlex.split(run)
    began = words.index("--") + 1
    assert words[:began] == ["/usr/bin/cage", "-d", "--"]
    assert words[began : began + 2] == [f"{Places().current}/kiosk.sh", "run"]
    quiet = ("--camera", "none", "--microphone", "none", "--data", str(folder / "data"))
    inside = [sys.executable, "-m", "kiosk", "run", *quiet]
    environment = {
        **os.environ,
        **dict(pair.split("=", 1) for line in of_the_unit("Environment") for pair in line.split()),
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NOTIFY_SOCKET": str(folder / "notify"),
        "WATCHDOG_USEC": str(round(WATCHDOG_S * 1_000_000)),
        "WLR_BACKENDS": "headless",  # no screen, no graphics card, no seat
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "WLR_RENDERER": "pixman",
    }
    assert environment["QT_QPA_PLATFORM"] == "wayland"
    environment.pop("DISPLAY", None)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(folder / "notify"))
        (folder / "notify").chmod(0o777)
        process = subprocess.Popen(
            as_nobody(["/usr/bin/cage", "-d", "--", *inside]), cwd=ROOT, env=environment
        )
        try:
            # the screen has painted in the compositor, and answers
            main = int(heard(line, "READY", START_S)["MAINPID"])
            heard(line, "WATCHDOG", WATCHDOG_S)
            heard(line, "WATCHDOG", WATCHDOG_S)
            assert of_the_unit("KillMode") == ["mixed"]  # the main process alone is asked to end
            os.kill(main, signal.SIGTERM)
            heard(line, "STOPPING", 2.0)
            process.wait(STOP_S)  # with nothing left to show, the compositor goes by itself
        finally:
            stop(process)
    assert process.returncode == 0
    assert list((folder / "run").glob("city-kiosk-*")) == []
