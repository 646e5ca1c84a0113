"""Another version of the recogniser beside the shipped one: other limits, other weights.

A TOML file with tables and fields as in `tuning.py`, of which any may be left out, and `weights`, a
file as `gestures train` writes it, beside this one:

    weights = "shapes.json"
    lost_ms = 600
    [swipe]
    length = 1.8
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import msgspec

from gestures.errors import GesturesError, printable
from gestures.network import Network, load
from gestures.tuning import Tuning

SHIPPED = "shipped"


class VariantError(GesturesError):
    """A file of limits that can't be used; the text names file, field and what was expected."""


class Variant(NamedTuple):
    """network None: the shipped weights."""

    name: str = SHIPPED
    tuning: Tuning = Tuning()
    network: Network | None = None


def read_variant(file: Path) -> Variant:
    """Raises VariantError, ModelError."""
    try:
        given = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise VariantError(f"{printable(file)}: can't be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VariantError(f"{printable(file)}: no TOML: {error}") from error
    weights = given.pop("weights", None)
    if weights is not None and not isinstance(weights, str):
        raise VariantError(f"{printable(file)}: weights = {weights!r}; a file's name is expected")
    try:
        tuning = msgspec.convert(given, Tuning)
    except msgspec.ValidationError as error:
        raise VariantError(
            f"{printable(file)}: {error}; fields as in gestures/tuning.py"
        ) from error
    hold_ms = {**Tuning().hold.hold_ms, **tuning.hold.hold_ms}
    hold = msgspec.structs.replace(tuning.hold, hold_ms=hold_ms)
    tuning = msgspec.structs.replace(tuning, hold=hold)
    return Variant(file.stem, tuning, load(file.parent / weights) if weights else None)
