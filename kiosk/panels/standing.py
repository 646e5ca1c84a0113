"""How old what a panel shows is, in words, for the wall, the tablets and what is said. No Qt.

A figure says its own age where it stands. Rows that have none - complaints, incidents, items,
cameras, places - are as fresh as the systems that tell them are against their own periods, and
everything is as fresh as the last word of the city's backend.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from kiosk.cache.freshness import source_freshness
from kiosk.ui.ages import age_words, aged
from kiosk.wire.city import Source
from kiosk.wire.messages import SyncState
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

NOTHING = Text("", "")
OF_A_SYSTEM = "/"  # between a system's id and its own number, in the ids of the rows that it tells


class Feeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The systems by id, and which of them tell the rows of each table."""

    sources: Mapping[str, Source] = {}
    of_table: Mapping[str, frozenset[str]] = {}


def read_feeds(rows: "Repositories") -> Feeds:
    return Feeds(
        {source.id: source for source in rows.sources()},
        {
            "complaints": frozenset(row.source_id for row in rows.complaints()),
            "incidents": _systems(row.id for row in rows.incidents(ended=True)),
            "cameras": _systems(row.id for row in rows.cameras()),
            "items": frozenset(row.source_id for row in rows.items()),
            "places": rows.systems_of_places(),
        },
    )


def standing(tables: Iterable[str], feeds: Feeds, sync: SyncState | None, now_ms: int) -> Text:
    """Words for a panel that reads these tables; empty while all that it reads is fresh, or it
    reads nothing of the city."""
    read = frozenset(tables)
    if not read or sync is None:
        return NOTHING
    if not sync.reachable:
        return _away(sync, now_ms)
    told = frozenset().union(*(feeds.of_table.get(table, frozenset()) for table in read))
    known = [feeds.sources[id_] for id_ in sorted(told) if id_ in feeds.sources]
    late = [s for s in known if source_freshness(s, now_ms) != "fresh"]
    if not late:
        return NOTHING
    oldest = min(late, key=lambda source: source.last_success_ms or 0)
    words = _age(oldest, now_ms)
    if len(late) == 1:
        return Text(f"{oldest.name.ko} {words.ko}", f"{oldest.name.en}: {words.en}")
    return Text(
        f"자료 {len(known)}종 가운데 {len(late)}종 늦음, {words.ko}",
        f"{len(late)} of {len(known)} sources late, {words.en}",
    )


def with_standing(projection: Projection, words: Text) -> Projection:
    """What a tablet is shown, with how old it is under its title."""
    if not words.ko:
        return projection
    told = [text for text in (projection.subtitle, words) if text.ko]
    subtitle = Text(", ".join(t.ko for t in told), ", ".join(t.en for t in told))
    return msgspec.structs.replace(projection, subtitle=subtitle)


def _away(sync: SyncState, now_ms: int) -> Text:
    if sync.last_success_ms is None:
        return Text("오프라인, 자료 없음", "Offline, no data")
    age = age_words(now_ms - sync.last_success_ms)
    return Text(f"오프라인, 저장된 자료, {age.ko}", f"Offline, stored data, {age.en}")


def _age(source: Source, now_ms: int) -> Text:
    if source.last_success_ms is None:
        return Text("자료 없음", "no data")
    return aged(source.last_success_ms, now_ms, source_freshness(source, now_ms))


def _systems(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(id_.partition(OF_A_SYSTEM)[0] for id_ in ids if OF_A_SYSTEM in id_)
