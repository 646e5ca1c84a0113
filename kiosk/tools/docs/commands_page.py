"""docs/commands.md from the registry, the bindings and the policy."""

from pathlib import Path
from typing import Any

import msgspec

from kiosk.commands import make_registry
from kiosk.core.bindings import Binding, BindingsFile
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command
from kiosk.settings.loading import read_toml

CONFIG = Path(__file__).resolve().parents[3] / "config"


def commands_page() -> str:
    bindings = msgspec.convert(read_toml(CONFIG / "bindings.toml"), BindingsFile).bindings
    lines = [
        "# Commands",
        "",
        "Made from the registry by `./kiosk.sh docs`; do not edit. Every command can be given by",
        "touch, gesture, voice, tablet and keyboard, unless the column *inputs* names fewer.",
        "",
        "| command | 이름 | title | arguments | risk | inputs | gesture | key |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_row(command, bindings) for command in make_registry()]
    return "\n".join(lines) + "\n"


def _row(command: Command, bindings: tuple[Binding, ...]) -> str:
    cells = [
        f"`{command.id}`",
        command.title.ko,
        command.title.en,
        _arguments(command.args_model),
        command.risk.value,
        _inputs(command.sources),
        _bound(command, bindings, "gesture"),
        _bound(command, bindings, "key"),
    ]
    return "| " + " | ".join(cells) + " |"


def _inputs(sources: frozenset[Source]) -> str:
    if sources == frozenset(Source):
        return "all"
    return ", ".join(source.value for source in Source if source in sources)


def _arguments(model: type[Args]) -> str:
    schema = msgspec.json.schema(model)
    own = schema["$defs"][model.__name__]
    required = own.get("required", [])
    return "<br>".join(
        f"`{name}`: {_kind(field)}{'' if name in required else ' (optional)'}"
        for name, field in own["properties"].items()
    )


def _kind(field: dict[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(str(value) for value in field["enum"])
    if "anyOf" in field:
        return " or ".join(_kind(part) for part in field["anyOf"])
    name = str(field.get("type", "list"))
    if "minimum" in field and "maximum" in field:
        return f"{name} {field['minimum']:g} to {field['maximum']:g}"  # 0 and 0.0 are one type
    return name


def _bound(command: Command, bindings: tuple[Binding, ...], kind: str) -> str:
    found = [b for b in bindings if b.input == kind and b.command == command.id]
    return ", ".join(f"{b.on} (on {b.panel})" if b.panel else b.on for b in found)
