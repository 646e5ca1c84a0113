"""NGSI-LD: entities, normalised or as keyValues, alone, in a list, or in a notification.

AirQualityObserved, OffStreetParking and KeyPerformanceIndicator become observations, Alert an
incident, service_requests and IssueReporting complaints; of every other type the place and its
figures.
"""

from collections.abc import Callable, Iterator

from kiosk.backend.connectors.document import listed, read_document
from kiosk.backend.connectors.normal import Item, NotUnderstood, Parsed, Retry, SourceRefused
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
from kiosk.backend.connectors.standards.schema import refuse_schema

Reader = Callable[[Entity], Iterator[Item]]
READERS: dict[str, Reader] = {
    "AirQualityObserved": read_air,
    "OffStreetParking": read_parking,
    "KeyPerformanceIndicator": read_indicator,
    "Alert": read_alert,
    "service_requests": read_complaint,
    "Open311ServiceRequest": read_complaint,
    "IssueReporting": read_complaint,
}
PROBLEMS = "ngsi-ld/errors/"
SERVERS_FAULT = {"InternalError", "LdContextNotAvailable", "TooManyResults"}


def parse(raw: bytes, context: Context) -> Parsed:
    """The items of each entity in order. See Connector."""
    document = read_document(raw)
    refuse_schema(document)
    _refuse(document)
    return read_rows(_entities(document), _read)


def _refuse(document: object) -> None:
    row = Row(document if isinstance(document, dict) else {})
    _, mark, code = row.text("type").partition(PROBLEMS)
    if mark:
        message = " ".join(filter(None, (row.text("title"), row.text("detail"))))
        retry: Retry = "soon" if code in SERVERS_FAULT else "never"
        raise SourceRefused(code, message or "no title", retry)


def _entities(document: object) -> list[object]:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict) or "type" not in document:
        raise NotUnderstood("neither an entity of NGSI-LD, nor a list of them, nor a notification")
    if document["type"] == "Notification":
        if "data" not in document:
            raise NotUnderstood("the notification has no data")
        return listed(document["data"])
    if "id" not in document:
        raise NotUnderstood(f"something of type {as_text(document['type'])[:40]!r} without an id")
    return [document]


def _read(row: Row) -> Iterator[Item]:
    entity = read_entity(row)
    return READERS.get(entity.type, read_any)(entity)


CONNECTOR = Connector("ngsi-ld", "NGSI-LD: entities and notifications of a city data hub", parse)
