"""The names that a replayed session's commands look up: those of the city's own files, and what the
session itself says was there. Nothing of it changes from one day or machine to another."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import msgspec

from kiosk.backend import telling
from kiosk.backend.catalogue import City, load_city
from kiosk.backend.items import item_rows
from kiosk.backend.neighbourhoods import load_neighbourhoods, neighbourhood_rows
from kiosk.backend.places import place_rows
from kiosk.cache.repositories import CacheMeta
from kiosk.inputs.recorded import There
from kiosk.pack import pack_folder
from kiosk.panels.names import Names, read_names
from kiosk.settings import Settings
from kiosk.wire.city import Camera, Complaint, District, Incident, Indicator, Item, Neighbourhood
from kiosk.wire.names import PlaceName

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories


class _Rows:
    """As much of `Repositories` as names are read from."""

    def __init__(self, settings: Settings, city: City) -> None:
        self._settings = settings
        self._city = city

    def districts(self) -> tuple[District, ...]:
        return tuple(sorted(telling.districts(self._city), key=lambda d: d.code))

    def neighbourhoods(self) -> tuple[Neighbourhood, ...]:
        entries = load_neighbourhoods(pack_folder(self._settings))
        rings = {d.code: d.boundary for d in telling.districts(self._city)}
        return tuple(neighbourhood_rows(entries, rings, None))

    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(telling.indicators(self._city, demo=True, real={}))

    def cameras(self) -> tuple[Camera, ...]:
        return tuple(telling.cameras(self._city, self._settings.demo))

    def items(self) -> tuple[Item, ...]:
        found = item_rows(self._city.items, demo=True)
        return tuple(sorted(found, key=lambda item: (item.position, item.id)))

    def incidents(self, *, ended: bool = False) -> tuple[Incident, ...]:
        return ()

    def complaints(self) -> tuple[Complaint, ...]:
        return ()

    def meta(self) -> CacheMeta:
        return CacheMeta("", 0, 0)

    def place_names(self, kinds: Sequence[str]) -> tuple[PlaceName, ...]:
        found = [p for p in place_rows(self._city.places) if p.kind in kinds]
        found.sort(key=lambda p: (p.kind, p.district, p.id))
        return tuple(PlaceName(p.id, p.kind, p.name, p.district, p.lat, p.lon) for p in found)


def read_city_names(settings: Settings) -> Names:
    """Districts, indicators, cameras, items and places as the city's files have them; no incident
    and no complaint. Raises SettingsError."""
    rows = _Rows(settings, load_city(pack_folder(settings)))
    return read_names(cast("Repositories", rows))


def with_there(names: Names, there: There) -> Names:
    return msgspec.structs.replace(
        names, incident_entries=there.incidents, complaint_entries=there.complaints
    )
