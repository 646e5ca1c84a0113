"""One row of an answer, and the walk over all of them that loses none."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from kiosk.backend.connectors.figure import is_blank
from kiosk.backend.connectors.normal import Item, Parsed, Rejected


class RowRejected(Exception):  # noqa: N818 - a verdict on the row, not a fault of ours
    """This row gives nothing; the message says why."""


class Row:
    """A row's fields, found without regard to case; of several names the first with a value."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._given = fields
        self._fields = {key.lower(): value for key, value in fields.items()}

    def fields(self) -> Mapping[str, object]:
        """All fields in the source's order, keys in lower case."""
        return self._fields

    def raw(self, *names: str) -> object:
        """The field as given; None when no name is there."""
        found = [self._fields[name.lower()] for name in names if name.lower() in self._fields]
        return next((value for value in found if not is_blank(value)), found[0] if found else None)

    def given(self) -> Mapping[str, object]:
        """All fields with their keys as the source writes them."""
        return self._given

    def has(self, name: str) -> bool:
        """Is the key there, with or without a value?"""
        return name.lower() in self._fields

    def text(self, *names: str) -> str:
        """The field as one line of text; "" when it is missing or a block of its own."""
        return as_text(self.raw(*names))

    def need(self, *names: str) -> str:
        """As text; raises RowRejected when it is missing."""
        text = self.text(*names)
        if not text:
            raise RowRejected(f"{' / '.join(names)} is missing")
        return text


def as_text(raw: object) -> str:
    """A scalar as trimmed text that can be written as UTF-8; "" when missing or a block."""
    if is_blank(raw) or not isinstance(raw, str | int | float):
        return ""
    return str(raw).strip().encode("utf-8", "replace").decode()


class Once:
    """Leaves out what an earlier row of the same answer has said about the same thing and time."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str | None]] = set()

    def check(self, items: Sequence[Item]) -> Sequence[Item]:
        """The items that are new. Raises RowRejected when there were some and none is new."""
        new = [item for item in items if (item.id, item.time) not in self._seen]
        if items and not new:
            raise RowRejected(f"an earlier row is about {items[0].id} too")
        self._seen |= {(item.id, item.time) for item in new}
        return new


def read_rows(
    rows: Sequence[object], read: Callable[[Row], Iterable[Item]], *, repeats: bool = False
) -> Parsed:
    """The items of each row in order; rows that `read` rejects, and rows that are none, apart.

    repeats: rows may speak of one thing and time again, to change what they said before.
    """
    items: list[Item] = []
    rejected: list[Rejected] = []
    once = Once()
    for count, fields in enumerate(rows, start=1):
        try:
            if not isinstance(fields, dict):
                raise RowRejected("not an object with fields")
            found = list(read(Row(fields)))
            items.extend(found if repeats else once.check(found))
        except RowRejected as verdict:
            rejected.append(Rejected(count, str(verdict)))
    return Parsed(tuple(items), tuple(rejected))
