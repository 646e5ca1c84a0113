"""What can be said in this city: the wall's own phrases with the city's names in them.

The ways to say a name stand in `voice/ko` and `voice/en` of the city's folder. Where those say
nothing of a kind of name, names are said as they are written. What the city does not have can't be
said: a panel that it does not show, an indicator, a camera or a place of another one.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kiosk.pack.edition import cameras_of
from kiosk.pack.loading import CONFIG, centres_of, load_here, pack_folder
from kiosk.pack.model import OWN_PANELS
from kiosk.settings import Settings
from kiosk.wire.text import Language
from voice.grammar import Grammar, load_grammar
from voice.template import SlotValue

VOICE = "voice"
NAMED = {
    "district": ("districts.toml", "district", "code"),
    "neighbourhood": ("neighbourhoods.toml", "neighbourhood", "code"),
    "indicator": ("indicators.toml", "indicator", "id"),
    "camera": ("cameras.toml", "camera", "id"),
    "department": ("orders.toml", "department", "id"),
    "item": ("items/*.toml", "item", "id"),
    "preset": ("cctv.toml", "preset", "id"),
    "landmark": ("cctv.toml", "landmark", "id"),
}
"""Slot -> files, table and key of what it names; each entry has a name or a title."""
UNSAID = frozenset(("item",))
"""Whose names are pressed rather than said, but for those that the city gives a way to say."""
PLACES = ("spot", "station")
"""Slots of places by their own names, which only the city's files fill."""


def grammar_of(settings: Settings, language: Language) -> Grammar:
    """Everything that can be said to this wall. Raises GrammarError."""
    config = Path(settings.paths.config_dir or CONFIG) / VOICE / language
    folder, pack = pack_folder(settings), load_here(settings)
    found = {slot: _entries(folder, *where) for slot, where in NAMED.items()}
    only: dict[str, frozenset[str]] = {
        slot: frozenset(name for name, _ in entries) for slot, entries in found.items()
    }
    instead = {}
    if pack.district:
        instead = {"district": "neighbourhood", "part": "inner"}
        parts = frozenset(code for code, _, _ in centres_of(folder, pack.district))
        only |= {"district": parts, "camera": cameras_of(folder, pack.district)}
        found["district"] = tuple(e for e in found.pop("neighbourhood") if e[0] in parts)
    if pack.panels:
        only["panel"] = OWN_PANELS.union(pack.panels)
    names = {
        slot: [SlotValue(key, _said(named, language)) for key, named in found[slot]]
        for slot in found.keys() - UNSAID
    }
    names |= {slot: [] for slot in (*PLACES, *UNSAID)}
    names["whole"] = [SlotValue("whole", pack.short.of(language))]
    names["part"] = [SlotValue("part", pack.parts.name.of(language))]
    names["inner"] = [SlotValue("inner", pack.inner.name.of(language))] if pack.inner else []
    return load_grammar(
        config, names, more=(folder / VOICE / language,), only=only, instead=instead
    )


def _entries(
    folder: Path, files: str, table: str, key: str
) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Key and name of each entry; files that are not there have none."""
    found = [tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob(files))]
    rows: Iterable[dict[str, Any]] = (row for data in found for row in data.get(table, ()))
    return tuple((row[key], row.get("name") or row["title"]) for row in rows)


def _said(named: Mapping[str, str], language: Language) -> str:
    return named[language]
