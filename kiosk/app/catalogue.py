"""Names of what the city has, read from the cache for the commands to look up."""

from typing import TYPE_CHECKING

import msgspec

from kiosk.core.world import Entry
from kiosk.wire.city import Camera, Complaint
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories


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


def read_names(rows: "Repositories") -> Names:
    """Of an indicator its owner is in charge, of what lies in a district the district's office."""
    cameras, districts = rows.cameras(), rows.districts()
    offices = {d.code: Text(f"{d.name.ko}청", f"{d.name.en} Office") for d in districts}
    nobody = Text("", "")
    return Names(
        tuple(Entry(d.code, d.name, n, offices[d.code]) for n, d in enumerate(districts, start=1)),
        tuple(
            Entry(i.id, i.title, n, i.owner, i.areas == "districts")
            for n, i in enumerate(rows.indicators(), start=1)
        ),
        tuple(Entry(c.id, c.name, c.number, offices.get(c.district, nobody)) for c in cameras),
        tuple(
            Entry(i.id, i.headline, i.number, offices.get(i.district, nobody), kind=i.kind)
            for i in rows.incidents()
        ),
        tuple(_complaint(c, offices.get(c.district, nobody)) for c in rows.complaints()),
        tuple(Entry(i.id, i.title, 0, i.owner, kind=i.kind) for i in rows.items()),
        cameras,
    )


def _complaint(row: Complaint, office: Text) -> Entry:
    kind = row.kind.removeprefix("complaint.")
    name = Text(row.title, row.title)
    return Entry(row.id, name, 0, office, kind=kind, district=row.district)
