"""Design tokens: the one source of colours, type, lengths and durations.

Read from `assets/style/tokens.json`; nothing else in the screen code names a colour or a size.
Lengths are in u, where 1u = short side of the screen / 1080.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import msgspec

ThemeName = Literal["dark", "light", "high_contrast"]

TOKENS_PATH = Path(__file__).resolve().parents[2] / "assets" / "style" / "tokens.json"

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


class TokensError(Exception):
    """The token file is missing something that the screen needs."""


class TypeRole(msgspec.Struct, frozen=True):
    """One step of the type scale: size in u, weight 500-700, letter spacing in em."""

    u: float
    weight: int
    spacing_em: float


class Tokens(msgspec.Struct, frozen=True):
    """Everything of the token file that the wall draws with.

    `colors` maps a theme to flat names ("text.1", "severity.critical.fill", "map.sequential.0",
    "camera.captionBar", "scrim") and their value: "#RRGGBB", "#AARRGGBB" or "none".
    """

    family: str
    fallback: tuple[str, ...]
    features: Mapping[str, int]
    roles: Mapping[str, TypeRole]
    colors: Mapping[str, Mapping[str, str]]
    strokes_u: Mapping[str, float]
    radii_u: Mapping[str, float]
    motion_ms: Mapping[str, int]
    grid: Mapping[str, Mapping[str, Any]]
    margin_u: float
    gutter_u: float
    touch_min_u: float
    touch_min_px: int
    type_factors: tuple[float, ...]


def _flatten(prefix: str, node: Any, into: dict[str, str]) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if not key.startswith("_"):
                _flatten(f"{prefix}.{key}" if prefix else key, value, into)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            _flatten(f"{prefix}.{index}", value, into)
    elif isinstance(node, str) and (node == "none" or _HEX.fullmatch(node)):
        into[prefix] = node


def _scrim(text: str) -> str:
    """'#000000 at 0.55' as '#AARRGGBB'."""
    color, _, share = text.partition(" at ")
    return f"#{round(float(share) * 255):02X}{color[1:]}"


def _colors(raw: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    themes: dict[str, Mapping[str, str]] = {}
    for name in ("dark", "light"):
        flat: dict[str, str] = {}
        _flatten("", raw["color"][name], flat)
        for same_in_all in ("camera", "dimmed", "qr", "shade"):
            _flatten(same_in_all, raw[same_in_all], flat)
        flat["scrim"] = _scrim(raw["elevation"]["scrim"][name])
        themes[name] = flat
    high = raw["color"]["highContrast"]
    themes["high_contrast"] = {**themes[high["base"]], **high["override"]}
    return {name: MappingProxyType(dict(flat)) for name, flat in themes.items()}


def _spacing_em(role: str, spacing: Mapping[str, float]) -> float:
    if role.startswith("figure") or role in ("clock", "checkCode"):
        return spacing["figure"]
    return spacing["title"] if role == "title" else spacing["body"]


def load_tokens(path: Path = TOKENS_PATH) -> Tokens:
    """Reads the token file. Raises TokensError that names the file and the missing field."""
    try:
        raw = msgspec.json.decode(path.read_bytes())
        kind = raw["type"]
        roles = {
            name: TypeRole(step["u"], step["weight"], _spacing_em(name, kind["letterSpacing"]))
            for name, step in kind["scale"].items()
        }
        motion = raw["motion"]
        return Tokens(
            family=kind["family"],
            fallback=tuple(kind["fallback"]),
            features=dict(kind["features"]),
            roles=MappingProxyType(roles),
            colors=MappingProxyType(_colors(raw)),
            strokes_u=MappingProxyType(dict(raw["stroke"])),
            radii_u=MappingProxyType(
                {k: v for k, v in raw["radius"].items() if not k.startswith("_")}
            ),
            motion_ms=MappingProxyType(
                {k: v["ms"] for k, v in motion.items() if isinstance(v, dict) and "ms" in v}
            ),
            grid=MappingProxyType(raw["grid"]),
            margin_u=raw["space"]["margin"],
            gutter_u=raw["space"]["gutter"],
            touch_min_u=raw["unit"]["touchMin"]["u"],
            touch_min_px=raw["unit"]["touchMin"]["floor_px"],
            type_factors=tuple(kind["largeTypeFactor"]),
        )
    except FileNotFoundError as missing:
        raise TokensError(f"{path}: the style tokens are missing; restore this file") from missing
    except (KeyError, TypeError, msgspec.DecodeError) as wrong:
        raise TokensError(f"{path}: expected a style token, got {wrong!r}") from wrong
