"""docs/settings.md from the settings' model."""

from typing import Any, get_type_hints

import msgspec

from kiosk.settings import Settings

TABLES = frozenset(("bindings", "profiles"))


def settings_page() -> str:
    lines = [
        "# Settings",
        "",
        "Made from the settings' model by `./kiosk.sh docs`; do not edit. Defaults stand in",
        "`config/kiosk.toml`; a site lays its own file over it with `./kiosk.sh run --site FILE`,",
        "or `--site NAME` for one of `config/sites`. That file may also hold `[[bindings]]` as in",
        '`config/bindings.toml`: they win over those, and `command = "none"` takes a gesture or a',
        "key away; and `[[profiles]]` as in a city's `profiles.toml`, in place of the city's.",
        "",
    ]
    sections = (f for f in msgspec.structs.fields(Settings) if f.name not in TABLES)
    for section in sections:
        model = section.type
        about = (model.__doc__ or "").strip().splitlines()[0]
        lines += [f"## [{section.name}]", "", about, ""]
        lines += ["| setting | meaning | values | default |", "|---|---|---|---|"]
        lines += [_row(model, field) for field in msgspec.structs.fields(model)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(model: type, field: msgspec.structs.FieldInfo) -> str:
    hint = get_type_hints(model, include_extras=True)[field.name]
    schema: dict[str, Any] = msgspec.json.schema(hint)
    meaning = f"**{schema['title']}.** {schema['description']}"
    return f"| `{field.name}` | {meaning} | {_values(schema)} | `{_default(field.default)}` |"


def _values(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    names = {"string": "text", "boolean": "true or false", "integer": "whole number"}
    name = {**names, "object": "table"}.get(schema["type"], schema["type"])
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum")
    if low is not None and high is not None:
        return f"{name}, {low} to {high}"
    return f"{name}, from {low}" if low is not None else name


def _default(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) if value != "" else '""'
