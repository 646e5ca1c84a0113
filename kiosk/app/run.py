"""`run`: checks the configuration, prepares the folders, and hands over to the supervisor."""

import argparse
import fcntl
import os
import signal
import socket
import sys
from pathlib import Path
from typing import IO, Any

import msgspec

from kiosk.app.configuration import (
    read_desk,
    read_policy,
    read_presets,
    read_profiles,
    read_settings,
)
from kiosk.app.paths import CONFIG, resolve
from kiosk.app.photos import read_photos
from kiosk.app.supervisor import Supervisor
from kiosk.backend.check import check_city
from kiosk.commands import make_registry
from kiosk.core.clock import SystemClock
from kiosk.inputs.configured import read_bindings
from kiosk.pack import load_here, use
from kiosk.panels import check_panels
from kiosk.settings import Settings

LOCK = "kiosk.lock"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kiosk.sh run", description="Start the kiosk.")
    made.add_argument("--windowed", action="store_true", help="a window instead of full screen")
    made.add_argument("--size", metavar="WxH", help="size of the window, such as 1920x1080")
    made.add_argument("--seconds", type=float, metavar="N", help="stop by itself after N seconds")
    made.add_argument(
        "--screenshot", type=Path, metavar="DIR", help="save a picture of every panel in DIR"
    )
    made.add_argument("--camera", metavar="INDEX|FILE|URL|none", help="what sees the hands")
    made.add_argument("--microphone", metavar="NAME|FILE.wav|none", help="what hears the mayor")
    made.add_argument(
        "--site",
        action="append",
        default=[],
        metavar="NAME|FILE.toml",
        help="settings of this site; a later one lies over an earlier one",
    )
    made.add_argument("--data", type=Path, metavar="DIR", help="where cache and ledger lie")
    return made


def overrides(options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """What the command line says, in the form of a settings file."""
    given: dict[str, dict[str, Any]] = {}

    def put(section: str, name: str, value: object) -> None:
        if value is not None:
            given.setdefault(section, {})[name] = value

    put("ui", "windowed", True if options.windowed else None)
    if options.size:
        width, _, height = options.size.partition("x")
        put("ui", "width_px", _number(width))
        put("ui", "height_px", _number(height))
    put("supervisor", "seconds", options.seconds)
    put("camera", "source", options.camera)
    put("microphone", "source", options.microphone)
    put("paths", "screenshot_dir", str(options.screenshot) if options.screenshot else None)
    put("paths", "data_dir", str(options.data) if options.data else None)
    return given


def main(argv: list[str]) -> int:
    options = parser().parse_args(argv)
    settings = prepare(read_settings(CONFIG, options.site, overrides(options)))
    return supervise(settings)


def prepare(settings: Settings) -> Settings:
    """Everything that can be refused is refused here, before a process starts."""
    settings = resolve(settings)
    config_dir = Path(settings.paths.config_dir)
    read_policy(config_dir)
    pack = load_here(settings)
    use(pack)
    check_panels(pack)
    read_desk(settings)
    read_profiles(settings)
    read_photos(settings)
    read_presets(settings)
    _, wrong = read_bindings(config_dir, make_registry(), settings.bindings)
    for error in wrong:
        print(f"Left out: {error}", file=sys.stderr)
    if not settings.backend.url:
        check_city(settings)
    if settings.city.demo and settings.demo.cameras_port == 0:
        demo = msgspec.structs.replace(settings.demo, cameras_port=_free_port())
        settings = msgspec.structs.replace(settings, demo=demo)
    return settings


def supervise(settings: Settings) -> int:
    lock = take_lock(Path(settings.paths.data_dir))
    if lock is None:
        print(
            f"Another kiosk already uses {settings.paths.data_dir}. "
            "Stop it, or give this one a folder of its own with --data DIR.",
            file=sys.stderr,
        )
        Path(settings.paths.runtime_dir).rmdir()
        return 2
    _choose_screen()
    supervisor = Supervisor(settings, processes(settings), SystemClock())
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: supervisor.stop())
    try:
        return supervisor.run()
    finally:
        Path(lock.name).unlink(missing_ok=True)
        lock.close()


def processes(settings: Settings) -> tuple[str, ...]:
    """Which processes this kiosk needs: what people see first, then what takes longest to load."""
    wanted = {
        "ui": True,
        "voice": True,
        "backend": not settings.backend.url,
        "sync": True,
        "cameras": settings.city.demo and settings.demo.cameras > 0,
        "video": True,
        "gestures": True,
        "remote": settings.remote.enabled,
        "calls": settings.remote.enabled,
        "public": settings.public.enabled,
    }
    return tuple(name for name, needed in wanted.items() if needed)


def _choose_screen() -> None:
    """Without a screen the wall is drawn off screen, and says so."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    print("No screen here: the wall is drawn off screen. Tablets can still connect.", flush=True)


def take_lock(data_dir: Path) -> IO[bytes] | None:
    """Holds the data folder as long as the file is open; None while another kiosk does."""
    lock = (data_dir / LOCK).open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _number(text: str) -> object:
    """A number, or the text as it is, for the settings' check to refuse with a reason."""
    return int(text) if text.isdigit() else text
