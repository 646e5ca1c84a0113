"""The wall's tokens as the pages' variables: one source for both."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

TOKENS = Path(__file__).parents[2] / "assets" / "style" / "tokens.json"
COLORS = ("background", "surface", "line", "text", "accent", "map", "chart")
FONT_URL = re.compile(r"url\(fonts/([\w-]+\.woff2)\)")


def read_tokens() -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(TOKENS.read_bytes())
    return found


def stylesheet(own: str, fonts: Mapping[str, str]) -> str:
    """The pages' style sheet with the tokens before it. `fonts`: address of each font file."""
    tokens = read_tokens()
    light, dark = (_colors(tokens["color"][name]) for name in ("light", "dark"))
    shared = {"radius": f"{tokens['radius']['surface']}px", "qr-light": tokens["qr"]["light"]}
    parts = (
        _rule(":root", {**shared, **light, "scheme": "light"}),
        "@media (prefers-color-scheme: dark) {\n",
        _rule(':root:not([data-theme="light"])', {**dark, "scheme": "dark"}),
        "}\n",
        _rule(':root[data-theme="dark"]', {**dark, "scheme": "dark"}),
        FONT_URL.sub(lambda found: f"url({fonts[found[1]]})", own),
    )
    return "".join(parts)


def _colors(values: Mapping[str, Any]) -> dict[str, str]:
    return {k: v for name in COLORS for k, v in _flat(name, values[name]).items()}


def _flat(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        inside = {f"{name}-{k}": v for k, v in value.items() if not k.startswith("_")}
    elif isinstance(value, list):
        inside = {f"{name}-{n}": v for n, v in enumerate(value)}
    else:
        return {name: str(value)}
    return {k: v for key, item in inside.items() for k, v in _flat(key, item).items()}


def _rule(selector: str, values: Mapping[str, str]) -> str:
    return f"{selector} {{\n" + "".join(f"  --{k}: {v};\n" for k, v in values.items()) + "}\n"
