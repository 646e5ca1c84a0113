"""ITS eventInfo: accidents, road works, weather and disasters on the roads."""

from collections.abc import Iterator

from kiosk.backend.connectors.datagokr.envelope import read_items
from kiosk.backend.connectors.document import read_document
from kiosk.backend.connectors.its.refusal import refuse
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Incident, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows
from kiosk.backend.connectors.spot import korean_spot

KINDS = {
    "교통사고": "traffic.accident",
    "공사": "traffic.works",
    "기상": "traffic.weather",
    "재난": "traffic.disaster",
}


def parse(raw: bytes, context: Context) -> Parsed:
    """An incident a row; the envelope is that of data.go.kr without `response` around it."""
    refuse(read_document(raw))
    return read_rows(read_items(raw), _event)


def _event(row: Row) -> Iterator[Incident]:
    event, time = row.need("eventType"), moment(row.raw("startDate"))
    if time is None:
        raise RowRejected(f"startDate is no time: {row.text('startDate')[:40]!r}")
    spot = korean_spot(row.raw("coordY"), row.raw("coordX"))
    road = row.text("roadName")
    detail, direction = row.text("eventDetailType"), row.text("roadDrcType")
    lanes = row.text("lanesBlocked", "lanesBlockType")
    where = row.text("linkId") or f"{row.text('coordX')},{row.text('coordY')}"
    yield Incident(
        id=f"its-event:{where}:{row.text('startDate')}:{event}",
        kind=KINDS.get(event, "traffic.event"),
        place=row.text("linkId") or None,
        time=time,
        quality=spot.quality,
        note=spot.note,
        name=event,
        lat=spot.lat,
        lon=spot.lon,
        headline=" ".join(filter(None, (road, detail or event))),
        description="; ".join(filter(None, (row.text("message"), lanes))),
        ends=moment(row.raw("endDate")),
        area=" ".join(filter(None, (road, direction))),
    )


CONNECTOR = Connector("eventInfo", "ITS: events on motorways and roads", parse)
