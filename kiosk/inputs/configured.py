"""The bindings from config/, a site and people, with errors that name file, entry and value."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from gestures.events import GestureKind
from kiosk.core.bindings import FIXED, NONE, Binding, Bindings, BindingsFile, Person
from kiosk.core.errors import BadArguments, UnknownCommand
from kiosk.core.registry import Registry, validate
from kiosk.settings import SettingsError
from kiosk.settings.loading import check, read_model

SITE = "the site's file (--site)"
Layer = TypeVar("Layer", BindingsFile, Person)
_BINDABLE = {kind.value for kind in GestureKind} - FIXED


def read_bindings(
    config_dir: Path, registry: Registry, site: Sequence[Mapping[str, Any]] = ()
) -> tuple[Bindings, tuple[SettingsError, ...]]:
    """The default bindings, the site's (tables of its settings) and those of every person, and
    what is wrong with a site's or a person's: that layer is left out, the default counts on.

    Raises SettingsError when the default itself can't be used.
    """
    default = _checked(config_dir / "bindings.toml", BindingsFile, registry).bindings
    wrong: list[SettingsError] = []
    own: tuple[Binding, ...] = ()
    people = {}
    try:
        tables = {"bindings": list(site)}
        check(tables, BindingsFile, SITE)
        own = msgspec.convert(tables, BindingsFile).bindings
        _check(own, registry, SITE)
    except SettingsError as error:
        own = ()
        wrong.append(error)
    for file in sorted((config_dir / "people").glob("*.toml")):
        try:
            person = _checked(file, Person, registry)
            people[person.name] = person
        except SettingsError as error:
            wrong.append(error)
    return Bindings(default, own, people), tuple(wrong)


def _checked(file: Path, model: type[Layer], registry: Registry) -> Layer:
    layer = read_model(file, model)
    _check(layer.bindings, registry, str(file))
    return layer


def _check(bindings: tuple[Binding, ...], registry: Registry, file: str) -> None:
    places = [(binding.input, binding.on, binding.panel) for binding in bindings]
    for index, binding in enumerate(bindings):
        field = f"bindings[{index}]"
        if places[index] in places[:index]:
            raise SettingsError(file, f"{field}.on", binding.on, "bound once; it is bound twice")
        if binding.input == "gesture" and binding.on not in _BINDABLE:
            known = ", ".join(sorted(_BINDABLE))
            raise SettingsError(file, f"{field}.on", binding.on, f"one of {known}")
        if binding.command == NONE:
            continue
        try:
            validate(registry.resolve(binding.command), binding.args)
        except UnknownCommand as error:
            raise SettingsError(
                file, f"{field}.command", binding.command, "a command of docs/commands.md, or none"
            ) from error
        except BadArguments as error:
            raise SettingsError(file, f"{field}.args", binding.args, str(error)) from error
