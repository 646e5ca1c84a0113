"""Finds what an argument names in the catalogue, or says what would have been right."""

from collections.abc import Mapping, Sequence

from kiosk.core.errors import BadArguments
from kiosk.core.world import Entry, World, find
from kiosk.pack import here
from kiosk.wire.text import Text


def metric_of(wanted: str | None, by_district: Sequence[str]) -> str | None:
    """The indicator that colours the map: the one asked for, else the first that is usual.

    `by_district` are those that every district has, in the catalogue's order.
    """
    usual = (wanted, *here().maps, *by_district)
    return next((metric for metric in usual if metric in by_district), None)


def entry(entries: tuple[Entry, ...], wanted: str, kind: Text) -> Entry:
    """Raises BadArguments with the kind of thing that was looked for."""
    found = find(entries, wanted)
    if found is None:
        raise BadArguments(
            Text(
                f"‘{wanted}’, 그런 {kind.ko} 이름이 없습니다",
                f"There is no {kind.en} “{wanted}”",
            )
        )
    return found


THINGS = {
    **{"incident": "incidents", "indicator": "indicators", "camera": "cameras"},
    **{"complaint": "complaints", "item": "items"},
}
"""Arguments that name what an order can be about, and its table."""


def thing_in(args: Mapping[str, object]) -> str | None:
    """What the arguments of a command name, as table/key; None when that is nothing to give an
    order about."""
    found = ((table, args[name]) for name, table in THINGS.items() if args.get(name))
    return next((f"{table}/{key}" for table, key in found), None)


def matter(world: World, about: str) -> tuple[str, Entry]:
    """The table and the entry of "table/key". Raises BadArguments when there is no such thing."""
    table, _, key = about.partition("/")
    catalogue = world.catalogue
    tables = {
        "incidents": catalogue.incidents,
        "indicators": catalogue.indicators,
        "cameras": catalogue.cameras,
        "complaints": catalogue.complaints,
        "items": catalogue.items,
    }
    entries = tables[table]() if table in tables else ()
    found = next((e for e in entries if e.id == key), None)
    if found is None:
        raise BadArguments(
            Text(f"‘{about}’, 지금은 없는 대상입니다", f"“{about}” is not there now")
        )
    return table, found


def neighbour(entries: tuple[Entry, ...], current: str | None, by: int) -> Entry:
    """The entry `by` places after the current one, round the end; the first when there is none."""
    if not entries:
        raise BadArguments(Text("자료가 아직 없습니다", "There is no data yet"))
    ids = [item.id for item in entries]
    if current not in ids:
        return entries[0]
    return entries[(ids.index(current) + by) % len(entries)]
