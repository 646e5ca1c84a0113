"""Everything about a hot spot in one answer: `citydata`, 241 fields in 18 blocks."""

from collections.abc import Iterator

from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Incident, Item
from kiosk.backend.connectors.row import Row
from kiosk.backend.connectors.seoul import commerce, people, transport, vehicles, weather
from kiosk.backend.connectors.seoul.hotspot import Area, hotspot_connector
from kiosk.backend.connectors.seoul.table import Table
from kiosk.backend.connectors.spot import korean_spot

EVENT = Table(
    identity=("EVENT_NM", "EVENT_PERIOD", "EVENT_PLACE"),
    kind="event",
    name="EVENT_NM",
    lat="EVENT_Y",
    lon="EVENT_X",
    address="EVENT_PLACE",
    texts={
        "days": "EVENT_PERIOD",
        "paid": "PAY_YN",
        "image": "THUMBNAIL",
        "url": "URL",
        "details": "EVENT_ETC_DETAIL",
    },
)


def read_accident(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """An accident, road works or a road that is closed. It has no identity but time and words."""
    words, written = row.need("ACDNT_INFO"), row.text("ACDNT_OCCR_DT")
    spot = korean_spot(row.raw("ACDNT_Y"), row.raw("ACDNT_X"))
    time = moment(written)
    yield Incident(
        id=f"citydata/{area.identity}/accident/{written}/{words}",
        kind="road.incident",
        place=area.identity,
        time=time,
        value=row.text("ACDNT_TYPE") or None,
        quality=spot.quality if time else "suspect",
        note=spot.note if time else "no time",
        lat=spot.lat,
        lon=spot.lon,
        headline=words,
        description=row.text("ACDNT_DTYPE"),
        status=f"as of {row.text('ACDNT_TIME')}" if row.text("ACDNT_TIME") else "",
        ends=moment(row.text("EXP_CLR_DT")),
        area=area.name,
    )


def read_accident_alone(row: Row, area: Area, parent: Row) -> Iterator[Item]:
    """Rows of the accident block that were stored without the rest of the answer."""
    return read_accident(row, area, parent) if row.has("ACDNT_INFO") else iter(())


def read_disaster(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """A disaster message to the public. Raises RowRejected without its text."""
    kind, words, written = row.text("DST_SE_NM"), row.need("MSG_CN"), row.text("CRT_DT")
    time = moment(written)
    yield Incident(
        id=f"citydata/disaster/{written}/{kind}/{words}",
        kind="disaster.message",
        place=area.identity,
        time=time,
        value=kind or None,
        quality="good" if time else "suspect",
        note="" if time else "no time",
        headline=kind,
        description=words,
        severity=row.text("EMRG_STEP_NM"),
        area=area.name,
    )


def read_event(row: Row, _area: Area, _parent: Row) -> Iterator[Item]:
    """A cultural event."""
    return EVENT.read(row, "citydata")


BLOCKS = (
    ("", people.read_place),
    ("", read_accident_alone),
    ("LIVE_PPLTN_STTS", people.read_now),
    ("LIVE_PPLTN_STTS/FCST_PPLTN", people.read_later),
    *transport.BLOCKS,
    *vehicles.BLOCKS,
    *weather.BLOCKS,
    *commerce.BLOCKS,
    ("ACDNT_CNTRL_STTS", read_accident),
    ("EVENT_STTS", read_event),  # as it comes
    ("CULTURALEVENTINFO", read_event),  # as the field list writes it
    ("LIVE_DST_MESSAGE", read_disaster),
)
CONNECTOR = hotspot_connector("citydata", "실시간 도시데이터", BLOCKS, "citydata")
