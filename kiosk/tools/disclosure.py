"""`disclosure [--level LEVEL] [--json]`: what each level sees, what it hides, and why.

Exit code 0; 1 when a panel or an indicator has no decision (it is internal then).
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.backend.catalogue import load_city
from kiosk.cache.engine import open_ledger_for_reading
from kiosk.cache.files import LEDGER
from kiosk.cache.ledger import LedgerReader
from kiosk.core.disclosure import FIELDS, LEVELS, SORTS, Decided, Disclosure, Level, Sort
from kiosk.pack import pack_folder
from kiosk.pack.disclosure import load_rules
from kiosk.panels import find_panels
from kiosk.settings import Settings
from kiosk.tools.sources.site import add_options, data_dir, read_settings
from kiosk.wire.text import Text


class Listed(msgspec.Struct, frozen=True):
    """A thing: who may see it, why, and who said so ("": nobody)."""

    sort: Sort
    thing: str
    level: Level
    reason: Text
    by: str


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    settings = read_settings(options)
    decided = _decided(data_dir(options, settings))
    now = Disclosure(load_rules(settings), decided)
    things = tuple(listed(now, settings))
    if options.json:
        print(json.dumps(_told(things, decided), ensure_ascii=False, indent=1))
    else:
        for level in LEVELS if options.level is None else (options.level,):
            _print(level, things)
        for change in decided:
            print(f"changed at the wall: {change.sort} {change.thing}: ", end="")
            print(f"{change.before} -> {change.level} ({change.reason.en})")
    nobody = [each for each in things if not each.by and each.sort in ("panels", "indicators")]
    return 1 if nobody else 0


def listed(now: Disclosure, settings: Settings) -> Iterator[Listed]:
    """All that somebody decided about, and every panel, indicator and field."""
    wall = {(decided.sort, decided.thing) for decided in now.decided}
    have: dict[Sort, tuple[str, ...]] = {
        "panels": tuple(spec.id for spec in find_panels()),
        "indicators": tuple(i.id for i in load_city(pack_folder(settings)).indicators),
        "fields": tuple(sorted(FIELDS)),
    }
    for sort in SORTS:
        for thing in dict.fromkeys((*have.get(sort, ()), *now.things(sort))):
            rule = now.rule(sort, thing)
            by = "wall" if (sort, thing) in wall else "files" if now.known(sort, thing) else ""
            yield Listed(sort, thing, rule.level, rule.reason, by)


def _decided(folder: Path) -> tuple[Decided, ...]:
    engine = open_ledger_for_reading(folder / LEDGER)
    try:
        return LedgerReader(engine).decided()
    finally:
        engine.dispose()


def _sees(level: Level, thing: Listed) -> bool:
    return LEVELS.index(thing.level) <= LEVELS.index(level)


def _print(level: Level, things: tuple[Listed, ...]) -> None:
    seen = [thing for thing in things if _sees(level, thing)]
    hidden = [thing for thing in things if not _sees(level, thing)]
    print(f"{level}: sees {len(seen)}, hides {len(hidden)}")
    for sort in SORTS:
        own = [thing.thing for thing in seen if thing.sort == sort]
        if own:
            print(f"  sees {len(own):>3} {sort}: {', '.join(own)}")
    reasons: dict[tuple[Sort, Level, Text, str], list[str]] = {}
    for each in hidden:
        reasons.setdefault((each.sort, each.level, each.reason, each.by), []).append(each.thing)
    for (sort, hides, reason, _), names in reasons.items():
        print(f"  hides {len(names):>2} {sort} ({hides}): {', '.join(names)}")
        print(f"      {reason.ko} / {reason.en}")
    print()


def _told(things: tuple[Listed, ...], decided: tuple[Decided, ...]) -> dict[str, object]:
    return {
        "levels": {
            level: {
                "sees": {
                    sort: [t.thing for t in things if t.sort == sort and _sees(level, t)]
                    for sort in SORTS
                },
                "hides": [msgspec.to_builtins(t) for t in things if not _sees(level, t)],
            }
            for level in LEVELS
        },
        "undecided": [f"{t.sort}/{t.thing}" for t in things if not t.by],
        "changes": msgspec.to_builtins(decided),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk.sh disclosure", description=__doc__)
    parser.add_argument("--json", action="store_true", help="all of it as JSON")
    parser.add_argument("--level", choices=LEVELS, help="of one level only")
    add_options(parser)
    return parser
