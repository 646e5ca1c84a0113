"""The neighbourhoods of the districts: names and centres of the city's files, and their shapes.

Where a site has imported true boundaries, those are told. Until then a cell stands in for each:
all points of the district that lie nearer to its centre than to any other (Voronoi diagram). Such
cells look like boundaries and are none, so their rows name no origin.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import msgspec
import shapely
from msgspec import Meta

from kiosk.backend.boundaries import Rings
from kiosk.backend.catalogue import Latitude, Longitude, read
from kiosk.backend.outlines import Outlines, area_of, load_outlines, rings_of
from kiosk.wire.city import Neighbourhood
from kiosk.wire.text import Text

FILE = "neighbourhoods.toml"
DISTRICT_DIGITS = 5


class NeighbourhoodEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A neighbourhood and its centre; `code` as the Ministry of the Interior has it, `kostat` as
    Statistics Korea."""

    code: Annotated[str, Meta(pattern=r"^\d{8}$")]
    kostat: Annotated[str, Meta(pattern=r"^\d{7}$")]
    name: Text
    lat: Latitude
    lon: Longitude

    @property
    def district(self) -> str:
        return self.code[:DISTRICT_DIGITS]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    neighbourhood: tuple[NeighbourhoodEntry, ...]


def load_neighbourhoods(folder: Path) -> tuple[NeighbourhoodEntry, ...]:
    """Those of the city's folder in the order of their codes; none where it has no such file.
    Raises SettingsError."""
    file = folder / FILE
    if not file.exists():
        return ()
    return tuple(sorted(read(file, _File).neighbourhood, key=lambda entry: entry.code))


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
