"""Car parks, chargers and bicycles at a hot spot.

CUR_PRK_CNT stays what it is called, a count: the source's field list says that it is the spaces
free, and that its time is that of the vehicles parked. A car park comes once more without a count.
"""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Item
from kiosk.backend.connectors.row import Row
from kiosk.backend.connectors.seoul.hotspot import Area
from kiosk.backend.connectors.seoul.table import Table, figure, observe, word

SERVICE = "citydata"
CAR_PARK = Table(
    identity=("PRK_CD PRK_NM",),
    kind="parking.lot",
    name="PRK_NM",
    time="CUR_PRK_TIME",
    lat="LAT",
    lon="LNG",
    address="ROAD_ADDR ADDRESS",
    figures=(figure("CPCTY", "parking.capacity"),),
    texts={"kind_code": "PRK_TYPE", "paid": "PAY_YN", "live": "CUR_PRK_YN"},
    numbers={
        "fee": "RATES",
        "fee_min": "TIME_RATES",
        "fee_more": "ADD_RATES",
        "fee_more_min": "ADD_TIME_RATES",
    },
)
COUNTED = (figure("CUR_PRK_CNT", "parking.count", full="CPCTY"),)
CHARGING = Table(
    identity=("STAT_ID STAT_NM",),
    kind="charger.station",
    name="STAT_NM",
    lat="STAT_Y",
    lon="STAT_X",
    address="STAT_ADDR",
    texts={
        "hours": "STAT_USETIME",
        "parking_fee": "STAT_PARKPAY",
        "limited": "STAT_LIMITYN",
        "limits": "STAT_LIMITDETAIL",
        "site": "STAT_KINDDETAIL",
    },
)
CHARGER = (
    word("CHARGER_STAT", "charger.state"),
    figure("OUTPUT", "charger.output", "kW", high=1000),
    word("CHARGER_TYPE", "charger.type"),
    word("METHOD", "charger.method"),
    word("LASTTSDT", "charger.last_begun"),
    word("LASTTEDT", "charger.last_ended"),
    word("NOWTSDT", "charger.begun"),
)
BIKES = Table(
    identity=("SBIKE_SPOT_ID SBIKE_SPOT_NM",),
    kind="bike.station",
    name="SBIKE_SPOT_NM",
    lat="SBIKE_Y",
    lon="SBIKE_X",
    figures=(
        figure("SBIKE_PARKING_CNT", "bike.parked", full="SBIKE_RACK_CNT"),
        figure("SBIKE_RACK_CNT", "bike.racks"),
        figure("SBIKE_SHARED", "bike.occupancy", "%", full=100),
    ),
)


def read_car_park(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """A car park, and its count where it says that it has one."""
    subject = CAR_PARK.subject(row, SERVICE, area.received)
    yield CAR_PARK.place(row, subject)
    yield from observe(row, CAR_PARK.figures, subject)
    if row.text("CUR_PRK_YN") == "Y":
        yield from observe(row, COUNTED, subject)


def read_charging(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """A charging station, and its charger where both stand in one row."""
    yield from CHARGING.read(row, SERVICE)
    if row.has("CHARGER_STAT"):
        yield from read_charger(row, area, row)


def read_charger(row: Row, area: Area, parent: Row) -> Iterator[Item]:
    """One charger of a station."""
    station = CHARGING.subject(parent, SERVICE, area.received)
    identity = "/".join(filter(None, (station.id, row.text("CHARGER_ID"))))
    time = moment(row.text("STATUPDDT")) or area.received
    return observe(row, CHARGER, replace(station, id=identity, time=time))


def read_bikes(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """A bicycle station and what stands there."""
    return BIKES.read(row, SERVICE, area.received)


BLOCKS = (
    ("PRK_STTS", read_car_park),
    ("CHARGER_STTS", read_charging),
    ("CHARGER_STTS/CHARGER_DETAILS", read_charger),
    ("SBIKE_STTS", read_bikes),
)
