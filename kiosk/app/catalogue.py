"""Names of what the city has, read from the cache for the commands to look up."""

from typing import TYPE_CHECKING

import msgspec

from kiosk.core.world import Entry
from kiosk.wire.city import Camera
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories


class Names(msgspec.Struct, frozen=True):
    """Implements core's Catalogue."""

    district_entries: tuple[Entry, ...]
    indicator_entries: tuple[Entry, ...]
    camera_entries: tuple[Entry, ...]
    camera_rows: tuple[Camera, ...]

    def districts(self) -> tuple[Entry, ...]:
        return self.district_entries

    def indicators(self) -> tuple[Entry, ...]:
        return self.indicator_entries

    def cameras(self) -> tuple[Entry, ...]:
        return self.camera_entries


def read_names(rows: "Repositories") -> Names:
    """Of an indicator its owner is in charge, of a camera the office of the district it is in."""
    cameras, districts = rows.cameras(), rows.districts()
    offices = {d.code: Text(f"{d.name.ko}청", f"{d.name.en} Office") for d in districts}
    return Names(
        tuple(Entry(d.code, d.name, n, offices[d.code]) for n, d in enumerate(districts, start=1)),
        tuple(
            Entry(i.id, i.title, n, i.owner, i.areas == "districts")
            for n, i in enumerate(rows.indicators(), start=1)
        ),
        tuple(
            Entry(c.id, c.name, c.number, offices.get(c.district, Text("", ""))) for c in cameras
        ),
        cameras,
    )
