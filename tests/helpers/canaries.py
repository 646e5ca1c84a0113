"""Restricted values that would be known again anywhere: put in place of whatever is not public."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import replace

from kiosk.core.disclosure import Disclosure, Sort, table_of
from kiosk.wire import city
from kiosk.wire.city import Row
from kiosk.wire.text import Text

STRUCTURE = frozenset(
    ("id", "code", "kind", "district", "parent", "source_id", "indicator", "area", "theme")
)
"""What rows are found by: another word there would make another city, not another secret."""
LANGUAGES = ("_ko", "_en")


class Canary(msgspec.Struct, frozen=True):
    """What stands in place of hidden words and numbers."""

    word: str
    number: float

    @property
    def text(self) -> Text:
        return Text(f"{self.word} 한글", f"{self.word} english")

    @property
    def marks(self) -> tuple[bytes, ...]:
        """How it looks in an answer; a figure may be rounded there."""
        return self.word.encode(), f"{self.number:.0f}".encode(), f"{self.number:,.0f}".encode()


ONE = Canary("qzxcanaryone", 271828182.0)
OTHER = Canary("qzxcanaryother", 314159265.0)


def seeded(rows: Iterable[Row], disclosure: Disclosure, canary: Canary) -> Iterator[Row]:
    """The same rows; whatever of them is not public is a canary."""
    for row in rows:
        if isinstance(row, city.Latest):
            yield city.Latest(_seeded(row.observation, disclosure, canary))
        else:
            yield _seeded(row, disclosure, canary)


def hidden(row: Row, disclosure: Disclosure) -> bool:
    """Whether all of a row is kept from the public."""
    match row:
        case city.Indicator():
            return not disclosure.public("indicators", row.id)
        case city.Observation():
            return not disclosure.public("indicators", row.indicator)
        case city.Source():
            return not disclosure.public("sources", row.id)
        case city.Item() | city.Place():
            sort: Sort = "items" if isinstance(row, city.Item) else "places"
            return not disclosure.public(sort, row.kind)
        case city.District():
            return False
        case _:
            return True


def _seeded(row: Any, disclosure: Disclosure, canary: Canary) -> Any:
    table, whole = table_of(type(row)), hidden(row, disclosure)
    changes: dict[str, Any] = {}
    for name, hint in get_type_hints(type(row)).items():
        if name in STRUCTURE or name not in row.__struct_fields__:
            continue
        field, value = f"{table}.{name}", getattr(row, name)
        secret = whole or not disclosure.public("fields", field)
        if isinstance(value, Mapping):
            changes[name] = _inside(value, hint, field, secret, disclosure, canary)
        elif secret:
            changes[name] = _in_place_of(value, hint, canary)
    if isinstance(row, city.OrderStatus):
        changes["order"] = replace(row.order, text=canary.word)
    return replace(row, **changes)


def _in_place_of(value: Any, hint: Any, canary: Canary) -> Any:
    if hint is str:
        return canary.word
    if hint is Text or (Text in get_args(hint) and get_origin(hint) is not tuple):
        return canary.text
    if get_origin(hint) is tuple and Text in get_args(hint):
        return (canary.text,)
    if float in get_args(hint) and isinstance(value, float) and hint == float | None:
        return canary.number
    return value


def _inside(
    value: Mapping[str, Any],
    hint: Any,
    field: str,
    secret: bool,
    disclosure: Disclosure,
    canary: Canary,
) -> dict[str, Any]:
    """Names of its own that are not public, and one that nobody ever heard of."""
    kind = get_args(hint)[1]
    new: Any = canary.word if kind is str or str in get_args(kind) else canary.number
    if kind not in (str, float, float | str | None):
        return dict(value)
    told = {}
    for name, inner in value.items():
        plain = name
        for language in LANGUAGES:
            plain = plain.removesuffix(language)
        public = not secret and disclosure.public("fields", f"{field}.{plain}")
        told[name] = inner if public else canary.word if isinstance(inner, str) else canary.number
    return told | {"canary": new}
