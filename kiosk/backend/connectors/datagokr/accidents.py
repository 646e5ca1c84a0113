"""KOROAD: spots where traffic accidents cluster, with a year's counts (getRestFrequentzoneLg)."""

from collections.abc import Iterator
from functools import partial

from kiosk.backend.connectors.datagokr.envelope import read_items
from kiosk.backend.connectors.figure import Measure, Reading
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Item, Observation, Parsed, Place
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, read_rows
from kiosk.backend.connectors.spot import korean_spot

KIND = "traffic.accident_spot"
COUNTS = {
    "occrrnc_cnt": Measure(f"{KIND}.accidents", "", 0, 10_000),
    "caslt_cnt": Measure(f"{KIND}.casualties", "person", 0, 10_000),
    "dth_dnv_cnt": Measure(f"{KIND}.deaths", "person", 0, 10_000),
    "se_dnv_cnt": Measure(f"{KIND}.seriously_injured", "person", 0, 10_000),
    "sl_dnv_cnt": Measure(f"{KIND}.slightly_injured", "person", 0, 10_000),
    "wnd_dnv_cnt": Measure(f"{KIND}.wounded", "person", 0, 10_000),
}


def parse(raw: bytes, context: Context) -> Parsed:
    """A place and six counts a spot; the year is the one asked for (option searchYearCd)."""
    year = moment(context.options.get("searchYearCd", "") + "0101")
    return read_rows(read_items(raw), partial(_spot, year=year))


def _spot(row: Row, *, year: str | None) -> Iterator[Item]:
    identity, name = row.need("afos_fid", "spot_cd"), row.need("spot_nm")
    spot = korean_spot(row.raw("la_crd"), row.raw("lo_crd"))
    area = row.text("bjd_cd")
    place = Place(
        id=f"koroad:{identity}",
        kind=KIND,
        place=identity,
        quality=spot.quality,
        note=spot.note,
        name=name,
        lat=spot.lat,
        lon=spot.lon,
        address=row.text("sido_sgg_nm"),
        attributes={"legal_dong": area} if area else {},
    )
    yield place
    for field, measure in COUNTS.items():
        yield _count(place, field, measure, measure.read(row.raw(field)), year)


def _count(
    place: Place, field: str, measure: Measure, reading: Reading, year: str | None
) -> Observation:
    return Observation(
        id=f"{place.id}:{field}",
        kind=measure.kind,
        place=place.place,
        time=year,
        value=reading.value,
        unit=measure.unit,
        quality=reading.quality,
        note=reading.note,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        period="year",
    )


CONNECTOR = Connector("getRestFrequentzoneLg", "KOROAD: spots of frequent accidents", parse)
