"""As much of JSON Schema as the published GeoReport schemas use."""

import json
from pathlib import Path
from typing import Any

KINDS: dict[str, Any] = {
    "string": str,
    "number": int | float,
    "boolean": bool,
    "array": list,
    "null": type(None),
}


def conforms(value: Any, schema: dict[str, Any], folder: Path) -> bool:
    """Whether a value fits a schema whose references lie in `folder`."""
    if "$ref" in schema:
        name = schema["$ref"].removesuffix(".json") + ".schema.json"
        return conforms(value, json.loads((folder / name).read_text()), folder)
    if "anyOf" in schema:
        return any(conforms(value, each, folder) for each in schema["anyOf"])
    if not isinstance(value, KINDS.get(schema.get("type", ""), object)):
        return False
    if isinstance(value, list):
        return all(conforms(each, schema.get("items", {}), folder) for each in value)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return set(schema.get("required", [])) <= set(value) and all(
            conforms(value[name], each, folder) for name, each in known.items() if name in value
        )
    return value in schema.get("enum", [value])
