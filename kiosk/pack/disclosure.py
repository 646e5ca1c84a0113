"""Who may see what, as the files say: `config/disclosure.toml` and `disclosure.toml` of the city.

The program's file speaks of panels and fields, the city's of what the city has. What the city says
of a thing stands in place of what the program says of it; of what neither names nobody outside city
hall sees anything.
"""

from pathlib import Path

import msgspec

from kiosk.pack.loading import CONFIG, pack_folder
from kiosk.settings import Settings, SettingsError
from kiosk.settings.loading import read_model
from kiosk.wire.city import Disclosure as Level
from kiosk.wire.disclosure import SORTS, Sort
from kiosk.wire.text import Text

FILE = "disclosure.toml"
LEAST_COUNT = 5
"""Counts of people's doings below this are withheld: with fewer, somebody could be recognised."""


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Rule(_Entry, frozen=True):
    """Who may see something, and why."""

    level: Level
    reason: Text


class Decision(_Entry, frozen=True):
    """One decision about several things, by id: panels, indicators, sources, kinds of items and of
    places, and fields as "table.field" (of what is named freely inside, "table.field.name")."""

    level: Level
    reason: Text
    panels: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class SmallCells(_Entry, frozen=True):
    """Indicators that count what single people did or met: of an area, fewer than `least` of them
    are not told."""

    least: int = LEAST_COUNT
    indicators: tuple[str, ...] = ()


class _File(_Entry, frozen=True):
    decision: tuple[Decision, ...] = ()
    small: SmallCells = SmallCells()


Key = tuple[Sort, str]


class Rules(_Entry, frozen=True):
    """What the files say: each thing's rule, and of which indicators small counts are withheld."""

    rules: dict[Key, Rule] = {}
    small: SmallCells = SmallCells()


def load_rules(settings: Settings) -> Rules:
    """The rules of the program and of the city that the settings choose. Raises SettingsError."""
    config = Path(settings.paths.config_dir) if settings.paths.config_dir else CONFIG
    folder = pack_folder(settings)
    program, city = _read(config / FILE), _read(folder / FILE)
    return Rules(
        _by_thing(config / FILE, program) | _by_thing(folder / FILE, city),
        city.small,
    )


def _read(file: Path) -> _File:
    return read_model(file, _File) if file.exists() else _File()


def _by_thing(file: Path, found: _File) -> dict[Key, Rule]:
    """Raises SettingsError for a thing that two decisions of one file speak of."""
    rules: dict[Key, Rule] = {}
    for n, decision in enumerate(found.decision):
        for sort in SORTS:
            for thing in getattr(decision, sort):
                if (sort, thing) in rules:
                    raise SettingsError(
                        str(file), f"decision[{n}].{sort}", thing, "one decision about each thing"
                    )
                rules[sort, thing] = Rule(decision.level, decision.reason)
    return rules
