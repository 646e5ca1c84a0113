"""Starts a kiosk with a driver's seat and sits in it: what the tour and the benchmarks share."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from kiosk.settings import Settings, dump
from kiosk.settings.model import PathSettings
from kiosk.wire.link import SocketLink
from kiosk.wire.messages import (
    FullyOn,
    Message,
    Observed,
    ProcessState,
    ScreenshotTaken,
    TakeScreenshot,
)

ROOT = Path(__file__).resolve().parents[2]
STOP_S = 5.0
VIEW = "view.json"  # where the ui process keeps what it showed (kiosk.app.snapshot)

Overrides = Mapping[str, Mapping[str, str | int | float | bool]]


class DrivenKiosk:
    """A running kiosk. Messages from the wall are kept until somebody waits for them."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", link: SocketLink, t0: float, data_dir: Path
    ) -> None:
        self.process = process
        self.data_dir = data_dir
        self.started_s = t0
        self.pids: dict[str, int] = {}
        self._link = link
        self._kept: list[Message] = []

    def say(self, message: Message) -> bool:
        return self._link.send(message)

    def forget(self) -> None:
        """Drops what has been heard so far, so that a wait sees only what comes from now on."""
        while self._link.receive(0.0) is not None:
            pass
        self._kept.clear()

    def wait(self, wanted: Callable[[Message], bool], timeout_s: float) -> Message | None:
        """The first message that fits, or None when none came in time or the kiosk ended."""
        for index, message in enumerate(self._kept):
            if wanted(message):
                del self._kept[: index + 1]
                return message
        deadline = time.monotonic() + timeout_s
        while (left := deadline - time.monotonic()) > 0 and self.process.poll() is None:
            heard = self._link.receive(min(left, 0.2))
            if heard is None:
                continue
            self._note(heard)
            if wanted(heard):
                return heard
            self._kept.append(heard)
        return None

    def outcome(self, command: str, timeout_s: float, **fields: Any) -> dict[str, Any] | None:
        """The audit record of a command, with these fields; None when it did not come."""

        def fits(message: Message) -> bool:
            if not isinstance(message, Observed):
                return False
            record = message.record
            return record["command"] == command and all(
                record[name] == value for name, value in fields.items()
            )

        found = self.wait(fits, timeout_s)
        return found.record if isinstance(found, Observed) else None

    def screenshot(self, file: Path, timeout_s: float = 10.0) -> bool:
        self.say(TakeScreenshot(str(file)))
        path = str(file)
        return (
            self.wait(lambda m: isinstance(m, ScreenshotTaken) and m.path == path, timeout_s)
            is not None
        )

    def _note(self, message: Message) -> None:
        if isinstance(message, ProcessState) and message.pid is not None:
            self.pids[message.process] = message.pid


@contextlib.contextmanager
def driven_kiosk(
    options: tuple[str, ...] = (),
    settings: Overrides = MappingProxyType({}),
) -> Iterator[DrivenKiosk]:
    """A demo kiosk with a folder of its own; ends with everything stopped and swept.

    `settings` lies over the defaults; `options` go to `run` as they are.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-drive-") as folder:
        home = Path(folder)
        site = home / "site.toml"
        site.write_text(_site(home, settings), encoding="utf-8")
        command = [sys.executable, "-m", "kiosk", "run", "--site", str(site), *options]
        t0 = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,  # what a bench or a replay prints is for machines to read
        )
        link = SocketLink(home / "run" / "ui.sock", "driver")
        try:
            yield DrivenKiosk(process, link, t0, home / "data")
        finally:
            link.close()
            stop(process)


@contextlib.contextmanager
def driven_wall(home: Path, width_px: int = 1920, height_px: int = 1080) -> Iterator[DrivenKiosk]:
    """The screen's process alone, on the cache in this folder, with a driver's seat. It begins with
    the first panel, whatever was seen here before."""
    (home / VIEW).unlink(missing_ok=True)
    settings = Settings(
        paths=PathSettings(
            data_dir=str(home), runtime_dir=str(home), config_dir=str(ROOT / "config")
        )
    )
    seat = {"driver": True, "windowed": True, "ask_when_critical": False}
    ui = msgspec.structs.replace(settings.ui, width_px=width_px, height_px=height_px, **seat)
    dump(msgspec.structs.replace(settings, ui=ui), home / "settings.json")
    link = SocketLink(home / "ui.sock", "driver")
    t0 = time.monotonic()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "kiosk.app.process", "ui"),
            *("--settings", str(home / "settings.json")),
        ],
        env=environment(),
        cwd=ROOT,
    )
    try:
        yield DrivenKiosk(process, link, t0, home)
    finally:
        link.close()
        stop(process)


def environment() -> dict[str, str]:
    """For a process of the kiosk that is started by itself, now; without a screen, off screen."""
    found = {**os.environ, "PYTHONPATH": str(ROOT)}
    if not found.get("DISPLAY"):
        found.setdefault("QT_QPA_PLATFORM", "offscreen")
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**found, "KIOSK_STARTED_NS": str(time.monotonic_ns())}


def stop(process: "subprocess.Popen[bytes]") -> float:
    """Ends a kiosk as a person would with Ctrl-C; returns the seconds that it took."""
    begin = time.monotonic()
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return time.monotonic() - begin


def wait_until_on(kiosk: DrivenKiosk, timeout_s: float = 30.0) -> float | None:
    """Seconds from start until everything is on; None when it did not come to that."""
    found = kiosk.wait(lambda message: isinstance(message, FullyOn), timeout_s)
    return time.monotonic() - kiosk.started_s if found is not None else None


def _site(home: Path, settings: Overrides) -> str:
    """A site file: folders of its own, a driver's seat, and what the caller asks for."""
    whole: dict[str, dict[str, object]] = {
        "paths": {"data_dir": str(home / "data"), "runtime_dir": str(home / "run")},
        "ui": {"driver": True, "ask_when_critical": False},
        "remote": {"port": 0},
    }
    for section, values in settings.items():
        whole.setdefault(section, {}).update(values)
    lines = []
    for section, own in whole.items():
        lines.append(f"[{section}]")
        lines += [f"{name} = {json.dumps(value)}" for name, value in own.items()]
    return "\n".join(lines) + "\n"
