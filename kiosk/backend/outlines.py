"""True boundaries of neighbourhoods that an installer brought: read, checked, kept at the site.

The file is GeoJSON or TopoJSON in degrees (WGS84). Which of its properties holds the code, and
whether that is the city's own (of the Ministry of the Interior 8 or 10 digits) or of Statistics
Korea (KOSTAT, 7 or 8), is found by trying: five-digit beginnings of the one are those of other
districts in the other, so one feature alone proves nothing. Codes change, and published files have
wrong ones: the code decides the district, the name which of its neighbourhoods it is.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec
import shapely

from kiosk.backend.boundaries import Rings
from kiosk.backend.connectors.document import listed, read_document
from kiosk.backend.connectors.normal import NotUnderstood
from kiosk.backend.connectors.row import as_text
from kiosk.backend.connectors.standards.topology import features_of
from kiosk.pack import here
from kiosk.wire.city import Point
from kiosk.wire.text import Text

FILE = "neighbourhoods.json"
LEAST_KNOWN = 0.5  # of the city's neighbourhoods a usable file has at least so many
LEAST_INSIDE = 0.5  # of a neighbourhood's area lies in its district, drawn coarsely as that is
KOSTAT_DISTRICT = 5  # digits of a code of Statistics Korea that are its district's
MOIS_MORE = 2  # digits that the Ministry of the Interior puts after a neighbourhood's code
LEAST_COVERED = 0.8  # of a district's area, rivers included, belongs to its neighbourhoods
TOLERANCE = 0.0001  # degrees, about 10 m: three pixels of a 4K wall at the map's largest scale
NAMES = ("emdnm", "adm_nm", "adm_dr_nm", "hjd_nm", "name", "행정동명", "읍면동명")


class OutlinesError(ValueError):
    """The file can't be used; the message says why and what was expected."""


class Known(Protocol):
    """A neighbourhood of the city's files (`kiosk.backend.neighbourhoods.NeighbourhoodEntry`)."""

    @property
    def code(self) -> str: ...
    @property
    def kostat(self) -> str: ...
    @property
    def district(self) -> str: ...
    @property
    def name(self) -> Text: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


class Outline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A neighbourhood's boundary; `lat` and `lon` lie well inside."""

    code: str
    name: str
    district: str
    lat: float
    lon: float
    boundary: tuple[tuple[Point, ...], ...]


class Outlines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the site keeps: whose boundaries, under which licence, from which file."""

    source: str
    licence: str
    file: str
    outlines: tuple[Outline, ...]


class Brought(msgspec.Struct, frozen=True):
    """The outcome of reading a file. `absent` are codes of the city's files that it has not,
    `elsewhere` counts features of other cities, `renamed` those whose code was another one's.
    """

    outlines: tuple[Outline, ...]
    absent: tuple[str, ...]
    elsewhere: int
    renamed: int
    codes: str


def load_outlines(file: Path) -> Outlines:
    """What an import has kept. Raises OSError, and OutlinesError when it is no such file."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Outlines)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise OutlinesError(f"{file}: {error}; import the boundaries again") from error


def save_outlines(file: Path, outlines: Outlines) -> None:
    """Whole or not at all, and on the disk when this returns. Raises OSError."""
    encoded = msgspec.json.encode(outlines)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    with part.open("wb") as out:
        out.write(encoded)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def read_outlines(
    raw: bytes, known: Sequence[Known], districts: Mapping[str, shapely.Geometry]
) -> Brought:
    """The city's neighbourhoods in a GeoJSON or TopoJSON file. Raises OutlinesError.

    known: those of the city's files; districts: code to area, to check against.
    """
    features = _features(raw)
    key, codes, read_code = _scheme([_properties(f) for f in features], known)
    digits = len(known[0].district)
    by_name = {(k.district, plain(k.name.ko)): k.code for k in known}
    found: dict[str, shapely.Geometry] = {}
    names: dict[str, str] = {}
    renamed = 0
    for number, feature in enumerate(features, start=1):
        properties = _properties(feature)
        told = read_code(as_text(properties.get(key)))
        if told is None:
            continue
        name = _name(properties, told)
        code = by_name.get((told[:digits], plain(name)), told)
        renamed += code != told
        where = f"feature {number} ({key} {as_text(properties.get(key))}, {name})"
        if code in found:
            raise OutlinesError(f"{where}: this neighbourhood stands in the file twice")
        found[code] = _area(feature, where)
        names[code] = name
    _check(found, districts)
    areas = shapely.coverage_simplify(list(found.values()), TOLERANCE)
    centres = {entry.code: shapely.Point(entry.lon, entry.lat) for entry in known}
    outlines = [
        _outline(code, names[code], code[:digits], area, centres.get(code))
        for code, area in zip(found, areas, strict=True)
    ]
    return Brought(
        tuple(sorted(outlines, key=lambda outline: outline.code)),
        tuple(entry.code for entry in known if entry.code not in found),
        len(features) - len(found),
        renamed,
        codes,
    )


def _features(raw: bytes) -> list[object]:
    try:
        document = read_document(raw)
        kind = document.get("type") if isinstance(document, dict) else None
        if kind == "Topology" and isinstance(document, dict):
            return features_of(document)
        if kind == "FeatureCollection" and isinstance(document, dict):
            return listed(document.get("features"))
    except NotUnderstood as error:
        raise OutlinesError(str(error)) from error
    raise OutlinesError("neither a FeatureCollection (GeoJSON) nor a Topology (TopoJSON)")


