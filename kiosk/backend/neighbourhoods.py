"""The neighbourhoods of the districts: names and centres of the city's files, and their shapes.

Where a site has imported true boundaries, those are told. Until then a cell stands in for each:
all points of the district that lie nearer to its centre than to any other (Voronoi diagram). Such
cells look like boundaries and are none, so their rows name no origin.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec
import shapely

from kiosk.backend.boundaries import Rings
from kiosk.backend.catalogue import (
    Code,
    Latitude,
    Longitude,
    check_code,
    check_point,
    known,
    load_districts,
    read,
)
from kiosk.backend.outlines import Outlines, area_of, load_outlines, rings_of
from kiosk.pack import Pack, load_pack
from kiosk.wire.city import Neighbourhood
from kiosk.wire.text import Text

FILE = "neighbourhoods.toml"


class NeighbourhoodEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A neighbourhood and its centre. `kostat` is its code at Statistics Korea, where it has one;
    `district` follows from its own, which begins with it."""

    code: Code
    name: Text
    lat: Latitude
    lon: Longitude
    kostat: str = ""
    district: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    neighbourhood: tuple[NeighbourhoodEntry, ...]


def load_neighbourhoods(folder: Path) -> tuple[NeighbourhoodEntry, ...]:
    """Those of the city's folder in the order of their codes; none where it has no such file.
    Raises SettingsError."""
    file = folder / FILE
    if not file.exists():
        return ()
    pack, codes = load_pack(folder), [district.code for district in load_districts(folder)]
    found = sorted(read(file, _File).neighbourhood, key=lambda entry: entry.code)
    return tuple(_within(file, entry, pack, codes) for entry in found)


def _within(
    file: Path, entry: NeighbourhoodEntry, pack: Pack, districts: Sequence[str]
) -> NeighbourhoodEntry:
    where = f"neighbourhood {entry.code}"
    if pack.inner is not None:
        check_code(file, f"{where}.code", entry.code, pack.inner.code)
    check_point(file, where, entry, pack)
    district = entry.code[: len(districts[0])]
    known(file, f"{where}.code begins with", district, districts)
    return msgspec.structs.replace(entry, district=district)


def neighbourhood_rows(
    entries: Sequence[NeighbourhoodEntry], districts: Mapping[str, Rings], imported: Outlines | None
) -> Iterator[Neighbourhood]:
    """All neighbourhoods with their shapes; `imported` is what the site has of its own."""
    if imported is None:
        yield from _cells(entries, districts)
        return
    names = {entry.code: entry.name for entry in entries}
    for outline in imported.outlines:
        yield Neighbourhood(
            code=outline.code,
            name=names.get(outline.code, Text(outline.name, outline.name)),
            district=outline.district,
            lat=outline.lat,
            lon=outline.lon,
            boundary=outline.boundary,
            origin=f"{imported.source} ({imported.licence})",
        )


def _cells(
    entries: Sequence[NeighbourhoodEntry], districts: Mapping[str, Rings]
) -> Iterator[Neighbourhood]:
    for code, group in groupby(entries, key=lambda entry: entry.district):
        members = list(group)
        area = area_of(districts.get(code, ()))
        points = shapely.MultiPoint([(entry.lon, entry.lat) for entry in members])
        cells = shapely.voronoi_polygons(points, extend_to=area, ordered=True)
        for entry, cell in zip(members, shapely.get_parts(cells), strict=True):
            yield Neighbourhood(
                code=entry.code,
                name=entry.name,
                district=code,
                lat=entry.lat,
                lon=entry.lon,
                boundary=rings_of(shapely.intersection(cell, area)),
            )


class SiteNeighbourhoods:
    """What a site has of its own, looked at again when the file has changed."""

    def __init__(
        self,
        entries: Sequence[NeighbourhoodEntry],
        districts: Mapping[str, Rings],
        file: Path,
    ) -> None:
        self._entries, self._districts, self._file = entries, districts, file
        self._seen: object = ()

    def news(self) -> list[Neighbourhood] | None:
        """All rows where they may have changed since the last call, else None. Raises OSError and
        OutlinesError when the site's file can't be read, once for each state of it."""
        try:
            state = self._file.stat()
            seen: object = (state.st_mtime_ns, state.st_size)
        except FileNotFoundError:
            seen = None
        if seen == self._seen:
            return None
        self._seen = seen
        imported = None if seen is None else load_outlines(self._file)
        return list(neighbourhood_rows(self._entries, self._districts, imported))
