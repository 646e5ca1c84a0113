"""City car parks. GetParkingInfo counts the vehicles, GetParkInfo knows where the car parks are.

Both say PKLT_CD, so that `place` is the same. What is free is derived: room less vehicles parked,
and 0 with the mark over_capacity when there are more vehicles than room.
"""

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.backend.connectors.normal import Item, Observation, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, read_rows
from kiosk.backend.connectors.seoul.envelope import rows_of
from kiosk.backend.connectors.seoul.table import (
    Table,
    figure,
    observe,
)

LIVE, SITES = "GetParkingInfo", "GetParkInfo"
CODE = "PKLT_CD PARKING_CODE"
ROOM, FREE = "parking.capacity", "parking.free"
UNKNOWN = "capacity or vehicles parked are not known"
NOT_LINKED = "0"  # PRK_STTS_YN of a car park whose vehicles are not counted
TEXTS = {
    "kind_code": "PKLT_TYPE PARKING_TYPE",
    "kind_name": "PRK_TYPE_NM PKLT_KND_NM PARKING_TYPE_NM",
    "operation": "OPER_SE_NM OPERATION_RULE_NM",
    "paid": "PAY_YN",
    "paid_at_night": "NGHT_PAY_YN NIGHT_FREE_OPEN",
    "weekday_from": "WD_OPER_BGNG_TM WEEKDAY_BEGIN_TIME",
    "weekday_to": "WD_OPER_END_TM WEEKDAY_END_TIME",
    "weekend_from": "WE_OPER_BGNG_TM WEEKEND_BEGIN_TIME",
    "weekend_to": "WE_OPER_END_TM WEEKEND_END_TIME",
    "holiday_from": "LHLDY_OPER_BGNG_TM LHLDY_BGNG HOLIDAY_BEGIN_TIME",
    "holiday_to": "LHLDY_OPER_END_TM LHLDY HOLIDAY_END_TIME",
}
NUMBERS = {
    "fee": "BSC_PRK_CRG PRK_CRG RATES",
    "fee_min": "BSC_PRK_HR PRK_HM TIME_RATE",
    "fee_more": "ADD_PRK_CRG ADD_CRG ADD_RATES",
    "fee_more_min": "ADD_PRK_HR ADD_UNIT_TM_MNT ADD_TIME_RATE",
    "fee_day": "DAY_MAX_CRG DLY_MAX_CRG DAY_MAXIMUM",
    "fee_month": "PRD_AMT MNTL_CMUT_CRG FULLTIME_MONTHLY",
}
CAPACITY = figure("TPKCT CAPACITY", ROOM, low=1)
PARKED = figure("NOW_PRK_VHCL_CNT CUR_PARKING", "parking.parked", full="TPKCT CAPACITY")
LOT = Table(
    identity=(CODE,),
    kind="parking.lot",
    name="PKLT_NM PARKING_NAME",
    time="NOW_PRK_VHCL_UPDT_TM CUR_PARKING_TIME",
    address="ADDR",
    phone="TELNO TEL",
    texts=TEXTS,
    numbers=NUMBERS,
)
SITE = Table(
    identity=(CODE,),
    kind="parking.lot",
    name="PKLT_NM PARKING_NAME",
    lat="LAT",
    lon="LOT LNG",
    address="ADDR",
    phone="TELNO TEL",
    figures=(CAPACITY,),
    texts=TEXTS,
    numbers=NUMBERS,
)


def read_lot(row: Row) -> Iterator[Item]:
    """The car park, its room, the vehicles in it and what is free. Raises RowRejected."""
    subject = LOT.subject(row, LIVE, None)
    yield LOT.place(row, subject)
    capacity, parked = observe(row, (CAPACITY, PARKED), subject)
    if row.text("PRK_STTS_YN") == NOT_LINKED:
        note = row.text("PRK_STTS_NM") or "the vehicles are not counted here"
        parked = replace(parked, value=None, quality="missing", note=note)
    yield from (capacity, parked, _free(capacity, parked))


def _free(capacity: Observation, parked: Observation) -> Observation:
    """Room less vehicles parked, not below 0; no value when one of them has none or is suspect."""
    free = replace(parked, id=parked.id.replace(parked.kind, FREE), kind=FREE)
    known = not {capacity.quality, parked.quality} & {"missing", "suspect"}
    if known and isinstance(capacity.value, float) and isinstance(parked.value, float):
        return replace(free, value=max(0.0, capacity.value - parked.value))
    return replace(
        free, value=None, quality="missing", note=free.note or "room or vehicles unknown"
    )


def _parse_lots(raw: bytes, _context: Context) -> Parsed:
    return read_rows(rows_of(raw, LIVE), read_lot)


def _parse_sites(raw: bytes, _context: Context) -> Parsed:
    """One place per code. Where a code has a row for each of its parts, the room that a row gives
    is not known to be that of all."""
    rows = rows_of(raw, SITES)
    parsed = read_rows(rows, lambda row: SITE.read(row, SITES))
    told = Counter(Row(row).text(*CODE.split()) for row in rows if isinstance(row, dict))
    return replace(
        parsed,
        items=tuple(
            replace(item, quality="suspect", note="one of several rows of this code")
            if item.kind == ROOM and told[item.place or ""] > 1
            else item
            for item in parsed.items
        ),
    )


CONNECTORS = (
    Connector(LIVE, "시영주차장 실시간 주차대수", _parse_lots),
    Connector(SITES, "공영주차장 안내 정보", _parse_sites),
)
