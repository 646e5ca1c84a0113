"""A table whose rows are places: a spot each, or an area with its codes."""

from collections.abc import Mapping

from kiosk.backend.connectors.normal import Parsed, Place, Rejected, Value
from kiosk.backend.connectors.row import RowRejected
from kiosk.backend.connectors.spot import Spot, korean_spot
from kiosk.backend.connectors.stats.header import Head
from kiosk.backend.connectors.stats.roles import Roles, cell_at
from kiosk.backend.connectors.stats.sheet import Cell, Sheet, as_word

ADDRESSES, PHONES = ("주소", "addr"), ("전화", "tel", "phone")


def read_places(head: Head, roles: Roles, data: Sheet, options: Mapping[str, str]) -> Parsed:
    """`place` is the area's code, else the first column in which no value comes twice."""
    headings = {column.index: column.heading for column in head.columns if column.heading}
    identity = roles.area if roles.area_is_code and roles.area is not None else None
    identity = _unique(head, data) if identity is None else identity
    items: dict[str, Place] = {}
    rejected: list[Rejected] = []
    for number_of_row, row in enumerate(data, start=head.first + 1):
        if not row:
            continue
        try:
            place = _place(row, roles, headings, identity, options)
            if place.id in items:
                raise RowRejected(f"the same place as a row above: {place.id[:60]}")
            items[place.id] = place
        except RowRejected as verdict:
            rejected.append(Rejected(number_of_row, str(verdict)))
    return Parsed(tuple(items.values()), tuple(rejected))


def _unique(head: Head, data: Sheet) -> int | None:
    for column in head.columns:
        words = [as_word(cell_at(row, column.index)) for row in data if row]
        if all(words) and len(set(words)) == len(words):
            return column.index
    return None


def _place(
    row: list[Cell],
    roles: Roles,
    headings: Mapping[int, str],
    identity: int | None,
    options: Mapping[str, str],
) -> Place:
    words = {index: as_word(cell_at(row, index)) for index in headings}
    name = as_word(cell_at(row, roles.name))
    spot = korean_spot(cell_at(row, roles.lat), cell_at(row, roles.lon))
    key = words.get(identity, "") if identity is not None else _at(name, spot)
    if not key:
        raise RowRejected("nothing in it tells which place it is")
    dataset = options.get("dataset", "table")
    return Place(
        id=f"{dataset}:{key}",
        kind=options.get("kind", dataset),
        place=key,
        quality=spot.quality,
        note=spot.note,
        name=name or key,
        lat=spot.lat,
        lon=spot.lon,
        address=_like(words, headings, ADDRESSES),
        phone=_like(words, headings, PHONES),
        attributes=_attributes(words, headings, roles),
    )


def _at(name: str, spot: Spot) -> str:
    """Several stations of one name are told apart by where they are."""
    return f"{name}@{spot.lat:.5f},{spot.lon:.5f}" if name and spot.lat is not None else name


def _like(words: Mapping[int, str], headings: Mapping[int, str], parts: tuple[str, ...]) -> str:
    """The first column with a heading of that kind that says anything."""
    fitting = (
        words[index] for index, heading in headings.items() if heading.lower().startswith(parts)
    )
    return next(filter(None, fitting), "")


def _attributes(
    words: Mapping[int, str], headings: Mapping[int, str], roles: Roles
) -> dict[str, Value]:
    return {
        heading: words[index]
        for index, heading in headings.items()
        if index not in (roles.lat, roles.lon) and words[index]
    }
