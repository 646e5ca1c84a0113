"""`sources list [--json] [--find WORDS]`: every registered source, and how it does here."""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from kiosk.backend import telling
from kiosk.backend.catalogue import load_city
from kiosk.backend.connectors.moment import from_ms
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.rounds import load_secrets
from kiosk.backend.pull.source import SourceHealth
from kiosk.backend.pull.words import idle, source_row
from kiosk.backend.register import (
    KindEntry,
    load_declared,
    load_demonstration,
    load_kinds,
    sources_dirs,
)
from kiosk.backend.simulator.register import demo_row
from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.files import CACHE
from kiosk.cache.freshness import source_freshness
from kiosk.cache.repositories import Repositories
from kiosk.core.words import matches
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.tools.sources.site import add_options, data_dir, read_settings
from kiosk.wire.city import Source

DAY_S = 86_400


def list_sources(argv: list[str]) -> int:
    """Exit code 0; 1 when nothing is found."""
    options = _options(argv)
    settings = read_settings(options)
    kinds = load_kinds(sources_dirs(settings)[0])
    told = _told(data_dir(options, settings))
    now_ms = time.time_ns() // 1_000_000
    rows = [told.get(row.id, row) for row in registered(settings, kinds)]
    found = [row for row in rows if matches(options.find, _texts(row, kinds))]
    for row in found:
        print(_json(row, now_ms) if options.json else _line(row, now_ms))
    if not options.json:
        said = {kind for row in found for kind in row.kinds}
        print(f"{len(found)} sources, {len(said)} kinds of data", file=sys.stderr)
    return 0 if found else 1


def registered(settings: Settings, kinds: Mapping[str, KindEntry]) -> Iterator[Source]:
    """All sources of the register and the city's files, of which nothing has been heard yet."""
    folders, city = sources_dirs(settings), load_city(pack_folder(settings))
    keys = load_secrets(settings.backend.secrets).names
    for declaration in load_declared(folders):
        yield source_row(declaration, SourceHealth(declaration.id), idle(declaration, keys))
    for entry in city.sources:
        if settings.city.demo or not entry.simulated:
            yield telling.source_row(entry, telling.published_dates(city).get(entry.id))
    if settings.city.demo:
        for source in load_demonstration(folders, city.districts, dict(kinds)):
            yield demo_row(source)


def linked(settings: Settings) -> tuple[Declaration, ...]:
    """Declared systems that are asked here: with an address, and the key where they need one."""
    keys = load_secrets(settings.backend.secrets).names
    declared = load_declared(sources_dirs(settings))
    return tuple(one for one in declared if idle(one, keys) is None)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kiosk.sh sources list", description=list_sources.__doc__)
    parser.add_argument("--json", action="store_true", help="JSON Lines instead of a table")
    parser.add_argument(
        "--find",
        default="",
        metavar="WORDS",
        help="parts of id, name, owner or kind, in Korean or English; initials such as ㄷㄱ",
    )
    add_options(parser)
    return parser.parse_args(argv)


def _told(folder: Path) -> Mapping[str, Source]:
    """What the kiosk here knows; nothing where none has run."""
    if not (folder / CACHE).exists():
        return {}
    engine = open_cache_for_reading(folder / CACHE)
    try:
        return {row.id: row for row in Repositories(engine).sources()}
    finally:
        engine.dispose()


def _texts(row: Source, kinds: Mapping[str, KindEntry]) -> Iterator[str]:
    yield from (row.id, row.name.ko, row.name.en, row.owner.ko, row.owner.en, row.connector)
    for kind in row.kinds:
        entry = kinds.get(kind)
        yield from (kind, entry.ko, entry.en) if entry else (kind,)


def _json(row: Source, now_ms: int) -> str:
    fields = msgspec.to_builtins(row)
    fields["freshness"] = source_freshness(row, now_ms)
    return msgspec.json.encode(fields).decode()


def _line(row: Source, now_ms: int) -> str:
    mark = "simulated" if row.simulated else row.connector or "published"
    error = row.last_error or row.idle
    state = error.en if error else source_freshness(row, now_ms)
    fields = (
        f"{row.id:<30}",
        f"{mark:<24}",
        f"{_span(row.period_s):>8}",
        f"{row.name.ko}, {row.owner.ko}",
        f"{len(row.kinds)} kinds",
        f"{_when(row.last_success_ms):<16}",
        state,
    )
    return " | ".join(fields)


def _when(t_ms: int | None) -> str:
    """When it was heard last, to the minute in Korean time."""
    return from_ms(t_ms)[:16] if t_ms is not None else "-"


def _span(seconds: int) -> str:
    for unit, word in ((DAY_S, "d"), (3600, "h"), (60, "min")):
        if seconds >= unit:
            return f"{seconds / unit:.3g} {word}"
    return f"{seconds} s"
