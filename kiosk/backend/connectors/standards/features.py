"""OGC API Features, GeoJSON and TopoJSON: places or cameras with their properties.

The outline stays out of the item: a place gets the centroid of its largest polygon. Coordinates in
metres are read where the answer names their grid (`crs`). Options: kind,
dataset (prefix of ids), item ("camera"), and the properties to use: id, name, of cameras also
stream, sub (a smaller stream) and number. Of all its cameras: login (the name of a secret) and tags
(words with blanks between them).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from kiosk.backend.connectors.districts import district_code, own_code
from kiosk.backend.connectors.document import listed, read_document
from kiosk.backend.connectors.normal import (
    Camera,
    Item,
    NotUnderstood,
    Parsed,
    Place,
    Quality,
    Value,
)
from kiosk.backend.connectors.plane import DEGREES, PLANES, Plane, epsg
from kiosk.backend.connectors.registry import Connector, Context, Linked
from kiosk.backend.connectors.row import Row, RowRejected, as_text, read_rows
from kiosk.backend.connectors.spot import Spot
from kiosk.backend.connectors.standards.geometry import spot_of
from kiosk.backend.connectors.standards.problem import refuse_problem
from kiosk.backend.connectors.standards.schema import refuse_schema
from kiosk.backend.connectors.standards.topology import features_of

IDS = ("id", "code", "adm_cd", "objectid", "fid")
NAMES = ("name", "adm_nm", "nm", "title", "명칭", "이름")
LIKE_NAMES = ("name", "_nm", "명", "title", "label", "bezeichnung", "nimi", "nom", "nombre")
KIND = "geo.feature"
LONGEST_NUMBER = 8
SEOUL_LAT, SEOUL_LON = (37.4, 37.75), (126.7, 127.3)
Options = Mapping[str, str]


def parse(raw: bytes, context: Context) -> Parsed:
    """A place, or by declaration a camera, a feature. See Connector."""
    document = read_document(raw)
    refuse_schema(document)
    refuse_problem(document)
    features = _features(document)
    rows = [_properties(feature) for feature in features]
    read = partial(
        _feature,
        options=context.options,
        plane=_plane(document),
        keys=Keys(_code_key(rows), _unique_key(rows), _name_key(rows)),
        repeated=_repeated(features, context.options),
    )
    return read_rows(features, read)


def next_page(raw: bytes) -> tuple[Linked, ...]:
    """The next page of an OGC API answer; none on the last. Raises NotUnderstood."""
    document = read_document(raw)
    links = document.get("links") if isinstance(document, dict) else None
    rows = [Row(link) for link in listed(links) if isinstance(link, dict)]
    found = (row.text("href") for row in rows if row.text("rel") == "next")
    return tuple(Linked(address) for address in found if address)[:1]


def _features(document: object) -> list[object]:
    kind = document.get("type") if isinstance(document, dict) else None
    if not isinstance(document, dict) or kind not in ("FeatureCollection", "Feature", "Topology"):
        raise NotUnderstood("neither a FeatureCollection, nor a Feature, nor a Topology")
    if kind == "Feature":
        return [document]
    if kind == "Topology":
        return features_of(document)
    if not isinstance(document.get("features"), list):
        raise NotUnderstood("the FeatureCollection has no list of features")
    return listed(document["features"])


def _properties(feature: object) -> dict[str, object]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties if isinstance(properties, dict) else {}


class Keys(NamedTuple):
    """Properties that every feature has: MOIS codes, what no two share, what sounds like a name."""

    code: str | None
    unique: str | None
    name: str | None


def _code_key(rows: Sequence[Mapping[str, object]]) -> str | None:
    """The property whose values are MOIS codes of Seoul in every feature; the longest codes."""
    keys = [
        key
        for key in (rows[0] if rows else {})
        if all(own_code(as_text(row.get(key))) for row in rows)
    ]
    return max(keys, key=lambda key: len(as_text(rows[0][key])), default=None)


def _unique_key(rows: Sequence[Mapping[str, object]]) -> str | None:
    """The first property that every feature has and no two share."""
    for key in rows[0] if len(rows) > 1 else ():
        words = [as_text(row.get(key)) for row in rows]
        if all(words) and len(set(words)) == len(words):
            return key
    return None


def _name_key(rows: Sequence[Mapping[str, object]]) -> str | None:
    keys = rows[0] if rows else {}
    return next((key for key in keys if key.lower().endswith(LIKE_NAMES)), None)


def _plane(document: object) -> Plane | Spot | None:
    """The grid that `crs` names, None for degrees; of a grid that is not read, where all is."""
    crs = document.get("crs") if isinstance(document, dict) else None
    inner = crs.get("properties") if isinstance(crs, dict) else None
    name = Row(inner).text("name", "href") if isinstance(inner, dict) else as_text(crs)
    code = epsg(name)
    if code is None or code in DEGREES:
        return None
    note = f"the coordinates are in EPSG:{code}, which is not read"
    return PLANES.get(code) or Spot(quality="suspect", note=note)


def _own_id(feature: Row, options: Options) -> str:
    row = Row(_properties({"properties": feature.raw("properties")}))
    return row.text(options["id"]) if "id" in options else feature.text("id") or row.text(*IDS)


def _repeated(features: Sequence[object], options: Options) -> set[str]:
    """Ids that several features claim: at most one of them can be right."""
    rows = (Row(feature) for feature in features if isinstance(feature, dict))
    counts = Counter(_own_id(row, options) for row in rows)
    return {own for own, count in counts.items() if count > 1}


def _feature(
    feature: Row, *, options: Options, plane: Plane | Spot | None, keys: Keys, repeated: set[str]
) -> Iterator[Item]:
    properties = _properties({"properties": feature.raw("properties")})
    row = Row(properties)
    spot = plane if isinstance(plane, Spot) else spot_of(feature.raw("geometry"), plane)
    name = row.text(options["name"] if "name" in options else next(_names(row, keys), ""))
    code = as_text(properties.get(keys.code)) if keys.code else _district(name, spot)
    own = _own_id(feature, options) or (row.text(keys.unique) if keys.unique else "")
    place = code or own or name or _at(spot)
    if not place:
        raise RowRejected("it has neither an id, nor a name, nor a place")
    identity, kind = (
        f"{options.get('dataset', 'feature')}:{own or place}",
        options.get("kind", KIND),
    )
    if own and own in repeated:
        identity = f"{identity}:{name}"
        spot = spot._replace(quality="suspect", note=f"another feature has the id {own} too")
    if options.get("item") == "camera":
        yield _camera(row, options, identity, kind, name, spot)
    else:
        yield _place(properties, identity, kind, place, name, spot)


def _names(row: Row, keys: Keys) -> Iterator[str]:
    yield from (key for key in (*NAMES, keys.name) if key and row.text(key))


def _at(spot: Spot) -> str:
    return "" if spot.lat is None or spot.lon is None else f"{spot.lat:.6f},{spot.lon:.6f}"


def _district(name: str, spot: Spot) -> str | None:
    """By its name, where it lies around Seoul: other cities have a 중구 too."""
    if spot.lat is None or spot.lon is None:
        return None
    around = SEOUL_LAT[0] < spot.lat < SEOUL_LAT[1] and SEOUL_LON[0] < spot.lon < SEOUL_LON[1]
    return district_code(name, seoul=True) if around else None


def _place(
    properties: Mapping[str, object], identity: str, kind: str, place: str, name: str, spot: Spot
) -> Place:
    nowhere = spot.lat is None and spot.quality == "good"
    quality: Quality = "missing" if nowhere else spot.quality
    return Place(
        id=identity,
        kind=kind,
        place=place,
        quality=quality,
        note="no coordinates" if nowhere else spot.note,
        name=name or place,
        lat=spot.lat,
        lon=spot.lon,
        attributes=_attributes(properties),
    )


def _camera(row: Row, options: Options, identity: str, kind: str, name: str, spot: Spot) -> Camera:
    stream = row.text(options.get("stream", "stream"))
    number = row.text(options["number"]) if "number" in options else ""
    return Camera(
        id=identity,
        kind=kind,
        quality=spot.quality if stream else "missing",
        note=spot.note or ("" if stream else "the answer has no address for it"),
        name=name,
        lat=spot.lat,
        lon=spot.lon,
        stream=stream,
        sub_stream=row.text(options["sub"]) if "sub" in options else "",
        login=options.get("login", ""),
        number=int(number) if number.isdecimal() and 0 < len(number) < LONGEST_NUMBER else None,
        tags=tuple(options.get("tags", "").split()),
    )


def _attributes(properties: Mapping[str, object]) -> dict[str, Value]:
    texts = ((as_text(key), as_text(value)) for key, value in properties.items())
    return {key: value for key, value in texts if value}


CONNECTORS = (
    Connector("geojson", "GeoJSON and TopoJSON: places, areas, cameras", parse),
    Connector("ogcapi-features", "OGC API Features: places, areas, cameras", parse, next_page),
)
