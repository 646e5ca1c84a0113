"""The hot spot services: one place a call, its facts in blocks that are lists, objects or absent.

A block is found by its path, such as WEATHER_STTS/FCST24HOURS; a block may be wrapped in another
of the same name, as it is in XML. Every answer about a place has the same identity for it, so that
the three services feed the same series.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.backend.connectors.document import Tree, listed, read_document
from kiosk.backend.connectors.normal import Item, NotUnderstood, Parsed, Rejected, SourceRefused
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Once, Row, RowRejected
from kiosk.backend.connectors.seoul.envelope import has_data, lowered
from kiosk.backend.connectors.seoul.table import Subject, when_received

MAX_WRAPPERS = 6


@dataclass(frozen=True, slots=True)
class Area:
    """The place that an answer is about. `received`: ISO time of the answer, when known."""

    identity: str
    name: str
    received: str | None

    def subject(self, time: str | None) -> Subject:
        """For the figures about the place as a whole."""
        return Subject(f"hotspot/{self.identity}", self.identity, self.name, time or self.received)


Read = Callable[[Row, Area, Row], Iterable[Item]]
"""What a row of a block says; the third is the row that the block stands in."""


def hotspot_connector(
    service: str, title: str, blocks: Sequence[tuple[str, Read]], *wrappers: str
) -> Connector:
    """`blocks`: path and reader; the path "" is the place's own fields."""
    names = tuple(
        name.lower()
        for name in (f"seoulrtd.{service}", service, "map", "response", "row", *wrappers)
    )

    def parse(raw: bytes, context: Context) -> Parsed:
        areas = list(_areas(read_document(raw), names))
        once = Once()
        parsed = [_read_area(fields, blocks, context, once) for fields in areas]
        return Parsed(
            tuple(item for each in parsed for item in each.items),
            tuple(rejected for each in parsed for rejected in each.rejected),
        )

    return Connector(service, title, parse)


def _areas(block: object, wrappers: tuple[str, ...], depth: int = 0) -> Iterator[Tree]:
    """The objects that are about a place, out of whatever is wrapped around them."""
    if depth > MAX_WRAPPERS:
        raise NotUnderstood("the answer is wrapped in itself too often")
    for each in listed(block):
        fields = lowered(each)
        if not has_data(fields):
            continue
        inner = next((fields[name] for name in wrappers if name in fields), None)
        if inner is not None:
            yield from _areas(inner, wrappers, depth + 1)
        elif set(fields) - {"result", "list_total_count"}:
            yield fields


def _read_area(
    fields: Tree, blocks: Sequence[tuple[str, Read]], context: Context, once: Once
) -> Parsed:
    area = _area(Row(fields), context)
    items: list[Item] = []
    rejected: list[Rejected] = []
    count = 0
    for path, read in blocks:
        for found, parent in _rows(Row(fields), fields, path):
            count += 1
            try:
                if not isinstance(found, dict):
                    raise RowRejected("not an object with fields")
                items.extend(once.check(list(read(Row(found), area, parent))))
            except RowRejected as verdict:
                rejected.append(Rejected(count, f"{path or 'the place'}: {verdict}"))
    return Parsed(tuple(items), tuple(rejected))


def _area(row: Row, context: Context) -> Area:
    name = row.text("AREA_NM")
    if not name:
        raise NotUnderstood("the answer doesn't say which place it is about (AREA_NM)")
    code = row.text("AREA_CD")
    asked = context.options.get("place")
    if asked and _plain(asked) not in (_plain(name), _plain(code)):
        raise SourceRefused(
            "OTHER-PLACE",
            f"{asked} was asked for, the answer is about {name}: so answers the key `sample`",
            "never",
        )
    return Area(code or name, name, when_received(context))


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _rows(top: Row, fields: Tree, path: str) -> Iterator[tuple[object, Row]]:
    """The rows at the end of a path, each with the row that it stands in."""
    found: list[tuple[object, Row]] = [(fields, top)]
    for name in path.split("/") if path else ():
        found = [
            (child, row)
            for row in (Row(block) for block, _ in found if isinstance(block, dict))
            for child in _unwrapped(row.raw(name), name)
        ]
    yield from found


def _unwrapped(block: object, name: str) -> list[object]:
    """The rows of a block; one that holds nothing but a block of its own name is a wrapper."""
    rows: list[object] = []
    for each in listed(block):
        alone = isinstance(each, dict) and [key.lower() for key in each] == [name.lower()]
        rows += listed(next(iter(each.values()))) if alone and isinstance(each, dict) else [each]
    return rows
