"""NGSI-LD as ETSI GS CIM 009 says it, reading only: figures, areas and places as entities."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote

import msgspec
from msgspec import UNSET, Meta, UnsetType

from kiosk.public import model
from kiosk.public.context import PublicContext
from kiosk.public.open_data.endpoint import CATALOGUE_S, JSON, Asked, Endpoint, Told, route
from kiosk.public.open_data.parameters import Everything, Limit, Offset
from kiosk.public.open_data.problems import Refused
from kiosk.wire.text import Text

BASE = "/ngsi-ld/v1"
CONTEXT_PATH = f"{BASE}/context.jsonld"
JSON_LD = "application/ld+json"
CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"
_WORDS = "https://smartdatamodels.org/dataModel.KeyPerformanceIndicator/"
_SORT = "https://uri.etsi.org/ngsi-ld/errors/"
FIGURE, AREA, PLACE = "KeyPerformanceIndicator", "AdministrativeArea", "PointOfInterest"
TYPES: Mapping[str, tuple[str, ...]] = {
    FIGURE: ("name", "description", "currentValue", "source", "organization"),
    AREA: ("name", "location"),
    PLACE: ("name", "category", "address", "location", "source"),
}
Name = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9]{0,63}$")]
Urn = Annotated[str, Meta(pattern=r"^urn:ngsi-ld:[^\x00-\x1f\x7f ,]{1,200}$")]
Urns = Annotated[
    str, Meta(pattern=r"^urn:ngsi-ld:[^\x00-\x1f\x7f ]{1,800}$", description="With commas between")
]
Names = Annotated[
    str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9]{0,63}(,[A-Za-z][A-Za-z0-9]{0,63}){0,9}$")
]
Options = Annotated[Literal["keyValues", "normalized"], Meta(description="How it is told")]


class OfEntities(Asked, frozen=True):
    type: Names | UnsetType = UNSET
    id: Urns | UnsetType = UNSET
    attrs: Names | UnsetType = UNSET
    limit: Limit = 100
    offset: Offset = 0
    count: bool = False
    options: Options = "normalized"


class OfEntity(Asked, frozen=True):
    entity: Urn
    attrs: Names | UnsetType = UNSET
    options: Options = "normalized"


class EntityTypeList(msgspec.Struct, frozen=True):
    id: str
    typeList: tuple[str, ...]  # noqa: N815 - the standard's name
    type: Literal["EntityTypeList"] = "EntityTypeList"


Entity = dict[str, Any]


def _entities(context: PublicContext, types: frozenset[str]) -> Iterable[Entity]:
    city = context.city
    if FIGURE in types:
        yield from (_reading(reading) for reading in city.readings())
    if AREA in types:
        yield from (_area(area) for area in city.areas())
    if PLACE in types:
        for kind in city.place_kinds():
            yield from (_place(place) for place in city.places(kind))


def _reading(reading: model.Reading) -> Entity:
    indicator, figure = reading.indicator, reading.figure
    made: Entity = {
        "id": urn(FIGURE, indicator.id),
        "type": FIGURE,
        "name": _words(indicator.title),
        "description": _words(indicator.method),
        "organization": _words(indicator.owner),
        "source": _words(indicator.source_name, licence=_value(indicator.licence)),
    }
    if figure is not None and figure.value is not None:
        made["currentValue"] = {
            "type": "Property",
            "value": figure.value,
            "observedAt": _time(figure.t_ms),
            "unit": _words(indicator.unit),
            "simulated": _value(figure.simulated),
            "provisional": _value(figure.provisional),
        }
    return _without_nothing(made)


def _area(area: model.Area) -> Entity:
    return {
        "id": urn(AREA, area.code),
        "type": AREA,
        "name": _words(area.name),
        "location": _location(area.lon, area.lat),
    }


def _place(place: model.Place) -> Entity:
    made: Entity = {
        "id": urn(PLACE, place.id),
        "type": PLACE,
        "name": _value(place.name),
        "category": _value(place.kind),
        "address": _value(place.address),
        "source": _value(place.source),
    }
    if place.lon is not None and place.lat is not None:
        made["location"] = _location(place.lon, place.lat)
    return _without_nothing(made)


def urn(kind: str, key: str) -> str:
    return f"urn:ngsi-ld:{kind}:{quote(key, safe='')}"


def _value(value: Any) -> Entity:
    return {"type": "Property", "value": value}


def _words(words: Text, **more: Entity) -> Entity:
    return {"type": "LanguageProperty", "languageMap": {"ko": words.ko, "en": words.en}, **more}


def _location(lon: float, lat: float) -> Entity:
    return {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, lat]}}


def _without_nothing(entity: Entity) -> Entity:
    """A property has a value: what is empty is left out."""
    empty = ({"ko": "", "en": ""}, "")
    return {
        name: value
        for name, value in entity.items()
        if not isinstance(value, dict) or value.get("languageMap", value.get("value")) not in empty
    }


def _time(t_ms: int) -> str:
    when = datetime.fromtimestamp(t_ms / 1000, UTC)
    return f"{when:%Y-%m-%dT%H:%M:%S}.{t_ms % 1000:03}Z"


def _shaped(entity: Entity, asked: OfEntities | OfEntity) -> Entity:
    if asked.attrs is not UNSET:
        kept = {"id", "type", *asked.attrs.split(",")}
        entity = {name: value for name, value in entity.items() if name in kept}
    if asked.options == "keyValues":
        return {
            name: value.get("languageMap", value.get("value")) if isinstance(value, dict) else value
            for name, value in entity.items()
        }
    return entity


def _told(context: PublicContext, value: Any, **headers: str) -> Told:
    link = (
        f'<{context.url}{CONTEXT_PATH}>; rel="http://www.w3.org/ns/json-ld#context"; '
        f'type="{JSON_LD}"'
    )
    return Told(value, {"Link": link, **headers})


def _list(context: PublicContext, asked: OfEntities) -> Told:
    """More than the standard asks for: without type, id and attributes all of them are told."""
    types = frozenset(asked.type.split(",")) if asked.type else frozenset(TYPES)
    found = list(_entities(context, types))
    if asked.id is not UNSET:
        ids = frozenset(asked.id.split(","))
        found = [entity for entity in found if entity["id"] in ids]
    if asked.attrs is not UNSET:
        wanted = frozenset(asked.attrs.split(","))
        found = [entity for entity in found if wanted & entity.keys()]
    told = [_shaped(e, asked) for e in found[asked.offset : asked.offset + asked.limit]]
    count = {"NGSILD-Results-Count": str(len(found))} if asked.count else {}
    return _told(context, told, **count)


def _one(context: PublicContext, asked: OfEntity) -> Told:
    kind = asked.entity.removeprefix("urn:ngsi-ld:").partition(":")[0]
    for entity in _entities(context, frozenset({kind})):
        if entity["id"] == asked.entity:
            return _told(context, _shaped(entity, asked))
    raise Refused(
        404,
        Text(f"공개된 엔티티 ‘{asked.entity}’ 없음", f"No public entity is {asked.entity}"),
        f"{_SORT}ResourceNotFound",
    )


def _types(context: PublicContext, _asked: Any) -> Told:
    return _told(context, EntityTypeList(urn("EntityTypeList", "public"), tuple(TYPES)))


def _context(_context: PublicContext, _asked: Any) -> Mapping[str, Any]:
    """Terms of the smart data models; those that are ours stand under the same roof."""
    names = {name for attributes in TYPES.values() for name in attributes}
    names |= {*TYPES, "unit", "licence", "simulated", "provisional"}
    own = {name: f"{_WORDS}{name}" for name in sorted(names - {"location"})}
    return {"@context": [own, CORE]}


ENDPOINTS = (
    Endpoint(
        f"{BASE}/entities",
        "ngsi_entities",
        "NGSI-LD: entities by type, id or attribute",
        OfEntities,
        tuple[Entity, ...],
        _list,
        media=(JSON,),
    ),
    Endpoint(
        f"{BASE}/entities/{{entity}}",
        "ngsi_entity",
        "NGSI-LD: one entity",
        OfEntity,
        Entity,
        _one,
        media=(JSON,),
    ),
    Endpoint(
        f"{BASE}/types",
        "ngsi_types",
        "NGSI-LD: the types of entities",
        Everything,
        EntityTypeList,
        _types,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        CONTEXT_PATH,
        "ngsi_context",
        "NGSI-LD: what the words mean, as a JSON-LD context",
        Everything,
        dict[str, Any],
        _context,
        media=(JSON_LD,),
        fresh_s=CATALOGUE_S,
    ),
)
ROUTES = tuple(route(endpoint) for endpoint in ENDPOINTS)
