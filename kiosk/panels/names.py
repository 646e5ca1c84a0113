"""Names of what the city has, read from the cache for the commands to look up."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.incidents import ranked
from kiosk.core.world import Entry
from kiosk.pack import here
from kiosk.panels.figures import published
from kiosk.panels.news.headlines import NEWS, best
from kiosk.panels.outline.lines import in_order
from kiosk.panels.outline.status import is_late
from kiosk.panels.places.kinds import NAMED
from kiosk.wire.city import Camera, Complaint, District, Incident, Item, Point
from kiosk.wire.names import PlaceName
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories


WORDS = {kind.kind: kind.word for kind in NAMED}


class Names(msgspec.Struct, frozen=True):
    """Implements core's Catalogue."""

    district_entries: tuple[Entry, ...]
    indicator_entries: tuple[Entry, ...]
    camera_entries: tuple[Entry, ...]
    incident_entries: tuple[Entry, ...]
    complaint_entries: tuple[Entry, ...]
    item_entries: tuple[Entry, ...]
    camera_rows: tuple[Camera, ...]
    neighbourhood_entries: tuple[Entry, ...] = ()
    place_entries: tuple[Entry, ...] = ()
    box: tuple[float, float, float, float] | None = None
    """West, south, east and north of the city, degrees."""

    def districts(self) -> tuple[Entry, ...]:
        return self.district_entries

    def indicators(self) -> tuple[Entry, ...]:
        return self.indicator_entries

    def cameras(self) -> tuple[Entry, ...]:
        return self.camera_entries

    def incidents(self) -> tuple[Entry, ...]:
        return self.incident_entries

    def complaints(self) -> tuple[Entry, ...]:
        return self.complaint_entries

    def items(self) -> tuple[Entry, ...]:
        return self.item_entries

    def neighbourhoods(self) -> tuple[Entry, ...]:
        return self.neighbourhood_entries

    def places(self) -> tuple[Entry, ...]:
        return self.place_entries

    def on_map(self, lat: float, lon: float) -> tuple[float, float] | None:
        if self.box is None:
            return None
        west, south, east, north = self.box
        x, y = (lon - west) / (east - west), (north - lat) / (north - south)
        return (x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None


def read_names(rows: "Repositories") -> Names:
    """Of an indicator its owner is in charge, of what lies in a district the district's office.
    Items stand as their panels list them at the last word of the backend: late ones first."""
    cameras, districts = rows.cameras(), rows.districts()
    offices = {d.code: here().parts.office_of(d.name) for d in districts}
    nobody, boxes = Text("", ""), _boxes(districts)
    now_ms = rows.meta().last_success_ms or 0
    return Names(
        tuple(
            Entry(d.code, d.name, n, offices[d.code], box=boxes.get(d.code), at=(d.lat, d.lon))
            for n, d in enumerate(districts, start=1)
        ),
        tuple(
            Entry(
                i.id,
                i.title,
                n,
                i.owner,
                i.areas == "districts",
                sdg=i.sdg,
                better=i.better,
                theme=i.theme_title,
                published=published(i),
            )
            for n, i in enumerate(rows.indicators(), start=1)
        ),
        tuple(_camera(c, offices.get(c.district, nobody)) for c in cameras),
        tuple(
            _incident(incident, number, offices.get(incident.district, nobody))
            for number, incident in enumerate(ranked(rows.incidents(ended=True)), start=1)
        ),
        tuple(_complaint(c, offices.get(c.district, nobody)) for c in rows.complaints()),
        tuple(_item(i, now_ms) for i in _listed(rows.items(), now_ms)),
        cameras,
        tuple(
            Entry(n.code, n.name, district=n.district, at=(n.lat, n.lon))
            for n in rows.neighbourhoods()
        ),
        _places(rows.place_names(tuple(WORDS))),
        _box(districts),
    )


def _listed(items: Sequence[Item], now_ms: int) -> list[Item]:
    """As panels list them: news the newest first, of everything else late ones first."""
    news = best([item for item in items if item.kind == NEWS][::-1])
    return [*in_order([item for item in items if item.kind != NEWS], now_ms), *news]


def _boxes(districts: Sequence[District]) -> dict[str, tuple[float, float, float, float]]:
    """Each district's part of the city's box: left, top, right, bottom in 0..1."""
    whole = _box(districts)
    if whole is None:
        return {}
    west, south, east, north = whole
    wide, high = east - west, north - south
    corners = {d.code: _corners(d.boundary) for d in districts if d.boundary}
    return {
        code: ((x0 - west) / wide, (north - y1) / high, (x1 - west) / wide, (north - y0) / high)
        for code, (x0, y0, x1, y1) in corners.items()
    }


def _box(districts: Sequence[District]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of all that have a shape."""
    corners = [_corners(d.boundary) for d in districts if d.boundary]
    if not corners:
        return None
    wests, souths, easts, norths = zip(*corners, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _corners(rings: Sequence[Sequence[Point]]) -> tuple[float, float, float, float]:
    lons = [lon for ring in rings for lon, _ in ring]
    lats = [lat for ring in rings for _, lat in ring]
    return min(lons), min(lats), max(lons), max(lats)


def _camera(row: Camera, office: Text) -> Entry:
    return Entry(
        row.id,
        row.name,
        row.number,
        office,
        kind=row.kind,
        district=row.district,
        at=(row.lat, row.lon),
        tags=row.tags,
    )


def _incident(row: Incident, number: int, office: Text) -> Entry:
    return Entry(
        row.id,
        row.headline,
        number,
        office,
        kind=row.kind,
        district=row.district,
        ended=row.ended_ms is not None,
        at=None if row.lat is None or row.lon is None else (row.lat, row.lon),
        t_ms=row.t_ms,
        severity=row.severity,
        simulated=row.simulated,
    )


def _item(row: Item, now_ms: int) -> Entry:
    district = row.districts[0] if len(row.districts) == 1 else ""
    named = row.attributes.get("panels", "")
    return Entry(
        row.id,
        row.title,
        0,
        row.owner,
        kind=row.kind,
        parent=row.parent,
        district=district,
        group=row.attributes.get("group", ""),
        panels=tuple(named.split(",")) if named else (),
        sdg=row.sdg,
        at=row.places[0] if row.places else None,
        state=row.state,
        late=is_late(row, now_ms),
        indicator=row.attributes.get("indicator", ""),
        sites=row.attributes.get("places", ""),
    )


@lru_cache(1)
def _places(rows: tuple[PlaceName, ...]) -> tuple[Entry, ...]:
    """Remembered: places say every few minutes how they are, but hardly ever change their names."""
    return tuple(
        Entry(
            row.id,
            Text(row.name, row.name),
            kind=row.kind,
            district=row.district,
            group=WORDS[row.kind],
            at=None if row.lat is None or row.lon is None else (row.lat, row.lon),
        )
        for row in rows
    )


def _complaint(row: Complaint, office: Text) -> Entry:
    kind = row.kind.removeprefix("complaint.")
    name = Text(row.title, row.title)
    return Entry(
        row.id,
        name,
        0,
        office,
        kind=kind,
        district=row.district,
        ended=not row.open,
        at=None if row.lat is None or row.lon is None else (row.lat, row.lon),
        t_ms=row.t_ms,
        state=row.step,
    )
