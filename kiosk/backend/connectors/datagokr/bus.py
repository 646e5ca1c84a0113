"""TAGO: buses on their way to a stop."""

from collections import Counter
from collections.abc import Iterator

from kiosk.backend.connectors.datagokr.envelope import read_items
from kiosk.backend.connectors.figure import Measure
from kiosk.backend.connectors.moment import from_ms
from kiosk.backend.connectors.normal import Observation, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, read_rows

MEASURES = {
    "arrtime": Measure("bus.arrival", "s", 0, 24 * 3600),
    "arrprevstationcnt": Measure("bus.stops_away", "", 0, 300),
}


def parse(raw: bytes, context: Context) -> Parsed:
    """Seconds and stops until each bus; they count from when the answer came.

    Of several buses of one route at one stop the first in the answer is bus 1 of its id.
    """
    time = from_ms(context.received_ms) if context.received_ms is not None else None
    order: Counter[tuple[str, str]] = Counter()

    def read(row: Row) -> Iterator[Observation]:
        stop, route = row.need("nodeid"), row.need("routeid")
        order[stop, route] += 1
        for field, measure in MEASURES.items():
            reading = measure.read(row.raw(field))
            yield Observation(
                id=f"tago:{stop}:{route}:{order[stop, route]}:{field}",
                kind=measure.kind,
                place=stop,
                time=time,
                value=reading.value,
                unit=measure.unit,
                quality=reading.quality,
                note=reading.note or f"{row.text('routetp')} {row.text('vehicletp')}".strip(),
                name=f"{row.text('nodenm')} {row.text('routeno')}".strip(),
            )

    return read_rows(read_items(raw), read)


CONNECTORS = (
    Connector("getSttnAcctoArvlPrearngeInfoList", "TAGO: arrivals at a stop", parse),
    Connector("getSttnAcctoSpcifyRouteBusArvlPrearngeInfoList", "TAGO: a route's arrivals", parse),
)
