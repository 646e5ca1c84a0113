"""Air quality of the 25 districts, hourly, under the names of before and after 2026.

A station under maintenance reads 0 everywhere and has no grade: it has no values. A single 0 among
others is what a stopped instrument reads, and is suspect.
"""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.backend.connectors.districts import district_code
from kiosk.backend.connectors.figure import number
from kiosk.backend.connectors.normal import Observation, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, read_rows
from kiosk.backend.connectors.seoul.envelope import rows_of
from kiosk.backend.connectors.seoul.table import Table, figure, is_out_of_order, observe, word

SMALLEST_PPM = 0.0001  # the services give four digits at most
# Upper bounds: what the instruments of the national network can measure.
READINGS = (
    figure("PM10 PM", "air.pm10", "ug/m3", 1, 2000),
    figure("PM25 FPM", "air.pm25", "ug/m3", 1, 1000),
    figure("O3 OZON OZONE", "air.o3", "ppm", SMALLEST_PPM, 1),
    figure("NO2 NTDX NITROGEN", "air.no2", "ppm", SMALLEST_PPM, 2),
    figure("CO CBMX CARBON", "air.co", "ppm", SMALLEST_PPM, 50),
    figure("SO2 SPDX SULFUROUS", "air.so2", "ppm", SMALLEST_PPM, 2),
    figure("IDEX_MVL CAI_IDX CAI MAXINDEX", "air.cai", "", 1, 500),
)
GRADE = word("IDEX_NM CAI_GRD GRADE", "air.grade")
MAIN = word("ARPLT_MAIN CRST_SBSTN POLLUTANT", "air.main_pollutant")
STATION = Table(
    identity=("MSRSTE_NM MSRSTN_NM MSRSTENAME",),
    name="MSRSTE_NM MSRSTN_NM MSRSTENAME",
    time="MSRDT MSRMT_DT MSRMT_YMD MSRDATE",
    figures=(*READINGS, GRADE, MAIN),
)


def read_station(row: Row, service: str) -> Iterator[Observation]:
    """What one station read in one hour. Raises RowRejected without a station's name."""
    subject = STATION.subject(row, service, None)
    subject = replace(
        subject, place=district_code(subject.name, seoul=True) or subject.name, period="hour"
    )
    if _in_maintenance(row):
        subject = replace(subject, quality="maintenance", note="0 everywhere and no grade")
    return observe(row, STATION.figures, subject)


def _in_maintenance(row: Row) -> bool:
    grade = row.text(*GRADE.names.split())
    values = [number(row.raw(*column.names.split())) for column in READINGS]
    return is_out_of_order(grade) or (not grade and 0 in values and set(values) <= {0, None})


def _connector(service: str, title: str) -> Connector:
    def parse(raw: bytes, _context: Context) -> Parsed:
        return read_rows(rows_of(raw, service), lambda row: read_station(row, service))

    return Connector(service, title, parse)


CONNECTORS = (
    _connector("RealtimeCityAir", "권역별 실시간 대기환경 현황"),
    _connector("ListAirQualityByDistrictService", "자치구별 대기질 현황"),
)
