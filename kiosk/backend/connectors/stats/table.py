"""`stats.table`: a statistics file of any make as observations, or as places where it has spots.

Options of a source's declaration, all of them optional: sheet, header_rows (a number), dataset
(prefix of ids), kind (prefix of kinds), period (of figures whose table says none), area, lat, lon,
period_column, name (headings; those over one another joined by "/"), and `column.HEADING` = "KIND
[UNIT [LOW HIGH]]". With any `column.` only those columns are read.
"""

from collections.abc import Sequence

from kiosk.backend.connectors.normal import NotUnderstood, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.stats.header import Head, read_head
from kiosk.backend.connectors.stats.observations import read_observations
from kiosk.backend.connectors.stats.places import read_places
from kiosk.backend.connectors.stats.roles import Roles, read_roles
from kiosk.backend.connectors.stats.sheet import XLS_START, XLSX_START, Sheet, read_sheet


def parse(raw: bytes, context: Context) -> Parsed:
    """Rejected rows are counted as in the file, its first row being 1. See Connector."""
    options = context.options
    sheet = read_sheet(raw, options.get("sheet", ""))
    head = read_head(sheet, _depth(options.get("header_rows")))
    data = sheet[head.first :]
    roles = read_roles(head.columns, data, options)
    if raw.startswith((XLSX_START, XLS_START)):
        _fill_down(data, [index for index in (roles.area, roles.period) if index is not None])
    if roles.lat is not None and roles.lon is not None:
        return read_places(head, roles, data, options)
    if not roles.figures:
        _need_area(head, roles)
        return read_places(head, roles, data, options)
    return read_observations(head, roles, data, options)


def _depth(given: str | None) -> int | None:
    if given is None:
        return None
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 20:
        raise NotUnderstood(
            f"the declaration's header_rows is {given!r}, not a number from 1 to 20"
        )
    return int(given)


def _need_area(head: Head, roles: Roles) -> None:
    if roles.area is None:
        headings = ", ".join(column.heading for column in head.columns)
        raise NotUnderstood(f"neither figures, nor coordinates, nor areas in: {headings[:200]}")


def _fill_down(data: Sheet, indexes: Sequence[int]) -> None:
    """A merged cell holds for the rows beside it: those with two cells or more of their own."""
    for index in indexes:
        above = None
        for row in data:
            if index < len(row) and row[index] is not None:
                above = row[index]
            elif index < len(row) and sum(cell is not None for cell in row) > 1:
                row[index] = above


CONNECTOR = Connector(
    "stats.table", "Statistics file: CSV, XLSX, XLS, web page, JSON records", parse
)
