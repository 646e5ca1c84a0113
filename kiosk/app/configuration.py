"""Settings, policy and bindings from config/, with errors that name file, field and value."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kiosk.core.bindings import Bindings
from kiosk.core.errors import BadArguments, UnknownCommand
from kiosk.core.policy import Policy
from kiosk.core.registry import Registry, validate
from kiosk.settings import Settings, SettingsError, load
from kiosk.settings.loading import check, read_toml

Model = TypeVar("Model", bound=msgspec.Struct)


def read_settings(
    config_dir: Path, site: Path | None, overrides: Mapping[str, Mapping[str, Any]]
) -> Settings:
    files = (config_dir / "kiosk.toml", *((site,) if site else ()))
    return load(files, overrides)


def read_policy(config_dir: Path) -> Policy:
    return _read(config_dir / "policy.toml", Policy)


def read_bindings(config_dir: Path, registry: Registry) -> Bindings:
    """Raises SettingsError when a binding names a command that does not exist or can't take it."""
    file = config_dir / "bindings.toml"
    bindings = _read(file, Bindings)
    for index, binding in enumerate(bindings.bindings):
        field = f"bindings[{index}]"
        try:
            validate(registry.resolve(binding.command), binding.args)
        except UnknownCommand as error:
            raise SettingsError(
                str(file), f"{field}.command", binding.command, "a command of docs/commands.md"
            ) from error
        except BadArguments as error:
            raise SettingsError(str(file), f"{field}.args", binding.args, str(error)) from error
    return bindings


def _read(file: Path, model: type[Model]) -> Model:
    data = read_toml(file)
    check(data, model, str(file))
    return msgspec.convert(data, model)
