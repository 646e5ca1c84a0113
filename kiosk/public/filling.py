"""Fills what the public is told from the city's rows: a field at a time, and only public ones."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from kiosk.core.disclosure import Disclosure, table_of
from kiosk.public.model import Told

T = TypeVar("T", bound=Told)
_LANGUAGES = ("_ko", "_en")


class Origin(msgspec.Struct, frozen=True):
    """A field of what is told: the fields of rows it is made of, as (table, field)."""

    name: str
    of: tuple[tuple[str, str], ...]
    required: bool


def origins(model: type[Told]) -> tuple[Origin, ...]:
    """Every field of a kind of thing that is told."""
    hints = get_type_hints(model, include_extras=True)
    required = {field.name for field in msgspec.structs.fields(model) if field.required}
    return tuple(
        Origin(name, _named(hints[name]), name in required) for name in model.__struct_fields__
    )


def _named(hint: object) -> tuple[tuple[str, str], ...]:
    if get_origin(hint) is not Annotated:
        return ()
    for meta in get_args(hint)[1:]:
        if isinstance(meta, Meta) and meta.extra:
            fields = cast(tuple[str, ...], meta.extra["of"])
            return tuple((table, name) for table, _, name in (f.partition(".") for f in fields))
    return ()


class Filler:
    """Fills by what is public at one time."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._disclosure = disclosure
        self._plans: dict[type[Told], tuple[Origin, ...] | None] = {}

    def fill(self, model: type[T], *rows: msgspec.Struct, **made: Any) -> T | None:
        """A thing that is told, from one row of each table; None when it may not be told. A field
        has the value of the last field that it names; `made` are those that are computed.
        """
        plan = self._plan(model)
        if plan is None:
            return None
        by_table = {table_of(type(row)): row for row in rows}
        values: dict[str, Any] = {}
        for origin in plan:
            if origin.name in made:
                values[origin.name] = made[origin.name]
            elif origin.of and origin.of[-1][0] in by_table:
                table, field = origin.of[-1]
                values[origin.name] = self._inside(table, field, by_table[table])
        return model(**values)

    def may(self, model: type[Told], name: str) -> bool:
        """Whether a field of it may be filled."""
        return any(origin.name == name for origin in self._plan(model) or ())

    def _plan(self, model: type[Told]) -> tuple[Origin, ...] | None:
        """The fields that may be filled; None when one that is needed may not."""
        if model not in self._plans:
            every = origins(model)
            told = tuple(o for o in every if all(self._public(f"{t}.{f}") for t, f in o.of))
            whole = all(o in told for o in every if o.required)
            self._plans[model] = told if whole else None
        return self._plans[model]

    def _inside(self, table: str, field: str, row: msgspec.Struct) -> Any:
        """A row's value; of what it holds under names of their own, those that are public."""
        value = getattr(row, field)
        if not isinstance(value, Mapping):
            return value
        return {name: v for name, v in value.items() if self._public(_name(table, field, name))}

    def _public(self, field: str) -> bool:
        return self._disclosure.public("fields", field)


def _name(table: str, field: str, name: str) -> str:
    """A name of both languages is one."""
    for language in _LANGUAGES:
        name = name.removesuffix(language)
    return f"{table}.{field}.{name}"
