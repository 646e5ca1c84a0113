"""From the labels of other collections to our kinds."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from gestures.events import GestureKind

NONE = "none"
TABLE = Path(__file__).with_name("names.toml")


class _LeftOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    labels: tuple[str, ...]


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kinds: dict[GestureKind, tuple[str, ...]]
    left_out: _LeftOut
    elsewhere: dict[str, dict[str, str]]


def meant_by(label: str, source: str = "") -> str | None:
    """Our kind for a label, "none" for one of no gesture, None for one that is not counted.

    Capitals do not matter; a kind's own name means itself, unless the source says otherwise.
    """
    name = label.lower()
    if name in _names().left_out.labels:
        return None
    for start, own in _names().elsewhere.items():
        if source.startswith(start) and name in own:
            return own[name]
    return _kinds().get(name, NONE)


@cache
def _names() -> _Names:
    return msgspec.convert(tomllib.loads(TABLE.read_text("utf-8")), _Names)


@cache
def _kinds() -> dict[str, str]:
    kinds = {kind.value: kind.value for kind in GestureKind}
    kinds |= {label: kind.value for kind, labels in _names().kinds.items() for label in labels}
    return kinds
