"""The site's settings, and where its kiosk keeps its data."""

import argparse
import os
from pathlib import Path

from kiosk.pack import load_here, use
from kiosk.pack.loading import CONFIG
from kiosk.settings import Settings, load, site_file


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", metavar="NAME|FILE", help="the site's settings")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the kiosk keeps its data")


def read_settings(options: argparse.Namespace) -> Settings:
    """Raises SettingsError."""
    site = site_file(CONFIG, options.site)
    settings = load((CONFIG / "kiosk.toml", *((site,) if site else ())))
    use(load_here(settings))
    return settings


def data_dir(options: argparse.Namespace, settings: Settings) -> Path:
    """The folder as the running kiosk takes it; it need not exist."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Path(options.data or settings.paths.data_dir or home / "city-kiosk")
