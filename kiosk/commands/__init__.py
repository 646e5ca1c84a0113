"""The commands, declared by area. A new area is a module here with a `COMMANDS` tuple."""

import importlib
import pkgutil

from kiosk.core.registry import Command, Registry


def all_commands() -> tuple[Command, ...]:
    """Every command of every module in this folder, in order of area, then as declared."""
    found: list[Command] = []
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        found.extend(importlib.import_module(f"{__name__}.{module}").COMMANDS)
    return tuple(found)


def make_registry() -> Registry:
    return Registry(all_commands())
