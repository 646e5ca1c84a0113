"""AirKorea: the hourly figures of a province's air stations (getCtprvnRltmMesureDnsty)."""

from collections.abc import Iterator
from functools import partial

from kiosk.backend.connectors.datagokr.envelope import read_items
from kiosk.backend.connectors.districts import SEOUL_NAMES, district_code
from kiosk.backend.connectors.figure import Measure, Reading
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Observation, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows

# field prefix: measure; the upper bounds lie above the worst hours on record in Korea
MEASURES = {
    "pm10": Measure("air.pm10", "ug/m3", 0, 3000),
    "pm25": Measure("air.pm25", "ug/m3", 0, 1500),
    "o3": Measure("air.o3", "ppm", 0, 1),
    "no2": Measure("air.no2", "ppm", 0, 2),
    "co": Measure("air.co", "ppm", 0, 50),
    "so2": Measure("air.so2", "ppm", 0, 2),
    "khai": Measure("air.cai", "", 0, 1000),
}
GRADE = Measure("air.grade", "", 1, 4)
MAINTENANCE = "점검"  # 점검및교정: being checked and calibrated
BROKEN_LINK = "통신장애"


def parse(raw: bytes, context: Context) -> Parsed:
    """Seven figures and the grade of each station. See Connector."""
    province = context.options.get("sidoName", "")
    return read_rows(read_items(raw), partial(_station, province=province))


def _station(row: Row, *, province: str) -> Iterator[Observation]:
    name, time = row.need("stationName"), moment(row.raw("dataTime"))
    if time is None:
        raise RowRejected(f"{name}: dataTime is no time: {row.text('dataTime')[:40]!r}")
    province = row.text("sidoName") or province
    place = district_code(name, seoul=province in SEOUL_NAMES) or name
    for field, measure in MEASURES.items():
        reading = _flagged(measure.read(row.raw(f"{field}Value")), row.text(f"{field}Flag"))
        yield _observation(measure, reading, name, place, time, province)
    yield _observation(GRADE, GRADE.read(row.raw("khaiGrade")), name, place, time, province)


def _flagged(reading: Reading, flag: str) -> Reading:
    if MAINTENANCE in flag:
        return Reading(None, "maintenance", flag)
    if flag == BROKEN_LINK:
        return Reading(None, "missing", flag)
    if flag and reading.value is not None:
        return Reading(reading.value, "suspect", flag)
    return reading._replace(note=flag or reading.note)


def _observation(
    measure: Measure, reading: Reading, name: str, place: str, time: str, province: str
) -> Observation:
    return Observation(
        id=f"airkorea:{province}:{name}:{measure.kind}",
        kind=measure.kind,
        place=place,
        time=time,
        value=reading.value,
        unit=measure.unit,
        quality=reading.quality,
        note=reading.note,
        name=name,
        period="hour",
    )


CONNECTOR = Connector("getCtprvnRltmMesureDnsty", "AirKorea: air quality by station", parse)
