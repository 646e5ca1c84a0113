"""ITS cctvInfo: cameras with a signed address that expires within minutes.

The identity of a camera is its type, name and coordinates, never its address. The name carries the
road in brackets: `[경부선] 신갈분기점`.
"""

from collections.abc import Iterator

from kiosk.backend.connectors.document import listed, read_document
from kiosk.backend.connectors.its.refusal import refuse
from kiosk.backend.connectors.normal import Camera, NotUnderstood, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, as_text, read_rows
from kiosk.backend.connectors.spot import korean_spot

KIND = "cctv.road"


def parse(raw: bytes, context: Context) -> Parsed:
    """A camera a row; one without an address is there, but missing."""
    document = read_document(raw)
    refuse(document)
    response = document.get("response") if isinstance(document, dict) else None
    if not isinstance(response, dict) or not {"data", "datacount"} & set(response):
        raise NotUnderstood("there is no response.data")
    rows = listed(response.get("data"))
    if not rows and as_text(response.get("datacount")) not in {"", "0"}:
        raise NotUnderstood("response.datacount counts cameras, but response.data has none")
    return read_rows(rows, _camera)


def _camera(row: Row) -> Iterator[Camera]:
    name, stream = row.need("cctvname"), row.text("cctvurl")
    spot = korean_spot(row.raw("coordy"), row.raw("coordx"))
    if spot.lat is None:
        raise RowRejected(f"{name}: {spot.note or 'coordx or coordy is missing'}")
    form = row.text("cctvformat")
    yield Camera(
        id=f"its:{row.text('cctvtype')}:{name}:{spot.lat:.6f},{spot.lon:.6f}",
        kind=KIND,
        place=row.text("roadsectionid") or None,
        quality="good" if stream else "missing",
        note=spot.note if stream else "the answer has no address for it",
        name=name,
        lat=spot.lat,
        lon=spot.lon,
        stream=stream,
        format=form,
        signed=True,
    )


CONNECTOR = Connector("cctvInfo", "ITS: cameras on motorways and national roads", parse)
