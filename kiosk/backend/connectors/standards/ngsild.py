"""NGSI-LD: entities in every representation, alone, in a list, as GeoJSON or in a notification;
and those of NGSI v2.

AirQualityObserved, OffStreetParking and KeyPerformanceIndicator become observations, Alert an
incident, service_requests and IssueReporting complaints; of every other type the place and its
figures.
"""

from collections.abc import Callable, Iterator

from kiosk.backend.connectors.document import listed, read_document
from kiosk.backend.connectors.normal import Item, NotUnderstood, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, as_text, read_rows
from kiosk.backend.connectors.standards.entity import Entity, read_entity
from kiosk.backend.connectors.standards.models import (
    read_air,
    read_alert,
    read_any,
    read_complaint,
    read_indicator,
    read_parking,
)
from kiosk.backend.connectors.standards.problem import refuse_problem
from kiosk.backend.connectors.standards.schema import refuse_schema

Reader = Callable[[Entity], Iterator[Item]]
READERS: dict[str, Reader] = {
    "AirQualityObserved": read_air,
    "OffStreetParking": read_parking,
    "OnStreetParking": read_parking,
    "KeyPerformanceIndicator": read_indicator,
    "Alert": read_alert,
    "service_requests": read_complaint,
    "Open311ServiceRequest": read_complaint,
    "IssueReporting": read_complaint,
}
NEITHER = "neither an entity of NGSI-LD, nor a list of them, nor a notification"


def parse(raw: bytes, context: Context) -> Parsed:
    """The items of each entity in order. See Connector."""
    document = read_document(raw)
    refuse_schema(document)
    refuse_problem(document)
    return read_rows(_entities(document), _read)


def _entities(document: object) -> list[object]:
    if isinstance(document, list):
        return [_of_feature(each) for each in document]
    if not isinstance(document, dict):
        raise NotUnderstood(NEITHER)
    if document.get("type") == "FeatureCollection":
        return [_of_feature(each) for each in listed(document.get("features"))]
    if document.get("type") == "Notification" or "subscriptionId" in document:
        if "data" not in document:
            raise NotUnderstood("the notification has no data")
        return _entities(listed(document["data"]))
    row = Row(document)
    kind = row.raw("type", "@type")
    if kind is None:
        raise NotUnderstood(NEITHER)
    if not row.text("id", "@id"):
        raise NotUnderstood(f"something of type {as_text(kind)[:40]!r} without an id")
    return [_of_feature(document)]


def _of_feature(entity: object) -> object:
    """An entity that comes as a GeoJSON feature is what its properties say, and lies there."""
    if not isinstance(entity, dict) or entity.get("type") != "Feature":
        return entity
    properties = entity.get("properties")
    if not isinstance(properties, dict):
        return entity
    return {"id": entity.get("id"), "location": entity.get("geometry"), **properties}


def _read(row: Row) -> Iterator[Item]:
    entity = read_entity(row)
    return READERS.get(entity.type, read_any)(entity)


CONNECTOR = Connector("ngsi-ld", "NGSI-LD: entities and notifications of a city data hub", parse)
