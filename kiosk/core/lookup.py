"""Finds what an argument names in the catalogue, or says what would have been right."""

from collections.abc import Mapping, Sequence

from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.state import ViewState
from kiosk.core.world import Entry, World, find
from kiosk.pack import here
from kiosk.wire.text import Text


def metric_of(wanted: str | None, by_district: Sequence[str]) -> str | None:
    """The indicator that colours the map: the one asked for, else the first that is usual.

    `by_district` are those that every district has, in the catalogue's order.
    """
    usual = (wanted, *here().maps, *by_district)
    return next((metric for metric in usual if metric in by_district), None)


def indicator_shown(state: ViewState, world: World) -> Entry:
    """The indicator that the wall is about: the one that is opened, else the one that colours the
    map. Raises Unavailable where there is none."""
    known, place = world.catalogue.indicators(), state.place
    wanted = place.indicator
    if wanted is None and place.panel in ("home", "compare", "ranking"):
        wanted = metric_of(state.metric, [i.id for i in known if i.by_district])
    found = next((i for i in known if i.id == wanted), None)
    if found is None:
        raise Unavailable(Text("지표를 먼저 열어 주세요", "Open an indicator first"))
    return found


def indicator_meant(state: ViewState, wanted: str, world: World) -> Entry:
    """The indicator of this id or name; without one the one that the wall is about."""
    if wanted:
        return entry(world.catalogue.indicators(), wanted, Text("지표", "indicator"))
    return indicator_shown(state, world)


def indicator_by_district(state: ViewState, wanted: str, world: World) -> Entry:
    """The same for what compares districts: any panel will do, the map's indicator stands in.
    Raises Unavailable for an indicator without figures by district."""
    known = world.catalogue.indicators()
    if not wanted and state.place.indicator is None:
        wanted = metric_of(state.metric, [i.id for i in known if i.by_district]) or ""
    found = indicator_meant(state, wanted, world)
    if not found.by_district:
        parts, name = here().parts.name, found.name
        raise Unavailable(
            Text(
                f"{name.ko}: {parts.ko}별 값이 없습니다", f"{name.en} has no figures by {parts.en}"
            )
        )
    return found


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
