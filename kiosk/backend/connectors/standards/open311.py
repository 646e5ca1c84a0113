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
# what stands around the rows, and around each of them, as XML and as some systems' JSON
ROOTS = {
    "service_requests": "request",
    "requests": "request",
    "services": "service",
    "service_definition": None,
}
ERRORS = {"errors": "error", "error": "error"}
ERROR_KEYS = frozenset(("code", "description", "message", "error", "status", "jurisdiction_id"))


def parse(raw: bytes, context: Context) -> Parsed:
    """Complaints of a list of requests; one observation a service or attribute of a definition."""
    document = read_document(raw)
    refuse_schema(document)
    _refuse(document)
    return read_rows(_rows(document), _row)


def _rows(document: object) -> list[object]:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        raise NotUnderstood("neither a list nor an object of GeoReport")
    for root, child in ROOTS.items():
        if root in document:
            return _inside(document[root], child)
    if {"service_request_id", "service_code", "token"} & set(document):
        return [document]
    raise NotUnderstood("no service request, service, definition or error of GeoReport v2")


def _inside(block: object, child: str | None) -> list[object]:
    """The rows of a root: its children, or itself where it has none around its fields."""
    if isinstance(block, dict) and child is not None:
        return listed(block.get(child)) if child in block or not block else [block]
    return listed(block)


def _refuse(document: object) -> None:
    """Raises SourceRefused when all that came are errors."""
    fields = document if isinstance(document, dict) else {}
    root = next((name for name in ERRORS if name in fields), None)
    rows = _inside(fields[root], ERRORS[root]) if root else listed(document)
    if not rows or not (root or all(map(_is_error, rows))):
        return
    error = Row(rows[0] if isinstance(rows[0], dict) else {"description": rows[0], **fields})
    code = error.text("code", "status")
    retry: Retry = "soon" if code.startswith("5") or code == "429" else "never"
    raise SourceRefused(
        code or "?", error.text("description", "message") or "no description", retry
    )


def _is_error(row: object) -> bool:
    if not isinstance(row, dict) or not set(row) <= ERROR_KEYS:
        return False
    return "message" in row or {"code", "description"} <= set(row)


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
        name=row.text("service_name", "title"),
        lat=spot.lat,
        lon=spot.lon,
        description=row.text("description", "detail", "title"),
        status=status if known else "",
        step=_step(status, notes),
        agency=_agency(row.raw("agency_responsible")),
        updated=moment(row.raw("updated_datetime")),
        address=row.text("address", "address_string"),
        media=row.text("media_url"),
    )


def _agency(block: object) -> str:
    """As text; FixMyStreet lists those who were told as `recipient`."""
    names = Row(block).raw("recipient") if isinstance(block, dict) else block
    return ", ".join(filter(None, map(as_text, listed(names))))


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
