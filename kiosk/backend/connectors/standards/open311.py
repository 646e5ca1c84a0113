"""Open311 GeoReport v2: service requests, services and service definitions, JSON or XML."""

from collections.abc import Iterator

from kiosk.backend.connectors.document import Tree, listed, read_document
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import (
    Complaint,
    Item,
    NotUnderstood,
    Observation,
    Parsed,
    Retry,
    SourceRefused,
)
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, as_text, read_rows
from kiosk.backend.connectors.spot import world_spot
from kiosk.backend.connectors.standards.schema import refuse_schema

KIND = "complaint"
STATUSES = {"open", "closed"}
# the standard knows open and closed only; how far an open one is stands in the notes
STEPS = (("완료", "done"), ("처리", "handling"), ("접수", "reception"))
XML_ROOTS = {
    "service_requests": "request",
    "services": "service",
    "service_definition": None,
    "errors": "error",
}


def parse(raw: bytes, context: Context) -> Parsed:
    """Complaints of a list of requests; one observation a service or attribute of a definition."""
    document = read_document(raw)
    refuse_schema(document)
    rows = _rows(document)
    if rows and all(_is_error(row) for row in rows):
        _refuse(rows[0])
    return read_rows(rows, _row)


def _rows(document: object) -> list[object]:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        raise NotUnderstood("neither a list nor an object of GeoReport")
    for root, child in XML_ROOTS.items():
        if root in document:
            block = document[root]
            return listed(block.get(child) if child and isinstance(block, dict) else block)
    if {"service_request_id", "service_code", "code", "token"} & set(document):
        return [document]
    raise NotUnderstood("no service request, service, definition or error of GeoReport v2")


def _is_error(row: object) -> bool:
    return isinstance(row, dict) and "code" in row and "description" in row and len(row) <= 3


def _refuse(row: object) -> None:
    error = Row(row if isinstance(row, dict) else {})
    code = error.text("code")
    retry: Retry = "soon" if code.startswith("5") or code == "429" else "never"
    raise SourceRefused(code or "?", error.text("description") or "no description", retry)


def _row(row: Row) -> Iterator[Item]:
    if row.has("service_request_id"):
        yield read_request(row)
    elif row.has("attributes"):
        yield from _definition(row)
    elif row.has("service_name"):
        code = row.need("service_code")
        yield Observation(
            id=f"open311-service:{code}",
            kind="complaint.service",
            value=row.need("service_name"),
            note=row.text("description"),
            name=row.text("group"),
        )
    else:
        raise RowRejected("neither a service request, nor a service, nor a definition")


def read_request(row: Row) -> Complaint:
    """A service request. Raises RowRejected without identity or time."""
    identity, time = row.need("service_request_id"), moment(row.raw("requested_datetime"))
    if time is None:
        raise RowRejected(f"{identity}: requested_datetime is no time")
    spot = world_spot(row.raw("lat"), row.raw("long", "lon"))
    status, notes = row.text("status").lower(), row.text("status_notes")
    known = status in STATUSES
    return Complaint(
        id=f"open311:{identity}",
        kind=f"{KIND}.{row.text('service_code')}".rstrip("."),
        time=time,
        quality=spot.quality if known else "suspect",
        note=spot.note or ("" if known else f"unknown status {status[:20]!r}") or notes,
        name=row.text("service_name"),
        lat=spot.lat,
        lon=spot.lon,
        description=row.text("description"),
        status=status if known else "",
        step=_step(status, notes),
        agency=row.text("agency_responsible"),
        updated=moment(row.raw("updated_datetime")),
        address=row.text("address", "address_string"),
        media=row.text("media_url"),
    )


def _step(status: str, notes: str) -> str:
    if status == "closed":
        return "done"
    return next((step for word, step in STEPS if word in notes), "")


def _definition(row: Row) -> Iterator[Observation]:
    code, block = row.need("service_code"), row.raw("attributes")
    attributes: list[object] = listed(
        block.get("attribute", block) if isinstance(block, dict) else block
    )
    for fields in attributes:
        attribute = Row(fields if isinstance(fields, dict) else {})
        name = attribute.need("code")
        yield Observation(
            id=f"open311-attribute:{code}:{name}",
            kind="complaint.attribute",
            place=code,
            value=attribute.text("description") or name,
            note=attribute.text("datatype"),
            name=name,
        )


def write_request(complaint: Complaint) -> Tree:
    """A complaint as a service request of GeoReport v2, as `GET requests` answers it."""
    return {
        "service_request_id": complaint.id.removeprefix("open311:"),
        "status": complaint.status or "open",
        "status_notes": complaint.note or None,
        "service_name": complaint.name or None,
        "service_code": complaint.kind.removeprefix(KIND).lstrip("."),
        "description": complaint.description[:4000] or None,
        "agency_responsible": complaint.agency or None,
        "requested_datetime": as_text(complaint.time),
        "updated_datetime": complaint.updated,
        "address": complaint.address or None,
        "lat": complaint.lat,
        "long": complaint.lon,
        "media_url": complaint.media or None,
    }


CONNECTOR = Connector("open311", "Open311 GeoReport v2: complaints and services", parse)
