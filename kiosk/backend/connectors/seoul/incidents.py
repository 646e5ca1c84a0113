"""Incidents on the roads, as the city's traffic centre (TOPIS) enters them.

Coordinates are metres of the plane grid; some rows hold degrees, which is told by their size.
"""

from collections.abc import Iterator

from kiosk.backend.connectors.figure import is_missing, number
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Incident, Parsed
from kiosk.backend.connectors.plane import SEOUL
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, read_rows
from kiosk.backend.connectors.seoul.envelope import rows_of
from kiosk.backend.connectors.spot import Spot, korean_spot

SERVICE = "AccInfo"
# Seoul and what is around it on EPSG:5181: the two ranges share no number.
EAST_M = (150_000.0, 260_000.0)
NORTH_M = (390_000.0, 500_000.0)


def read_incident(row: Row) -> Iterator[Incident]:
    """One incident; `value` is the type's code as given. Raises RowRejected without an id."""
    identity = row.need("acc_id")
    spot = plane_spot(row.raw("grs80tm_x"), row.raw("grs80tm_y"))
    time = moment(row.text("occr_date") + row.text("occr_time"))
    yield Incident(
        id=f"{SERVICE}/{identity}",
        kind="road.incident",
        place=row.text("link_id") or None,
        time=time,
        value=row.text("acc_type") or None,
        quality=spot.quality if time else "suspect",
        note=spot.note if time else "no time",
        lat=spot.lat,
        lon=spot.lon,
        headline=" ".join(row.text("acc_info").split()),
        description=row.text("acc_dtype"),
        ends=moment(row.text("exp_clr_date") + row.text("exp_clr_time")),
    )


def plane_spot(east: object, north: object) -> Spot:
    """Where a point of the plane grid is; degrees are taken as they are, whichever comes first."""
    x, y = number(east), number(north)
    if x is None or y is None:
        missing = is_missing(east) or is_missing(north)
        return Spot(quality="missing" if missing else "suspect", note="no coordinates")
    if _on_plane(x, y):
        return Spot(*SEOUL.degrees(x, y))
    if _on_plane(y, x):
        return Spot(*SEOUL.degrees(y, x), note="the two coordinates were swapped")
    return korean_spot(y, x)


def _on_plane(east: float, north: float) -> bool:
    """Is it a place of Seoul or around it? Narrow, so that swapped numbers are told."""
    return EAST_M[0] <= east <= EAST_M[1] and NORTH_M[0] <= north <= NORTH_M[1]


def _parse(raw: bytes, _context: Context) -> Parsed:
    return read_rows(rows_of(raw, SERVICE), read_incident)


CONNECTOR = Connector(SERVICE, "실시간 돌발 정보", _parse)
