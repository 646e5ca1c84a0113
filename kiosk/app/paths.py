"""Where things lie on this machine."""

import os
import tempfile
from pathlib import Path

import msgspec

from kiosk.settings import Settings
from kiosk.settings.model import PathSettings

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets"
CONFIG = ROOT / "config"
UI_SOCKET = "ui.sock"


def resolve(settings: Settings) -> Settings:
    """Fills in the empty paths: data under XDG_DATA_HOME, a new runtime folder of this run."""
    paths = settings.paths
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    data = Path(paths.data_dir or home / "city-kiosk").absolute()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    runtime = Path(paths.runtime_dir) if paths.runtime_dir else _new_runtime_dir()
    runtime.mkdir(parents=True, exist_ok=True, mode=0o700)
    resolved = PathSettings(
        data_dir=str(data),
        runtime_dir=str(runtime.absolute()),
        config_dir=str(Path(paths.config_dir or CONFIG).absolute()),
        screenshot_dir=str(Path(paths.screenshot_dir).absolute()) if paths.screenshot_dir else "",
    )
    return msgspec.structs.replace(settings, paths=resolved)


def _new_runtime_dir() -> Path:
    """Short, because the path of a Unix socket has at most 107 bytes."""
    base = os.environ.get("XDG_RUNTIME_DIR")
    if base and not Path(base).is_dir():
        base = None
    return Path(tempfile.mkdtemp(prefix="city-kiosk-", dir=base))
