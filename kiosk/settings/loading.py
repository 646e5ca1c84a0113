"""Reads kiosk.toml, then a site's file over it, then what the command line says."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kiosk.settings.model import Settings

Model = TypeVar("Model", bound=msgspec.Struct)


class SettingsError(Exception):
    """A configuration that can't be used: file, field, value, what was expected."""

    def __init__(self, file: str, field: str, value: object, expected: str) -> None:
        self.file = file
        self.field = field
        self.value = value
        self.expected = expected
        super().__init__(f"{file}: {field} = {value!r}: {expected}")


def load(
    files: tuple[Path, ...], overrides: Mapping[str, Mapping[str, Any]] | None = None
) -> Settings:
    """Settings from files, later ones over earlier ones, then overrides (the command line).

    Every file is checked by itself, so that an error names the file it stands in.
    Raises SettingsError.
    """
    merged: dict[str, Any] = {}
    layers = [(str(file), read_toml(file)) for file in files]
    layers.append(("command line", dict(overrides or {})))
    for name, layer in layers:
        check(layer, Settings, name)
        for section, values in layer.items():
            if isinstance(values, Mapping):
                merged.setdefault(section, {}).update(values)
            else:
                merged[section] = values
    return msgspec.convert(merged, Settings)


def site_file(config_dir: Path, named: str | None) -> Path | None:
    """The file of a site: a path, or the name of one in config/sites. Raises SettingsError."""
    if named is None or "/" in named or named.endswith(".toml"):
        return Path(named) if named else None
    file = config_dir / "sites" / f"{named}.toml"
    if not file.exists():
        known = ", ".join(sorted(path.stem for path in file.parent.glob("*.toml")))
        raise SettingsError("command line", "--site", named, f"a file, or one of: {known}")
    return file


def read_toml(file: Path) -> dict[str, Any]:
    """A TOML file as a dict. Raises SettingsError when it can't be read or parsed."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            str(file), "file", file.name, f"a readable file is expected ({error.strerror})"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(str(file), "file", file.name, "UTF-8 text is expected") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(str(file), "file", file.name, f"valid TOML is expected: {error}") from (
            error
        )


def read_model(file: Path, model: type[Model]) -> Model:
    """A TOML file as a struct. Raises SettingsError."""
    data = read_toml(file)
    check(data, model, str(file))
    return msgspec.convert(data, model)


def check(data: object, model: type, file: str) -> None:
    """Raises SettingsError when `data` does not fit `model` (any msgspec struct)."""
    try:
        msgspec.convert(data, model)
    except msgspec.ValidationError as error:
        raise _explain(str(error), data, model, file) from error


def dump(settings: Settings, file: Path) -> None:
    """Writes resolved settings for the other processes, readable by this user only."""
    file.touch(mode=0o600)
    file.write_bytes(msgspec.json.encode(settings))


def load_resolved(file: Path) -> Settings:
    return msgspec.json.decode(file.read_bytes(), type=Settings)


_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_AT = re.compile(r" - at `\$\.?([^`]*)`$")


def _explain(message: str, data: object, model: type, file: str) -> SettingsError:
    found = _AT.search(message)
    field = found.group(1) if found else ""
    expected = _AT.sub("", message)
    unknown = _UNKNOWN.search(expected)
    value = _value_at(data, field)
    if unknown:
        name = unknown.group(1)
        known = _known_fields(model, field)
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"
        value = value.get(name) if isinstance(value, dict) else value
        return SettingsError(
            file, f"{field}.{name}" if field else name, value, f"no such setting; {hint}"
        )
    return SettingsError(file, field or "file", value, expected[:1].lower() + expected[1:])


def _value_at(data: object, field: str) -> Any:
    for step in re.findall(r"\[(\d+)\]|([^.\[\]]+)", field):
        index, name = step
        if isinstance(data, dict):
            data = data.get(name)
        elif isinstance(data, list) and index:
            data = data[int(index)]
    return data


def _known_fields(model: type, field: str) -> list[str]:
    current: Any = model
    for name in [part for part in field.split(".") if part]:
        types = {f.name: f.type for f in msgspec.structs.fields(current)}
        current = types.get(name, current)
    return [f.encode_name for f in msgspec.structs.fields(current)]
