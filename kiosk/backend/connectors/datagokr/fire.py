"""119: records of rescue runs and vehicles, published by month. Not the live dispatch.

A row has no identity of its own: its id holds a digest of all its fields, so that the same row has
the same id in every answer. Runs that were alike in all fields are numbered: they count.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from kiosk.backend.connectors.datagokr.envelope import read_items
from kiosk.backend.connectors.figure import Measure, Reading
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Observation, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, as_text, read_rows

DISTANCE = Measure("ems.distance", "m", 0, 1_000_000)
CREW = Measure("fire.vehicle_crew", "person", 0, 50)
STATION = ("rsacGutFsttOgidNm", "sidoHqOgidNm")
TIMES = ("gutYm", "stmtYm", "stde")
# fields that say who and when, not what
FRAME = {name.lower() for name in (*STATION, *TIMES, "gutHh", "stmtHh")}


def _activity(row: Row) -> Iterator[Observation]:
    """One run of an ambulance: how far the scene was, and for what."""
    reading = DISTANCE.read(row.raw("sptMvmnDtc"))
    note = "; ".join(filter(None, (reading.note, _words(row, {*FRAME, "sptmvmndtc"}))))
    yield _observation(row, DISTANCE.kind, _digest(row), reading._replace(note=note), DISTANCE.unit)


def _record(row: Row, kind: str) -> Iterator[Observation]:
    """A record in words only: its value is what its fields say, in their order."""
    words = _words(row, FRAME)
    yield _observation(row, kind, _digest(row), words or None)


def _vehicle(row: Row) -> Iterator[Observation]:
    """The state of a vehicle, and how many are on it."""
    plate = row.need("vhclNo")
    identity = plate if row.has("stde") else _digest(row)  # else it is one of many runs
    about = " ".join(filter(None, (row.text("vctpCdNm"), row.text("vhcn"))))
    status = row.text("vhclStatCdNm") or None
    observation = _observation(row, "fire.vehicle_status", identity, status)
    yield replace(observation, name=plate, note=about)
    crew = CREW.read(row.raw("gutPcnt", "bdgPcnt"))
    yield _observation(row, CREW.kind, identity, crew, CREW.unit)


def _observation(
    row: Row, kind: str, identity: str, what: Reading | str | None, unit: str = ""
) -> Observation:
    month, day = row.text("gutYm", "stmtYm"), row.text("stde")
    time = moment(f"{month}01" if month else day)
    if time is None:
        raise RowRejected(f"{' / '.join(TIMES)} is no time: {(month or day)[:40]!r}")
    given = Observation(
        id=f"119:{kind}:{identity}",
        kind=kind,
        place=row.need(*STATION),
        time=time,
        unit=unit,
        period="month" if month else "day",
    )
    if isinstance(what, Reading):
        return replace(given, value=what.value, quality=what.quality, note=what.note)
    return replace(given, value=what, quality="good" if what else "missing")


def _words(row: Row, beside: set[str]) -> str:
    texts = (as_text(value) for name, value in row.fields().items() if name not in beside)
    return ", ".join(filter(None, texts))


def _digest(row: Row) -> str:
    fields = repr(sorted((name, as_text(value)) for name, value in row.fields().items()))
    return hashlib.blake2b(fields.encode(), digest_size=8).hexdigest()


def _connector(name: str, title: str, read: Callable[[Row], Iterator[Observation]]) -> Connector:
    def parse(raw: bytes, context: Context) -> Parsed:
        alike: Counter[str] = Counter()

        def numbered(row: Row) -> Iterator[Observation]:
            for item in read(row):
                alike[item.id] += 1
                again = alike[item.id] > 1 and not row.has("stde")
                yield replace(item, id=f"{item.id}:{alike[item.id]}") if again else item

        return read_rows(read_items(raw), numbered)

    return Connector(name, f"119 by month: {title}", parse)


CONNECTORS = (
    _connector("getEmgencyActivityInfo", "runs of ambulances", _activity),
    _connector(
        "getEmgPatientTransferInfo", "patients taken", partial(_record, kind="ems.transfer")
    ),
    _connector(
        "getEmgPatientConditionInfo", "patients' conditions", partial(_record, kind="ems.condition")
    ),
    _connector(
        "getEmgPatientFirstaidInfo", "first aid given", partial(_record, kind="ems.first_aid")
    ),
    _connector("getEmgVehicleDispatchInfo", "vehicles sent", _vehicle),
    _connector("getEmgVehicleInfo", "vehicles", _vehicle),
)
