"""OGC API Features, parts Core and GeoJSON (OGC 17-069r4): areas, places and what the city builds,
for maps. Times are compared as RFC 3339 writes them in UTC."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

import msgspec
from msgspec import UNSET, Meta, UnsetType

from kiosk.public import model
from kiosk.public.context import PublicContext
from kiosk.public.open_data.endpoint import CATALOGUE_S, Asked, Endpoint, Told, route
from kiosk.public.open_data.geojson import (
    Collection,
    Collections,
    Conformance,
    Extent,
    Feature,
    FeatureCollection,
    Geometry,
    Landing,
    Link,
    Spatial,
)
from kiosk.public.open_data.parameters import Everything, Key, Limit, Offset
from kiosk.public.open_data.problems import missing
from kiosk.wire.text import Text

BASE = "/api/ogc"
GEOJSON = "application/geo+json"
CONFORMS = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "oas30", "geojson")
)
_DEGREES = r"-?[0-9]{1,3}(\.[0-9]{1,12})?"
_TIME = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_MOMENT = _TIME + r"(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?Z)?"
Box = Annotated[
    str,
    Meta(
        pattern=rf"^{_DEGREES},{_DEGREES},{_DEGREES},{_DEGREES}$",
        description="west,south,east,north in degrees; west beyond east: over the date line",
    ),
]
Times = Annotated[
    str,
    Meta(
        pattern=rf"^({_MOMENT}|({_MOMENT}|\.\.)?/({_MOMENT}|\.\.)?)$",
        description="A moment in UTC or two with a stroke between; `..` or nothing: open",
    ),
]


class OfCollection(Asked, frozen=True):
    collection: Key


class OfFeatures(OfCollection, frozen=True):
    limit: Limit = 100
    offset: Offset = 0
    bbox: Box | UnsetType = UNSET
    datetime: Times | UnsetType = UNSET


class OfFeature(OfCollection, frozen=True):
    feature: Key


class _Layer(msgspec.Struct, frozen=True):
    """A collection: what is in it, and how one becomes a feature."""

    id: str
    title: Text
    read: Callable[[], Iterable[Any]]


def _layers(context: PublicContext) -> tuple[_Layer, ...]:
    city = context.city
    return (
        _Layer("areas", Text("구역", "Areas"), city.areas),
        _Layer(
            "items",
            Text("사업과 계획", "Projects and plans"),
            lambda: (item for item in city.items() if item.points),
        ),
        *(_place_layer(context, kind) for kind in city.place_kinds()),
    )


def _place_layer(context: PublicContext, kind: str) -> _Layer:
    read: Callable[[], Iterable[model.Place]] = lambda: context.city.places(kind)  # noqa: E731
    return _Layer(kind, Text(f"장소, {kind}", f"Places, {kind}"), read)


def _layer(context: PublicContext, key: str) -> _Layer:
    found = next((layer for layer in _layers(context) if layer.id == key), None)
    if found is None:
        raise missing(Text("모음", "collection"), key)
    return found


def _feature(row: Any) -> Feature:
    told: dict[str, Any] = msgspec.to_builtins(row)
    if isinstance(row, model.Area):
        rings = told.pop("boundary")
        geometry = _polygons(rings) if rings else _point(row.lon, row.lat)
        return Feature(row.code, geometry, told)
    if isinstance(row, model.Place):
        lon, lat = told.pop("lon"), told.pop("lat")
        return Feature(row.id, None if lon is None else _point(lon, lat), told)
    points = told.pop("points")
    kind: Literal["Point", "MultiPoint"] = "Point" if len(points) == 1 else "MultiPoint"
    return Feature(row.id, Geometry(kind, points[0] if len(points) == 1 else points), told)


def _point(lon: float, lat: float) -> Geometry:
    return Geometry("Point", (lon, lat))


def _polygons(rings: Sequence[Any]) -> Geometry:
    """Rings of the city's rows are outer ones: a ring is a part of the area."""
    if len(rings) == 1:
        return Geometry("Polygon", rings)
    return Geometry("MultiPolygon", [[ring] for ring in rings])


