"""The site's file: what was measured is written into it, all else in it stays, comments too."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
import tomlkit.exceptions

from kiosk.settings import Settings, SettingsError
from kiosk.settings.loading import check
from kiosk.tools.calibrate.step import Value

HEAD = (
    "Settings of this site. ./kiosk.sh calibrate writes what it measures here; the rest is yours."
)

NOTE = "calibrated"


def current(settings: Settings, names: Mapping[str, Value]) -> dict[str, Value]:
    """What these settings ("section.name") are now."""
    return {name: _value(settings, name) for name in names}


def _value(settings: Settings, name: str) -> Value:
    section, _, field = name.partition(".")
    value: Value = getattr(getattr(settings, section), field)
    return value


def write_site(file: Path, values: Mapping[str, Value], day: str) -> bool:
    """Sets "section.name" values in a TOML file, with the day beside each that changed; makes the
    file where there is none. Whether anything changed. Raises SettingsError when the file is no
    TOML, the values do not fit the settings, or it can't be written."""
    document = _read(file)
    changed = False
    for name, value in values.items():
        section, _, field = name.partition(".")
        if section not in document:
            document[section] = tomlkit.table()
        table: Any = document[section]
        if field in table and table[field] == value:
            continue
        item = tomlkit.item(value)
        old = table.get(field)
        # a person's own words beside a value are worth more than ours
        own = old.trivia.comment.lstrip("# ") if old is not None else ""
        item.comment(own if own and not own.startswith(NOTE) else f"{NOTE} {day}")
        table[field] = item
        changed = True
    check(document.unwrap(), Settings, str(file))
    if changed or not file.exists():
        _write(file, tomlkit.dumps(document))
    return changed


def _read(file: Path) -> tomlkit.TOMLDocument:
    if not file.exists():
        document = tomlkit.document()
        document.add(tomlkit.comment(HEAD))
        document.add(tomlkit.nl())
        return document
    try:
        return tomlkit.parse(file.read_text(encoding="utf-8"))
    except (tomlkit.exceptions.TOMLKitError, UnicodeDecodeError) as error:
        raise SettingsError(str(file), "file", file.name, f"valid TOML: {error}") from error
    except OSError as error:
        raise SettingsError(str(file), "file", file.name, f"a readable file ({error})") from error


def _write(file: Path, text: str) -> None:
    fresh = file.with_suffix(".toml.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    except OSError as error:
        raise SettingsError(str(file), "file", file.name, f"a writable place ({error})") from error
