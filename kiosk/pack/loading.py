"""Reads a city's pack, with errors that say what, where, and what would be right."""

import re
import zoneinfo
from pathlib import Path

import msgspec

from kiosk.pack.model import Pack
from kiosk.settings import Settings, SettingsError
from kiosk.settings.loading import read_model

CONFIG = Path(__file__).parents[2] / "config"
CITIES, FILE = "city", "city.toml"


def pack_folder(settings: Settings) -> Path:
    """Folder of the city's files: one of config/city by its name, or any other by its path."""
    named = settings.city.pack
    if "/" in named:
        return Path(named)
    config = settings.paths.config_dir
    return (Path(config) if config else CONFIG) / CITIES / named


def load_here(settings: Settings) -> Pack:
    """The pack that the settings choose. Raises SettingsError."""
    pack = load_pack(pack_folder(settings))
    panels = settings.city.panels or pack.panels
    return msgspec.structs.replace(pack, panels=panels)


def load_pack(folder: Path) -> Pack:
    """The pack of a folder. Raises SettingsError."""
    if not (folder / FILE).exists():
        known = sorted(file.parent.name for file in folder.parent.glob(f"*/{FILE}"))
        raise SettingsError(
            "settings",
            "city.pack",
            folder.name,
            f"a folder with a {FILE} is expected; in {folder.parent} are: {', '.join(known)}",
        )
    file = folder / FILE
    pack = read_model(file, Pack)
    _check_zone(file, pack)
    _check_bounds(file, pack)
    for n, level in enumerate(pack.level):
        _check_level(file, n, level.code)
        if level.boundaries.endswith(".geojson") and not (folder / level.boundaries).exists():
            raise SettingsError(
                str(file), f"level[{n}].boundaries", level.boundaries, "a file beside city.toml"
            )
    for scale in pack.scale:
        steps = [grade.least for grade in scale.grade]
        if steps != sorted(set(steps)):
            raise SettingsError(
                str(file), f"scale {scale.indicator}.grade", steps, "grades from the lowest up"
            )
    return pack


def _check_zone(file: Path, pack: Pack) -> None:
    try:
        zoneinfo.ZoneInfo(pack.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            str(file),
            "time_zone",
            pack.time_zone,
            "a zone of the IANA database such as Asia/Seoul is expected (package tzdata)",
        ) from error


def _check_bounds(file: Path, pack: Pack) -> None:
    box = pack.bounds
    if not (box.south < box.north and box.west < box.east):
        raise SettingsError(
            str(file),
            "bounds",
            (box.south, box.north, box.west, box.east),
            "south < north, west < east",
        )


def _check_level(file: Path, n: int, code: str) -> None:
    try:
        re.compile(code)
    except re.error as error:
        raise SettingsError(
            str(file), f"level[{n}].code", code, f"a regular expression is expected: {error}"
        ) from error
