"""CAP alerts as JSON: those of api.weather.gov (GeoJSON and JSON-LD) and of Meteoalarm.

The first flattens an alert and its block of facts into the properties of a feature; the second
keeps the alert's own structure.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from kiosk.backend.connectors.document import Tree, listed
from kiosk.backend.connectors.normal import NotUnderstood
from kiosk.backend.connectors.row import Row, as_text
from kiosk.backend.connectors.standards.problem import refuse_problem

WRAPPERS = ("features", "@graph", "warnings", "alerts", "alert")
MOST, MAX_DEPTH = 1000, 4


def json_alerts(document: object) -> Sequence[Row]:
    """The alerts, in the form that the XML has. Raises NotUnderstood and SourceRefused."""
    refuse_problem(document)
    return [Row(alert) for alert in islice(_alerts(document, MAX_DEPTH), MOST)]


def _alerts(block: object, depth: int) -> Iterator[Tree]:
    if isinstance(block, list) and depth:
        for each in block:
            yield from _alerts(each, depth - 1)
        return
    fields = block if isinstance(block, dict) else {}
    inner = next((name for name in WRAPPERS if name in fields), None)
    properties = fields.get("properties", fields)
    if inner is not None and depth:
        yield from _alerts(listed(fields[inner]), depth - 1)
    elif "msgType" in fields:
        yield fields
    elif isinstance(properties, dict) and "messageType" in properties:
        yield _of_properties(properties, fields.get("geometry"))
    else:
        raise NotUnderstood("the JSON has neither an alert with msgType nor one with messageType")


def _of_properties(properties: Tree, geometry: object) -> Tree:
    row = Row(properties)
    area = {"areaDesc": row.raw("areaDesc"), "polygon": list(_polygons(geometry))}
    return {
        "identifier": row.text("id", "@id", "identifier"),
        "sent": row.raw("sent"),
        "status": row.raw("status"),
        "msgType": row.raw("messageType"),
        "references": " ".join(_references(row.raw("references"))),
        "info": {**properties, "expires": row.raw("ends", "expires"), "area": area},
    }


def _references(block: object) -> Iterator[str]:
    for each in listed(block):
        row = Row(each if isinstance(each, dict) else {})
        yield ",".join((row.text("sender"), row.text("identifier"), row.text("sent")))


def _polygons(geometry: object) -> Iterator[str]:
    """The outer rings as CAP writes them: `lat,lon lat,lon`."""
    shape = geometry if isinstance(geometry, dict) else {}
    polygons = listed(shape.get("coordinates"))
    for polygon in [polygons] if shape.get("type") == "Polygon" else polygons:
        ring = polygon[0] if isinstance(polygon, list) and polygon else []
        pairs = [pair for pair in listed(ring) if isinstance(pair, list) and len(pair) >= 2]
        yield " ".join(f"{as_text(pair[1])},{as_text(pair[0])}" for pair in pairs)
