"""What OGC API Features tells: landing page, collections, features (OGC 17-069r4, RFC 7946)."""

from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


class Link(msgspec.Struct, frozen=True):
    href: str
    rel: str
    type: str
    title: str = ""


class Landing(msgspec.Struct, frozen=True):
    title: str
    description: str
    links: tuple[Link, ...]


class Conformance(msgspec.Struct, frozen=True):
    conformsTo: tuple[str, ...]  # noqa: N815 - the standard's name


class Spatial(msgspec.Struct, frozen=True):
    bbox: tuple[tuple[float, float, float, float], ...]
    crs: str = CRS84


class Extent(msgspec.Struct, frozen=True):
    spatial: Spatial


class Collection(msgspec.Struct, frozen=True):
    id: str
    title: str
    description: str
    extent: Extent
    links: tuple[Link, ...]
    itemType: Literal["feature"] = "feature"  # noqa: N815
    crs: tuple[str, ...] = (CRS84,)


class Collections(msgspec.Struct, frozen=True):
    links: tuple[Link, ...]
    collections: tuple[Collection, ...]


class Geometry(msgspec.Struct, frozen=True):
    type: Literal["Point", "MultiPoint", "Polygon", "MultiPolygon"]
    coordinates: Any


class Feature(msgspec.Struct, frozen=True):
    """`properties` are the fields of an area, a place or an item, but where it is."""

    id: str
    geometry: Geometry | None
    properties: dict[str, Any]
    type: Literal["Feature"] = "Feature"
    links: tuple[Link, ...] | UnsetType = UNSET


class FeatureCollection(msgspec.Struct, frozen=True):
    features: tuple[Feature, ...]
    links: tuple[Link, ...]
    timeStamp: str  # noqa: N815
    numberMatched: int  # noqa: N815
    numberReturned: int  # noqa: N815
    type: Literal["FeatureCollection"] = "FeatureCollection"
