"""Beds of emergency rooms as the hospitals report them (National Medical Center)."""

from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from kiosk.backend.connectors.datagokr.envelope import read_items
from kiosk.backend.connectors.figure import Measure, Reading
from kiosk.backend.connectors.moment import age_ms, moment
from kiosk.backend.connectors.normal import Observation, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows
from kiosk.backend.connectors.spot import korean_spot

# no Seoul hospital has 3,000 beds; a hundred people waiting is already beyond any report seen
BEDS = {
    "hvec": Measure("er.beds_left", "bed", -500, 3000),
    "hvs01": Measure("er.beds_standard", "bed", 0, 3000),
    "hvoc": Measure("er.operating_rooms_left", "bed", -500, 3000),
    "hvgc": Measure("er.ward_beds_left", "bed", -500, 3000),
    "hvicc": Measure("er.icu_beds_left", "bed", -500, 3000),
    "hvcc": Measure("er.neuro_icu_beds_left", "bed", -500, 3000),
    "hvncc": Measure("er.newborn_icu_beds_left", "bed", -500, 3000),
    "hvccc": Measure("er.chest_icu_beds_left", "bed", -500, 3000),
}
MACHINES = {
    "hvctayn": "er.ct",
    "hvmriayn": "er.mri",
    "hvangioayn": "er.angiography",
    "hvventiayn": "er.ventilator",
}
WAITING = "negative: so many are waiting"
STALE_MS = 3 * 3600 * 1000  # hospitals report every few minutes; some are days late
EARLY_MS = 10 * 60 * 1000  # clocks of hospitals may be ahead by so much


def parse(raw: bytes, context: Context) -> Parsed:
    """Beds left by kind and machines at hand, by hospital.

    A report older than three hours when the answer came is stale; without `received_ms` no age is
    known.
    """
    return read_rows(read_items(raw), partial(_hospital, received_ms=context.received_ms))


def _hospital(row: Row, *, received_ms: int | None) -> Iterator[Observation]:
    name = row.need("dutyName", "hpid")
    time = moment(row.raw("hvidate"))
    if time is None:
        raise RowRejected(f"{name}: hvidate is no time: {row.text('hvidate')[:40]!r}")
    place, spot = row.text("hpid") or name, korean_spot(row.raw("wgs84Lat"), row.raw("wgs84Lon"))
    report = Observation(
        id=f"er:{place}", kind="er", place=place, time=time, name=name, lat=spot.lat, lon=spot.lon
    )
    late = _lateness(time, received_ms)
    for field, measure in BEDS.items():
        reading = _aged(_waiting(measure.read(row.raw(field))), late)
        yield replace(
            report,
            id=f"{report.id}:{field}",
            kind=measure.kind,
            value=reading.value,
            unit=measure.unit,
            quality=reading.quality,
            note=reading.note,
        )
    for field, kind in MACHINES.items():
        word = row.text(field)[:10] or None
        quality = late.quality if word else "missing"
        yield replace(report, id=f"{report.id}:{field}", kind=kind, value=word, quality=quality)


def _waiting(reading: Reading) -> Reading:
    if reading.quality == "good" and reading.value is not None and reading.value < 0:
        return reading._replace(quality="over_capacity", note=WAITING)
    return reading


def _lateness(time: str, received_ms: int | None) -> Reading:
    if received_ms is None:
        return Reading(None)
    age = age_ms(time, received_ms)
    if age > STALE_MS:
        return Reading(None, "stale", f"reported {age // 3_600_000} hours before")
    if age < -EARLY_MS:
        return Reading(None, "suspect", "reported for a time to come")
    return Reading(None)


def _aged(reading: Reading, late: Reading) -> Reading:
    if late.quality == "good" or reading.value is None:
        return reading
    return Reading(reading.value, late.quality, "; ".join(filter(None, (late.note, reading.note))))


CONNECTOR = Connector("getEmrrmRltmUsefulSckbdInfoInqire", "Emergency rooms: beds left", parse)