def _corners(coordinates: Any) -> Iterable[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
    else:
        for inner in coordinates:
            yield from _corners(inner)


def _touches(feature: Feature, box: str) -> bool:
    """Whether the box around a feature and a box have something in common."""
    west, south, east, north = (float(part) for part in box.split(","))
    if feature.geometry is None:
        return False
    corners = list(_corners(feature.geometry.coordinates))
    lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
    if max(lats) < south or min(lats) > north:
        return False
    if west <= east:
        return max(lons) >= west and min(lons) <= east
    return max(lons) >= west or min(lons) <= east


def _during(feature: Feature, asked: str) -> bool:
    """Whether it is of that time; what has no time of its own is of any."""
    t_ms = feature.properties.get("t_ms")
    if t_ms is None:
        return True
    when = _written(t_ms)
    first, stroke, last = asked.partition("/")
    if not stroke:
        return when.startswith(re.sub(r"(\.0+)?Z$", "", first))
    after = first in ("", "..") or when >= first
    return after and (last in ("", "..") or when <= last + ("T99" if len(last) == 10 else ""))


def _written(t_ms: int) -> str:
    return datetime.fromtimestamp(t_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _features(context: PublicContext, asked: OfFeatures) -> Told:
    found = [_feature(row) for row in _layer(context, asked.collection).read()]
    if asked.bbox is not UNSET:
        found = [feature for feature in found if _touches(feature, asked.bbox)]
    if asked.datetime is not UNSET:
        found = [feature for feature in found if _during(feature, asked.datetime)]
    told = tuple(found[asked.offset : asked.offset + asked.limit])
    path = f"{context.url}{BASE}/collections/{quote(asked.collection, safe='')}"
    query = {"bbox": asked.bbox, "datetime": asked.datetime, "limit": asked.limit}
    given = {name: value for name, value in query.items() if value is not UNSET}
    links = [
        Link(f"{path}/items?{urlencode(given | {'offset': offset})}", rel, GEOJSON)
        for rel, offset in (
            ("self", asked.offset),
            ("next", asked.offset + asked.limit),
            ("prev", max(0, asked.offset - asked.limit)),
        )
        if rel == "self"
        or (rel == "next" and offset < len(found))
        or (rel == "prev" and asked.offset > 0)
    ]
    links.append(Link(path, "collection", "application/json"))
    stamp = _written(context.clock.now_ms())
    return Told(FeatureCollection(told, tuple(links), stamp, len(found), len(told)))


def _one(context: PublicContext, asked: OfFeature) -> Feature:
    path = f"{context.url}{BASE}/collections/{quote(asked.collection, safe='')}"
    for row in _layer(context, asked.collection).read():
        feature = _feature(row)
        if feature.id == asked.feature:
            links = (
                Link(f"{path}/items/{quote(feature.id, safe='')}", "self", GEOJSON),
                Link(path, "collection", "application/json"),
            )
            return msgspec.structs.replace(feature, links=links)
    raise missing(Text("지형지물", "feature"), asked.feature)


def _collection(context: PublicContext, layer: _Layer) -> Collection:
    south, north, west, east = context.city.city().bounds
    path = f"{context.url}{BASE}/collections/{quote(layer.id, safe='')}"
    return Collection(
        layer.id,
        layer.title.en,
        layer.title.ko,
        Extent(Spatial(((west, south, east, north),))),
        (
            Link(path, "self", "application/json"),
            Link(f"{path}/items", "items", GEOJSON, layer.title.en),
        ),
    )


def _described(context: PublicContext, asked: OfCollection) -> Collection:
    return _collection(context, _layer(context, asked.collection))


def _all(context: PublicContext, _asked: Any) -> Collections:
    links = (Link(f"{context.url}{BASE}/collections", "self", "application/json"),)
    return Collections(links, tuple(_collection(context, layer) for layer in _layers(context)))


def _landing(context: PublicContext, _asked: Any) -> Landing:
    name = context.city.city().name
    base = context.url + BASE
    return Landing(
        f"{name.ko} · {name.en}",
        "Areas, places and projects of the city as OGC API Features",
        (
            Link(f"{base}/", "self", "application/json"),
            Link(f"{context.url}/api/openapi.json", "service-desc", OPENAPI),
            Link(f"{context.url}/api/", "service-doc", "application/json"),
            Link(f"{base}/conformance", "conformance", "application/json"),
            Link(f"{base}/collections", "data", "application/json"),
        ),
    )


OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
ENDPOINTS = (
    Endpoint(
        f"{BASE}/",
        "ogc",
        "OGC API: where everything is",
        Everything,
        Landing,
        _landing,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        f"{BASE}/conformance",
        "ogc_conformance",
        "OGC API: what it conforms to",
        Everything,
        Conformance,
        lambda _context, _asked: Conformance(CONFORMS),
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        f"{BASE}/collections",
        "ogc_collections",
        "OGC API: the collections of features",
        Everything,
        Collections,
        _all,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        f"{BASE}/collections/{{collection}}",
        "ogc_collection",
        "OGC API: one collection",
        OfCollection,
        Collection,
        _described,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        f"{BASE}/collections/{{collection}}/items",
        "ogc_features",
        "OGC API: features as GeoJSON, by place and time",
        OfFeatures,
        FeatureCollection,
        _features,
        media=(GEOJSON,),
    ),
    Endpoint(
        f"{BASE}/collections/{{collection}}/items/{{feature}}",
        "ogc_feature",
        "OGC API: one feature as GeoJSON",
        OfFeature,
        Feature,
        _one,
        media=(GEOJSON,),
    ),
)
ROUTES = tuple(route(endpoint) for endpoint in ENDPOINTS)
