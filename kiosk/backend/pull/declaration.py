"""What a source is: who owns it, where and how often it is asked, what one may do with it."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.settings.loading import check, read_toml
from kiosk.wire.text import Text

Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Sdg = Annotated[int, Meta(ge=1, le=17)]


class Quota(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Calls that the source allows per key; None is no limit that is known."""

    day: Annotated[int, Meta(ge=1)] | None = None
    minute: Annotated[int, Meta(ge=1)] | None = None


class Paging(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pages of `size` rows, asked for until one gives nothing new, at most `most`.

    The address counts rows with {start} and {end} (from 1), or pages with {page} (from 1).
    """

    size: Annotated[int, Meta(ge=1, le=1000)]
    most: Annotated[int, Meta(ge=1, le=1000)] = 100


class Declaration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One registered source.

    address: with {key} where the secret named by `key` belongs, and placeholders of `places`,
    `paging` and the time ({date}, {hour} ... of the connector). kinds: of the data catalogue.
    options: what the connector is told (which columns, which place).
    """

    id: Name
    name: Text
    owner: Text
    connector: str
    address: str
    period_s: Annotated[int, Meta(ge=10)]
    kinds: Annotated[tuple[str, ...], Meta(min_length=1)]
    licence: str
    key: str = ""
    quota: Quota = Quota()
    paging: Paging | None = None
    places: tuple[str, ...] = ()
    options: dict[str, str] = {}
    disclosure: Literal["public", "internal", "restricted"] = "internal"
    sdg: tuple[Sdg, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: tuple[Declaration, ...] = ()


def load_declarations(file: Path) -> tuple[Declaration, ...]:
    """Raises SettingsError with file, field, value and what was expected."""
    data = read_toml(file)
    check(data, _File, str(file))
    return msgspec.convert(data, _File).source
