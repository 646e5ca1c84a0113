"""Reads a city's pack, with errors that say what, where, and what would be right."""

import re
import zoneinfo
from pathlib import Path
from typing import Any

import msgspec

from kiosk.pack.model import Pack
from kiosk.settings import Settings, SettingsError
from kiosk.settings.loading import read_model, read_toml
from kiosk.wire.text import Text

CONFIG = Path(__file__).parents[2] / "config"
CITIES, FILE = "city", "city.toml"
DISTRICTS, NEIGHBOURHOODS = "districts.toml", "neighbourhoods.toml"


def pack_folder(settings: Settings) -> Path:
    """Folder of the city's files: one of config/city by its name, or any other by its path."""
    named = settings.city.pack
    if "/" in named:
        return Path(named)
    config = settings.paths.config_dir
    return (Path(config) if config else CONFIG) / CITIES / named


def load_here(settings: Settings) -> Pack:
    """The pack that the settings choose. Raises SettingsError."""
    folder = pack_folder(settings)
    pack = load_pack(folder)
    if settings.city.panels:
        pack = msgspec.structs.replace(pack, panels=settings.city.panels)
    return _of_district(pack, folder, settings.city.district) if settings.city.district else pack


def _of_district(pack: Pack, folder: Path, code: str) -> Pack:
    """The pack of a district's own wall: its name, its areas."""
    names = {row["code"]: Text(**row["name"]) for row in table_of(folder / DISTRICTS, "district")}
    if code not in names:
        known = ", ".join(f"{code} {name.en}" for code, name in names.items())
        raise SettingsError("settings", "city.district", code, f"one of: {known}")
    if pack.inner is None or not centres_of(folder, code):
        raise SettingsError(
            "settings",
            "city.district",
            code,
            f"a {pack.parts.name.en} whose smaller areas stand in {folder / NEIGHBOURHOODS}",
        )
    name = names[code]
    return msgspec.structs.replace(
        pack, name=name, short=name, area=code, level=(pack.inner,), district=code
    )


def table_of(file: Path, table: str) -> list[dict[str, Any]]:
    """Entries of a list of the pack as they stand there; none where there is no such file. Raises
    SettingsError."""
    found = read_toml(file).get(table, []) if file.exists() else []
    return found if isinstance(found, list) else []


def centres_of(folder: Path, district: str) -> tuple[tuple[str, float, float], ...]:
    """Code, latitude and longitude of a district's neighbourhoods."""
    rows = table_of(folder / NEIGHBOURHOODS, "neighbourhood")
    own = (row for row in rows if row["code"].startswith(district))
    return tuple((row["code"], row["lat"], row["lon"]) for row in own)


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
    codes = tuple(row["code"] for row in table_of(folder / DISTRICTS, "district") if "code" in row)
    return msgspec.structs.replace(pack, codes=codes)


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