def _properties(feature: object) -> Mapping[str, object]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties if isinstance(properties, dict) else {}


def _scheme(
    rows: Sequence[Mapping[str, object]], known: Sequence[Known]
) -> tuple[str, str, Callable[[str], str | None]]:
    """The property with the codes, whose codes they are, and how one is read: the scheme in which
    most of the city's neighbourhoods are found."""
    ours = {entry.code for entry in known}
    kostat = {entry.kostat: entry.code for entry in known}
    within = {entry.kostat[:KOSTAT_DISTRICT]: entry.district for entry in known}
    districts = {entry.district for entry in known}
    digits, length = len(known[0].district), len(known[0].code)

    def own(word: str) -> str | None:
        good = len(word) in (length, length + MOIS_MORE) and word[:digits] in districts
        return word[:length] if good else None

    def statistics(word: str) -> str | None:
        good = word.isdigit() and (len(word) == 7 or (len(word) == 8 and word[-1] == "0"))
        district = within.get(word[:KOSTAT_DISTRICT]) if good else None
        if district is None:
            return None
        return kostat.get(word[:7], district + word[KOSTAT_DISTRICT:7])

    schemes = (("the city's own", own), ("KOSTAT", statistics))
    tried = Counter(
        {
            (key, place): len(ours & {read(as_text(row.get(key))) or "" for row in rows})
            for place, (_, read) in enumerate(schemes)
            for key in (rows[0] if rows else {})
        }
    )
    (key, place), matched = next(iter(tried.most_common(1)), (("", 0), 0))
    if matched < LEAST_KNOWN * len(ours):
        raise OutlinesError(
            f"the best property, {key or 'none'}, names {matched} of the city's {len(ours)} "
            f"neighbourhoods; the city's own codes, such as {known[0].code}, or those of KOSTAT, 7 "
            "or 8 digits, are expected"
        )
    return key, schemes[place][0], schemes[place][1]


def _area(feature: object, where: str) -> shapely.Geometry:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        raise OutlinesError(
            f"{where}: the geometry is {kind}; a Polygon or MultiPolygon is expected"
        )
    try:
        area = shapely.make_valid(shapely.from_geojson(msgspec.json.encode(geometry)))
    except (shapely.errors.GEOSException, TypeError, ValueError) as error:
        raise OutlinesError(f"{where}: the geometry can't be read: {error}") from error
    west, south, east, north = shapely.bounds(area)
    box = here().bounds
    if not (box.holds(south, west) and box.holds(north, east)):
        raise OutlinesError(
            f"{where}: {west:.3f}, {south:.3f} is no longitude, latitude within the city's bounds; "
            "degrees (WGS84, EPSG:4326) are expected"
        )
    polygons = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(polygons)


def plain(name: str) -> str:
    """A name as it is compared: 종로1·2·3·4가동 is 종로1.2.3.4가동, 창신1동 is 창신제1동."""
    return re.sub(r"제(?=\d)", "", re.sub(r"[.,·ㆍ\s]", "", name))


def _name(properties: Mapping[str, object], code: str) -> str:
    """The neighbourhood alone, where the file puts city and district before it."""
    by_key = {key.lower(): value for key, value in properties.items()}
    name = next((as_text(by_key[key]) for key in NAMES if by_key.get(key)), code)
    return name.split()[-1] if name.split() else code


def _check(
    found: Mapping[str, shapely.Geometry], districts: Mapping[str, shapely.Geometry]
) -> None:
    for district, area in districts.items():
        own = {c: a for c, a in found.items() if c.startswith(district)}
        for code, part in own.items():
            if shapely.area(shapely.intersection(part, area)) < LEAST_INSIDE * shapely.area(part):
                raise OutlinesError(
                    f"{code}: most of it lies outside its district {district}; are longitude and "
                    "latitude the right way round, and is it the code of this place?"
                )
        covered = shapely.area(shapely.intersection(_union(own.values()), area))
        if covered < LEAST_COVERED * shapely.area(area):
            share = covered / shapely.area(area)
            raise OutlinesError(
                f"district {district}: its {len(own)} neighbourhoods cover {share:.0%} of it; "
                f"{LEAST_COVERED:.0%} are expected"
            )


def _union(areas: Iterable[shapely.Geometry]) -> shapely.Geometry:
    return shapely.unary_union(list(areas))


def _outline(
    code: str, name: str, district: str, area: shapely.Geometry, centre: shapely.Point | None
) -> Outline:
    inside = centre is not None and shapely.contains(area, centre)
    point = centre if inside and centre is not None else shapely.point_on_surface(area)
    return Outline(
        code=code,
        name=name,
        district=district,
        lat=round(float(shapely.get_y(point)), 5),
        lon=round(float(shapely.get_x(point)), 5),
        boundary=rings_of(area),
    )


def area_of(rings: Rings) -> shapely.Geometry:
    """Rings as one valid area; a ring that touches itself is taken apart."""
    return shapely.unary_union([shapely.make_valid(shapely.Polygon(ring)) for ring in rings])


def rings_of(area: shapely.Geometry) -> Rings:
    """Outer rings of an area, to five decimals (about one metre); lines and points are left out."""
    return tuple(
        tuple((round(x, 5), round(y, 5)) for x, y in part.exterior.coords)
        for part in shapely.get_parts(area)
        if part.geom_type == "Polygon"
    )
