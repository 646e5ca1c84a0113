"""The site's settings, and where its kiosk keeps its data."""

import argparse
import os
from pathlib import Path

from kiosk.backend.catalogue import DEFAULT_CONFIG_DIR
from kiosk.settings import Settings, load


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", type=Path, metavar="FILE", help="the site's settings")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the kiosk keeps its data")


def read_settings(options: argparse.Namespace) -> Settings:
    """Raises SettingsError."""
    site = (options.site,) if options.site else ()
    return load((DEFAULT_CONFIG_DIR / "kiosk.toml", *site))


def data_dir(options: argparse.Namespace, settings: Settings) -> Path:
    """The folder as the running kiosk takes it; it need not exist."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Path(options.data or settings.paths.data_dir or home / "city-kiosk")
