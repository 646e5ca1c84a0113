"""Roads, subway and buses at a hot spot."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.backend.connectors.document import listed
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Item
from kiosk.backend.connectors.row import Row
from kiosk.backend.connectors.seoul.hotspot import Area
from kiosk.backend.connectors.seoul.subway import known_eta
from kiosk.backend.connectors.seoul.table import Column, Table, figure, observe, word
from kiosk.backend.connectors.seoul.traffic import FASTEST_KMH
from kiosk.backend.connectors.spot import korean_spot

SERVICE = "citydata"
FACILITIES = ("SUB_FACIINFO", "SUB_FACINFO")  # as it comes, and as the field list writes it
SPANS = {"ACML": "today", "30WTHN": "30min", "10WTHN": "10min", "5WTHN": "5min"}
WAYS = {"GTON": "boarded", "GTOFF": "alighted"}


def _passengers(prefix: str, name: str) -> tuple[Column, ...]:
    return (
        *(
            figure(
                f"{prefix}_{span}_{way}_PPLTN_{end.upper()}",
                f"{name}.{ways}.{spans}.{end}",
                "person",
            )
            for span, spans in SPANS.items()
            for way, ways in WAYS.items()
            for end in ("min", "max")
        ),
        figure(f"{prefix}_STN_CNT", f"{name}.stations"),
        word(f"{prefix}_STN_TIME", f"{name}.stations.as_of"),
    )


SUBWAY_PASSENGERS = _passengers("SUB", "subway")
BUS_PASSENGERS = _passengers("BUS", "bus")
ROADS = (
    word("ROAD_TRAFFIC_IDX", "road.level"),
    figure("ROAD_TRAFFIC_SPD", "road.speed", "km/h", high=FASTEST_KMH),
    word("ROAD_MSG", "road.message"),
)
LINK = Table(
    identity=("LINK_ID",),
    kind="road.link",
    name="ROAD_NM",
    figures=(
        figure("SPD", "road.speed", "km/h", high=FASTEST_KMH),
        word("IDX", "road.level"),
    ),
    texts={
        "from": "START_ND_NM",
        "from_node": "START_ND_CD",
        "from_at": "START_ND_XY",
        "to": "END_ND_NM",
        "to_node": "END_ND_CD",
        "to_at": "END_ND_XY",
        "line": "XYLIST",
    },
    numbers={"length_m": "DIST"},
)
STATION = Table(
    identity=("SUB_STN_NM", "SUB_STN_LINE"),
    kind="subway.station",
    name="SUB_STN_NM",
    lat="SUB_STN_Y",
    lon="SUB_STN_X",
    address="SUB_STN_RADDR SUB_STN_JIBUN",
    texts={"line": "SUB_STN_LINE"},
)
TRAIN = (
    figure("SUB_ARVTIME", "subway.arrival", "s", high=3 * 3600),
    word("SUB_ARMG1", "subway.message"),
    word("SUB_ARMG2", "subway.train_at"),
    word("SUB_ARVINFO", "subway.state"),
    word("SUB_TERMINAL", "subway.terminal"),
    word("SUB_NT_STN", "subway.next_station"),
    word("SUB_BF_STN", "subway.previous_station"),
)
LIFT = (word("USE_YN", "subway.lift"), word("ELVTR_SE", "subway.lift_kind"))
BUS_STOP = Table(
    identity=("BUS_STN_ID BUS_ARS_ID",),
    kind="bus.stop",
    name="BUS_STN_NM",
    lat="BUS_STN_Y",
    lon="BUS_STN_X",
    texts={"number": "BUS_ARS_ID", "message": "BUS_RESULT_MSG"},
)


def read_roads(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """Traffic on all roads of the hot spot together."""
    return observe(row, ROADS, area.subject(moment(row.text("ROAD_TRAFFIC_TIME"))))


def read_link(row: Row, area: Area, parent: Row) -> Iterator[Item]:
    """One road link, where it begins. Its time is that of the roads together."""
    together = next(
        (Row(each) for each in listed(parent.raw("AVG_ROAD_DATA")) if isinstance(each, dict)), row
    )
    time = moment(together.text("ROAD_TRAFFIC_TIME")) or area.received
    lon, _, lat = row.text("START_ND_XY").replace(",", "_").partition("_")
    subject = replace(LINK.subject(row, SERVICE, time), spot=korean_spot(lat, lon))
    yield LINK.place(row, subject)
    yield from observe(row, LINK.figures, subject)


def read_station(row: Row, _area: Area, _parent: Row) -> Iterator[Item]:
    """A subway station."""
    return STATION.read(row, SERVICE)


def read_train(row: Row, area: Area, parent: Row) -> Iterator[Item]:
    """A train that is expected at a station."""
    station = STATION.subject(parent, SERVICE, area.received)
    parts = (row.text("SUB_LINE"), row.text("SUB_DIR"), row.need("SUB_ORD", "SUB_ROUTE_NM"))
    subject = replace(
        station, id="/".join(filter(None, (station.id, *parts))), name=row.text("SUB_ROUTE_NM")
    )
    eta, *words = observe(row, TRAIN, subject)
    yield from (known_eta(eta, row.text("SUB_ARVINFO")), *words)


def read_lift(row: Row, area: Area, parent: Row) -> Iterator[Item]:
    """A lift, escalator or other help for those who can't take the stairs."""
    station = STATION.subject(parent, SERVICE, area.received)
    name = row.need("ELVTR_NM")
    parts = (name, row.text("OPR_SEC"), row.text("INSTL_PSTN"))
    subject = replace(station, id="/".join(filter(None, (station.id, *parts))), name=name)
    return observe(row, LIFT, subject)


def read_subway_passengers(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """Who got on and off the subway here today and of late."""
    return observe(row, SUBWAY_PASSENGERS, area.subject(None))


def read_bus_passengers(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """Who got on and off the buses here today and of late."""
    return observe(row, BUS_PASSENGERS, area.subject(None))


def read_stop(row: Row, _area: Area, _parent: Row) -> Iterator[Item]:
    """A bus stop."""
    return BUS_STOP.read(row, SERVICE)


BLOCKS = (
    ("ROAD_TRAFFIC_STTS/AVG_ROAD_DATA", read_roads),
    ("ROAD_TRAFFIC_STTS/ROAD_TRAFFIC_STTS", read_link),
    ("SUB_STTS", read_station),
    ("SUB_STTS/SUB_DETAIL", read_train),
    *((f"SUB_STTS/{name}", read_lift) for name in FACILITIES),
    ("LIVE_SUB_PPLTN", read_subway_passengers),
    ("BUS_STN_STTS", read_stop),
    ("LIVE_BUS_PPLTN", read_bus_passengers),
)
